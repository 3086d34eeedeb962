"""A supervisor's hours, as they are kept and as the domain reads them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from supervision.domain.hours import Away, Hours, Kind, OneDay, Weekly, World, monday
from supervision.models import (
    HoursException,
    MadeSlot,
    Supervisor,
    SupervisorArea,
    WorkingHours,
)
from wellbeing.domain.booking import CLAIMING_EVENTS, EventStatus
from wellbeing.domain.local_time import local_time
from wellbeing.domain.roles import EventKind
from wellbeing.models import Absence, ClaimedTime, Event, Person
from wellbeing.queries.bank_holidays import bank_holidays
from wellbeing.queries.events import HELD

from .diary import UNRECORDED
from .registers import registers_of

ONE_DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
# Check-ins and Rounds are no hours that a supervisor is asked to give.
GIVEN = [EventKind.SUPERVISION, EventKind.TRAINING]


def lines_of(person: int, on: date | None = None) -> QuerySet[WorkingHours]:
    """A supervisor's weekly hours, of all time or those that stand on a day or later."""
    rows = WorkingHours.objects.filter(person=person)
    if on is not None:
        rows = rows.filter(Q(last_on__isnull=True) | Q(last_on__gte=on))
    return rows.order_by("weekday", "starts", "first_on")


def line_of(person: int, public_id: UUID) -> WorkingHours | None:
    """One's own line of weekly hours; anybody else's is not there."""
    return WorkingHours.objects.filter(person=person, public_id=public_id).first()


def exceptions_of(person: int, on: date) -> QuerySet[HoursException]:
    """A supervisor's days that are otherwise, from a day on."""
    rows = HoursException.objects.filter(person=person, last_on__gte=on)
    return rows.order_by("first_on", "starts")


def exception_of(person: int, public_id: UUID) -> HoursException | None:
    """One's own exception; anybody else's is not there."""
    return HoursException.objects.filter(person=person, public_id=public_id).first()


def with_hours() -> QuerySet[Person]:
    """Supervisors who have said when they work, by name."""
    said = WorkingHours.objects.values("person").union(
        HoursException.objects.exclude(kind=Kind.OFF).values("person")
    )
    return Person.objects.filter(pk__in=said, is_active=True).order_by("name", "pk")


def supervisor_of(person: int) -> Supervisor:
    """What a supervisor has agreed to give."""
    return Supervisor.objects.get(person=person)


def areas_served(people: Iterable[int]) -> dict[int, frozenset[int]]:
    """By supervisor, the Areas they serve; who has none named is left out, and serves all."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = SupervisorArea.objects.filter(supervisor__person__in=list(people))
    for person, area in rows.values_list("supervisor__person", "area"):
        found[person].add(area)
    return {person: frozenset(areas) for person, areas in found.items()}


def published_while_off(person: int, *, at: datetime) -> QuerySet[Event]:
    """Sessions to come that are published on days a supervisor has since taken off."""
    off = HoursException.objects.filter(
        person=person, kind=Kind.OFF, first_on__lte=OuterRef("local_on"),
        last_on__gte=OuterRef("local_on"),
    )  # fmt: skip
    events = Event.objects.filter(
        Exists(off), host=person, kind__in=GIVEN, status=EventStatus.PUBLISHED, start_at__gt=at
    )
    return (
        events.select_related("host")
        .annotate(held=HELD, unrecorded=UNRECORDED)
        .order_by("start_at", "pk")
    )


def weekly(row: WorkingHours) -> Weekly:
    """A line of weekly hours as the domain reads it."""
    return Weekly(row.weekday, row.first_on, row.last_on, _hours(row, row.public_id))


def _hours(row: WorkingHours | HoursException, series: UUID | None) -> Hours:
    # Only days off have none: hours_exception_hours_of_one_day.
    assert row.starts is not None
    assert row.ends is not None
    assert row.minutes is not None
    return Hours(
        row.starts, row.ends, row.minutes, row.pause_minutes, row.mode, row.place, series
    )


def world_of(supervisor: Supervisor, first: date, last: date) -> World:
    """All that decides what a supervisor's hours of these days become; eight queries."""
    person = supervisor.person_id
    exceptions = list(exceptions_of(person, first).filter(first_on__lte=last))
    off = [e for e in exceptions if e.kind == Kind.OFF]
    # Whoever is staff as well is not asked for their absences twice.
    absent = Absence.objects.filter(Q(end_on__isnull=True) | Q(end_on__gte=first))
    absent = absent.filter(person=person, start_on__lte=last)
    return World(
        weekly=[weekly(row) for row in lines_of(person, first)],
        one_day=[
            OneDay(e.first_on, _hours(e, None), e.kind == Kind.INSTEAD)
            for e in exceptions
            if e.kind != Kind.OFF
        ],
        away=[Away(e.first_on, e.last_on) for e in off]
        + [Away(*row) for row in absent.values_list("start_on", "end_on")],
        holidays=bank_holidays(),
        taken=_taken(person, first, last),
        made=_made(person, first, last),
        given=_given(person, monday(first), monday(last) + WEEK - ONE_DAY),
        most_a_day=int(supervisor.hours_per_day * 60),
        most_a_week=int(supervisor.hours_per_week * 60),
        registered=partial(registers_of([person]).registered, person),
    )


def _taken(person: int, first: date, last: date) -> list[tuple[datetime, datetime]]:
    """A day more at both ends: what is claimed is kept in instants, not in London's days."""
    claims = ClaimedTime.objects.filter(
        person=person,
        to_at__date__gte=first - ONE_DAY,
        from_at__date__lte=last + ONE_DAY,
    )
    return list(claims.values_list("from_at", "to_at"))


def _made(person: int, first: date, last: date) -> dict[tuple[date, time], bool]:
    """Whether the session that a slot became is still live, that supervisor's, and at its time."""
    rows = MadeSlot.objects.filter(person=person, local_on__gte=first, local_on__lte=last)
    still = rows.filter(
        event__status__in=CLAIMING_EVENTS, event__host=person, event__local_on=F("local_on")
    )
    there = {pk: at and local_time(at) for pk, at in still.values_list("pk", "event__start_at")}
    return {
        (on, at): there.get(pk) == at
        for pk, on, at in rows.values_list("pk", "local_on", "starts")
    }


def _given(person: int, first: date, last: date) -> dict[date, int]:
    events = Event.objects.filter(
        host=person, kind__in=GIVEN, status__in=CLAIMING_EVENTS,
        local_on__gte=first, local_on__lte=last,
    )  # fmt: skip
    given: dict[date, int] = defaultdict(int)
    for on, minutes in events.values_list("local_on", "minutes"):
        given[on] += minutes or 0
    return given
