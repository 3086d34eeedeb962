"""Calendars elsewhere with what was read of them, for tests."""

from datetime import datetime
from typing import Any

from tests.conftest import NOW
from wellbeing.models import BusyCalendar, BusyTime, Event, Person

SECRET = "https://calendar.example/secret-canary.ics"


def make_busy(person: Person, *times: tuple[datetime, datetime], **more: Any) -> BusyCalendar:
    """A calendar read just now, and its busy times."""
    values = {"address": SECRET, "added_at": NOW, "fetched_at": NOW, "good_at": NOW} | more
    calendar = BusyCalendar.objects.create(person=person, **values)
    for start, end in times:
        BusyTime.objects.create(person=person, from_at=start, to_at=end)
    return calendar


def during(event: Event) -> tuple[datetime, datetime]:
    """Exactly the time of an event."""
    assert event.start_at is not None
    assert event.end_at is not None
    return event.start_at, event.end_at
