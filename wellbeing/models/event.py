"""Something held at a time that people can book: a session, training, a check-in, a Round."""

from django.db import models

from wellbeing.domain.booking import EventStatus
from wellbeing.domain.privacy import INTERNAL, PERSONAL, SERVICE
from wellbeing.domain.public_id import new_public_id
from wellbeing.domain.roles import EventKind, Mode

from .area import Area
from .person import Person


class Event(models.Model):
    """Instants are kept beside the local day and the minutes: cover reads days.

    An event that is not bookable is history from a file: it has no capacity and grows
    with later files. A check-in may have no start or no minutes: it claims no time. Areas: none named
    means all.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in EventKind])
    status = models.CharField(max_length=16, choices=[(s.value, s.value) for s in EventStatus])
    host = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="hosted_events",
        null=True,
        db_index=False,
    )
    # London's day; an instant is null only for a check-in of which it is not known.
    local_on = models.DateField()
    start_at = models.DateTimeField(null=True)
    end_at = models.DateTimeField(null=True)
    minutes = models.PositiveIntegerField(null=True)
    is_bookable = models.BooleanField(default=True)
    capacity = models.PositiveIntegerField(null=True)
    mode = models.CharField(
        max_length=16, choices=[(m.value, m.value) for m in Mode], blank=True
    )
    # A room or a link: shown to those booked, the host and leads only.
    place = models.CharField(max_length=200, blank=True)
    # A Round's theme; no other kind has one.
    theme = models.CharField(max_length=200, blank=True)
    # What sessions of the same working hours have in common; no other event has one.
    series = models.UUIDField(null=True, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # Calendars: both rise with every change of anything shown (calendars.md).
    changed_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=[s.value for s in EventStatus]),
                name="event_status_known",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[k.value for k in EventKind]),
                name="event_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    start_at__isnull=False,
                    end_at__isnull=False,
                    minutes__gte=1,
                    end_at__gt=models.F("start_at"),
                )
                | models.Q(kind=EventKind.CHECK_IN, end_at__isnull=True),
                name="event_has_its_times",
            ),
            models.CheckConstraint(
                condition=models.Q(is_bookable=True, capacity__gte=1)
                | models.Q(is_bookable=False, capacity__isnull=True),
                name="event_capacity_if_bookable",
            ),
            models.CheckConstraint(
                condition=models.Q(host__isnull=False) | models.Q(kind=EventKind.ROUND),
                name="event_has_a_host",
            ),
        ]
        indexes = [
            models.Index(fields=["host", "start_at"], name="event_by_host"),
            models.Index(fields=["kind", "local_on", "status"], name="event_by_kind_and_day"),
            models.Index(fields=["series", "local_on"], name="event_by_series"),
        ]

    class Privacy:
        public_id = (INTERNAL, SERVICE)
        kind = (INTERNAL, SERVICE)
        status = (INTERNAL, SERVICE)
        host = (PERSONAL, SERVICE)
        local_on = (INTERNAL, SERVICE)
        start_at = (INTERNAL, SERVICE)
        end_at = (INTERNAL, SERVICE)
        minutes = (INTERNAL, SERVICE)
        is_bookable = (INTERNAL, SERVICE)
        capacity = (INTERNAL, SERVICE)
        mode = (INTERNAL, SERVICE)
        place = (PERSONAL, SERVICE)
        theme = (INTERNAL, SERVICE)
        series = (INTERNAL, SERVICE)
        created_at = (INTERNAL, SERVICE)
        created_by = (PERSONAL, SERVICE)
        changed_at = (INTERNAL, SERVICE)
        sequence = (INTERNAL, SERVICE)


class EventArea(models.Model):
    """An Area that an event is for."""

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="areas", db_index=False
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "area"], name="event_area_once")
        ]

    class Privacy:
        event = (INTERNAL, SERVICE)
        area = (INTERNAL, SERVICE)
