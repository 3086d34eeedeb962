"""Counts of a group of people on a day (domain.md, rules 8, 10 and 11)."""

from collections.abc import Iterable
from dataclasses import dataclass

from wellbeing.domain.booking import BookingStatus

from .cover import Standing, Status

# Rule 11: with more than this percentage of recent outcomes unknown, a report is provisional.
UNKNOWN_PERCENT = 5
PROVISIONAL_FROM_DAYS = 57
PROVISIONAL_TO_DAYS = 2
RECENT = frozenset(
    {
        BookingStatus.BOOKED,
        BookingStatus.ATTENDED,
        BookingStatus.MISSED,
        BookingStatus.DISPUTED,
    }
)


@dataclass(slots=True)
class Tally:
    """`never_seen`, `offered` and `taken_up` count everyone in scope, absent included."""

    in_scope: int = 0
    absent: int = 0
    in_date: int = 0
    due_soon: int = 0
    overdue: int = 0
    never_seen: int = 0
    offered: int = 0
    taken_up: int = 0

    def add(self, one: Standing) -> None:
        self.in_scope += 1
        self.never_seen += one.never_seen
        self.offered += one.offered
        self.taken_up += one.taken_up
        if one.status == Status.ABSENT:
            self.absent += 1
        elif one.status == Status.IN_DATE:
            self.in_date += 1
        elif one.status == Status.DUE_SOON:
            self.due_soon += 1
        else:
            self.overdue += 1

    @property
    def in_cover(self) -> int:
        return self.in_date + self.due_soon

    @property
    def present(self) -> int:
        """In scope and not absent: what coverage is a part of."""
        return self.in_scope - self.absent

    @property
    def coverage(self) -> float | None:
        """People in cover ÷ people in scope and not absent; None where that is nobody."""
        return self.in_cover / self.present if self.present else None


def added(parts: Iterable[Tally]) -> Tally:
    """The counts of several groups together."""
    counts = Tally()
    for part in parts:
        for name in Tally.__slots__:
            setattr(counts, name, getattr(counts, name) + getattr(part, name))
    return counts


def tally(standings: Iterable[Standing]) -> Tally:
    """The counts of these people."""
    counts = Tally()
    for one in standings:
        counts.add(one)
    return counts


def is_provisional(statuses: Iterable[BookingStatus]) -> bool:
    """Rule 11, of the bookings for the strand's events of days d − 57 … d − 2."""
    recent = [s for s in statuses if s in RECENT]
    unknown = sum(s == BookingStatus.BOOKED for s in recent)
    return unknown * 100 > UNKNOWN_PERCENT * len(recent)
