"""Seats: never more than there are, one a person, none where nothing is held."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from .sql import LIVE_BOOKINGS, LIVE_EVENTS, SEATS, public, select

# So long the job that expires offers may take before one of them counts as forgotten.
EXPIRY_TAKES = timedelta(hours=1)


def oversold(at: datetime) -> Iterator[str]:
    """More seats held than the event has, those of offers that have ended among them."""
    ended = "coalesce(b.offer_ends_at, e.start_at) <= %s"
    found = select(
        "SELECT e.public_id, h.held, e.capacity,"
        " (SELECT count(*) FROM wellbeing_booking b WHERE b.event_id = e.id"
        f" AND b.status = 'offered' AND {ended})"
        " FROM (SELECT event_id, count(*) AS held FROM wellbeing_booking"
        f" WHERE status IN ({SEATS}) GROUP BY event_id) h"
        " JOIN wellbeing_event e ON e.id = h.event_id"
        " WHERE e.is_bookable AND h.held > e.capacity ORDER BY e.id",
        at,
    )
    for event, held, capacity, stale in found:
        of_which = f", {stale} by offers that have ended" if stale else ""
        yield f"event {public(event)} has {held} seats held of {capacity}{of_which}"


def more_than_one_live_booking(at: datetime) -> Iterator[str]:
    """A person at an event more than once."""
    found = select(
        "SELECT p.public_id, e.public_id, t.live FROM"
        " (SELECT event_id, person_id, count(*) AS live FROM wellbeing_booking"
        f" WHERE status IN ({LIVE_BOOKINGS}) GROUP BY event_id, person_id"
        " HAVING count(*) > 1) t JOIN wellbeing_event e ON e.id = t.event_id"
        " JOIN wellbeing_person p ON p.id = t.person_id ORDER BY e.id, p.id"
    )
    for person, event, live in found:
        yield f"person {public(person)} has {live} live bookings at event {public(event)}"


def seat_at_an_event_not_open(at: datetime) -> Iterator[str]:
    """A live booking, a waiting one too, at an event that is a draft or was cancelled."""
    found = select(
        "SELECT b.public_id, b.status, e.public_id, e.status FROM wellbeing_booking b"
        f" JOIN wellbeing_event e ON e.id = b.event_id WHERE b.status IN ({LIVE_BOOKINGS})"
        f" AND e.status NOT IN ({LIVE_EVENTS}) ORDER BY b.id"
    )
    for booking, status, event, held in found:
        yield f"booking {public(booking)} is {status} at event {public(event)}, which is {held}"


def offer_held_for_ever(at: datetime) -> Iterator[str]:
    """An offer without an end of its own that nobody expired at the start, or that has none."""
    found = select(
        "SELECT b.public_id, e.public_id FROM wellbeing_booking b"
        " JOIN wellbeing_event e ON e.id = b.event_id"
        " WHERE b.status = 'offered' AND b.offer_ends_at IS NULL"
        " AND (e.start_at IS NULL OR e.start_at <= %s) ORDER BY b.id",
        at - EXPIRY_TAKES,
    )
    for booking, event in found:
        yield f"booking {public(booking)} at event {public(event)} is offered and has no end"


def offer_past_its_start(at: datetime) -> Iterator[str]:
    """An offer that ends after the event has begun."""
    found = select(
        "SELECT b.public_id, e.public_id FROM wellbeing_booking b"
        " JOIN wellbeing_event e ON e.id = b.event_id"
        " WHERE b.status = 'offered' AND b.offer_ends_at > e.start_at ORDER BY b.id"
    )
    for booking, event in found:
        yield f"booking {public(booking)} is offered until after event {public(event)} begins"
