"""How bookings ended: who cancelled, why and with how much notice; nothing of it is about cover.

Of counts only, never of a person: what stands here are the fates of bookings in a unit.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.domain.disclosure import LEAST


class CancelledBy(StrEnum):
    """Who called off what the service cancelled."""

    HOST = "host"
    LEAD = "lead"
    # One person's place alone; the session was held.
    PLACE = "place"
    # History from a file, or what the service does by itself: nobody is named there.
    FILE = "file"


class Notice(StrEnum):
    """How long before the start something was called off."""

    WEEK = "week"
    DAYS = "days"
    SHORT = "short"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Ended:
    """One way in which a booking may have ended.

    Of a cancellation by the person: `reason` (None: a file did not say) and `is_late`. Of one by
    the service: `by`, `notice`, and whether a place had been booked or only offered.
    """

    status: BookingStatus
    reason: CancelReason | None = None
    is_late: bool = False
    by: CancelledBy | None = None
    notice: Notice | None = None
    was_booked: bool = True


@dataclass(frozen=True, slots=True)
class Ending:
    """What is kept of a booking's end: as `Ended`, its notice as it was.

    `before`: how long before the start the service called it off; nothing of an event whose
    time is not known, or of any other end.
    """

    status: BookingStatus
    reason: CancelReason | None = None
    is_late: bool = False
    by: CancelledBy | None = None
    before: timedelta | None = None
    was_booked: bool = True

    def counted(self, *, week: timedelta, late: timedelta) -> Ended:
        """As it counts where notice is early from `week` and short under `late`."""
        notice = notice_of(self.before, week=week, late=late) if self.by else None
        return Ended(self.status, self.reason, self.is_late, self.by, notice, self.was_booked)


def notice_of(before: timedelta | None, *, week: timedelta, late: timedelta) -> Notice:
    """More than a week, from `late` on, shorter; after the start where no time says otherwise."""
    if before is None or before <= timedelta():
        return Notice.AFTER
    if before > week:
        return Notice.WEEK
    return Notice.DAYS if before >= late else Notice.SHORT


@dataclass(slots=True)
class Outcomes:
    """How many bookings of a unit, an Area or all ended in which way."""

    ended: Counter[Ended] = field(default_factory=Counter)

    def of(self, *statuses: BookingStatus) -> int:
        return sum(n for one, n in self.ended.items() if one.status in statuses)

    def cancelled(self, *reasons: CancelReason | None, late: bool | None = None) -> int:
        """By the person: for one of these reasons (none named: any but another time instead)."""
        return sum(
            n
            for one, n in self.ended.items()
            if one.status == BookingStatus.CANCELLED
            and (one.reason in reasons if reasons else one.reason != CancelReason.MOVED)
            and late in (None, one.is_late)
        )

    def by_service(self, by: CancelledBy | None = None, notice: Notice | None = None) -> int:
        """Booked or offered places that the service cancelled."""
        return sum(
            n
            for one, n in self.ended.items()
            if one.by is not None and by in (None, one.by) and notice in (None, one.notice)
        )

    @property
    def moved(self) -> int:
        """Given up for another time in the same step: the new booking is the one that counts."""
        return self.cancelled(CancelReason.MOVED)

    @property
    def booked(self) -> int:
        """Places that were booked; one that was moved is counted once."""
        held = self.of(
            BookingStatus.ATTENDED,
            BookingStatus.MISSED,
            BookingStatus.DISPUTED,
            BookingStatus.BOOKED,
        )
        called_off = sum(n for one, n in self.ended.items() if one.by and one.was_booked)
        return held + self.cancelled() + called_off

    @property
    def court(self) -> int:
        return self.cancelled(CancelReason.COURT)


def together(parts: Iterable[Outcomes]) -> Outcomes:
    """The outcomes of several units as one."""
    total = Outcomes()
    for part in parts:
        total.ended.update(part.ended)
    return total


# Reasons are told of so many and more, and to the nearest so many: nobody may read a person's.
TOLD = LEAST


def told(number: int) -> int | None:
    """A number of reasons as it may be read: to the nearest five; None below five (domain.md).

    Whoever reads it sees elsewhere by name who cancelled, so that an exact number, or two of them
    a day apart, could tell somebody's reason.
    """
    return None if number < TOLD else (number + TOLD // 2) // TOLD * TOLD


def told_percent(part: int, whole: int) -> int:
    """Its share in whole steps of five per cent, which tells no more."""
    return round(100 * part / whole / TOLD) * TOLD if whole else 0


def is_court_heavy(one: Outcomes, *, least: int, percent: int) -> bool:
    """True where so many were cancelled because of court that the workload wants a look."""
    return one.court >= least and one.court * 100 > percent * one.booked
