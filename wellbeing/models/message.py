"""The outbox: what is to be written to somebody, in the transaction of what it is about."""

from django.db import models

from wellbeing.domain.messages import MessageKind
from wellbeing.domain.privacy import INTERNAL, PERSONAL, SENSITIVE, WITH_ROW, YEAR
from wellbeing.domain.public_id import new_public_id

from .booking import Booking
from .event import Event
from .person import Person


class Message(models.Model):
    """One message to one person. Its words are made when it is sent, of what is true then.

    It ends as sent, as dropped (no longer true when its turn came), or as failed (given up
    after the last try; an administrator sends it again).
    """

    # Its Message-ID: a repeat after a crash can be told by it.
    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24, choices=[(k.value, k.value) for k in MessageKind])
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+", null=True)
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="+", null=True)
    # What a timed message is about, so that it is written once however often it is looked for.
    key = models.CharField(max_length=120, null=True, unique=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    # While a worker has it; when it runs out, the worker is taken for dead.
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    # The kind of the last fault; never an address or a word of the message.
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[k.value for k in MessageKind]),
                name="message_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True, dropped_at__isnull=True)
                | models.Q(sent_at__isnull=True, failed_at__isnull=True)
                | models.Q(dropped_at__isnull=True, failed_at__isnull=True),
                name="message_ends_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(
                    sent_at__isnull=True, dropped_at__isnull=True, failed_at__isnull=True
                ),
                name="message_to_send",
            ),
            models.Index(
                fields=["failed_at"],
                condition=models.Q(failed_at__isnull=False),
                name="message_failed",
            ),
        ]

    class Privacy:
        public_id = (INTERNAL, YEAR)
        person = (PERSONAL, YEAR)
        kind = (SENSITIVE, YEAR)
        event = (SENSITIVE, YEAR)
        booking = (SENSITIVE, YEAR)
        key = (INTERNAL, YEAR)
        created_at = (INTERNAL, YEAR)
        due_at = (INTERNAL, YEAR)
        attempts = (INTERNAL, YEAR)
        leased_until = (INTERNAL, WITH_ROW)
        sent_at = (INTERNAL, YEAR)
        dropped_at = (INTERNAL, YEAR)
        failed_at = (INTERNAL, YEAR)
        fault = (INTERNAL, YEAR)
