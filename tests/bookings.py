"""Bookings that ended in some way, with the move that says how."""

from datetime import time, timedelta
from typing import Any

from tests import factories as make
from tests.conftest import TODAY, Cast
from wellbeing.domain.booking import BookingStatus as S
from wellbeing.models import Booking, BookingMove, Event, Person


def ended(
    event: Event,
    person: Person,
    status: S,
    *,
    by: Person | None = None,
    before: timedelta = timedelta(days=3),
    was: S = S.BOOKED,
    **move: Any,
) -> Booking:
    """A booking whose last move was made that long before the start, by that person."""
    booking = Booking.objects.create(
        event=event, person=person, status=status, created_at=make.LONG_AGO
    )
    assert event.start_at
    make.mark_stale(person)
    BookingMove.objects.create(
        booking=booking,
        before=was,
        after=status,
        recorded_at=event.start_at - before,
        recorded_by=by or person,
        **move,
    )
    return booking


def session(cast: Cast, days: int, hour: int = 14, **more: Any) -> Event:
    """A session so many days ago, with room for everybody."""
    return make.make_event(
        cast.supervisor, TODAY - timedelta(days=days), time(hour), capacity=50, **more
    )
