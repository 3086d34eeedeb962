"""Taking a place and giving it up (reliability.md §1: check, lock, check again, write)."""

from datetime import datetime, timedelta

from django.conf import settings

from wellbeing import ports
from wellbeing.domain.booking import (
    HOLDS_SEAT,
    LIVE,
    BookingStatus,
    CancelReason,
    EventStatus,
)
from wellbeing.domain.ports import Bar, Seat
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind
from wellbeing.models import Booking, ClaimedTime, Event, EventArea, Person, Posting
from wellbeing.models.dated import covering

from . import audit
from .locks import lock_event, lock_people
from .moves import begin, move
from .transaction import operation

BARRED = {
    Bar.IN_CHAIN: "You cannot book with someone in your own management chain.",
    Bar.NOT_REGISTERED: "The supervisor's registration does not cover that day. Choose another time.",
    Bar.AREA_NOT_SERVED: "This session is for other Areas. Choose another time.",
    Bar.NOT_A_SUPERVISOR: "This session has no clinical supervisor. Choose another time.",
}


def book(event: Event, *, person: Person, by: Person, at: datetime) -> Booking:
    """Books a place for `person`. Refused with the first reason that applies.

    The full check runs once without a lock, which keeps the queue at a sought-after
    event short, and once more under the event's lock, on fresh rows.
    """
    check_bookable(event, person=person, at=at)
    return _book(event.pk, person=person, by=by, at=at)


@operation
def _book(event_id: int, *, person: Person, by: Person, at: datetime) -> Booking:
    lock_people([person.pk])
    event = lock_event(event_id)
    check_bookable(event, person=person, at=at)
    booking = begin(event, person.pk, BookingStatus.BOOKED, by=by, at=at)
    _announce(booking, event, at=at)
    audit.record(
        "booking.book",
        by=by,
        at=at,
        about=person.pk,
        booking=str(booking.public_id),
        event=str(event.public_id),
    )
    return booking


def check_bookable(event: Event, *, person: Person, at: datetime) -> None:
    """Raises the first reason why this person cannot have a place here."""
    _check_open(event, at)
    _check_own_bookings(event, person)
    _check_eligible(event, person)
    if event.capacity is None or seats_held(event) >= event.capacity:
        raise Refused(_taken_sentence(event), code="event_capacity")


def _check_open(event: Event, at: datetime) -> None:
    if event.status == EventStatus.CANCELLED:
        raise Refused(
            "This session has been cancelled. Choose another time.", code="event_open"
        )
    if event.status != EventStatus.PUBLISHED or not event.is_bookable:
        raise Refused("This session is not open for booking.", code="event_open")
    if event.start_at is None or event.start_at <= at:
        raise Refused("This session has already started. Choose another time.", code="started")


def _check_own_bookings(event: Event, person: Person) -> None:
    if event.host_id == person.pk:
        raise Refused("You hold this session yourself.", code="host")
    if Booking.objects.filter(event=event, person=person, status__in=LIVE).exists():
        raise Refused(
            "You already have a place at this session.",
            code="booking_one_live_an_event",
        )
    clashes = ClaimedTime.objects.filter(
        person=person, from_at__lt=event.end_at, to_at__gt=event.start_at
    ).exclude(event=event)
    if clashes.exists():
        raise Refused(
            "You already have a session at this time. Cancel that one first, or choose another time.",
            code="claim_overlap",
        )


def _check_eligible(event: Event, person: Person) -> None:
    """In a posting that day in an Area that event and host both serve (domain.md)."""
    area = (
        Posting.objects.filter(covering(event.local_on), person=person)
        .values_list("unit__area", flat=True)
        .first()
    )
    if area is None:
        raise Refused(
            "You are not in a RASSO posting on that day, so it cannot be booked.",
            code="posting",
        )
    areas = set(EventArea.objects.filter(event=event).values_list("area", flat=True))
    if areas and area not in areas:
        raise Refused(BARRED[Bar.AREA_NOT_SERVED], code=Bar.AREA_NOT_SERVED)
    if event.kind != EventKind.SUPERVISION or event.host_id is None:
        return
    seat = Seat(person.pk, event.pk, event.host_id, event.local_on, area)
    bar = ports.may_attend([seat]).get(seat)
    if bar:
        raise Refused(BARRED[bar], code=bar)


def seats_held(event: Event) -> int:
    """Places taken: offered, booked and every outcome."""
    return Booking.objects.filter(event=event, status__in=HOLDS_SEAT).count()


def _taken_sentence(event: Event) -> str:
    if event.capacity == 1:
        return "This place has just been taken. Choose another time."
    return "Every place at this session has been taken. Choose another time."


@operation
def cancel(booking: Booking, *, reason: CancelReason, by: Person, at: datetime) -> None:
    """Gives up a booked place before the start; less than 48 hours before it is "late".

    No reason is asked for in words: one of a short list (domain.md, table of moves).
    """
    event = lock_event(booking.event_id)
    booking.refresh_from_db()
    if booking.status != BookingStatus.BOOKED:
        raise Refused("This booking is no longer there to cancel.", code="booking_move")
    if event.start_at is None or event.start_at <= at:
        raise Refused(
            "This session has already started, so it cannot be cancelled.",
            code="started",
        )
    notice = timedelta(hours=settings.LATE_CANCELLATION_HOURS)
    is_late = event.start_at - at < notice
    move(
        booking,
        BookingStatus.CANCELLED,
        by=by,
        at=at,
        reason=reason,
        is_late=is_late,
    )
    _announce(booking, event, at=at)
    audit.record(
        "booking.cancel",
        by=by,
        at=at,
        about=booking.person_id,
        booking=str(booking.public_id),
        late=is_late,
    )


def _announce(booking: Booking, event: Event, *, at: datetime) -> None:
    ports.facts_changed(people=[booking.person_id], since=event.local_on, at=at)
