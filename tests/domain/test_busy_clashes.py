"""Whether a time meets busy times: a table with the answer in the last column."""

from datetime import UTC, datetime

import pytest

from wellbeing.domain.busy_clashes import BusyTimes


def at(hour: float) -> datetime:
    return datetime(2026, 6, 1, int(hour), round(hour % 1 * 60), tzinfo=UTC)


BUSY = [(at(9), at(10)), (at(12), at(14)), (at(16), at(17))]
# start, end, the time given up, is it a clash
CASES = [
    (8, 9, None, False),
    (8, 9.5, None, True),
    (10, 12, None, False),
    (9.25, 9.5, None, True),
    (8, 18, None, True),
    (13.5, 15, None, True),
    (14, 15, None, False),
    (17, 18, None, False),
    (13, 14, (12, 14), False),
    (13, 15, (12.5, 13.5), True),
    (12.5, 13.5, (12.5, 13.5), False),
    (12, 13, (12.5, 13.5), True),
    (9, 10, (12, 14), True),
    (9, 10, (8, 11), False),
]


@pytest.mark.parametrize(("start", "end", "but_for", "clash"), CASES)
def test_meets(
    start: float, end: float, but_for: tuple[float, float] | None, clash: bool
) -> None:
    given_up = [(at(but_for[0]), at(but_for[1]))] if but_for else []
    assert BusyTimes(BUSY, given_up).meets(at(start), at(end)) == clash


def test_several_times_given_up_are_no_clash() -> None:
    busy = BusyTimes(BUSY, [BUSY[2], BUSY[0]])
    assert [busy.meets(start, end) for start, end in BUSY] == [False, True, False]


def test_no_busy_times_meet_nothing() -> None:
    assert not BusyTimes([]).meets(at(1), at(2))
