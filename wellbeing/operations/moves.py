"""Moving a booking's status: the column, and the move beside it that closes the one before."""

from datetime import date, datetime

from wellbeing import ports
from wellbeing.domain.booking import BookingStatus, may_follow
from wellbeing.domain.ports import Changed
from wellbeing.domain.refusals import Refused
from wellbeing.models import Booking, BookingMove, Event, Person

from . import audit

CHANGED = "This booking has changed meanwhile. Look at it again before you go on."


def begin(
    event: Event,
    person: int,
    status: BookingStatus,
    *,
    by: Person,
    at: datetime,
    offer_ends_at: datetime | None = None,
) -> Booking:
    """A new booking in its first status. The database refuses one too many."""
    booking = Booking.objects.create(
        event=event,
        person_id=person,
        status=status,
        created_at=at,
        offer_ends_at=offer_ends_at,
    )
    BookingMove.objects.create(
        booking=booking, before="", after=status, recorded_at=at, recorded_by=by
    )
    return booking


def move(
    booking: Booking,
    after: BookingStatus,
    *,
    by: Person,
    at: datetime,
    reason: str = "",
    is_late: bool = False,
    offer_ends_at: datetime | None = None,
) -> None:
    """One step of the table of moves. Refused where the status is no longer what was read.

    `at` was read before the locks were waited for: where the move before was recorded while we
    waited, the step is dated by that one, so that none ends before it began.
    """
    before = BookingStatus(booking.status)
    if not may_follow(before, after):
        raise Refused(CHANGED, code="booking_move")
    changed = {"status": after} | ({"offer_ends_at": offer_ends_at} if offer_ends_at else {})
    if not Booking.objects.filter(pk=booking.pk, status=before).update(**changed):
        raise Refused(CHANGED, code="booking_move")
    booking.status = after
    booking.offer_ends_at = offer_ends_at or booking.offer_ends_at
    last = BookingMove.objects.filter(booking=booking)
    at = max([at, *last.values_list("recorded_at", flat=True)])
    last.update(superseded_at=at, superseded_by=by)
    BookingMove.objects.create(
        booking=booking,
        before=before,
        after=after,
        reason=reason,
        is_late=is_late,
        recorded_at=at,
        recorded_by=by,
    )


def announce_everyone(event: Event, *, at: datetime, since: date | None = None) -> None:
    """Announces whatever depends on the event of everybody who ever had a booking at it.

    How many came is part of each credit (rule 2); the day, the host and whether it was held
    are part of how each booking ended, a cancelled one too. `since`: a day before the event's.
    """
    everyone = Booking.objects.filter(event=event).values_list("person", flat=True)
    ports.facts_changed(
        people=list(everyone.distinct()),
        what=Changed.BOOKINGS,
        since=since or event.local_on,
        at=at,
    )


def say(
    verb: str, booking: Booking, event: Event, *, by: Person, at: datetime, **details: object
) -> None:
    """Announces whose facts a move changed, and writes its audit row."""
    ports.facts_changed(
        people=[booking.person_id], what=Changed.BOOKINGS, since=event.local_on, at=at
    )
    about, public_id = booking.person_id, str(booking.public_id)
    audit.record(verb, by=by, at=at, about=about, booking=public_id, **details)
