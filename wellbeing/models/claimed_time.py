"""Time that is taken: of the host of a live event, and of everyone who holds a seat at one.

Written by the database's own triggers and by nothing else (wellbeing/guards.py);
there it is refused that two claims of one person overlap (reliability.md §1).
"""

from django.db import models

from wellbeing.domain.privacy import INTERNAL, SENSITIVE, WITH_ROW

from .event import Event
from .person import Person


class ClaimedTime(models.Model):
    """One row a person and event; half-open `[from_at, to_at)`."""

    KINDS = [("host", "host"), ("seat", "seat")]

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=KINDS)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["host", "seat"]), name="claim_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(to_at__gt=models.F("from_at")),
                name="claim_takes_time",
            ),
            models.UniqueConstraint(
                fields=["person", "event"], name="claim_once_a_person_and_event"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "from_at"], name="claim_by_person"),
        ]

    class Privacy:
        person = (SENSITIVE, WITH_ROW)
        event = (SENSITIVE, WITH_ROW)
        from_at = (SENSITIVE, WITH_ROW)
        to_at = (SENSITIVE, WITH_ROW)
        kind = (INTERNAL, WITH_ROW)
