"""When an action has recovered: two month-ends in a row that reach the target, after it was opened."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.domain.actions import MonthEnd, Population, Share, is_next, recovered

ENDS = [
    date(2025, 11, 30),
    date(2025, 12, 31),
    date(2026, 1, 31),
    date(2026, 2, 28),
    date(2026, 3, 31),
]
P, E = Population.PROSECUTORS, Population.EVERYONE

# in cover of 10 at each month-end (None: nobody there), target, opened on -> the two month-ends
CASES = [
    ((8, 8, 8, 8, 8), 80, date(2025, 12, 5), (1, 2)),
    # The month-end of the day on which it was opened is not after it.
    ((8, 8, 8, 8, 8), 80, date(2025, 12, 31), (2, 3)),
    ((8, 8, 7, 8, 8), 80, date(2025, 12, 5), (3, 4)),
    ((8, 8, 7, 8, 7), 80, date(2025, 12, 5), None),
    ((7, 7, 7, 7, 7), 80, date(2025, 12, 5), None),
    # One of them lies before the opening.
    ((8, 8, 8, 7, 8), 80, date(2026, 1, 10), None),
    # Nobody there is no recovery, and two with a gap between are not one after the other.
    ((8, 8, None, 8, 8), 80, date(2025, 11, 2), (0, 1)),
    ((7, 8, None, 8, 7), 80, date(2025, 11, 2), None),
    ((None, None, None, None, None), 0, date(2025, 11, 2), None),
    ((0, 0, 0, 0, 0), 0, date(2025, 11, 2), (0, 1)),
    ((10, 10, 9, 10, 10), 100, date(2025, 12, 5), (3, 4)),
]


def months(numbers: tuple[int | None, ...]) -> list[MonthEnd]:
    """Of prosecutors so; of everybody nobody is in cover."""
    return [
        MonthEnd(day, Share(n or 0, 0 if n is None else 10), Share(0, 30))
        for day, n in zip(ENDS, numbers, strict=True)
    ]


@pytest.mark.parametrize(("numbers", "target", "opened_on", "found"), CASES)
def test_recovered(
    numbers: tuple[int | None, ...],
    target: int,
    opened_on: date,
    found: tuple[int, int] | None,
) -> None:
    wanted = found and (ENDS[found[0]], ENDS[found[1]])
    assert recovered(months(numbers), P, target, opened_on) == wanted


def test_of_everybody_the_others_count_too() -> None:
    assert recovered(months((8, 8, 8, 8, 8)), E, 10, date(2025, 11, 2)) is None


# in cover, present, per cent -> reached: exactly, without rounding
SHARES = [(4, 5, 80, True), (79, 99, 80, False), (799, 1000, 80, False), (2, 3, 67, False),
          (2, 3, 66, True), (0, 0, 0, False), (0, 4, 0, True), (4, 4, 100, True), (3, 4, 100, False)]  # fmt: skip


@pytest.mark.parametrize(("in_cover", "present", "percent", "reached"), SHARES)
def test_a_share_reaches_a_percentage_exactly(
    in_cover: int, present: int, percent: int, reached: bool
) -> None:
    assert Share(in_cover, present).reaches(percent) == reached


@given(st.dates(date(2000, 1, 31), date(2100, 1, 1)))
def test_only_the_following_month_end_is_next(day: date) -> None:
    end = day.replace(day=1) - timedelta(days=1)
    ends = [end]
    for _ in range(3):
        first = ends[-1] + timedelta(days=1)
        ends.append(
            (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        )
    assert [is_next(end, other) for other in ends] == [False, True, False, False]
