"""Working hours to sessions: which slots a supervisor's hours make, and which not and why.

Hours are London's wall clock: nine in the morning stays nine when the clocks change. A
session's length is real minutes. Nothing here reads a database or the time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from wellbeing.domain.local_time import NoSuchTime, span

ONE_DAY = timedelta(days=1)


class Why(StrEnum):
    """Why a slot of the hours is no session; the first that applies."""

    LEAVE = "leave"
    BANK_HOLIDAY = "bank_holiday"
    NOT_REGISTERED = "not_registered"
    NO_SUCH_TIME = "no_such_time"
    PAST = "past"
    MADE_BEFORE = "made_before"
    TAKEN = "taken"
    NO_BREAK = "no_break"
    DAY_LIMIT = "day_limit"
    WEEK_LIMIT = "week_limit"


class Kind(StrEnum):
    """What one day, or some days, have other than the week."""

    OFF = "off"
    INSTEAD = "instead"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when on one day, and the sessions within: minutes, break after each, how, where."""

    starts: time
    ends: time
    minutes: int
    pause: int = 0
    mode: str = ""
    place: str = ""
    # What its sessions have in common; None for the hours of one day only.
    series: UUID | None = None

    def times(self) -> Iterator[time]:
        """When its sessions begin; the last one ends within the hours."""
        begins, ends = _minute(self.starts), _minute(self.ends)
        while begins + self.minutes <= ends:
            yield time(begins // 60, begins % 60)
            begins += self.minutes + self.pause


@dataclass(frozen=True, slots=True)
class Weekly:
    """Hours of one weekday (Monday is 0) of every week from a day to a day (None: no end)."""

    weekday: int
    first: date
    last: date | None
    hours: Hours

    def covers(self, on: date) -> bool:
        return (
            on.weekday() == self.weekday
            and self.first <= on
            and (self.last is None or on <= self.last)
        )


@dataclass(frozen=True, slots=True)
class OneDay:
    """Hours of one day: `instead` of the week's, or beside them."""

    on: date
    hours: Hours
    instead: bool


@dataclass(frozen=True, slots=True)
class Away:
    """First and last day off, both included; no last day runs on."""

    first: date
    last: date | None

    def covers(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)


@dataclass(frozen=True, slots=True)
class Slot:
    """A session to be published: London's day and time, its instants, and its hours."""

    on: date
    at: time
    start_at: datetime
    end_at: datetime
    hours: Hours


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is no session, and why; a whole day where `at` is None."""

    on: date
    at: time | None
    why: Why


@dataclass(frozen=True, slots=True)
class World:
    """All that decides. Limits and what is `given` already are in minutes.

    `taken`: half-open intervals in which something else is. `made`: the slots of which a
    session was made once, and whether it still is where it was. `given`: minutes by day of
    all sessions published, of whole weeks.
    """

    weekly: Iterable[Weekly]
    most_a_day: int
    most_a_week: int
    registered: Callable[[date], bool]
    one_day: Iterable[OneDay] = ()
    away: Iterable[Away] = ()
    holidays: frozenset[date] = frozenset()
    taken: Iterable[tuple[datetime, datetime]] = ()
    made: Mapping[tuple[date, time], bool] = field(default_factory=dict)
    given: Mapping[date, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be published, what would not, and how many sessions are there already."""

    slots: list[Slot]
    left_out: list[LeftOut]
    already: int


def propose(world: World, *, first: date, last: date, at: datetime) -> Proposal:
    """Slots of the days `first` … `last`, both included, in order of time; nothing before `at`."""
    planning = _Planning(world, at)
    for number in range((last - first).days + 1):
        planning.plan_day(first + number * ONE_DAY)
    return Proposal(planning.slots, planning.left_out, planning.already)


def monday(on: date) -> date:
    """The Monday of a day's week: limits of the week count from it."""
    return on - on.weekday() * ONE_DAY


class _Planning:
    """One proposal as it grows: each slot taken is in the way of the next."""

    def __init__(self, world: World, at: datetime) -> None:
        self.world, self.at = world, at
        self.slots: list[Slot] = []
        self.left_out: list[LeftOut] = []
        self.already = 0
        self._taken = list(world.taken)
        self._day: dict[date, int] = defaultdict(int, world.given)
        self._week: dict[date, int] = defaultdict(int)
        for on, minutes in world.given.items():
            self._week[monday(on)] += minutes

    def plan_day(self, on: date) -> None:
        hours, is_chosen = self._hours(on)
        wanted = sorted((begins, n) for n, one in enumerate(hours) for begins in one.times())
        why = self._whole_day(on, is_chosen) if wanted else None
        if why:
            self.left_out.append(LeftOut(on, None, why))
            return
        for begins, n in wanted:
            self._slot(on, begins, hours[n])

    def _hours(self, on: date) -> tuple[list[Hours], bool]:
        """The hours of a day, and whether somebody chose them for that very day."""
        one_day = [one for one in self.world.one_day if one.on == on]
        chosen = [one.hours for one in one_day]
        if any(one.instead for one in one_day):
            return chosen, True
        weekly = [one.hours for one in self.world.weekly if one.covers(on)]
        # On a bank holiday the week's hours do not stand; extra ones were meant for it.
        if chosen and on in self.world.holidays:
            return chosen, True
        return weekly + chosen, bool(chosen)

    def _whole_day(self, on: date, is_chosen: bool) -> Why | None:
        if any(away.covers(on) for away in self.world.away):
            return Why.LEAVE
        if on in self.world.holidays and not is_chosen:
            return Why.BANK_HOLIDAY
        return None if self.world.registered(on) else Why.NOT_REGISTERED

    def _slot(self, on: date, at: time, hours: Hours) -> None:
        made = self.world.made.get((on, at))
        if made:
            self.already += 1
            return
        try:
            start_at, end_at = span(on, at, hours.minutes)
        except NoSuchTime:
            self.left_out.append(LeftOut(on, at, Why.NO_SUCH_TIME))
            return
        slot = Slot(on, at, start_at, end_at, hours)
        why = Why.MADE_BEFORE if made is False else None
        why = (Why.PAST if start_at <= self.at else None) or why or self._in_the_way(slot)
        if why:
            self.left_out.append(LeftOut(on, at, why))
        else:
            self._take(slot)

    def _in_the_way(self, slot: Slot) -> Why | None:
        if self._is_taken(slot.start_at, slot.end_at):
            return Why.TAKEN
        pause = timedelta(minutes=slot.hours.pause)
        if self._is_taken(slot.start_at - pause, slot.end_at + pause):
            return Why.NO_BREAK
        minutes = slot.hours.minutes
        if self._day[slot.on] + minutes > self.world.most_a_day:
            return Why.DAY_LIMIT
        if self._week[monday(slot.on)] + minutes > self.world.most_a_week:
            return Why.WEEK_LIMIT
        return None

    def _is_taken(self, start: datetime, end: datetime) -> bool:
        return any(a < end and b > start for a, b in self._taken)

    def _take(self, slot: Slot) -> None:
        self.slots.append(slot)
        self._taken.append((slot.start_at, slot.end_at))
        self._day[slot.on] += slot.hours.minutes
        self._week[monday(slot.on)] += slot.hours.minutes


def overlap(one: Weekly, other: Weekly) -> bool:
    """True where both would fill the same time of the same day."""
    return (
        one.weekday == other.weekday
        and (one.last is None or other.first <= one.last)
        and (other.last is None or one.first <= other.last)
        and one.hours.starts < other.hours.ends
        and other.hours.starts < one.hours.ends
    )


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
