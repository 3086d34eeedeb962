"""Line-manager check-ins that were held: the date only, and taking a wrong one back."""

from datetime import date, datetime

from wellbeing import ports
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.ports import Changed
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind
from wellbeing.models import Booking, Event, Person, Posting
from wellbeing.models.dated import covering

from . import audit
from .locks import lock_event, lock_people
from .moves import begin, move
from .transaction import operation


@operation
def record_check_in(
    person: Person, *, held_on: date, by: Person, at: datetime, on: date
) -> Booking:
    """Records that `by` and `person` had a check-in on a day. Nothing else is kept.

    Refused: a day to come, a day outside every posting, a second one on the same day.
    """
    lock_people([person.pk])
    _check_day(person, held_on, on)
    event = Event.objects.create(
        kind=EventKind.CHECK_IN,
        status=EventStatus.PUBLISHED,
        host=by,
        local_on=held_on,
        is_bookable=False,
        created_at=at,
        created_by=by,
        changed_at=at,
    )
    booking = begin(event, person.pk, BookingStatus.ATTENDED, by=by, at=at)
    ports.facts_changed(people=[person.pk], what=Changed.BOOKINGS, since=held_on, at=at)
    audit.record("check_in.record", by=by, at=at, about=person.pk, on=str(held_on))
    return booking


def _check_day(person: Person, held_on: date, on: date) -> None:
    if held_on > on:
        raise Refused("The date of the check-in must be today or in the past", field="held_on")
    if not Posting.objects.filter(covering(held_on), person=person).exists():
        raise Refused(f"{person.name} was not in a RASSO posting on that day", field="held_on")
    if Booking.objects.filter(
        person=person,
        event__kind=EventKind.CHECK_IN,
        event__local_on=held_on,
        status=BookingStatus.ATTENDED,
    ).exists():
        raise Refused("There is already a check-in on that day", field="held_on")


@operation
def take_back_check_in(booking: Booking, *, by: Person, at: datetime) -> None:
    """Takes back a check-in recorded by mistake; it counts for nothing from then on."""
    lock_people([booking.person_id])
    event = lock_event(booking.event_id)
    booking.refresh_from_db()
    if event.kind != EventKind.CHECK_IN or booking.status != BookingStatus.ATTENDED:
        raise Refused("This check-in has already been taken back.")
    move(booking, BookingStatus.CANCELLED_BY_SERVICE, by=by, at=at)
    if not Booking.objects.filter(event=event, status=BookingStatus.ATTENDED).exists():
        Event.objects.filter(pk=event.pk).update(
            status=EventStatus.CANCELLED, sequence=event.sequence + 1, changed_at=at
        )
    ports.facts_changed(
        people=[booking.person_id], what=Changed.BOOKINGS, since=event.local_on, at=at
    )
    audit.record(
        "check_in.take_back",
        by=by,
        at=at,
        about=booking.person_id,
        on=str(event.local_on),
    )
