"""Who came: recorded for a whole session at once, and put right within 48 hours."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Min

from wellbeing import ports
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.refusals import Refused
from wellbeing.models import Booking, BookingMove, Event, Person

from . import audit
from .locks import lock_everyone_at
from .moves import move
from .transaction import operation

RECORDED = frozenset({BookingStatus.ATTENDED, BookingStatus.MISSED})


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
    _check_started(event, at)
    bookings = Booking.objects.filter(event=event, pk__in=came)
    changed = [b for b in bookings if _record_one(b, came[b.pk], by=by, at=at, as_lead=as_lead)]
    if changed:
        # The group's number attended is part of everybody's credit (rule 2).
        everyone = Booking.objects.filter(event=event).values_list("person", flat=True)
        ports.facts_changed(people=list(everyone), since=event.local_on, at=at)
        audit.record(
            "event.record",
            by=by,
            at=at,
            event=str(event.public_id),
            outcomes={str(b.public_id): b.status for b in changed},
        )
    return len(changed)


def _check_started(event: Event, at: datetime) -> None:
    if event.status == EventStatus.CANCELLED:
        raise Refused("This session was cancelled, so nobody can be recorded.")
    if event.start_at is not None and event.start_at > at:
        raise Refused("You can record who came once the session has started.")


def _record_one(
    booking: Booking, came: bool, *, by: Person, at: datetime, as_lead: bool
) -> bool:
    after = BookingStatus.ATTENDED if came else BookingStatus.MISSED
    if booking.status == after:
        return False
    if booking.status == BookingStatus.BOOKED:
        move(booking, after, by=by, at=at)
        return True
    if booking.status not in RECORDED and not (
        as_lead and booking.status == BookingStatus.DISPUTED
    ):
        raise Refused("One of these bookings has changed meanwhile. Look at the list again.")
    if not as_lead:
        _check_still_open(booking, at)
    move(booking, after, by=by, at=at)
    return True


def _check_still_open(booking: Booking, at: datetime) -> None:
    """The host's 48 hours run from the first recording, not from the last."""
    first = BookingMove.as_recorded.filter(booking=booking, after__in=RECORDED).aggregate(
        first=Min("recorded_at")
    )["first"]
    if first is not None and at - first > timedelta(hours=settings.PUT_RIGHT_HOURS):
        raise Refused(
            "This was recorded more than 48 hours ago. Ask your wellbeing lead to correct it."
        )
