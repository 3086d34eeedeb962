"""Who came: recorded for a whole session at once, put right within 48 hours, or disputed."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings

from wellbeing.domain.booking import RECORDED, BookingStatus, EventStatus, may_record
from wellbeing.domain.refusals import Refused
from wellbeing.models import Booking, BookingMove, Event, Person
from wellbeing.queries.bookings import first_recorded

from . import audit
from .locks import lock_everyone_at
from .moves import announce_everyone, move
from .transaction import operation


@operation
def record_attendance(
    event: Event,
    came: Mapping[int, bool],
    *,
    by: Person,
    at: datetime,
    as_lead: bool = False,
) -> int:
    """Records or puts right who came; how many outcomes changed.

    `came`: booking's primary key to True (came) or False (did not come). The first
    recording is from the start on. The host may put a slip right within 48 hours of it
    while it is not disputed; a lead at any time. Saying the same again changes nothing.
    """
    event = lock_everyone_at(event.pk)
    check_started(event, at)
    bookings = list(Booking.objects.filter(event=event, pk__in=came).order_by("pk"))
    # The host's 48 hours run from the first recording, not from the last.
    first = first_recorded(bookings)
    changed = [
        b
        for b in bookings
        if _record_one(b, came[b.pk], first.get(b.pk), by=by, at=at, as_lead=as_lead)
    ]
    if changed:
        announce_everyone(event, at=at)
        audit.record(
            "event.record",
            by=by,
            at=at,
            event=str(event.public_id),
            outcomes={str(b.public_id): b.status for b in changed},
        )
    return len(changed)


def check_started(event: Event, at: datetime) -> None:
    """Raises why nobody's coming can be recorded here yet, or at all."""
    if event.status == EventStatus.CANCELLED:
        raise Refused("This session was cancelled, so nobody can be recorded.")
    if event.start_at is not None and event.start_at > at:
        raise Refused("You can record who came once the session has started.")


def _record_one(
    booking: Booking,
    came: bool,
    first_at: datetime | None,
    *,
    by: Person,
    at: datetime,
    as_lead: bool,
) -> bool:
    after = BookingStatus.ATTENDED if came else BookingStatus.MISSED
    if booking.status == after:
        return False
    status = BookingStatus(booking.status)
    within = timedelta(hours=settings.PUT_RIGHT_HOURS)
    if not may_record(status, first_at=first_at, at=at, within=within, as_lead=as_lead):
        raise Refused(_too_late(status))
    move(booking, after, by=by, at=at)
    return True


def _too_late(status: BookingStatus) -> str:
    if status == BookingStatus.DISPUTED:
        return "This person has said that the record is not right. A wellbeing lead settles it."
    if status in RECORDED:
        return f"This was recorded more than {settings.PUT_RIGHT_HOURS} hours ago. Ask your wellbeing lead to correct it."
    return "One of these bookings has changed meanwhile. Look at the list again."


@operation
def dispute(booking: Booking, *, by: Person, at: datetime) -> None:
    """ "This is not right": the outcome counts for nothing until a lead settles it.

    Within ten days of the recording; nothing is asked and nothing is written down of why.
    """
    event = lock_everyone_at(booking.event_id)
    booking.refresh_from_db()
    if booking.status == BookingStatus.DISPUTED:
        raise Refused("You have already said that this is not right.", code="booking_move")
    if booking.status not in RECORDED:
        raise Refused("Nobody has recorded who came yet.", code="booking_move")
    recorded_at = BookingMove.objects.get(booking=booking).recorded_at
    if at - recorded_at > timedelta(days=settings.DISPUTE_DAYS):
        raise Refused(
            f"This was recorded more than {settings.DISPUTE_DAYS} days ago. Ask your wellbeing lead to correct it.",
            code="too_late",
        )
    move(booking, BookingStatus.DISPUTED, by=by, at=at)
    announce_everyone(event, at=at)
    audit.record(
        "booking.dispute", by=by, at=at, about=booking.person_id, booking=str(booking.public_id)
    )
