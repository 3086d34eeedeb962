"""Moves: one open a booking, that says its status; each in the table, each after the one before."""

from collections.abc import Iterator
from datetime import datetime

from wellbeing.domain.booking import OUTCOMES, BookingStatus
from wellbeing.guards.guard import legal_pairs, quoted

from .sql import public, select

PAIRS = ",".join(f"('{before}','{after}')" for before, after in legal_pairs())


def not_one_open_move(at: datetime) -> Iterator[str]:
    """A booking of which no move is open, or more than one."""
    found = select(
        "SELECT b.public_id, count(m.id) FROM wellbeing_booking b"
        " LEFT JOIN wellbeing_bookingmove m ON m.booking_id = b.id AND m.superseded_at IS NULL"
        " GROUP BY b.id HAVING count(m.id) <> 1 ORDER BY b.id"
    )
    for booking, number in found:
        yield f"booking {public(booking)} has {number} open moves"


def status_not_its_open_move(at: datetime) -> Iterator[str]:
    """A booking whose status is another than its open move led to."""
    found = select(
        "SELECT b.public_id, b.status, m.after FROM wellbeing_bookingmove m"
        " JOIN wellbeing_booking b ON b.id = m.booking_id"
        " WHERE m.superseded_at IS NULL AND m.after <> b.status ORDER BY b.id"
    )
    for booking, status, after in found:
        yield f"booking {public(booking)} is {status}, and its open move led to {after}"


def move_not_in_the_table(at: datetime) -> Iterator[str]:
    """A step that neither the table of moves nor a file allows; a file begins in any status."""
    found = select(
        "SELECT b.public_id, m.id, m.before, m.after FROM wellbeing_bookingmove m"
        " JOIN wellbeing_booking b ON b.id = m.booking_id WHERE CASE WHEN m.before = ''"
        f" THEN m.after NOT IN ({quoted(BookingStatus)})"
        f" ELSE (m.before, m.after) NOT IN (VALUES {PAIRS}) END ORDER BY m.id"
    )
    for booking, move, before, after in found:
        yield f"booking {public(booking)}, move {move}: from {before or 'nothing'} to {after}"


def moves_do_not_join(at: datetime) -> Iterator[str]:
    """A move that does not begin where the one before it ended, or leaves that one open."""
    found = select(
        "SELECT b.public_id, m.id, m.before, m.was, m.closed_at FROM"
        " (SELECT id, booking_id, before, lag(after) OVER turn AS was,"
        " lag(superseded_at) OVER turn AS closed_at FROM wellbeing_bookingmove"
        " WINDOW turn AS (PARTITION BY booking_id ORDER BY id)) m"
        " JOIN wellbeing_booking b ON b.id = m.booking_id"
        " WHERE m.before <> coalesce(m.was, '')"
        " OR (m.was IS NOT NULL AND m.closed_at IS NULL) ORDER BY m.id"
    )
    for booking, move, before, was, closed_at in found:
        left = ", which is left open" if was and closed_at is None else ""
        yield (
            f"booking {public(booking)}, move {move}: begins at {before or 'nothing'}"
            f" after {was or 'nothing'}{left}"
        )


def outcome_before_the_start(at: datetime) -> Iterator[str]:
    """Who came, said of an event that had not begun."""
    found = select(
        "SELECT b.public_id, m.id, e.public_id FROM wellbeing_bookingmove m"
        " JOIN wellbeing_booking b ON b.id = m.booking_id"
        " JOIN wellbeing_event e ON e.id = b.event_id"
        f" WHERE m.after IN ({quoted(OUTCOMES)}) AND e.start_at > m.recorded_at ORDER BY m.id"
    )
    for booking, move, event in found:
        yield f"booking {public(booking)}, move {move}: before event {public(event)} begins"
