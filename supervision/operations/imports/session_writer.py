"""Writes what a staged file of sessions changes, in the one order that the guards accept.

What is held and must make room goes first; then events of the file's own and who was at
them, which nobody else can see yet; last what others may be waiting for: seats of published
events. The guards are in force throughout, and claim everybody's time.
"""

from collections.abc import Iterator
from datetime import date

from wellbeing import ports
from wellbeing.domain.booking import EventStatus
from wellbeing.domain.ports import Changed
from wellbeing.domain.refusals import Refused
from wellbeing.models import Booking, BookingMove, Event
from wellbeing.operations.imports.frame import Taking
from wellbeing.operations.temporary import (
    database_value,
    fresh_public_id,
    insert,
    run,
    select,
)

from .session_matching import CHANGES, SEATS, TARGETS

# Rows of the file to a statement: between two of them the bar moves.
BATCH = 20_000
MEANWHILE = (
    "Somebody recorded or changed one of these bookings while the file was taken in."
    " Nothing was written. Take the file in again."
)


def write_sessions(taking: Taking) -> None:
    """Seats and given-up events are freed first, then events opened, seats taken, events closed."""
    at = database_value(taking.at)
    _set_statuses(f"c.outcome NOT IN ({SEATS})")
    _settle(EventStatus.CANCELLED, at)
    _reopen(at)
    for rows in taking.progress(list(_batches()), "Writing"):
        _add_events(rows, taking)
        _add_bookings(f"c.held IS NULL AND {rows.format('c.number')}", taking)
    _set_statuses(f"c.outcome IN ({SEATS})")
    _add_bookings("c.held IS NOT NULL AND c.before IS NULL", taking)
    _add_moves_of_changes(taking)
    _settle(EventStatus.PUBLISHED, at)
    _settle(EventStatus.CLOSED, at)
    _announce(taking)


def _batches() -> Iterator[str]:
    """Conditions by which the rows of the file's own events are taken in parts.

    An event has the number of its first row, and is there before the rows of its part.
    """
    ((first, last),) = select(f"SELECT min(number), max(number) FROM {CHANGES}")
    for start in range(first, last + 1, BATCH):
        yield f"{{0}} >= {start} AND {{0}} < {start + BATCH}"


def _set_statuses(which: str) -> None:
    """Refused where one is no longer what the file was checked against: somebody recorded it now."""
    changed = f"c.before IS NOT NULL AND {which}"
    ((number,),) = select(f"SELECT count(*) FROM {CHANGES} c WHERE {changed}")
    done = run(
        f"UPDATE wellbeing_booking SET status = c.outcome FROM {CHANGES} c"
        f" WHERE wellbeing_booking.id = c.booking AND wellbeing_booking.status = c.before"
        f" AND {changed}"
    )
    if done < number:
        raise Refused(MEANWHILE)


def _settle(status: EventStatus, at: object) -> None:
    """Brings the file's own events that were there to this status, where it is theirs now."""
    _change_status(status, "t.state = %(status)s AND wellbeing_event.status <> %(status)s", at)


def _reopen(at: object) -> None:
    """Events that were cancelled for everybody, and are not any more."""
    cancelled = "wellbeing_event.status = 'cancelled' AND t.state <> 'cancelled'"
    _change_status(EventStatus.PUBLISHED, cancelled, at)


def _change_status(status: EventStatus, which: str, at: object) -> None:
    run(
        "UPDATE wellbeing_event SET status = %(status)s, changed_at = %(at)s,"
        f" sequence = sequence + 1 FROM {TARGETS} t WHERE t.held IS NOT NULL"
        f" AND wellbeing_event.id = t.held AND NOT t.is_bookable AND {which}",
        status=status.value,
        at=at,
    )


def _add_events(rows: str, taking: Taking) -> None:
    insert(
        Event,
        {
            "id": "t.event",
            "public_id": fresh_public_id("t.id"),
            "kind": "t.kind",
            "status": "t.state",
            "host": "t.host",
            "local_on": "t.local_on",
            "start_at": "t.start_at",
            "end_at": "t.end_at",
            "minutes": "t.minutes",
            "is_bookable": "false",
            "created_at": "%(at)s",
            "created_by": "%(by)s",
            "changed_at": "%(at)s",
        },
        f"FROM {TARGETS} t WHERE t.held IS NULL AND {rows.format('t.id')} ORDER BY t.id",
        at=database_value(taking.at),
        by=taking.by.pk,
    )


def _add_bookings(which: str, taking: Taking) -> None:
    """New bookings, each with the move that made it."""
    at = database_value(taking.at)
    insert(
        Booking,
        {
            "id": "c.booking",
            "public_id": fresh_public_id("c.number"),
            "event": "t.event",
            "person": "c.person",
            "status": "c.outcome",
            "created_at": "%(at)s",
        },
        f"FROM {CHANGES} c JOIN {TARGETS} t ON t.id = c.target WHERE {which} ORDER BY c.number",
        at=at,
    )
    _add_moves(which, taking)


def _add_moves(which: str, taking: Taking) -> None:
    insert(
        BookingMove,
        {
            "booking": "c.booking",
            "before": "coalesce(c.before, '')",
            "after": "c.outcome",
            "recorded_at": "%(at)s",
            "recorded_by": "%(by)s",
        },
        f"FROM {CHANGES} c WHERE {which} ORDER BY c.number",
        at=database_value(taking.at),
        by=taking.by.pk,
    )


def _add_moves_of_changes(taking: Taking) -> None:
    """Closes the move before; it may have been recorded while this file waited its turn."""
    run(
        "UPDATE wellbeing_bookingmove SET superseded_by_id = %(by)s, superseded_at ="
        " CASE WHEN recorded_at > %(at)s THEN recorded_at ELSE %(at)s END"
        f" FROM {CHANGES} c WHERE c.before IS NOT NULL AND booking_id = c.booking"
        " AND superseded_at IS NULL",
        at=database_value(taking.at),
        by=taking.by.pk,
    )
    _add_moves("c.before IS NOT NULL", taking)


def _announce(taking: Taking) -> None:
    """Everybody of whom a booking is new or changed, once."""
    people = {person for (person,) in select(f"SELECT DISTINCT person FROM {CHANGES}")}
    ((first,),) = select(f"SELECT min(local_on) FROM {CHANGES}")
    since = date.fromisoformat(str(first))
    ports.facts_changed(people=people, what=Changed.BOOKINGS, since=since, at=taking.at)
