"""What a message is about, as it stands when its turn comes; and the messages that failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.messages import INVITES, MessageKind, State
from wellbeing.models import Booking, Event, Message

from .busy_times import is_unreadable


@dataclass(frozen=True, slots=True)
class About:
    """One message with what its words are made of. Public ids; instants are aware."""

    kind: MessageKind
    person: int
    to: str
    is_active: bool
    state: State
    booking: UUID | None = None
    event: UUID | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def about(message: Message) -> About:
    """Reads it afresh: two queries."""
    message = Message.objects.select_related("person", "event", "booking").get(pk=message.pk)
    person, event, booking = message.person, message.event, message.booking
    return About(
        kind=MessageKind(message.kind),
        person=person.pk,
        to=person.email,
        is_active=person.is_active and not person.is_service,
        state=_state(person.pk, event, booking),
        booking=booking.public_id if booking else None,
        event=event.public_id if event else None,
        starts_at=event.start_at if event else None,
        ends_at=event.end_at if event else None,
    )


def _state(person: int, event: Event | None, booking: Booking | None) -> State:
    if event is None:
        return State(is_unreadable=is_unreadable(person))
    return State(
        event=EventStatus(event.status),
        start_at=event.start_at,
        booking=BookingStatus(booking.status) if booking else None,
        offer_ends_at=booking.offer_ends_at if booking else None,
        to_record=Booking.objects.filter(event=event, status=BookingStatus.BOOKED).count(),
    )


def was_invited(message: Message) -> bool:
    """True where the person's calendar may hold the event: an invitation to it was sent."""
    return Message.objects.filter(
        person=message.person_id,
        event=message.event_id,
        kind__in=INVITES,
        sent_at__isnull=False,
    ).exists()


def is_any_due(at: datetime) -> bool:
    """True where the outbox has something to send; asked without a lock."""
    return to_send().filter(due_at__lte=at).exists()


def to_send() -> QuerySet[Message]:
    """Neither sent nor dropped nor given up."""
    return Message.objects.filter(
        sent_at__isnull=True, dropped_at__isnull=True, failed_at__isnull=True
    )


def failed_message(public_id: UUID) -> Message | None:
    """One that was given up, or None."""
    return failed().filter(public_id=public_id).first()


def waiting_count(at: datetime) -> int:
    """How many were due more than ten minutes ago and are not sent yet."""
    return to_send().filter(created_at__lte=at - timedelta(minutes=10), due_at__lte=at).count()


def failed() -> QuerySet[Message]:
    """Given up after the last try, the latest first."""
    return (
        Message.objects.filter(failed_at__isnull=False)
        .select_related("person")
        .order_by("-failed_at", "-pk")
    )
