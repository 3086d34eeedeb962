"""Taking a place, giving it up, and taking another instead (reliability.md §1).

Check, lock, check again on fresh rows, write; the database's guards have the last word.
"""

from datetime import datetime, timedelta

from django.conf import settings

from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.refusals import Refused
from wellbeing.models import Booking, Event, Person

from .bookable import check_bookable, check_free_elsewhere, told_to_another
from .locks import lock_everyone_at, lock_everyone_at_all
from .moves import begin, move, say
from .outbox import tell, tell_given_up, tell_host
from .seats import lock_to_take, pass_on_seats
from .transaction import operation


def book(event: Event, *, person: Person, by: Person, at: datetime) -> Booking:
    """Books a place for `person`. Refused with the first reason that applies.

    The full check runs once without a lock, which keeps the queue at a sought-after
    event short, and once more under the event's lock, on fresh rows.
    """
    try:
        check_bookable(event, person=person, at=at)
        return take_place(event.pk, person=person, by=by, at=at)
    except Refused as refused:
        if by == person:
            raise
        raise told_to_another(refused) from refused


@operation
def take_place(
    event_id: int, *, person: Person, by: Person, at: datetime, tells_host: bool = True
) -> Booking:
    """`book` without the look beforehand: for whoever has just looked.

    `tells_host`: False where the host knows already who comes.
    """
    event = lock_to_take(event_id, person, at=at)
    check_bookable(event, person=person, at=at)
    check_free_elsewhere(event, person, by=by)
    booking = begin(event, person.pk, BookingStatus.BOOKED, by=by, at=at)
    say("booking.book", booking, event, by=by, at=at)
    tell(MessageKind.BOOKED, booking, at=at)
    if tells_host:
        tell_host(MessageKind.HOST_BOOKED, event, by=by, at=at)
    return booking


@operation
def cancel(booking: Booking, *, reason: CancelReason, by: Person, at: datetime) -> None:
    """Gives up a booked place before the start; less than 48 hours before it is "late".

    No reason is asked for in words: one of a short list (domain.md, table of moves). The
    seat goes to whoever waits for it, in the same step.
    """
    event = lock_everyone_at(booking.event_id)
    is_late = _give_up(booking, event, reason=reason, by=by, at=at)
    say("booking.cancel", booking, event, by=by, at=at, late=is_late)
    tell_given_up(booking, event, by=by, at=at)
    pass_on_seats(event, at=at)


def _give_up(
    booking: Booking, event: Event, *, reason: CancelReason, by: Person, at: datetime
) -> bool:
    """The move itself, on fresh rows; True where it is late."""
    booking.refresh_from_db()
    if booking.status != BookingStatus.BOOKED:
        raise Refused("This booking is no longer there to cancel.", code="booking_move")
    if event.start_at is None or event.start_at <= at:
        raise Refused(
            "This session has already started, so it cannot be cancelled.",
            code="started",
        )
    is_late = event.start_at - at < timedelta(hours=settings.LATE_CANCELLATION_HOURS)
    after = BookingStatus.CANCELLED
    move(booking, after, by=by, at=at, reason=reason, is_late=is_late)
    return is_late


def reschedule(booking: Booking, to: Event, *, by: Person, at: datetime) -> Booking:
    """Takes a place at `to` and gives this one up, or neither. Returns the new booking."""
    check_reschedulable(booking, to, at=at)
    return take_instead(booking, to.pk, by=by, at=at)


def check_reschedulable(booking: Booking, to: Event, *, at: datetime) -> None:
    """Raises the first reason why this place cannot be had instead."""
    if to.pk == booking.event_id:
        raise Refused("You already have a place at this session.", code="same_event")
    check_bookable(to, person=booking.person, at=at, instead_of=booking)


@operation
def take_instead(booking: Booking, to: int, *, by: Person, at: datetime) -> Booking:
    """`reschedule` without the look beforehand: for whoever has just looked."""
    pair = lock_everyone_at_all([booking.event_id, to], also=[booking.person_id])
    old, new = sorted(pair, key=lambda event: event.pk != booking.event_id)
    is_late = _give_up(booking, old, reason=CancelReason.MOVED, by=by, at=at)
    lock_to_take(new.pk, booking.person, at=at)
    check_bookable(new, person=booking.person, at=at)
    taken = begin(new, booking.person_id, BookingStatus.BOOKED, by=by, at=at)
    first = min(old, new, key=lambda event: event.local_on)
    given_up = str(booking.public_id)
    say("booking.reschedule", taken, first, by=by, at=at, late=is_late, old=given_up)
    tell_given_up(booking, old, by=by, at=at)
    tell(MessageKind.BOOKED, taken, at=at)
    tell_host(MessageKind.HOST_BOOKED, new, by=by, at=at)
    pass_on_seats(old, at=at)
    return taken
