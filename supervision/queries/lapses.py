"""Whose agreements and groups have come to an end: people who left, supervisors not registered."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from supervision.domain.agreements import STANDING
from supervision.domain.lapses import Lapse, lapse
from supervision.domain.registers import Registered
from supervision.models import Agreement, GroupMember, Registration, SupervisionGroup
from wellbeing.domain.local_time import local_day
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Person, Posting
from wellbeing.models.dated import covering

from .groups import groups_of


def has_left(person: int, on: date) -> bool:
    """True for whoever is in no posting that day, and in none to come."""
    return not _served_from(on).filter(person=person).exists()


def is_gone(supervisor: int, on: date) -> bool:
    """True for a supervisor for whom no registration was held for the days that are allowed."""
    found = lapses_of([supervisor], on).get(supervisor)
    return found is not None and found.ends_on <= on


def lapses_of(supervisors: Iterable[int], on: date) -> dict[int, Lapse]:
    """By supervisor, those for whom no registration is held that day or later; one query."""
    rows: dict[int, list[tuple[Registered, date | None]]] = {pk: [] for pk in supervisors}
    found = Registration.as_recorded.filter(person__in=list(rows)).values_list(
        "person", "start_on", "end_on", "indemnity_to", "superseded_at"
    )
    for pk, first, last, indemnity_to, closed_at in found:
        closed_on = local_day(closed_at) if closed_at else None
        rows[pk].append((Registered(pk, first, last, indemnity_to), closed_on))
    days = settings.AGREEMENT_UNREGISTERED_DAYS
    asked = {pk: lapse(held, on, days) for pk, held in rows.items()}
    return {pk: one for pk, one in asked.items() if one is not None}


def agreements_to_end(on: date) -> list[Agreement]:
    """Live agreements of which one of the two has left or is gone."""
    there = _served_from(on).filter(person=OuterRef("person"))
    live = Agreement.objects.filter(end_on__isnull=True)
    lapsed = list(live.filter(_unregistered(on)))
    gone = _gone({a.supervisor_id for a in lapsed}, on)
    left = live.filter(~Exists(there)).order_by("pk")
    return [*left, *(a for a in lapsed if a.supervisor_id in gone)]


def members_to_end(on: date) -> QuerySet[GroupMember]:
    """Who has left, and is in an open group or on the way into one."""
    there = _served_from(on).filter(person=OuterRef("person"))
    rows = GroupMember.objects.filter(
        ~Exists(there), status__in=STANDING, group__end_on__isnull=True
    )
    return rows.select_related("group").order_by("pk")


def groups_to_close(on: date) -> list[SupervisionGroup]:
    """Open groups of supervisors who are gone."""
    open_ = SupervisionGroup.objects.filter(_unregistered(on), end_on__isnull=True)
    rows = list(open_.order_by("pk"))
    gone = _gone({group.supervisor_id for group in rows}, on)
    return [group for group in rows if group.supervisor_id in gone]


@dataclass(slots=True)
class Lapsed:
    """A supervisor not registered any more, and what ends with it."""

    supervisor: Person
    lapse: Lapse
    people: list[Person] = field(default_factory=list)
    groups: list[SupervisionGroup] = field(default_factory=list)


def lapsed(viewer: Viewer, on: date) -> list[Lapsed]:
    """For a lead: of their people of today and their groups, what ends first; three queries."""
    there = Posting.objects.filter(covering(on), person=OuterRef("person"))
    if not viewer.is_national_lead:
        there = there.filter(unit__area__in=viewer.led_areas)
    rows = Agreement.objects.filter(_unregistered(on), Exists(there), end_on__isnull=True)
    agreements = rows.select_related("person", "supervisor").order_by("person__name", "pk")
    people, groups = defaultdict(list), defaultdict(list)
    hosts: dict[int, Person] = {}
    for agreement in agreements:
        people[agreement.supervisor_id].append(agreement.person)
        hosts[agreement.supervisor_id] = agreement.supervisor
    for group in groups_of(viewer, as_supervisor=False).filter(_unregistered(on)):
        groups[group.supervisor_id].append(group)
        hosts[group.supervisor_id] = group.supervisor
    found = [
        Lapsed(hosts[pk], one, people[pk], groups[pk])
        for pk, one in lapses_of(hosts, on).items()
    ]
    return sorted(found, key=lambda x: (x.lapse.ends_on, x.supervisor.name, x.supervisor.pk))


def _served_from(on: date) -> QuerySet[Posting]:
    """Postings that reach the day or a later one."""
    current: QuerySet[Posting] = Posting.objects.filter(
        Q(end_on__isnull=True) | Q(end_on__gte=on)
    )
    return current


def _unregistered(on: date) -> Q:
    """No registration of the outer row's supervisor reaches the day or a later one."""
    reaches = Registration.objects.filter(
        Q(end_on__isnull=True) | Q(end_on__gte=on),
        Q(indemnity_to__isnull=True)
        | (Q(indemnity_to__gte=on) & Q(indemnity_to__gte=F("start_on"))),
        person=OuterRef("supervisor"),
    )
    return Q(~Exists(reaches))


def _gone(supervisors: set[int], on: date) -> set[int]:
    return {pk for pk, one in lapses_of(supervisors, on).items() if one.ends_on <= on}
