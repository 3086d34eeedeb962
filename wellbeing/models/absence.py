"""A person's days away: first and last day, never why."""

from django.db import models

from wellbeing.domain.privacy import SENSITIVE, SERVICE

from .fact import Fact, closing_pair
from .person import Person


class Absence(Fact):
    """Absences of one person may overlap; an absence with no last day runs on."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    start_on = models.DateField()
    end_on = models.DateField(null=True)

    class Meta:
        constraints = [
            closing_pair("absence"),
            models.CheckConstraint(
                condition=models.Q(end_on__isnull=True)
                | models.Q(end_on__gte=models.F("start_on")),
                name="absence_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person", "start_on"],
                condition=models.Q(superseded_at__isnull=True),
                name="absence_once_a_start",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "start_on"], name="absence_by_person"),
        ]

    class Privacy(Fact.Privacy):
        person = (SENSITIVE, SERVICE)
        start_on = (SENSITIVE, SERVICE)
        end_on = (SENSITIVE, SERVICE)
