"""A host has another name: what schedules show of their events has changed."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import F

from wellbeing.models import Event

# Further back no calendar looks.
DAYS_BACK = 91


def hosts_renamed(people: Collection[int], *, at: datetime) -> None:
    """Raises the SEQUENCE of their events, in the transaction that renames them."""
    if not people:
        return
    held = Event.objects.filter(host__in=people)
    held.filter(local_on__gte=(at - timedelta(days=DAYS_BACK)).date()).update(
        sequence=F("sequence") + 1, changed_at=at
    )
