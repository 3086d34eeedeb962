"""What a person chooses of how the service speaks to them."""

from datetime import datetime

from wellbeing.domain.ical import clean
from wellbeing.models import Person, Preferences

from . import audit
from .locks import lock_people
from .transaction import operation


@operation
def set_preferences(
    person: Person, *, wording: str, wants_reminders: bool, by: Person, at: datetime
) -> Preferences:
    """Sets the words in their calendar ("": the service's own) and whether they are reminded.

    The wording's counter rises if the words change, and only then. Setting what is set
    already changes nothing. The audit row says that the words changed, never what they are.
    """
    lock_people([person.pk])
    held, _ = Preferences.objects.get_or_create(person=person)
    wording = " ".join(clean(wording).split())
    rewords = wording != held.calendar_wording
    if not rewords and wants_reminders == held.wants_reminders:
        return held
    if rewords:
        held.calendar_wording, held.wording_changed_at = wording, at
        held.wording_sequence += 1
    held.wants_reminders = wants_reminders
    held.save()
    details = {"wording_changed": rewords, "reminders": wants_reminders}
    audit.record("preferences.change", by=by, at=at, about=person.pk, **details)
    return held
