"""Somebody came who had not booked: the host gives them a seat and records it, in one step."""

from datetime import datetime

from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.refusals import Refused
from wellbeing.models import Booking, Event, Person
from wellbeing.queries.closing import is_closed

from . import audit
from .attendance import check_started
from .bookable import check_eligible, check_own_bookings, free_seats
from .locks import lock_everyone_at
from .moves import announce_everyone, begin, move
from .seats import pass_on_seats
from .transaction import operation

# The host learns nothing of somebody they do not know but whether it worked.
NOBODY = "Nobody with this email address or staff number can be added to this session."


@operation
def add_unbooked(event: Event, person: Person | None, *, by: Person, at: datetime) -> Booking:
    """Books and records as attended somebody who came, from the start until the event is closed.

    The table of moves gives the host this booking before the start; who came is known only
    after it (docs/decisions). Seats, clashes and eligibility are asked as of any booking.
    """
    event = lock_everyone_at(event.pk, also=[person.pk] if person else [])
    check_started(event, at)
    if is_closed(event, at):
        raise Refused("This session is closed. Ask your wellbeing lead to correct it.")
    pass_on_seats(event, at=at)
    if free_seats(event, at) < 1:
        raise Refused("Every place at this session is taken.", code="event_capacity")
    if person is None:
        raise Refused(NOBODY, field="who")
    try:
        check_own_bookings(event, person, at=at)
        check_eligible(event, person)
    except Refused as refused:
        raise Refused(NOBODY, code=refused.code, field="who") from refused
    booking = begin(event, person.pk, BookingStatus.BOOKED, by=by, at=at)
    move(booking, BookingStatus.ATTENDED, by=by, at=at)
    announce_everyone(event, at=at)
    audit.record(
        "booking.add_unbooked", by=by, at=at, about=person.pk, booking=str(booking.public_id)
    )
    return booking
