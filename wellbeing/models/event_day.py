"""The day that an event was known to be on, at every instant, where it was ever moved to another."""

from django.db import models

from wellbeing.domain.privacy import INTERNAL, SERVICE

from .event import Event
from .fact import Fact, closing_pair


class EventDay(Fact):
    """One row a day that the event had; none for an event that always had the one it has.

    Whoever counts what was known at an instant reads it: the event itself says only
    today's day. Its other columns need none of this: no figure reads them before somebody
    came, and nothing of an event changes from its start on (docs/decisions, 16).
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+", db_index=False)
    local_on = models.DateField()

    class Meta:
        constraints = [
            closing_pair("event_day"),
            models.UniqueConstraint(
                fields=["event"],
                condition=models.Q(superseded_at__isnull=True),
                name="event_day_one_open",
            ),
        ]
        indexes = [
            models.Index(fields=["superseded_at"], name="event_day_by_end"),
        ]

    class Privacy(Fact.Privacy):
        event = (INTERNAL, SERVICE)
        local_on = (INTERNAL, SERVICE)
