"""The waiting list: joining and leaving it, and who is offered a seat that comes free.

One routine offers seats, in the transaction that frees them and under the event's lock,
so that nobody who waits is overtaken (reliability.md §1 and §9).
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from wellbeing import ports
from wellbeing.domain.booking import BookingStatus, EventStatus, offer_ends
from wellbeing.domain.local_time import local_day
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind
from wellbeing.domain.waiting import Waiter, in_order
from wellbeing.models import Booking, Event, Person

from .bookable import busy, check_wanted, free_seats, ineligible
from .locks import lock_event, lock_people
from .moves import begin, move, say
from .service import service_person
from .transaction import broken_name, operation


@operation
def wait(event: Event, *, person: Person, by: Person, at: datetime) -> Booking:
    """Joins the waiting list of a session that is full. Refused while a seat is free."""
    lock_people([person.pk])
    event = lock_event(event.pk)
    check_wanted(event, person=person, at=at)
    if not is_list_open(event, at):
        raise Refused(
            f"The waiting list closes {settings.WAITING_STOPS_HOURS} hours before the session."
            " Choose another time.",
            code="list_closed",
        )
    if free_seats(event, at) > 0:
        raise Refused("There is a free place. Book it instead.", code="seat_free")
    booking = begin(event, person.pk, BookingStatus.WAITING, by=by, at=at)
    say("booking.wait", booking, event, by=by, at=at)
    return booking


@operation
def leave(booking: Booking, *, by: Person, at: datetime) -> None:
    """Leaves the waiting list, at any time."""
    lock_people([booking.person_id])
    event = lock_event(booking.event_id)
    booking.refresh_from_db()
    if booking.status != BookingStatus.WAITING:
        raise Refused("You are no longer on this waiting list.", code="booking_move")
    move(booking, BookingStatus.LEFT, by=by, at=at)
    say("booking.leave", booking, event, by=by, at=at)


def is_list_open(event: Event, at: datetime) -> bool:
    """True while a seat that comes free is still offered to whoever waits."""
    stops = timedelta(hours=settings.WAITING_STOPS_HOURS)
    return event.start_at is not None and at < event.start_at - stops


def offer_free_seats(event: Event, *, at: datetime) -> list[Booking]:
    """Offers the free seats of an event whose people are locked to those who wait, in order.

    Passed over: who has something else at the time, and who may no longer come. Their place
    on the list stays.
    """
    free = free_seats(event, at)
    if event.status != EventStatus.PUBLISHED or free < 1 or not is_list_open(event, at):
        return []
    waiting = Booking.objects.filter(event=event, status=BookingStatus.WAITING)
    by_pk = {booking.pk: booking for booking in waiting}
    offered: list[Booking] = []
    for waiter in _who_can_come(event, list(by_pk.values()), at):
        if len(offered) == free:
            break
        if _offer(by_pk[waiter.booking], event, at=at):
            offered.append(by_pk[waiter.booking])
    return offered


def _who_can_come(event: Event, waiting: list[Booking], at: datetime) -> list[Waiter]:
    people = {booking.person_id for booking in waiting}
    away = busy(event, people) | ineligible(event, people).keys()
    waiters = [
        Waiter(b.pk, b.person_id, b.created_at) for b in waiting if b.person_id not in away
    ]
    turns = ports.who_first([w.person for w in waiters], EventKind(event.kind), local_day(at))
    return in_order(waiters, turns)


def _offer(booking: Booking, event: Event, *, at: datetime) -> bool:
    """False where the person has taken something else at the time, a moment ago."""
    assert event.start_at is not None  # the list is open only before a start
    service = service_person()
    lasts = timedelta(hours=settings.OFFER_HOURS)
    ends = offer_ends(at=at, start=event.start_at, lasts=lasts)
    try:
        with transaction.atomic():
            move(booking, BookingStatus.OFFERED, by=service, at=at, offer_ends_at=ends)
    except IntegrityError as error:
        if broken_name(error) != "claim_overlap":
            raise
        booking.refresh_from_db()
        return False
    say("booking.promote", booking, event, by=service, at=at)
    return True
