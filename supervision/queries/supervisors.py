"""Clinical supervisors as choices: for whoever publishes, and for whoever looks for a session."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from supervision.models import Exclusion, Supervisor, SupervisorArea
from wellbeing.domain.postings import Chains
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Area, Person
from wellbeing.queries.postings import all_postings

from .eligibility import Served
from .registers import registers_of


def supervisors() -> QuerySet[Person]:
    """Every clinical supervisor, by name."""
    known = Supervisor.objects.filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(known), is_active=True).order_by("name", "pk")


def supervisor_by_id(public_id: UUID) -> Person | None:
    """The clinical supervisor with that public id, active or not."""
    known = Supervisor.objects.filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(known), public_id=public_id).first()


def supervisors_for(person: int, on: date) -> list[Person]:
    """Whom this person may look for, by name; six queries.

    Left out: themself, whoever is above them on the day, whom they have excluded, who is
    registered neither then nor later, and who serves no Area they work in from then on. Which of their sessions
    may be booked is asked of each session, on its own day.
    """
    found = list(supervisors())
    hosts = [host.pk for host in found]
    registers, served, postings = registers_of(hosts), Served(hosts), all_postings()
    out = set(Chains(postings).above(person, on)) | {person} | excluded_by(person)
    areas = {p.area for p in postings.get(person, ()) if p.last is None or p.last >= on}
    return [
        host
        for host in found
        if host.pk not in out
        and registers.registered_from(host.pk, on)
        and any(served.serves(host.pk, {area}) for area in areas)
    ]


def hosts_by_place(
    places: Collection[tuple[date, int]],
) -> dict[tuple[date, int], list[Person]]:
    """By day and Area, the supervisors by name who serve the Area and are registered that day;
    four queries for any number."""
    found = list(supervisors())
    hosts = [host.pk for host in found]
    registers, served = registers_of(hosts), Served(hosts)
    return {
        (on, area): [
            host
            for host in found
            if served.serves(host.pk, {area}) and registers.registered(host.pk, on)
        ]
        for on, area in places
    }


def excluded_by(person: int) -> set[int]:
    """Supervisors whom this person would rather not see: for what is shown to them alone."""
    return set(Exclusion.objects.filter(person=person).values_list("supervisor", flat=True))


def may_publish_for_all(viewer: Viewer) -> bool:
    """True for a national lead, and for a supervisor whose Areas are not named, which means all."""
    if viewer.is_national_lead:
        return True
    named = SupervisorArea.objects.filter(supervisor__person=viewer.person)
    return viewer.is_supervisor and not named.exists()


def areas_to_publish(viewer: Viewer) -> QuerySet[Area]:
    """The Areas that a lead leads, and those that a supervisor serves, by name."""
    if may_publish_for_all(viewer):
        return Area.objects.all()
    served = SupervisorArea.objects.filter(
        supervisor__person=viewer.person, area=OuterRef("pk")
    )
    return Area.objects.filter(Q(pk__in=viewer.led_areas) | Exists(served))
