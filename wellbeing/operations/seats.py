"""A seat that an offer held past its end is free: expiring it, and locking to take it."""

from collections.abc import Iterable
from datetime import datetime

from wellbeing import ports
from wellbeing.domain.booking import BookingStatus
from wellbeing.models import Booking, Event, Person
from wellbeing.queries.bookings import offers_ended

from . import audit
from .locks import lock_event, lock_everyone_at, lock_people
from .moves import move
from .service import service_person
from .transaction import operation
from .waiting import offer_free_seats


def lock_to_take(event_id: int, person: Person, *, at: datetime) -> Event:
    """Locks what a new seat asks for; offers that have ended are expired first.

    So whoever books at the very minute finds the seat free, and nobody who waits for it is
    overtaken.
    """
    if not offers_ended(at).filter(event=event_id).exists():
        lock_people([person.pk])
        return lock_event(event_id)
    event = lock_everyone_at(event_id, also=[person.pk])
    _expire(event, at=at)
    return event


def expire_offers(*, at: datetime) -> int:
    """Expires every offer that has ended; how many. One transaction an event."""
    events = offers_ended(at).values_list("event", flat=True).distinct()
    return sum(expire_at(event, at=at) for event in list(events))


@operation
def expire_at(event_id: int, *, at: datetime) -> int:
    """Expires what has ended at one event, and offers the seats to whoever waits."""
    return _expire(lock_everyone_at(event_id), at=at)


def _expire(event: Event, *, at: datetime) -> int:
    service = service_person()
    ended = list(offers_ended(at).filter(event=event))
    for booking in ended:
        move(booking, BookingStatus.EXPIRED, by=service, at=at)
    if ended:
        _say_expired(event, ended, by=service, at=at)
        offer_free_seats(event, at=at)
    return len(ended)


def _say_expired(event: Event, ended: Iterable[Booking], *, by: Person, at: datetime) -> None:
    people = [booking.person_id for booking in ended]
    ports.facts_changed(people=people, since=event.local_on, at=at)
    bookings = [str(booking.public_id) for booking in ended]
    audit.record("booking.expire", by=by, at=at, event=str(event.public_id), bookings=bookings)
