"""An event's VEVENT as bytes, made once and read often. Derived: it can always be dropped."""

from django.db import models

from wellbeing.domain.privacy import INTERNAL, PERSONAL, WITH_ROW

from .event import Event


class StoredEntry(models.Model):
    """One row an event and audience; good only while `sequence` and `edition` are the event's.

    What differs is made anew in its place, so that nothing stale is ever given or kept.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+", db_index=False)
    # Who is shown it: "schedule", or "host:" and the host's key (docs/decisions).
    audience = models.CharField(max_length=32)
    sequence = models.PositiveIntegerField()
    # Of the format, and of the settings that entries are made with.
    edition = models.CharField(max_length=16)
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "audience"], name="stored_entry_once"),
        ]

    class Privacy:
        event = (INTERNAL, WITH_ROW)
        audience = (INTERNAL, WITH_ROW)
        sequence = (INTERNAL, WITH_ROW)
        edition = (INTERNAL, WITH_ROW)
        data = (PERSONAL, WITH_ROW)
