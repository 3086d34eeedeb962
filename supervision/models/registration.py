"""A supervisor's registration with a professional body, and the indemnity that goes with it."""

from django.db import models

from wellbeing.domain.privacy import PERSONAL, SERVICE
from wellbeing.models import Person
from wellbeing.models.fact import Fact, closing_pair


class Registration(Fact):
    """Registered on a day: one row covers it and, where it has one, so does its indemnity."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    register = models.CharField(max_length=200)
    number = models.CharField(max_length=200)
    start_on = models.DateField()
    end_on = models.DateField(null=True)
    indemnity_to = models.DateField(null=True)

    class Meta:
        constraints = [
            closing_pair("registration"),
            models.CheckConstraint(
                condition=models.Q(end_on__isnull=True)
                | models.Q(end_on__gte=models.F("start_on")),
                name="registration_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person", "register", "number", "start_on"],
                condition=models.Q(superseded_at__isnull=True),
                name="registration_once",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "start_on"], name="registration_by_person"),
        ]

    class Privacy(Fact.Privacy):
        person = (PERSONAL, SERVICE)
        register = (PERSONAL, SERVICE)
        number = (PERSONAL, SERVICE)
        start_on = (PERSONAL, SERVICE)
        end_on = (PERSONAL, SERVICE)
        indemnity_to = (PERSONAL, SERVICE)
