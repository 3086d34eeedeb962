"""What the service cancels: an event with every place at it, a host's day, or one place alone."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef

from wellbeing.domain.booking import AHEAD, OUTCOMES, BookingStatus, EventStatus
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind
from wellbeing.models import Booking, Event, Person
from wellbeing.queries.closing import is_closed

from . import audit
from .locks import lock_everyone_at, lock_everyone_at_all
from .moves import CHANGED, announce_everyone, move, say
from .outbox import tell, tell_host
from .seats import pass_on_seats
from .transaction import operation


@operation
def cancel_event(event: Event, *, by: Person, at: datetime) -> int:
    """Cancels an event with every place booked, offered or waited for; how many there were.

    Refused once somebody's coming has been recorded, or the event is over and closed.
    """
    return _cancel(lock_everyone_at(event.pk), by=by, at=at)


@operation
def cancel_day(host: Person, *, on: date, by: Person, at: datetime) -> tuple[int, int]:
    """Cancels all that a host still holds on a day: how many events, and how many places.

    All or nothing. What has begun and has somebody's attendance recorded is left alone.
    """
    days = Event.objects.filter(host=host, local_on=on, status=EventStatus.PUBLISHED)
    recorded = Booking.objects.filter(event=OuterRef("pk"), status__in=OUTCOMES)
    wanted = days.exclude(kind=EventKind.CHECK_IN).filter(~Exists(recorded), end_at__gt=at)
    events = lock_everyone_at_all(wanted.values_list("pk", flat=True), also=[host.pk])
    if not events:
        raise Refused("There is nothing left to cancel on that day.")
    return len(events), sum(_cancel(event, by=by, at=at) for event in events)


def _cancel(event: Event, *, by: Person, at: datetime) -> int:
    check_cancellable(event, at=at)
    bookings = list(Booking.objects.filter(event=event, status__in=AHEAD))
    for booking in bookings:
        move(booking, BookingStatus.CANCELLED_BY_SERVICE, by=by, at=at)
        tell(MessageKind.CANCELLED_BY_SERVICE, booking, at=at)
    tell_host(MessageKind.HOST_CANCELLED, event, by=by, at=at)
    Event.objects.filter(pk=event.pk).update(
        status=EventStatus.CANCELLED, sequence=event.sequence + 1, changed_at=at
    )
    announce_everyone(event, at=at)
    audit.record(
        "event.cancel", by=by, at=at, event=str(event.public_id), bookings=len(bookings)
    )
    return len(bookings)


@operation
def withdraw_place(
    booking: Booking,
    *,
    by: Person,
    at: datetime,
    kind: MessageKind = MessageKind.CANCELLED_BY_SERVICE,
) -> None:
    """Takes back one person's place ahead, held or waited for; the others' stay.

    For whoever may not come any more. It is no cancellation of theirs, and never late. `kind`:
    the letter they get. The seat goes to whoever waits for it, in the same step.
    """
    event = lock_everyone_at(booking.event_id)
    booking.refresh_from_db()
    if booking.status not in AHEAD or event.start_at is None or event.start_at <= at:
        raise Refused(CHANGED, code="booking_move")
    move(booking, BookingStatus.CANCELLED_BY_SERVICE, by=by, at=at)
    say("booking.withdraw", booking, event, by=by, at=at)
    tell(kind, booking, at=at)
    tell_host(MessageKind.HOST_PLACE_FREED, event, by=by, at=at)
    pass_on_seats(event, at=at)


def check_cancellable(event: Event, *, at: datetime) -> None:
    """Raises the reason why this event can no longer be cancelled."""
    if event.status == EventStatus.CANCELLED:
        raise Refused("This session has already been cancelled.")
    if event.status != EventStatus.PUBLISHED or is_closed(event, at):
        raise Refused("This session is closed, so it cannot be cancelled.")
    if Booking.objects.filter(event=event, status__in=OUTCOMES).exists():
        raise Refused(
            "Somebody's attendance has been recorded, so this session cannot be cancelled."
        )
