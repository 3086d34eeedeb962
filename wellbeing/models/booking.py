"""One person's place at an event, and every move its status has made."""

from django.db import models

from wellbeing.domain.booking import LIVE, BookingStatus, CancelReason
from wellbeing.domain.privacy import INTERNAL, SENSITIVE, SERVICE
from wellbeing.domain.public_id import new_public_id

from .event import Event
from .fact import Fact, closing_pair
from .person import Person


class Booking(models.Model):
    """The status is a column; the move that led to it is a row beside it."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="bookings", db_index=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="bookings", db_index=False
    )
    status = models.CharField(
        max_length=24, choices=[(s.value, s.value) for s in BookingStatus]
    )
    created_at = models.DateTimeField()
    # Of an offer: until when the seat is held for an answer. None: until the start.
    offer_ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=[s.value for s in BookingStatus]),
                name="booking_status_known",
            ),
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=models.Q(status__in=sorted(LIVE)),
                name="booking_one_live_an_event",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "status", "event"], name="booking_by_person"),
            models.Index(fields=["event", "status"], name="booking_by_event"),
            # Few at any time: what nobody has recorded yet.
            models.Index(
                fields=["event"],
                condition=models.Q(status=BookingStatus.BOOKED.value),
                name="booking_not_recorded",
            ),
            # What somebody disputes waits for a lead.
            models.Index(
                fields=["event"],
                condition=models.Q(status=BookingStatus.DISPUTED.value),
                name="booking_disputed",
            ),
            models.Index(
                fields=["offer_ends_at"],
                condition=models.Q(status=BookingStatus.OFFERED.value),
                name="booking_by_offer_end",
            ),
        ]

    class Privacy:
        public_id = (INTERNAL, SERVICE)
        event = (SENSITIVE, SERVICE)
        person = (SENSITIVE, SERVICE)
        status = (SENSITIVE, SERVICE)
        created_at = (INTERNAL, SERVICE)
        offer_ends_at = (INTERNAL, SERVICE)


class BookingMove(Fact):
    """A change of a booking's status; the next one closes it, so one is open a booking."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="+")
    before = models.CharField(max_length=24, blank=True)
    after = models.CharField(max_length=24, choices=[(s.value, s.value) for s in BookingStatus])
    # Of a cancellation by the person: one of a short list; "late" is within 48 hours.
    reason = models.CharField(
        max_length=16,
        blank=True,
        choices=[("", "")] + [(r.value, r.value) for r in CancelReason],
    )
    is_late = models.BooleanField(default=False)

    class Meta:
        constraints = [
            closing_pair("booking_move"),
            models.UniqueConstraint(
                fields=["booking"],
                condition=models.Q(superseded_at__isnull=True),
                name="booking_move_one_open",
            ),
        ]
        # What was recorded late is asked for by when it was.
        indexes = [
            models.Index(fields=["recorded_at"], name="booking_move_by_time"),
        ]

    class Privacy(Fact.Privacy):
        booking = (SENSITIVE, SERVICE)
        before = (SENSITIVE, SERVICE)
        after = (SENSITIVE, SERVICE)
        reason = (SENSITIVE, SERVICE)
        is_late = (SENSITIVE, SERVICE)
