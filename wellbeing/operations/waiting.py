"""The waiting list of a full session: joining it and leaving it."""

from datetime import datetime

from django.conf import settings

from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.refusals import Refused
from wellbeing.models import Booking, Event, Person

from .bookable import check_wanted, free_seats
from .locks import lock_event, lock_people
from .moves import begin, move, say
from .seats import is_list_open, lock_to_take
from .transaction import operation


@operation
def wait(event: Event, *, person: Person, by: Person, at: datetime) -> Booking:
    """Joins the waiting list of a session that is full. Refused while a seat is free."""
    event = lock_to_take(event.pk, person, at=at)
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
