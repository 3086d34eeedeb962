"""The table of moves: every status a booking can have and what may follow it (domain.md)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class EventStatus(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    CLOSED = "closed"


class BookingStatus(StrEnum):
    WAITING = "waiting"
    OFFERED = "offered"
    BOOKED = "booked"
    ATTENDED = "attended"
    MISSED = "missed"
    DISPUTED = "disputed"
    DECLINED = "declined"
    EXPIRED = "expired"
    LEFT = "left"
    CANCELLED = "cancelled"
    CANCELLED_BY_SERVICE = "cancelled_by_service"


S = BookingStatus
# A seat is held, and never more of them than the event's capacity.
HOLDS_SEAT = frozenset({S.OFFERED, S.BOOKED, S.ATTENDED, S.MISSED, S.DISPUTED})
# A person has at most one of these at an event.
LIVE = HOLDS_SEAT | {S.WAITING}
# Somebody has said who came.
OUTCOMES = frozenset({S.ATTENDED, S.MISSED, S.DISPUTED})
# Somebody has said who came, and nobody has said that it is not right.
RECORDED = frozenset({S.ATTENDED, S.MISSED})
# The place is still to come, so that it can be cancelled with its event.
AHEAD = frozenset({S.OFFERED, S.BOOKED, S.WAITING})
# Whose outcome nobody has said yet: until none is left the event is not closed.
OPEN_OUTCOME = frozenset({S.OFFERED, S.BOOKED})
# Rule 10: a booking in any other state was an offer of the strand.
NOT_OFFERED = frozenset({S.WAITING, S.LEFT, S.CANCELLED_BY_SERVICE})
CLAIMING_EVENTS = frozenset({EventStatus.PUBLISHED, EventStatus.CLOSED})


class CancelReason(StrEnum):
    """Why a person cancelled; no free text anywhere."""

    COURT = "court"
    OTHER_WORK = "other_work"
    LEAVE = "leave"
    RATHER_NOT_SAY = "rather_not_say"
    # Not asked for: the person took another place instead, in the same step.
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the table: the verb and the two statuses it joins."""

    verb: str
    before: BookingStatus | None
    after: BookingStatus


MOVES = (
    Move("book", None, S.BOOKED),
    Move("offer", None, S.OFFERED),
    Move("wait", None, S.WAITING),
    Move("accept", S.OFFERED, S.BOOKED),
    Move("decline", S.OFFERED, S.DECLINED),
    Move("expire", S.OFFERED, S.EXPIRED),
    Move("promote", S.WAITING, S.OFFERED),
    Move("leave", S.WAITING, S.LEFT),
    Move("cancel", S.BOOKED, S.CANCELLED),
    Move("cancel_event", S.OFFERED, S.CANCELLED_BY_SERVICE),
    Move("cancel_event", S.BOOKED, S.CANCELLED_BY_SERVICE),
    Move("cancel_event", S.WAITING, S.CANCELLED_BY_SERVICE),
    # Of one person alone, who may not come any more: docs/decisions/0009.
    Move("withdraw", S.OFFERED, S.CANCELLED_BY_SERVICE),
    Move("withdraw", S.BOOKED, S.CANCELLED_BY_SERVICE),
    Move("withdraw", S.WAITING, S.CANCELLED_BY_SERVICE),
    Move("record", S.BOOKED, S.ATTENDED),
    Move("record", S.BOOKED, S.MISSED),
    Move("put_right", S.ATTENDED, S.MISSED),
    Move("put_right", S.MISSED, S.ATTENDED),
    Move("dispute", S.ATTENDED, S.DISPUTED),
    Move("dispute", S.MISSED, S.DISPUTED),
    Move("settle", S.DISPUTED, S.ATTENDED),
    Move("settle", S.DISPUTED, S.MISSED),
    # A check-in recorded by mistake never happened: docs/decisions says why it is a move.
    Move("take_back", S.ATTENDED, S.CANCELLED_BY_SERVICE),
)
# What a later import may say of a booking or an offer whose outcome was not known; an offer
# may have ended meanwhile.
IMPORT_FOLLOWS = {before: frozenset(S) - {before} for before in (S.BOOKED, S.OFFERED)} | {
    S.EXPIRED: frozenset(S) - {S.EXPIRED, S.OFFERED}
}
# What a row says of an offer, or of waiting, is old once it has moved on: it says nothing new.
MOVED_ON = {
    S.OFFERED: frozenset({S.BOOKED, S.DECLINED, S.EXPIRED}),
    S.WAITING: frozenset({S.OFFERED, S.BOOKED, S.DECLINED, S.EXPIRED, S.LEFT}),
}
_PAIRS = frozenset((m.before, m.after) for m in MOVES)


def may_follow(before: BookingStatus | None, after: BookingStatus) -> bool:
    """True where the table of moves leads from `before` (None: no booking yet) to `after`."""
    return (before, after) in _PAIRS


def may_record(
    status: BookingStatus,
    *,
    first_at: datetime | None,
    at: datetime,
    within: timedelta,
    as_lead: bool,
) -> bool:
    """True where who came may be said of a booking in this status, or said anew.

    `first_at`: when it was first said. The host puts a slip right `within` that long of it
    while nobody disputes it; a lead corrects and settles at any time (table of moves).
    """
    if status == S.BOOKED:
        return True
    if status in RECORDED:
        return as_lead or first_at is None or at - first_at <= within
    return as_lead and status == S.DISPUTED


def offer_ends(*, at: datetime, start: datetime, lasts: timedelta) -> datetime:
    """When an offer made `at` ends: after `lasts`, or at the start if that is sooner."""
    return min(at + lasts, start)
