"""When people's own calendars say that they are busy, and which calendars are to be read again."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import F, Q

from wellbeing.domain.busy_clashes import BusyTimes
from wellbeing.domain.busy_events import Span
from wellbeing.models import BusyCalendar, BusyTime, Event


def busy_overlaps(
    people: Collection[int], from_at: datetime, to_at: datetime
) -> dict[int, list[Span]]:
    """By person, their busy times that overlap `[from_at, to_at)`, in order; one query.

    Who is not busy then, or gave no calendar, is left out. For the person themself, or for
    a computation: others are told "not available" at most, and never why.
    """
    found: dict[int, list[Span]] = {}
    rows = BusyTime.objects.filter(person__in=people, from_at__lt=to_at, to_at__gt=from_at)
    for person, start, end in rows.order_by("person", "from_at").values_list(
        "person", "from_at", "to_at"
    ):
        found.setdefault(person, []).append((start, end))
    return found


def busy_events(
    person: int, events: Collection[Event], *, but_for: Event | None = None
) -> set[int]:
    """Primary keys of the events at which this person's own calendar says they are busy; one query.

    `but_for`: an event that they would give up, whose own time, which their calendar may
    show by now, is no clash.
    """
    return _busy_at(person, _times(events), _times([but_for] if but_for else []).values())


def times_of(events: Collection[int]) -> dict[int, Span]:
    """By primary key, when these events are; one query."""
    return _times(Event.objects.filter(pk__in=events))


def moved_to_busy(person: int, events: Collection[int], *, before: Collection[Span]) -> int:
    """How many of these events, by primary key, are now when this person's calendar says busy.

    `before`: when they held them until now, which their calendar may show still. Two queries.
    """
    return len(_busy_at(person, times_of(events), before))


def _times(events: Iterable[Event]) -> dict[int, Span]:
    return {e.pk: (e.start_at, e.end_at) for e in events if e.start_at and e.end_at}


def _busy_at(person: int, times: Mapping[int, Span], but_for: Collection[Span]) -> set[int]:
    if not times:
        return set()
    first, last = min(a for a, _ in times.values()), max(b for _, b in times.values())
    busy = BusyTimes(busy_overlaps([person], first, last).get(person, []), but_for)
    return {pk for pk, (start, end) in times.items() if busy.meets(start, end)}


def busy_times_of(person: int, from_at: datetime, to_at: datetime) -> BusyTimes:
    """When this person's own calendar says they are busy, for them to be warned; one query."""
    return BusyTimes(busy_overlaps([person], from_at, to_at).get(person, []))


def own_busy_calendar(person: int) -> BusyCalendar | None:
    """The calendar that this person gave, or None."""
    return BusyCalendar.objects.filter(person=person).first()


def has_busy_calendar(person: int) -> bool:
    """True where this person gave one."""
    return BusyCalendar.objects.filter(person=person).exists()


def busy_count(person: int, at: datetime) -> int:
    """How many of the times kept of this person are still to come."""
    return BusyTime.objects.filter(person=person, to_at__gt=at).count()


def is_unreadable(person: int) -> bool:
    """True where the last try to read this person's calendar failed."""
    return BusyCalendar.objects.filter(person=person).exclude(fault="").exists()


def calendars_to_read(before: datetime) -> list[int]:
    """Primary keys of calendars not tried since then, longest untried first, new ones before all.

    And of those whose owner has asked since they were tried, should the worker have lost that.
    """
    untried = Q(fetched_at__isnull=True) | Q(fetched_at__lt=before)
    untried |= Q(fetched_at__lt=F("asked_at"))
    rows = BusyCalendar.objects.filter(untried)
    return list(
        rows.order_by(F("fetched_at").asc(nulls_first=True), "pk").values_list("pk", flat=True)
    )
