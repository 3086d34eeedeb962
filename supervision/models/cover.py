"""What is worked out of cover and kept: credit, how bookings ended, spans, what is stale, months added up.

Derived from facts and nothing else: every row can be dropped and built again
(`manage.py rebuild_cover`), and `verify_cover` holds it against the rules.
"""

from typing import Any

from django.db import models

from wellbeing.domain.privacy import INTERNAL, SENSITIVE, WITH_ROW
from wellbeing.models import Booking, Person, Unit


def _one(to: type[models.Model], *, null: bool = False) -> Any:
    """A foreign key whose row goes with the other, and that a longer index covers."""
    return models.ForeignKey(
        to, on_delete=models.CASCADE, related_name="+", db_index=False, null=null
    )


class StoredCredit(models.Model):
    """What an attended booking is worth to its person (domain.md, rule 2), and where they worked then."""

    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="+")
    person = _one(Person)
    strand = models.CharField(max_length=16)
    held_on = models.DateField()
    minutes = models.PositiveIntegerField()
    # Empty where it counts.
    why_not = models.CharField(max_length=16, blank=True)
    unit = _one(Unit, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "strand", "held_on"], name="credit_by_person"),
            models.Index(fields=["strand", "held_on", "unit"], name="credit_by_day"),
        ]

    class Privacy:
        booking = (SENSITIVE, WITH_ROW)
        person = (SENSITIVE, WITH_ROW)
        strand = (SENSITIVE, WITH_ROW)
        held_on = (SENSITIVE, WITH_ROW)
        minutes = (SENSITIVE, WITH_ROW)
        why_not = (SENSITIVE, WITH_ROW)
        unit = (SENSITIVE, WITH_ROW)


class StoredOutcome(models.Model):
    """How a booking ended, or stands, that nobody attended, and where its person worked that day.

    Of places only: who merely waited has none, and who was in no posting is in no unit.
    `before`: how long before the start the service called it off.
    """

    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    strand = models.CharField(max_length=16)
    event_on = models.DateField()
    unit = _one(Unit)
    status = models.CharField(max_length=24)
    # Of a cancellation by the person; empty where a file did not say.
    reason = models.CharField(max_length=16, blank=True)
    is_late = models.BooleanField()
    # Of one by the service.
    by = models.CharField(max_length=8, blank=True)
    before = models.DurationField(null=True)
    was_booked = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(
                fields=[
                    "strand",
                    "event_on",
                    "unit",
                    "status",
                    "reason",
                    "is_late",
                    "by",
                    "before",
                    "was_booked",
                    "person",
                ],
                name="outcome_by_day",
            ),
        ]

    class Privacy:
        booking = (SENSITIVE, WITH_ROW)
        person = (SENSITIVE, WITH_ROW)
        strand = (SENSITIVE, WITH_ROW)
        event_on = (SENSITIVE, WITH_ROW)
        unit = (SENSITIVE, WITH_ROW)
        status = (SENSITIVE, WITH_ROW)
        reason = (SENSITIVE, WITH_ROW)
        is_late = (SENSITIVE, WITH_ROW)
        by = (SENSITIVE, WITH_ROW)
        before = (SENSITIVE, WITH_ROW)
        was_booked = (SENSITIVE, WITH_ROW)


# All that figures and lists of a day read of a span, so that the rows themselves need not be.
ON_A_DAY = (
    "version",
    "unit",
    "job_role",
    "away",
    "due_soon_on",
    "overdue_on",
    "never_seen",
    "offered_until",
    "taken_up_until",
    "person",
    "interval_days",
    "limit_days",
    "window_days",
    "elapsed_days",
    "anchor_on",
    "due_on",
    "run_started_on",
    "gap_days",
    "gap_calendar_days",
    "days_base",
    "days_most",
    "covered_base",
    "covered_most",
    "days_a_week",
)


class StoredSpan(models.Model):
    """A run of days of one person and strand under constant terms (supervision/domain/spans.py).

    `end_on` of a span without an end is the last day of the calendar.
    """

    person = _one(Person)
    strand = models.CharField(max_length=16)
    version = models.CharField(max_length=8)
    start_on = models.DateField()
    end_on = models.DateField()
    unit = _one(Unit)
    job_role = models.CharField(max_length=16)
    run_started_on = models.DateField()
    anchor_on = models.DateField()
    never_seen = models.BooleanField()
    away = models.BooleanField()
    interval_days = models.PositiveIntegerField()
    limit_days = models.PositiveIntegerField()
    window_days = models.PositiveIntegerField()
    elapsed_days = models.PositiveIntegerField()
    due_on = models.DateField(null=True)
    due_soon_on = models.DateField()
    overdue_on = models.DateField()
    offered_until = models.DateField(null=True)
    taken_up_until = models.DateField(null=True)
    gap_days = models.PositiveIntegerField()
    gap_calendar_days = models.PositiveIntegerField()
    # Sums of days of the stint: on a day of the span, min(base + its ordinal, most).
    days_base = models.IntegerField()
    days_most = models.IntegerField()
    covered_base = models.IntegerField()
    covered_most = models.IntegerField()
    ends_stint = models.BooleanField()
    days_a_week = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["strand", "end_on", "start_on", *ON_A_DAY], name="span_by_day"
            ),
            models.Index(fields=["person", "strand", "start_on"], name="span_by_person"),
            models.Index(
                fields=["strand", "end_on"],
                condition=models.Q(ends_stint=True),
                name="span_by_stint_end",
            ),
        ]

    class Privacy:
        person = (SENSITIVE, WITH_ROW)
        strand = (SENSITIVE, WITH_ROW)
        version = (INTERNAL, WITH_ROW)
        start_on = (SENSITIVE, WITH_ROW)
        end_on = (SENSITIVE, WITH_ROW)
        unit = (SENSITIVE, WITH_ROW)
        job_role = (SENSITIVE, WITH_ROW)
        run_started_on = (SENSITIVE, WITH_ROW)
        anchor_on = (SENSITIVE, WITH_ROW)
        never_seen = (SENSITIVE, WITH_ROW)
        away = (SENSITIVE, WITH_ROW)
        interval_days = (INTERNAL, WITH_ROW)
        limit_days = (INTERNAL, WITH_ROW)
        window_days = (INTERNAL, WITH_ROW)
        elapsed_days = (SENSITIVE, WITH_ROW)
        due_on = (SENSITIVE, WITH_ROW)
        due_soon_on = (SENSITIVE, WITH_ROW)
        overdue_on = (SENSITIVE, WITH_ROW)
        offered_until = (SENSITIVE, WITH_ROW)
        taken_up_until = (SENSITIVE, WITH_ROW)
        gap_days = (SENSITIVE, WITH_ROW)
        gap_calendar_days = (SENSITIVE, WITH_ROW)
        days_base = (SENSITIVE, WITH_ROW)
        days_most = (SENSITIVE, WITH_ROW)
        covered_base = (SENSITIVE, WITH_ROW)
        covered_most = (SENSITIVE, WITH_ROW)
        ends_stint = (INTERNAL, WITH_ROW)
        days_a_week = (SENSITIVE, WITH_ROW)


class StaleCover(models.Model):
    """Facts of this person have changed and their cover is not built yet.

    As many rows as there were changes: whoever builds deletes those that were there when
    they began, and one that comes meanwhile stays.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Privacy:
        person = (INTERNAL, WITH_ROW)


class CoverLock(models.Model):
    """One row a person, locked by whoever builds their cover, after every other lock."""

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="+", primary_key=True
    )

    class Privacy:
        person = (INTERNAL, WITH_ROW)


class CoverMonth(models.Model):
    """People of one unit and job role at a month-end, added up from spans for the trend.

    `changes` rises, and the sums are void, whenever a span of the unit changes on or after the
    day; whoever adds up writes only where it has not risen meanwhile.
    """

    strand = models.CharField(max_length=16)
    on = models.DateField()
    unit = _one(Unit)
    job_role = models.CharField(max_length=16)
    changes = models.PositiveBigIntegerField(default=0)
    is_void = models.BooleanField(default=True)
    in_scope = models.PositiveIntegerField(default=0)
    present = models.PositiveIntegerField(default=0)
    in_cover = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["strand", "on", "unit", "job_role"], name="cover_month_once"
            )
        ]

    class Privacy:
        strand = (INTERNAL, WITH_ROW)
        on = (INTERNAL, WITH_ROW)
        unit = (INTERNAL, WITH_ROW)
        job_role = (INTERNAL, WITH_ROW)
        changes = (INTERNAL, WITH_ROW)
        is_void = (INTERNAL, WITH_ROW)
        in_scope = (INTERNAL, WITH_ROW)
        present = (INTERNAL, WITH_ROW)
        in_cover = (INTERNAL, WITH_ROW)
