"""The demo supervisor's working hours: evenings and an early Friday, not yet published."""

from datetime import date, datetime, time, timedelta

from supervision.operations.hours import Line, add_hours, add_leave
from wellbeing.domain.roles import Mode
from wellbeing.models import Person

TUESDAY, FRIDAY = 1, 4


def hours(person: Person, *, on: date, at: datetime) -> None:
    """Two lines of the week from a day on, and a week off two months later."""
    evening = Line(
        weekday=TUESDAY, starts=time(17, 30), ends=time(19, 45), first_on=on, last_on=None,
        minutes=60, pause_minutes=15, mode=Mode.PHONE,
    )  # fmt: skip
    early = Line(
        weekday=FRIDAY, starts=time(8), ends=time(9), first_on=on, last_on=None,
        minutes=60, pause_minutes=0, mode=Mode.VIDEO,
    )  # fmt: skip
    add_hours(person, [evening, early], by=person, at=at)
    monday = on + timedelta(days=63 - on.weekday())
    add_leave(person, first_on=monday, last_on=monday + timedelta(days=6), by=person, at=at)
