"""Leads who are told by e-mail, each month, that a report is there to be read."""

from django.db import models

from wellbeing.domain.privacy import ACCOUNT, INTERNAL, PERSONAL
from wellbeing.models import Person


class Announcement(models.Model):
    """What one lead is told of; without a row, nothing."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    strand = models.CharField(max_length=16)
    made_at = models.DateTimeField()

    class Privacy:
        person = (PERSONAL, ACCOUNT)
        strand = (INTERNAL, ACCOUNT)
        made_at = (INTERNAL, ACCOUNT)
