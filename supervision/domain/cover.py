"""The clock of a person: domain.md's rules 1 to 10 as pure functions of plain facts.

Days are London's. One person at a time, no day looped over.
"""

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from wellbeing.domain.booking import NOT_OFFERED, BookingStatus
from wellbeing.domain.intervals import Span, covers, days_within, nth_free_day
from wellbeing.domain.policy import Policy, Terms
from wellbeing.domain.postings import Served, posting_on, run_start
from wellbeing.domain.roles import JobRole

from .credit import Credit

YEAR = timedelta(days=364)


class Status(StrEnum):
    """Rule 6. "Never seen" is a flag beside it, not one of these."""

    IN_DATE = "in_date"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ABSENT = "absent"


IN_COVER = frozenset({Status.IN_DATE, Status.DUE_SOON})


@dataclass(frozen=True, slots=True)
class Clocked:
    """One person's facts for one strand.

    `postings` in order of first day; `absent` merged spans of ordinals; `counted` the
    days of events that count, sorted, each once; `credits` all attended events;
    `offers` the day and status of every booking of the strand.
    """

    person: int
    postings: Sequence[Served]
    absent: list[Span]
    counted: Sequence[date]
    credits: Sequence[Credit]
    offers: Sequence[tuple[date, BookingStatus]]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person in scope stands on a day (rules 1 to 7 and 10)."""

    person: int
    unit: int
    area: int
    job_role: JobRole
    status: Status
    never_seen: bool
    # The run's own start where never seen: the clock runs from the day before it.
    run_started_on: date
    last_counted_on: date | None
    elapsed_days: int
    limit_days: int
    # Of those after the anchor: until the due day, which they put off; until today without one.
    days_away: int
    due_on: date | None
    terms: Terms
    offered: bool
    taken_up: bool

    @property
    def in_cover(self) -> bool:
        return self.status in IN_COVER


def standing(who: Clocked, policy: Policy, on: date) -> Standing | None:
    """The person's standing on a day; None outside the scope of the strand (rule 1)."""
    posting = posting_on(who.postings, on)
    terms = policy.in_force(posting.job_role, on) if posting else None
    started = run_start(who.postings, on)
    if posting is None or terms is None or started is None:
        return None
    last = last_counted(who.counted, started, on)
    anchor = last.toordinal() if last else started.toordinal() - 1
    limit = terms.first_within_days if last is None else terms.interval_days
    today = on.toordinal()
    away = days_within(who.absent, anchor + 1, today)
    elapsed = today - anchor - away
    due = nth_free_day(who.absent, anchor, limit)
    return Standing(
        person=who.person,
        unit=posting.unit,
        area=posting.area,
        job_role=posting.job_role,
        status=_status(covers(who.absent, today), elapsed, limit, terms.due_soon_days),
        never_seen=last is None,
        run_started_on=started,
        last_counted_on=last,
        elapsed_days=elapsed,
        limit_days=limit,
        days_away=away if due is None else due - anchor - limit,
        due_on=None if due is None else date.fromordinal(due),
        terms=terms,
        offered=_offered(who, terms, on),
        taken_up=_taken_up(who, terms, on),
    )


def last_counted(counted: Sequence[date], first: date, on: date) -> date | None:
    """The latest day of `first` … `on` with an event that counts (rule 3)."""
    at = bisect_right(counted, on)
    if at and counted[at - 1] >= first:
        return counted[at - 1]
    return None


def _status(absent: bool, elapsed: int, limit: int, due_soon: int) -> Status:
    if absent:
        return Status.ABSENT
    if elapsed > limit:
        return Status.OVERDUE
    if limit - elapsed <= due_soon:
        return Status.DUE_SOON
    return Status.IN_DATE


def _window_start(terms: Terms, on: date) -> date:
    """First day of the interval that ends on `on`, or of the calendar."""
    return date.fromordinal(max(1, on.toordinal() - terms.interval_days + 1))


def _offered(who: Clocked, terms: Terms, on: date) -> bool:
    first = _window_start(terms, on)
    return any(first <= day <= on and status not in NOT_OFFERED for day, status in who.offers)


def _taken_up(who: Clocked, terms: Terms, on: date) -> bool:
    first = _window_start(terms, on)
    return last_counted(who.counted, first, on) is not None


@dataclass(frozen=True, slots=True)
class Gap:
    """Rule 9: two maxima, each its own."""

    days: int
    calendar_days: int


def longest_gap(who: Clocked, on: date) -> Gap:
    """The longest time between one anchor and the next, or `on`, within the current run.

    (0, 0) for somebody outside service on that day.
    """
    started = run_start(who.postings, on)
    if started is None:
        return Gap(0, 0)
    first, last = bisect_left(who.counted, started), bisect_right(who.counted, on)
    anchors = [started.toordinal() - 1]
    anchors += [d.toordinal() for d in who.counted[first:last]]
    anchors.append(on.toordinal())
    pairs = list(itertools.pairwise(anchors))
    return Gap(
        days=max(b - a - days_within(who.absent, a + 1, b) for a, b in pairs),
        calendar_days=max(b - a for a, b in pairs),
    )


def minutes_in_a_year(who: Clocked, on: date) -> int:
    """Credited minutes of what counts in the 365 days that end on `on`, of any run."""
    return sum(c.minutes for c in who.credits if c.counts and on - YEAR <= c.held.on <= on)
