"""How bookings that nobody attended ended, or stand: read of people at once, for what is stored."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from supervision.domain.outcomes import CancelledBy, Ending
from wellbeing.domain.booking import BookingStatus, CancelReason, EventStatus
from wellbeing.domain.roles import Strand
from wellbeing.models import BookingMove

# Of a place that is told by its status alone; attended ones are credit.
PLAIN = frozenset(
    {
        BookingStatus.MISSED,
        BookingStatus.DISPUTED,
        BookingStatus.BOOKED,
        BookingStatus.OFFERED,
        BookingStatus.DECLINED,
        BookingStatus.EXPIRED,
    }
)
CALLED_OFF = (BookingStatus.CANCELLED, BookingStatus.CANCELLED_BY_SERVICE)
# Such a booking never was a place: who waited, and a check-in that was taken back.
NO_PLACE = (BookingStatus.WAITING, BookingStatus.ATTENDED)
EVENT = "booking__event"
MOVE = (
    "booking",
    f"{EVENT}__local_on",
    "after",
    "before",
    "reason",
    "is_late",
    "recorded_at",
    "recorded_by",
    "recorded_by__is_service",
    f"{EVENT}__host",
    f"{EVENT}__start_at",
    f"{EVENT}__status",
    f"{EVENT}__is_bookable",
)


class _Move(NamedTuple):
    """The columns of MOVE: a booking's last move, who made it, and the event."""

    booking: int
    on: date
    after: str
    before: str
    reason: str
    is_late: bool
    recorded_at: datetime
    recorded_by: int
    is_service: bool
    host: int
    start_at: datetime | None
    event: str
    is_bookable: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """One booking, by primary key: the event's day, and how it ended or stands."""

    booking: int
    on: date
    ending: Ending


def called_off(
    people: Collection[int], strands: Collection[Strand]
) -> dict[tuple[int, Strand], list[Ended]]:
    """By person and strand, places that were cancelled, by whomever; one query."""
    rows = BookingMove.objects.filter(
        booking__person__in=people,
        booking__status__in=CALLED_OFF,
        booking__event__kind__in=list(strands),
    ).exclude(after=BookingStatus.CANCELLED_BY_SERVICE, before__in=NO_PLACE)
    found: dict[tuple[int, Strand], list[Ended]] = defaultdict(list)
    for person, kind, *rest in rows.values_list("booking__person", f"{EVENT}__kind", *MOVE):
        row = _Move(*rest)
        found[person, Strand(kind)].append(Ended(row.booking, row.on, _ending(row)))
    return found


def _ending(row: _Move) -> Ending:
    if row.after == BookingStatus.CANCELLED:
        why = CancelReason(row.reason) if row.reason else None
        return Ending(BookingStatus.CANCELLED, reason=why, is_late=row.is_late)
    return Ending(
        BookingStatus.CANCELLED_BY_SERVICE,
        by=_by(row),
        before=row.start_at - row.recorded_at if row.start_at else None,
        was_booked=row.before != BookingStatus.OFFERED,
    )


def _by(row: _Move) -> CancelledBy:
    # A file names nobody, whether the event or the move is of one; only a file begins with an end.
    if row.is_service or not row.is_bookable or not row.before:
        return CancelledBy.FILE
    if row.event != EventStatus.CANCELLED:
        return CancelledBy.PLACE
    return CancelledBy.HOST if row.recorded_by == row.host else CancelledBy.LEAD
