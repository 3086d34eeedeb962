"""What a session became, and the hours a month is contracted for: tables of facts."""

from datetime import date
from decimal import Decimal

import pytest

from supervision.domain.hours_given import (
    Became,
    Outcomes,
    became,
    contracted_minutes,
    month_of,
    working_days,
)
from wellbeing.queries.bank_holidays import bank_holidays

# attended, unsettled, missed, over, bookable -> what it became
SESSIONS = [
    (True, False, False, True, True, Became.HELD),
    (True, True, True, True, True, Became.HELD),
    (True, False, False, False, True, Became.HELD),
    (True, False, False, True, False, Became.HELD),
    (False, True, False, False, True, Became.TO_COME),
    (False, False, False, False, True, Became.TO_COME),
    (False, True, False, True, True, Became.NOT_RECORDED),
    (False, True, True, True, True, Became.NOT_RECORDED),
    (False, False, True, True, True, Became.NOBODY_CAME),
    (False, False, True, True, False, Became.NOBODY_CAME),
    (False, False, False, True, True, Became.NOT_BOOKED),
    (False, False, False, True, False, None),
]


@pytest.mark.parametrize(
    ("attended", "unsettled", "missed", "is_over", "is_bookable", "what"), SESSIONS
)
def test_first_thing_that_applies_is_what_a_session_became(
    attended: bool,
    unsettled: bool,
    missed: bool,
    is_over: bool,
    is_bookable: bool,
    what: Became | None,
) -> None:
    assert became(Outcomes(attended, unsettled, missed, is_over, is_bookable)) == what


# Month, registered until, hours a week -> working days, minutes.
MONTHS = [
    # Good Friday and Easter Monday.
    (date(2026, 4, 1), None, "24", 20, 5760),
    # Two bank holidays of May.
    (date(2026, 5, 12), None, "24", 19, 5472),
    (date(2026, 2, 28), None, "7.5", 20, 1800),
    # Christmas Day, and Boxing Day on the Monday after.
    (date(2026, 12, 31), None, "8.25", 21, 2079),
    (date(2026, 5, 1), date(2026, 5, 5), "24", 2, 576),
    (date(2026, 5, 1), date(2026, 4, 30), "24", 0, 0),
    # 99.96 minutes a day are told to the nearest minute.
    (date(2026, 5, 1), date(2026, 5, 1), "8.33", 1, 100),
]


@pytest.mark.parametrize(("day", "until", "week", "days", "minutes"), MONTHS)
def test_a_month_is_contracted_for_a_fifth_of_the_week_each_working_day(
    day: date, until: date | None, week: str, days: int, minutes: int
) -> None:
    first, last = month_of(day)
    found = working_days(first, last, bank_holidays(), lambda on: until is None or on <= until)
    assert (found, contracted_minutes(Decimal(week), found)) == (days, minutes)


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 12, 5), date(2026, 12, 31)),
        (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2026, 1, 31), date(2026, 1, 31)),
    ],
)
def test_a_month_is_whole(day: date, last: date) -> None:
    assert month_of(day) == (day.replace(day=1), last)
