"""Sessions that supervisors gave in a month: how long, and what became of them; never who came."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from supervision.domain.hours_given import (
    Became,
    Given,
    Outcomes,
    became,
    contracted_minutes,
    working_days,
)
from supervision.domain.registers import Registers
from supervision.models import Supervisor
from wellbeing.domain.booking import CLAIMING_EVENTS, BookingStatus
from wellbeing.domain.roles import EventKind
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Booking, Event, EventArea
from wellbeing.queries.bank_holidays import bank_holidays

from .hours import GIVEN
from .registers import registers_of


@dataclass(frozen=True, slots=True)
class SessionGiven:
    """One session: its host, times, and what became of it. `is_group`: more than one place."""

    host: int
    kind: EventKind
    start_at: datetime
    end_at: datetime
    minutes: int
    is_group: bool
    became: Became


@dataclass(frozen=True, slots=True)
class Contract:
    """A month's hours by the contract: a week's hours over so many working days."""

    hours_per_week: str
    days: int
    minutes: int


@dataclass(frozen=True, slots=True)
class MonthGiven:
    """A supervisor's month. `contract` is None where it is not all of it that the reader sees."""

    name: str
    email: str
    given: Given
    contract: Contract | None


def own_sessions(person: int, first: date, last: date, *, at: datetime) -> list[SessionGiven]:
    """A supervisor's sessions of these days in order of time; one query."""
    return _sessions(_events(first, last).filter(host=person), at)


def total(sessions: list[SessionGiven]) -> Given:
    """Minutes of these sessions together."""
    given = Given()
    for one in sessions:
        given.add(one.kind, one.became, one.minutes)
    return given


def own_contract(person: int, first: date, last: date) -> Contract:
    """A month's hours by the week's hours that are held today; two queries."""
    supervisor = Supervisor.objects.get(person=person)
    return _contract(supervisor, registers_of([person]), first, last)


def all_given(viewer: Viewer, first: date, last: date, *, at: datetime) -> list[MonthGiven]:
    """By supervisor, by name: who is contracted in these days or gave any; three queries.

    An Area lead sees what is for their Areas alone, and no contract, which is for all Areas.
    """
    events = _events(first, last)
    if not viewer.is_national_lead:
        named = EventArea.objects.filter(event=OuterRef("pk"))
        events = events.filter(Exists(named), ~Exists(named.exclude(area__in=viewer.led_areas)))
    by_host: dict[int, list[SessionGiven]] = defaultdict(list)
    for one in _sessions(events, at):
        by_host[one.host].append(one)
    registers = registers_of()
    found: list[MonthGiven] = []
    known = Supervisor.objects.select_related("person").order_by("person__name", "person")
    for supervisor in known:
        contract = None
        if viewer.is_national_lead:
            contract = _contract(supervisor, registers, first, last)
        sessions = by_host.get(supervisor.person_id, [])
        if sessions or (contract and contract.minutes):
            who = supervisor.person
            found.append(MonthGiven(who.name, who.email, total(sessions), contract))
    return found


def _contract(
    supervisor: Supervisor, registers: Registers, first: date, last: date
) -> Contract:
    person = supervisor.person_id
    days = working_days(
        first, last, bank_holidays(), lambda day: registers.registered(person, day)
    )
    week = supervisor.hours_per_week
    return Contract(f"{week.normalize():f}", days, contracted_minutes(week, days))


def _events(first: date, last: date) -> QuerySet[Event]:
    """Published sessions that claim their time; a cancelled one was not given."""
    return Event.objects.filter(
        kind__in=GIVEN,
        status__in=CLAIMING_EVENTS,
        local_on__gte=first,
        local_on__lte=last,
        end_at__isnull=False,
    )


def _sessions(events: QuerySet[Event], at: datetime) -> list[SessionGiven]:
    of = Booking.objects.filter(event=OuterRef("pk"))
    open_ = of.filter(status__in=[BookingStatus.BOOKED, BookingStatus.DISPUTED])
    # `_events` leaves out what has no times.
    rows: Iterable[tuple[Any, ...]] = (
        events.order_by("start_at", "pk")
        .annotate(
            attended=Exists(of.filter(status=BookingStatus.ATTENDED)),
            unsettled=Exists(open_),
            missed=Exists(of.filter(status=BookingStatus.MISSED)),
        )
        .values_list(
            "host", "kind", "start_at", "end_at", "minutes", "capacity", "is_bookable",
            "attended", "unsettled", "missed",
        )
    )  # fmt: skip
    found: list[SessionGiven] = []
    for host, kind, start, end, minutes, capacity, bookable, came, unsettled, missed in rows:
        what = became(Outcomes(came, unsettled, missed, end <= at, bookable))
        if what is not None:
            is_group = (capacity or 1) > 1
            found.append(
                SessionGiven(host, EventKind(kind), start, end, minutes, is_group, what)
            )
    return found
