"""Writing to the outbox, within the transaction of what the message is about.

Nothing is rendered and nothing is sent here (reliability.md §2).
"""

from collections.abc import Iterable
from datetime import datetime

from wellbeing.domain.messages import MessageKind
from wellbeing.models import Booking, Event, Message, Person

# News to the host of what somebody else did.
NOTICES = {MessageKind.HOST_BOOKED, MessageKind.HOST_PLACE_FREED}


def tell(kind: MessageKind, booking: Booking, *, at: datetime) -> None:
    """To the person of a booking, about it."""
    Message.objects.create(
        person_id=booking.person_id,
        kind=kind,
        event_id=booking.event_id,
        booking=booking,
        created_at=at,
        due_at=at,
    )


def tell_person(
    kind: MessageKind, person: int, *, at: datetime, event: Event | None = None
) -> None:
    """To somebody, about no booking of theirs."""
    Message.objects.create(person_id=person, kind=kind, event=event, created_at=at, due_at=at)


def tell_host(
    kind: MessageKind, event: Event, *, by: Person, at: datetime, host: int | None = None
) -> None:
    """To the host of an event (or `host`, who held it until now).

    That a place was taken or freed is not sent to whoever did it themself.
    """
    who = host or event.host_id
    if who is None or (who == by.pk and kind in NOTICES):
        return
    Message.objects.create(person_id=who, kind=kind, event=event, created_at=at, due_at=at)


def tell_given_up(booking: Booking, event: Event, *, by: Person, at: datetime) -> None:
    """To the person, whose calendar is to let go of it, and to the host."""
    tell(MessageKind.CANCELLED, booking, at=at)
    tell_host(MessageKind.HOST_PLACE_FREED, event, by=by, at=at)


def tell_once(messages: Iterable[Message]) -> int:
    """Timed messages, each with its key; how many are new. One that is there is left alone."""
    wanted = list(messages)
    keys = [message.key for message in wanted]
    there = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    fresh = [message for message in wanted if message.key not in there]
    Message.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)
