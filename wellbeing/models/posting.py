"""A person's place in RASSO work between two days: unit, job role, line manager, working days."""

from django.db import models

from wellbeing.domain.privacy import INTERNAL, PERSONAL, SERVICE
from wellbeing.domain.roles import JobRole

from .area import Unit
from .fact import Fact, closing_pair
from .person import Person


class Posting(Fact):
    """A person's current postings never overlap (a guard, wellbeing/guards.py)."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    job_role = models.CharField(max_length=16, choices=[(r.value, r.value) for r in JobRole])
    line_manager = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True
    )
    # Bit 0 is Monday, bit 6 Sunday (wellbeing/domain/working_days.py).
    working_days = models.PositiveSmallIntegerField(default=0b11111)
    start_on = models.DateField()
    end_on = models.DateField(null=True)

    class Meta:
        constraints = [
            closing_pair("posting"),
            models.CheckConstraint(
                condition=models.Q(job_role__in=[r.value for r in JobRole]),
                name="posting_job_role_known",
            ),
            models.CheckConstraint(
                condition=models.Q(working_days__gte=1, working_days__lte=127),
                name="posting_working_days_known",
            ),
            models.CheckConstraint(
                condition=models.Q(end_on__isnull=True)
                | models.Q(end_on__gte=models.F("start_on")),
                name="posting_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person", "start_on"],
                condition=models.Q(superseded_at__isnull=True),
                name="posting_once_a_start",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "start_on"], name="posting_by_person"),
        ]

    class Privacy(Fact.Privacy):
        person = (PERSONAL, SERVICE)
        unit = (PERSONAL, SERVICE)
        job_role = (PERSONAL, SERVICE)
        line_manager = (PERSONAL, SERVICE)
        working_days = (PERSONAL, SERVICE)
        start_on = (INTERNAL, SERVICE)
        end_on = (INTERNAL, SERVICE)
