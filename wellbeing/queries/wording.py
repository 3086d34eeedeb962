"""The words a person's calendar shows: their own, or the service's."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from wellbeing.models import Preferences


@dataclass(frozen=True, slots=True)
class Wording:
    """`sequence` counts the person's own changes; it is added to every SEQUENCE of theirs."""

    text: str
    sequence: int = 0
    changed_at: datetime | None = None

    def latest(self, *others: datetime) -> datetime:
        """When an entry with these words last changed."""
        return max(at for at in (self.changed_at, *others) if at is not None)


def wording_of(person: int) -> Wording:
    """What this person chose (settings.CALENDAR_WORDING until they do). One query."""
    row = (
        Preferences.objects.filter(person=person)
        .values_list("calendar_wording", "wording_sequence", "wording_changed_at")
        .first()
    )
    if row is None:
        return Wording(settings.CALENDAR_WORDING)
    text, sequence, changed_at = row
    return Wording(text or settings.CALENDAR_WORDING, sequence, changed_at)


def preferences_of(person: int) -> Preferences:
    """Their row, or one as it would be, not saved."""
    found = Preferences.objects.filter(person=person).first()
    return found or Preferences(person_id=person)
