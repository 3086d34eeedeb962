"""When a supervisor means to hold sessions: hours of the week, and days that are otherwise.

A wish, not a fact that cover reads: rows change in place and the audit trail says how
(docs/decisions/0007). A change "from a day on" is a new row, so that what is asked about a
day is answered by the row of that day.
"""

from django.db import models

from supervision.domain.hours import Kind
from wellbeing.domain.privacy import INTERNAL, PERSONAL, SENSITIVE, SERVICE, WITH_ROW
from wellbeing.domain.public_id import new_public_id
from wellbeing.domain.roles import Mode
from wellbeing.models import Event, Person

MODES = [(m.value, m.value) for m in Mode]
# Two lines of one supervisor may meet, but not overlap: the operation asks (`domain.hours.overlap`).
IN_ORDER = models.Q(ends__gt=models.F("starts"), minutes__gte=1)


class WorkingHours(models.Model):
    """Hours of one weekday (Monday is 0), London's wall clock, and the sessions within.

    `public_id` is the `series` of the sessions made of them.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    first_on = models.DateField()
    last_on = models.DateField(null=True)
    minutes = models.PositiveIntegerField()
    # Between one session and the next.
    pause_minutes = models.PositiveIntegerField(default=0)
    mode = models.CharField(max_length=16, choices=MODES)
    place = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__gte=0, weekday__lte=6),
                name="working_hours_weekday_known",
            ),
            models.CheckConstraint(condition=IN_ORDER, name="working_hours_in_order"),
            models.CheckConstraint(
                condition=models.Q(last_on__isnull=True)
                | models.Q(last_on__gte=models.F("first_on")),
                name="working_hours_end_after_start",
            ),
        ]
        indexes = [models.Index(fields=["person", "weekday"], name="working_hours_by_person")]

    class Privacy:
        public_id = (INTERNAL, SERVICE)
        person = (PERSONAL, SERVICE)
        weekday = (INTERNAL, SERVICE)
        starts = (INTERNAL, SERVICE)
        ends = (INTERNAL, SERVICE)
        first_on = (INTERNAL, SERVICE)
        last_on = (INTERNAL, SERVICE)
        minutes = (INTERNAL, SERVICE)
        pause_minutes = (INTERNAL, SERVICE)
        mode = (INTERNAL, SERVICE)
        place = (PERSONAL, SERVICE)


class HoursException(models.Model):
    """Days off (never why), or the hours of one day: instead of the week's, or beside them."""

    KINDS = [(k.value, k.value) for k in Kind]

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=8, choices=KINDS)
    first_on = models.DateField()
    last_on = models.DateField()
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    minutes = models.PositiveIntegerField(null=True)
    pause_minutes = models.PositiveIntegerField(default=0)
    mode = models.CharField(max_length=16, choices=MODES, blank=True)
    place = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    kind=Kind.OFF.value,
                    starts__isnull=True,
                    ends__isnull=True,
                    minutes__isnull=True,
                )
                | models.Q(
                    IN_ORDER,
                    kind__in=[Kind.INSTEAD.value, Kind.EXTRA.value],
                    starts__isnull=False,
                    ends__isnull=False,
                    minutes__isnull=False,
                    last_on=models.F("first_on"),
                ),
                name="hours_exception_hours_of_one_day",
            ),
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")),
                name="hours_exception_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "first_on"], name="hours_exception_by_person"),
        ]

    class Privacy:
        public_id = (INTERNAL, SERVICE)
        person = (PERSONAL, SERVICE)
        kind = (SENSITIVE, SERVICE)
        first_on = (SENSITIVE, SERVICE)
        last_on = (SENSITIVE, SERVICE)
        starts = (INTERNAL, SERVICE)
        ends = (INTERNAL, SERVICE)
        minutes = (INTERNAL, SERVICE)
        pause_minutes = (INTERNAL, SERVICE)
        mode = (INTERNAL, SERVICE)
        place = (PERSONAL, SERVICE)


class MadeSlot(models.Model):
    """A slot of somebody's hours of which a session was made: it is made once only.

    So a session that was cancelled or moved does not come back with the next publishing.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    local_on = models.DateField()
    starts = models.TimeField()
    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "local_on", "starts"], name="made_slot_once"
            )
        ]

    class Privacy:
        person = (PERSONAL, WITH_ROW)
        local_on = (INTERNAL, WITH_ROW)
        starts = (INTERNAL, WITH_ROW)
        event = (INTERNAL, WITH_ROW)
