"""Which teams are in court when: for whoever books, and for the leads who say so."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from wellbeing.domain.viewer import Viewer
from wellbeing.models import CourtListDays, Person, Posting
from wellbeing.models.dated import covering

Days = tuple[date, date]


def in_court(people: Collection[int], on: date) -> set[int]:
    """Who of these people is in a team that is in court that day; one query."""
    marked = CourtListDays.objects.filter(covering(on), manager=OuterRef("line_manager"))
    rows = Posting.objects.filter(covering(on), Exists(marked), person__in=people)
    return set(rows.values_list("person", flat=True))


def court_days(managers: Collection[int], first: date, last: date) -> dict[int, list[Days]]:
    """By manager, the first and last days marked for their team within these days; one query."""
    found: dict[int, list[Days]] = {}
    rows = CourtListDays.objects.filter(
        manager__in=managers, start_on__lte=last, end_on__gte=first
    )
    for manager, start, end in rows.values_list("manager", "start_on", "end_on"):
        found.setdefault(manager, []).append((start, end))
    return found


def teams_led(viewer: Viewer, on: date) -> QuerySet[Person]:
    """Line managers, by name, whose teams this lead may mark.

    An Area lead's: managers who work in their Areas that day. A national lead's: all.
    """
    posted = Posting.objects.filter(Q(end_on__isnull=True) | Q(end_on__gte=on))
    managers = Person.objects.filter(Exists(posted.filter(line_manager=OuterRef("pk"))))
    if not viewer.is_national_lead:
        own = Posting.objects.filter(covering(on), person=OuterRef("pk"))
        managers = managers.filter(Exists(own.filter(unit__area__in=viewer.led_areas)))
    return managers.order_by("name", "pk")


def team_sizes(managers: Collection[int], on: date) -> dict[int, int]:
    """By manager, how many people have them as line manager that day; one query."""
    rows = Posting.objects.filter(covering(on), line_manager__in=managers)
    counts = rows.values("line_manager").annotate(size=Count("pk"))
    return dict(counts.values_list("line_manager", "size"))


def marks(viewer: Viewer, on: date) -> QuerySet[CourtListDays]:
    """What is marked from that day on, of the teams that this lead may mark, soonest first."""
    days = CourtListDays.objects.filter(end_on__gte=on)
    if not viewer.is_national_lead:
        days = days.filter(manager__in=teams_led(viewer, on))
    return days.select_related("manager").order_by("start_on", "manager__name", "pk")


def mark_by_id(viewer: Viewer, public_id: UUID, on: date) -> CourtListDays | None:
    """One of those, or None."""
    return marks(viewer, on).filter(public_id=public_id).first()
