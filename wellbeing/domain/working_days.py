"""Working days of a week as a small number: bit 0 is Monday, bit 6 Sunday."""

from collections.abc import Collection
from datetime import date, timedelta

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONDAY_TO_FRIDAY = 0b0011111


def from_names(names: list[str]) -> int:
    """`["mon", "wed"]` to 5; an empty list is Monday to Friday. Unknown names: ValueError."""
    if not names:
        return MONDAY_TO_FRIDAY
    return sum({1 << NAMES.index(name) for name in names})


def to_names(days: int) -> list[str]:
    """5 to `["mon", "wed"]`."""
    return [name for bit, name in enumerate(NAMES) if days >> bit & 1]


def days_a_week(days: int) -> int:
    """5 to 2."""
    return days.bit_count()


def works_on(days: int, on: date) -> bool:
    """True where `on` is one of the working days."""
    return bool(days >> on.weekday() & 1)


def working_days_after(on: date, number: int, holidays: Collection[date]) -> date:
    """The last of so many working days, Monday to Friday but for holidays, after `on`."""
    while number > 0:
        on += timedelta(days=1)
        number -= works_on(MONDAY_TO_FRIDAY, on) and on not in holidays
    return on
