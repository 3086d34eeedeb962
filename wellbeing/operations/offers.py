"""An offer: a seat held for somebody until they answer, or until it ends."""

from datetime import datetime, timedelta

from django.conf import settings

from wellbeing.domain.booking import BookingStatus, offer_ends
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.refusals import Refused
from wellbeing.models import Booking, Event, Person

from .bookable import (
    check_bookable,
    check_eligible,
    check_free_elsewhere,
    check_not_in_court,
    check_open,
    told_to_another,
)
from .locks import lock_event, lock_everyone_at, lock_people
from .moves import begin, move, say
from .outbox import tell, tell_host
from .seats import lock_to_take, pass_on_seats
from .transaction import operation

ENDED = "This offer has ended. Choose another time."


def offer(event: Event, *, person: Person, by: Person, at: datetime) -> Booking:
    """Holds a free seat for `person`, for 48 hours or until the start if that is sooner."""
    try:
        check_bookable(event, person=person, at=at)
        return _offer(event.pk, person=person, by=by, at=at)
    except Refused as refused:
        raise told_to_another(refused) from refused


@operation
def _offer(event_id: int, *, person: Person, by: Person, at: datetime) -> Booking:
    event = lock_to_take(event_id, person, at=at)
    check_bookable(event, person=person, at=at)
    check_free_elsewhere(event, person, by=by)
    assert event.start_at is not None  # check_bookable asks for a start
    ends = offer_ends(at=at, start=event.start_at, lasts=timedelta(hours=settings.OFFER_HOURS))
    offered = BookingStatus.OFFERED
    booking = begin(event, person.pk, offered, by=by, at=at, offer_ends_at=ends)
    say("booking.offer", booking, event, by=by, at=at)
    tell(MessageKind.OFFERED, booking, at=at)
    return booking


@operation
def accept(booking: Booking, *, by: Person, at: datetime) -> None:
    """Takes an offered seat, before the offer ends and the session starts."""
    lock_people([booking.person_id])
    event = lock_event(booking.event_id)
    _check_waits_for_answer(booking, event, at)
    if booking.offer_ends_at is not None and booking.offer_ends_at <= at:
        raise Refused(ENDED, code="offer_ended")
    check_open(event, at)
    check_eligible(event, booking.person)
    check_not_in_court(event, booking.person)
    move(booking, BookingStatus.BOOKED, by=by, at=at)
    say("booking.accept", booking, event, by=by, at=at)
    tell(MessageKind.BOOKED, booking, at=at)
    tell_host(MessageKind.HOST_BOOKED, event, by=by, at=at)


@operation
def decline(booking: Booking, *, by: Person, at: datetime) -> None:
    """Gives an offered seat back; no reason is asked. It goes to whoever waits for it."""
    event = lock_everyone_at(booking.event_id)
    _check_waits_for_answer(booking, event, at)
    move(booking, BookingStatus.DECLINED, by=by, at=at)
    say("booking.decline", booking, event, by=by, at=at)
    pass_on_seats(event, at=at)


def _check_waits_for_answer(booking: Booking, event: Event, at: datetime) -> None:
    booking.refresh_from_db()
    if booking.status == BookingStatus.BOOKED:
        raise Refused("You have already accepted this place.", code="booking_move")
    if booking.status != BookingStatus.OFFERED:
        raise Refused(ENDED, code="booking_move")
    if event.start_at is None or event.start_at <= at:
        raise Refused("This session has already started.", code="started")
