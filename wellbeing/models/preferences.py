"""How the service speaks to a person: the words in their calendar, and whether it reminds."""

from django.db import models

from wellbeing.domain.privacy import ACCOUNT, INTERNAL, PERSONAL

from .person import Person


class Preferences(models.Model):
    """No row yet: everything as it comes.

    `wording_sequence` rises when the words change and never falls; it is added to every
    SEQUENCE of this person's, for calendars keep what they have until that rises.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="preferences")
    # Empty: the service's own words (settings.CALENDAR_WORDING).
    calendar_wording = models.CharField(max_length=100, blank=True)
    wording_sequence = models.PositiveIntegerField(default=0)
    wording_changed_at = models.DateTimeField(null=True)
    wants_reminders = models.BooleanField(default=True)

    class Privacy:
        person = (PERSONAL, ACCOUNT)
        calendar_wording = (PERSONAL, ACCOUNT)
        wording_sequence = (INTERNAL, ACCOUNT)
        wording_changed_at = (INTERNAL, ACCOUNT)
        wants_reminders = (PERSONAL, ACCOUNT)
