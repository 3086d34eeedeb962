"""What an attended session is worth and whether it counts, worked out by hand; the clock changes."""

from datetime import UTC, datetime, time, timedelta

import pytest

from supervision.domain.credit import Held, Judge, WhyNot, credited_minutes
from supervision.domain.registers import Registered, Registers
from wellbeing.domain.local_time import LONDON, NoSuchTime, span
from wellbeing.domain.policy import Policy
from wellbeing.domain.postings import Chains
from wellbeing.domain.roles import Strand

from .facts import M, d, served, terms


@pytest.mark.parametrize(("attended", "minutes"), [(1, 90), (2, 45), (4, 45), (5, 18), (8, 11)])
def test_group_credit_of_ninety_minutes(attended: int, minutes: int) -> None:
    assert credited_minutes(90, attended) == minutes


def test_half_of_odd_minutes_is_rounded_down() -> None:
    assert credited_minutes(75, 3) == 37


SUPERVISOR, BOSS, TOP = 50, 60, 70
POSTINGS = {
    1: [served("2024-01-01", manager=BOSS)],
    BOSS: [served("2024-01-01", "2026-02-28", M, TOP), served("2026-03-01", role=M)],
    TOP: [served("2024-01-01", role=M)],
}
REGISTERS = Registers(
    [
        Registered(SUPERVISOR, d("2024-01-01"), d("2026-06-30"), d("2026-03-31")),
        Registered(SUPERVISOR, d("2026-05-01"), None, None),
        Registered(BOSS, d("2024-01-01"), None, None),
        Registered(TOP, d("2024-01-01"), None, None),
    ]
)

# Host, day, minutes, attended, least minutes asked -> why it does not count.
CREDITS: list[tuple[str, int, str, int, int, int, WhyNot | None]] = [
    ("registered", SUPERVISOR, "2026-03-31", 60, 1, 0, None),
    ("indemnity over", SUPERVISOR, "2026-04-01", 60, 1, 0, WhyNot.NOT_REGISTERED),
    ("the other row covers it", SUPERVISOR, "2026-05-01", 60, 1, 0, None),
    ("before registration", SUPERVISOR, "2023-12-31", 60, 1, 0, WhyNot.NOT_REGISTERED),
    ("their manager", BOSS, "2026-02-01", 60, 1, 0, WhyNot.IN_CHAIN),
    ("their manager's manager", TOP, "2026-02-28", 60, 1, 0, WhyNot.IN_CHAIN),
    ("no longer their manager's manager", TOP, "2026-03-01", 60, 1, 0, None),
    ("enough of a group", SUPERVISOR, "2026-03-01", 90, 4, 45, None),
    ("too little of a group", SUPERVISOR, "2026-03-01", 90, 5, 45, WhyNot.TOO_SHORT),
    ("nothing asked", SUPERVISOR, "2026-03-01", 1, 8, 0, None),
]


@pytest.mark.parametrize(("case", "host", "on", "minutes", "attended", "least", "why"), CREDITS)
def test_what_counts(
    case: str, host: int, on: str, minutes: int, attended: int, least: int, why: WhyNot | None
) -> None:
    judge = Judge(Strand.SUPERVISION, Policy([terms(least=least)]), REGISTERS, Chains(POSTINGS))
    held = Held(9, d(on), minutes, host, attended)
    assert judge.credit(1, POSTINGS[1], held).why_not == why


def test_check_in_with_ones_own_manager_counts() -> None:
    judge = Judge(Strand.CHECK_IN, Policy([terms(least=60)]), REGISTERS, Chains(POSTINGS))
    assert judge.credit(1, POSTINGS[1], Held(9, d("2026-02-01"), None, BOSS, 1)).counts


def test_session_outside_every_posting_asks_for_no_minutes() -> None:
    judge = Judge(Strand.SUPERVISION, Policy([terms(least=60)]), REGISTERS, Chains({}))
    assert judge.credit(1, [], Held(9, d("2026-02-01"), 30, SUPERVISOR, 1)).counts


# London's day and time -> the UTC instant; None: no such time, or two.
CLOCKS = [
    ("2026-03-28", time(9), datetime(2026, 3, 28, 9, tzinfo=UTC)),
    ("2026-03-29", time(9), datetime(2026, 3, 29, 8, tzinfo=UTC)),
    ("2026-03-29", time(1, 30), None),
    ("2026-10-25", time(1, 30), None),
    ("2026-10-25", time(9), datetime(2026, 10, 25, 9, tzinfo=UTC)),
    ("2026-10-24", time(9), datetime(2026, 10, 24, 8, tzinfo=UTC)),
]


@pytest.mark.parametrize(("on", "at", "instant"), CLOCKS)
def test_the_two_clock_changes(on: str, at: time, instant: datetime | None) -> None:
    if instant is None:
        with pytest.raises(NoSuchTime):
            span(d(on), at, 60)
        return
    start, end = span(d(on), at, 60)
    assert (start, end) == (instant, instant + timedelta(hours=1))
    assert start.astimezone(LONDON).date() == d(on)
