"""Working hours for tests, by plain functions."""

from datetime import date, time
from typing import Any

from supervision.domain.hours import Kind
from supervision.models import HoursException, WorkingHours
from tests.conftest import TODAY
from wellbeing.domain.roles import Mode
from wellbeing.models import Person


def make_hours(
    person: Person, weekday: int = 2, starts: int = 9, ends: int = 11, **more: Any
) -> WorkingHours:
    """Wednesdays, nine to eleven, from today on; two sessions by video."""
    values = {"first_on": TODAY, "minutes": 60, "mode": Mode.VIDEO} | more
    return WorkingHours.objects.create(
        person=person, weekday=weekday, starts=time(starts), ends=time(ends), **values
    )


def make_leave(person: Person, first_on: date, last_on: date | None = None) -> HoursException:
    return HoursException.objects.create(
        person=person, kind=Kind.OFF, first_on=first_on, last_on=last_on or first_on
    )
