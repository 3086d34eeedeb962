"""A clinical supervisor: a qualified therapist outside line management, often external."""

from django.db import models

from wellbeing.domain.privacy import INTERNAL, PERSONAL, SERVICE
from wellbeing.models import Area, Person


class Supervisor(models.Model):
    """What they have agreed to give. Areas: none named means all."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="supervisor")
    hours_per_day = models.DecimalField(max_digits=4, decimal_places=2)
    hours_per_week = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hours_per_day__gt=0, hours_per_week__gt=0),
                name="supervisor_hours_above_zero",
            )
        ]

    class Privacy:
        person = (PERSONAL, SERVICE)
        hours_per_day = (INTERNAL, SERVICE)
        hours_per_week = (INTERNAL, SERVICE)


class SupervisorArea(models.Model):
    """An Area that a supervisor serves."""

    supervisor = models.ForeignKey(
        Supervisor, on_delete=models.CASCADE, related_name="areas", db_index=False
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supervisor", "area"], name="supervisor_area_once")
        ]

    class Privacy:
        supervisor = (INTERNAL, SERVICE)
        area = (INTERNAL, SERVICE)
