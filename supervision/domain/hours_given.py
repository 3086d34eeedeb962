"""Hours that a supervisor gave in a month, and those contracted for it; all in minutes."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from wellbeing.domain.roles import EventKind

ONE_DAY = timedelta(days=1)
DAYS_OF_A_WEEK = 5
SATURDAY = 5


class Became(StrEnum):
    """What a published session became; the first that applies."""

    HELD = "held"
    TO_COME = "to_come"
    NOT_RECORDED = "not_recorded"
    NOBODY_CAME = "nobody_came"
    NOT_BOOKED = "not_booked"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What is known of a session: whether anybody attended, is not settled, or was missed."""

    attended: bool
    # Booked, and nobody has said who came; or what was said is disputed.
    unsettled: bool
    missed: bool
    is_over: bool
    is_bookable: bool


def became(known: Outcomes) -> Became | None:
    """None of history from a file to which nobody came: no time of the host's is known."""
    if known.attended:
        return Became.HELD
    if not known.is_over:
        return Became.TO_COME
    if known.unsettled:
        return Became.NOT_RECORDED
    if known.missed:
        return Became.NOBODY_CAME
    return Became.NOT_BOOKED if known.is_bookable else None


@dataclass(slots=True)
class Given:
    """Minutes by what was held and what became of it; supervision and training are never one."""

    minutes: dict[tuple[EventKind, Became], int] = field(default_factory=dict)

    def add(self, kind: EventKind, what: Became, minutes: int) -> None:
        self.minutes[kind, what] = self.of(kind, what) + minutes

    def of(self, kind: EventKind, what: Became) -> int:
        return self.minutes.get((kind, what), 0)


def working_days(
    first: date, last: date, holidays: Collection[date], registered: Callable[[date], bool]
) -> int:
    """Mondays to Fridays of `first` … `last` that are no bank holiday, while registered."""
    days = (first + ONE_DAY * n for n in range((last - first).days + 1))
    return sum(
        day.weekday() < SATURDAY and day not in holidays and registered(day) for day in days
    )


def contracted_minutes(hours_per_week: Decimal, days: int) -> int:
    """A week's hours are those of five working days; to the nearest minute."""
    return round(hours_per_week * 60 * days / DAYS_OF_A_WEEK)


def month_of(day: date) -> tuple[date, date]:
    """First and last day of the month that holds `day`."""
    first = day.replace(day=1)
    later = (first + timedelta(days=32)).replace(day=1)
    return first, later - ONE_DAY
