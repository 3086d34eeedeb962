"""How every operation runs: one transaction, the database's refusals as sentences, one retry."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, IntegrityError, OperationalError, transaction

from wellbeing import ports
from wellbeing.domain.refusals import Busy, Refused

P = ParamSpec("P")
R = TypeVar("R")

# Constraint or guard name -> what a person is told. A name that is not here is a bug.
SENTENCES = {
    "event_capacity": "This place has just been taken. Choose another time.",
    "event_open": "This session is no longer open for booking. Choose another time.",
    "event_has_bookings": "Somebody has just booked this. Look at it again before you go on.",
    "claim_overlap": "There is already something else at this time.",
    "claim_once_a_person_and_event": "You hold this session yourself.",
    "booking_one_live_an_event": "You already have a place at this session.",
    "booking_move": "This booking has changed meanwhile. Look at it again before you go on.",
    "booking_move_one_open": "This booking has changed meanwhile. Look at it again before you go on.",
    "outcome_before_start": "You can record who came once the session has started.",
    "posting_overlap": "This posting overlaps another one of the same person.",
    "absence_once_a_start": "There is already an absence that starts on that day.",
    "calendar_feed_one_live": "This calendar has an address already. You can renew it.",
    "calendar_feed_one_live_an_area": "This calendar has an address already. You can renew it.",
    "person_email_once": "Somebody else has this email address.",
}
# What SQLite says of a unique constraint: its columns, not its name.
SQLITE_COLUMNS = {
    "wellbeing_booking.event_id, wellbeing_booking.person_id": "booking_one_live_an_event",
    "wellbeing_bookingmove.booking_id": "booking_move_one_open",
    "wellbeing_claimedtime.person_id, wellbeing_claimedtime.event_id": (
        "claim_once_a_person_and_event"
    ),
    "wellbeing_absence.person_id, wellbeing_absence.start_on": "absence_once_a_start",
    "wellbeing_message.key": "message_once",
    "wellbeing_calendarfeed.person_id, wellbeing_calendarfeed.kind": "calendar_feed_one_live",
    "wellbeing_calendarfeed.person_id, wellbeing_calendarfeed.kind, "
    "wellbeing_calendarfeed.area_id": "calendar_feed_one_live_an_area",
    "wellbeing_formtoken.person_id, wellbeing_formtoken.token": "form_token_once",
}
# PostgreSQL: serialisation failure, deadlock, lock not available.
PASSING = {"40001", "40P01", "55P03"}


def broken_name(error: DatabaseError) -> str:
    """The constraint or guard that an IntegrityError is about; "" when it cannot be told."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name or "").removeprefix("guard_")
    message = str(error)
    if message.startswith("guard:"):
        return message.removeprefix("guard:")
    what = message.partition("constraint failed: ")[2]
    return SQLITE_COLUMNS.get(what, what.removeprefix("index ").strip("'"))


def is_passing(error: OperationalError) -> bool:
    """A lock that somebody else holds for a moment; trying again may succeed."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state in PASSING or "locked" in str(error)


def operation(function: Callable[P, R]) -> Callable[P, R]:
    """One transaction for a write, and the sentence for what the database refuses.

    IntegrityError of a known name becomes `Refused`; a lock that passes is tried once
    more, then `Busy`. Unknown names are raised.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return _attempt(function, *args, **kwargs)
        except OperationalError as error:
            if transaction.get_connection().in_atomic_block or not is_passing(error):
                raise
        try:
            return _attempt(function, *args, **kwargs)
        except OperationalError as error:
            if is_passing(error):
                raise Busy from error
            raise

    return run


def _attempt(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    try:
        with transaction.atomic(), ports.gathering():
            return function(*args, **kwargs)
    except IntegrityError as error:
        name = broken_name(error)
        if name not in SENTENCES:
            raise
        raise Refused(SENTENCES[name], code=name) from error
