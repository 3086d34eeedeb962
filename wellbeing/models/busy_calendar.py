"""Somebody's own calendar elsewhere, and when it says they are busy; never what with."""

from django.db import models

from wellbeing.domain.privacy import PERSONAL, SENSITIVE, WITH_ROW

from .person import Person


class BusyCalendar(models.Model):
    """One a person. Whoever knows the address can read the calendar: it is shown to nobody else."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=2000)
    added_at = models.DateTimeField()
    # When it was last tried, and when the times that are kept were read.
    fetched_at = models.DateTimeField(null=True)
    good_at = models.DateTimeField(null=True)
    # Why the last try failed, as a sentence for its owner; empty where it did not.
    fault = models.CharField(max_length=200, blank=True)
    # Since when every try has failed.
    failing_since = models.DateTimeField(null=True)
    # When its owner last asked for it to be read.
    asked_at = models.DateTimeField(null=True)

    @property
    def is_awaited(self) -> bool:
        """True while its owner waits for it to be read: just given, or asked for since."""
        asked = self.asked_at or self.added_at
        return self.fetched_at is None or self.fetched_at < asked

    class Meta:
        indexes = [models.Index(fields=["fetched_at"], name="busy_calendar_by_fetch")]

    class Privacy:
        person = (PERSONAL, WITH_ROW)
        address = (SENSITIVE, WITH_ROW)
        added_at = (PERSONAL, WITH_ROW)
        fetched_at = (PERSONAL, WITH_ROW)
        good_at = (PERSONAL, WITH_ROW)
        fault = (PERSONAL, WITH_ROW)
        failing_since = (PERSONAL, WITH_ROW)
        asked_at = (PERSONAL, WITH_ROW)


class BusyTime(models.Model):
    """Half-open `[from_at, to_at)`; those of one person do not overlap or touch."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_at__gt=models.F("from_at")), name="busy_takes_time"
            ),
        ]
        indexes = [models.Index(fields=["person", "from_at"], name="busy_by_person")]

    class Privacy:
        person = (SENSITIVE, WITH_ROW)
        from_at = (SENSITIVE, WITH_ROW)
        to_at = (SENSITIVE, WITH_ROW)
