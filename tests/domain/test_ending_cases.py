"""When a supervisor's registration ends, over renewals and gaps, and which warning is due."""

from datetime import date, timedelta

import pytest

from supervision.domain.endings import ending
from supervision.domain.registers import Registered

ON = date(2026, 5, 12)
START = date(2024, 1, 1)
WARN = (90, 30, 7)


def on(days: int) -> date:
    return ON + timedelta(days=days)


def row(
    first: date = START, last: date | None = None, indemnity: date | None = None
) -> Registered:
    return Registered(1, first, last, indemnity)


# Rows -> (days until the last day, what ends, warning), or None.
CASES: list[tuple[list[Registered], tuple[int, str, int] | None]] = [
    ([], None),
    ([row()], None),
    ([row(last=on(91))], None),
    ([row(last=on(90))], (90, "registration", 90)),
    ([row(last=on(31))], (31, "registration", 90)),
    ([row(last=on(30))], (30, "registration", 30)),
    ([row(last=on(7))], (7, "registration", 7)),
    ([row(last=on(0))], (0, "registration", 7)),
    ([row(last=on(-1))], (-1, "registration", 0)),
    ([row(indemnity=on(20))], (20, "indemnity", 30)),
    ([row(last=on(60), indemnity=on(20))], (20, "indemnity", 30)),
    ([row(last=on(20), indemnity=on(60))], (20, "registration", 30)),
    # A renewal from the next day carries it on, one a day later does not.
    ([row(last=on(20)), row(on(21))], None),
    ([row(last=on(20)), row(on(22))], (20, "registration", 30)),
    ([row(last=on(20)), row(on(10), last=on(80))], (80, "registration", 90)),
    ([row(last=on(20)), row(on(21), last=on(40)), row(on(41), last=on(60))], (60, "registration", 90)),
    # Two at a time: the longer one.
    ([row(last=on(5)), row(last=on(300))], None),
    # Not begun yet.
    ([row(on(3), last=on(20))], None),
    # It has lapsed, though another is to come.
    ([row(last=on(-5)), row(on(10))], (-5, "registration", 0)),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), CASES)
def test_when_it_ends(rows: list[Registered], expected: tuple[int, str, int] | None) -> None:
    found = ending(rows, ON, WARN)
    assert (found and ((found.last - ON).days, found.what, found.within)) == expected
    again = ending(list(reversed(rows)), ON, WARN)
    assert again == found
