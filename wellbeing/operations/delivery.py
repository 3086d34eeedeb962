"""Delivering the outbox: claim for a while, send outside the transaction, mark.

At least once: a worker that dies between sending and marking sends again, under the
same Message-ID. Messages to one person about one event leave in order, so that a
cancellation never overtakes its invitation; one that cannot be sent holds up no other.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q

from wellbeing.domain.messages import next_try
from wellbeing.models import Message, Person
from wellbeing.queries.messages import to_send

from . import audit
from .transaction import operation

log = logging.getLogger(__name__)
BATCH = 20
Send = Callable[[Message, datetime], bool]


def deliver(send: Send, clock: Callable[[], datetime]) -> int:
    """Sends all that is due; how many were sent.

    `send` is False for a message that is no longer true. Whatever it raises is a fault of
    that message alone.
    """
    sent = 0
    while claimed := claim(at=clock()):
        for message in claimed:
            sent += _deliver_one(message, send, clock)
    return sent


@operation
def claim(*, at: datetime) -> list[Message]:
    """The next messages, leased to this worker; at most one a person and event."""
    waiting = to_send()
    earlier = to_send().filter(
        person=OuterRef("person"), event=OuterRef("event"), pk__lt=OuterRef("pk")
    )
    due = (
        waiting.filter(Q(leased_until__isnull=True) | Q(leased_until__lte=at), due_at__lte=at)
        .filter(~Exists(earlier))
        .order_by("due_at", "pk")
    )
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    claimed = list(due[:BATCH])
    until = at + timedelta(seconds=settings.LEASE_SECONDS)
    Message.objects.filter(pk__in=[m.pk for m in claimed]).update(
        leased_until=until, attempts=F("attempts") + 1
    )
    return claimed


def _deliver_one(message: Message, send: Send, clock: Callable[[], datetime]) -> bool:
    try:
        is_sent = send(message, clock())
    except Exception as fault:  # whatever it is, the other messages must go out
        log.warning("Message %s was not sent: %s", message.public_id, type(fault).__name__)
        _put_off(message, fault, at=clock())
        return False
    field = "sent_at" if is_sent else "dropped_at"
    _mark(message, **{field: clock(), "leased_until": None, "fault": ""})
    return is_sent


@operation
def _mark(message: Message, **values: object) -> None:
    Message.objects.filter(pk=message.pk).update(**values)


def _put_off(message: Message, fault: Exception, *, at: datetime) -> None:
    again = next_try(message.attempts + 1, at)
    words = type(fault).__name__
    if again is None:
        _mark(message, failed_at=at, leased_until=None, fault=words)
    else:
        _mark(message, due_at=again, leased_until=None, fault=words)


def forget_messages(*, at: datetime) -> int:
    """Deletes what ended more than a year ago; how many."""
    before = at - timedelta(days=settings.MESSAGE_DAYS)
    ended = Q(sent_at__lt=before) | Q(dropped_at__lt=before) | Q(failed_at__lt=before)
    return Message.objects.filter(ended).delete()[0]


@operation
def send_again(message: Message, *, by: Person, at: datetime) -> None:
    """An administrator gives a failed message all its tries anew."""
    failed = Message.objects.filter(pk=message.pk, failed_at__isnull=False)
    if failed.update(failed_at=None, due_at=at, attempts=0, leased_until=None):
        audit.record(
            "message.send_again", by=by, at=at, about=message.person_id,
            message=str(message.public_id),
        )  # fmt: skip
