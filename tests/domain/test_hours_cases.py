"""Working hours to sessions, case by case: what is proposed, what is left out, and why."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from supervision.domain.hours import (
    Away,
    Hours,
    OneDay,
    Slot,
    Weekly,
    Why,
    World,
    overlap,
    propose,
)
from wellbeing.domain.local_time import span
from wellbeing.queries.bank_holidays import bank_holidays

# A Monday; a week without a bank holiday.
MON = date(2026, 5, 11)
TUE, WED, THU, SUN = (MON + timedelta(days=n) for n in (1, 2, 3, 6))
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
SERIES = UUID(int=1)


def hours(starts: int = 9, ends: int = 12, minutes: int = 60, pause: int = 0) -> Hours:
    return Hours(time(starts), time(ends), minutes, pause, "video", "", SERIES)


def weekly(on: date = MON, last: date | None = None, **more: int) -> Weekly:
    return Weekly(on.weekday(), on, last, hours(**more))


def run(first: date = MON, last: date = SUN, at: datetime = LONG_AGO, **more: Any) -> Any:
    values: dict[str, Any] = {
        "weekly": [weekly()],
        "most_a_day": 600,
        "most_a_week": 6000,
        "registered": lambda on: True,
    }
    return propose(World(**values | more), first=first, last=last, at=at)


def at(slots: list[Slot]) -> list[tuple[int, str]]:
    return [(s.on.day, f"{s.at:%H:%M}") for s in slots]


def left(found: Any) -> list[tuple[int, str | None, Why]]:
    return [(x.on.day, f"{x.at:%H:%M}" if x.at else None, x.why) for x in found.left_out]


# The hours of one Monday -> when the sessions begin.
GRIDS = [
    (hours(), ["09:00", "10:00", "11:00"]),
    (hours(pause=15), ["09:00", "10:15"]),
    (hours(9, 13, pause=20), ["09:00", "10:20", "11:40"]),
    (hours(9, 12, minutes=90), ["09:00", "10:30"]),
    (hours(9, 10, minutes=61), []),
    (hours(22, 23, minutes=30, pause=30), ["22:00"]),
]


@pytest.mark.parametrize(("given", "begins"), GRIDS)
def test_sessions_within_hours(given: Hours, begins: list[str]) -> None:
    found = run(weekly=[Weekly(0, MON, None, given)])
    assert at(found.slots) == [(11, b) for b in begins]
    assert all(s.end_at - s.start_at == timedelta(minutes=given.minutes) for s in found.slots)


def test_hours_stand_from_a_day_to_a_day() -> None:
    found = run(
        MON - timedelta(7),
        MON + timedelta(21),
        weekly=[weekly(MON, MON + timedelta(7), ends=10)],
    )
    assert at(found.slots) == [(11, "09:00"), (18, "09:00")]


NINE = span(MON, time(9), 60)
QUARTER_TO_NINE = span(MON, time(8), 45)
# What else is so -> when sessions begin on Monday the 11th, and what is left out.
CASES: list[tuple[str, dict[str, Any], list[str], list[tuple[int, str | None, Why]]]] = [
    ("day off", {"away": [Away(MON, MON)]}, [], [(11, None, Why.LEAVE)]),
    ("leave with no end", {"away": [Away(date(2026, 1, 1), None)]}, [], [(11, None, Why.LEAVE)]),
    ("leave of other days", {"away": [Away(TUE, SUN)]}, ["09:00", "10:00", "11:00"], []),
    ("bank holiday", {"holidays": frozenset({MON})}, [], [(11, None, Why.BANK_HOLIDAY)]),
    ("leave is said before bank holiday", {"away": [Away(MON, MON)], "holidays": frozenset({MON})},
     [], [(11, None, Why.LEAVE)]),
    ("registration ended", {"registered": lambda on: on < MON}, [], [(11, None, Why.NOT_REGISTERED)]),
    ("last day of registration", {"registered": lambda on: on <= MON}, ["09:00", "10:00", "11:00"], []),
    ("something else at nine", {"taken": [NINE]}, ["10:00", "11:00"], [(11, "09:00", Why.TAKEN)]),
    ("something that ends at nine", {"taken": [(NINE[0] - timedelta(hours=1), NINE[0])]},
     ["09:00", "10:00", "11:00"], []),
    ("made already", {"made": {(MON, time(9)): True}}, ["10:00", "11:00"], []),
    ("made and cancelled", {"made": {(MON, time(10)): False}}, ["09:00", "11:00"],
     [(11, "10:00", Why.MADE_BEFORE)]),
    ("two hours a day", {"most_a_day": 120}, ["09:00", "10:00"], [(11, "11:00", Why.DAY_LIMIT)]),
    ("one hour given that day", {"most_a_day": 120, "given": {MON: 60}}, ["09:00"],
     [(11, "10:00", Why.DAY_LIMIT), (11, "11:00", Why.DAY_LIMIT)]),
    ("two hours a week, one given on Sunday", {"most_a_week": 120, "given": {SUN: 60}}, ["09:00"],
     [(11, "10:00", Why.WEEK_LIMIT), (11, "11:00", Why.WEEK_LIMIT)]),
    ("hours given in other weeks",
     {"most_a_week": 180, "given": {MON - timedelta(1): 999, SUN + timedelta(1): 999}},
     ["09:00", "10:00", "11:00"], []),
    ("nine is past", {"at": NINE[0]}, ["10:00", "11:00"], [(11, "09:00", Why.PAST)]),
    ("other hours instead", {"one_day": [OneDay(MON, hours(14, 15), instead=True)]}, ["14:00"], []),
    ("more hours beside", {"one_day": [OneDay(MON, hours(14, 15), instead=False)]},
     ["09:00", "10:00", "11:00", "14:00"], []),
    ("hours of another day", {"one_day": [OneDay(MON - timedelta(1), hours(14, 15), instead=True)]},
     ["09:00", "10:00", "11:00"], []),
    ("hours meant for a bank holiday",
     {"holidays": frozenset({MON}), "one_day": [OneDay(MON, hours(14, 15), instead=False)]}, ["14:00"], []),
    ("leave goes before hours of the day",
     {"away": [Away(MON, MON)], "one_day": [OneDay(MON, hours(14, 15), instead=True)]},
     [], [(11, None, Why.LEAVE)]),
    ("two lines that overlap", {"weekly": [weekly(), weekly(starts=11, ends=13)]},
     ["09:00", "10:00", "11:00", "12:00"], [(11, "11:00", Why.TAKEN)]),
    ("no break after what is there",
     {"weekly": [weekly(pause=30)], "taken": [QUARTER_TO_NINE]},
     ["10:30"], [(11, "09:00", Why.NO_BREAK)]),
    ("a session that fits is not lost to one that does not",
     {"most_a_day": 60, "taken": [NINE]}, ["10:00"],
     [(11, "09:00", Why.TAKEN), (11, "11:00", Why.DAY_LIMIT)]),
    ("a weekday without hours", {"weekly": [weekly(TUE)], "last": MON, "away": [Away(MON, MON)]}, [], []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "world", "begins", "left_out"), CASES, ids=[c[0] for c in CASES]
)
def test_what_is_proposed_and_what_is_left_out(
    what: str, world: dict[str, Any], begins: list[str], left_out: list[Any]
) -> None:
    found = run(**world)
    assert at(found.slots) == [(11, b) for b in begins]
    assert left(found) == left_out


def test_what_is_made_already_is_counted_and_adds_nothing() -> None:
    first = run()
    made = {(s.on, s.at): True for s in first.slots}
    given = {MON: 180}
    taken = [(s.start_at, s.end_at) for s in first.slots]
    again = run(made=made, given=given, taken=taken, most_a_day=180)
    assert (again.slots, again.left_out, again.already) == ([], [], 3)


def test_limit_of_the_week_goes_over_its_days_in_order() -> None:
    found = run(weekly=[weekly(d) for d in (MON, TUE, WED)], most_a_week=240)
    assert at(found.slots) == [(11, "09:00"), (11, "10:00"), (11, "11:00"), (12, "09:00")]
    assert [(day, why) for day, _, why in left(found)] == [(12, Why.WEEK_LIMIT)] * 2 + [
        (13, Why.WEEK_LIMIT)
    ] * 3


def test_limit_of_the_week_begins_anew_on_monday() -> None:
    found = run(last=MON + timedelta(7), most_a_week=120)
    assert at(found.slots) == [(11, "09:00"), (11, "10:00"), (18, "09:00"), (18, "10:00")]


FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)
# A Sunday of the clock change -> UTC of each session, and what has no time or two.
CLOCKS = [
    (FORWARD, (0, 5), 60, ["00:00", "01:00", "02:00", "03:00"], ["01:00"]),
    (FORWARD, (9, 11), 60, ["08:00", "09:00"], []),
    (FORWARD, (14, 15), 60, ["13:00"], []),
    (BACK, (0, 4), 60, ["23:00", "02:00", "03:00"], ["01:00"]),
    (BACK, (9, 11), 60, ["09:00", "10:00"], []),
    # Two hours from midnight are over at three by the clock: the one at two is in the way.
    (FORWARD, (0, 4), 120, ["00:00"], ["02:00"]),
]


@pytest.mark.parametrize(("on", "window", "minutes", "utc", "left_out"), CLOCKS)
def test_sundays_of_the_clock_change(
    on: date, window: tuple[int, int], minutes: int, utc: list[str], left_out: list[str]
) -> None:
    given = Hours(time(window[0]), time(window[1]), minutes)
    found = run(on, on, weekly=[Weekly(6, on, None, given)])
    assert [f"{s.start_at.astimezone(UTC):%H:%M}" for s in found.slots] == utc
    assert [f"{x.at:%H:%M}" for x in found.left_out] == left_out
    assert all(s.end_at - s.start_at == timedelta(minutes=minutes) for s in found.slots)


def test_nine_stays_nine_across_the_clock_change() -> None:
    line = Weekly(0, date(2026, 3, 23), None, hours(9, 10))
    found = run(date(2026, 3, 23), date(2026, 4, 5), weekly=[line])
    assert at(found.slots) == [(23, "09:00"), (30, "09:00")]
    assert [f"{s.start_at:%H:%M}" for s in found.slots] == ["09:00", "08:00"]


# (one line, another, whether they are in each other's way)
OVERLAPS = [
    (weekly(), weekly(), True),
    (weekly(), weekly(starts=12, ends=14), False),
    (weekly(), weekly(starts=11, ends=13), True),
    (weekly(), weekly(TUE), False),
    (weekly(last=MON), weekly(MON + timedelta(7)), False),
    (weekly(last=MON + timedelta(7)), weekly(MON + timedelta(7)), True),
]


@pytest.mark.parametrize(("one", "other", "clash"), OVERLAPS)
def test_lines_in_each_others_way(one: Weekly, other: Weekly, clash: bool) -> None:
    assert overlap(one, other) is clash
    assert overlap(other, one) is clash


def test_bank_holidays_are_those_of_england_and_wales() -> None:
    found = bank_holidays()
    assert {date(2026, 5, 4), date(2026, 5, 25), date(2026, 12, 28)} <= found
    # St Andrew's Day is Scotland's.
    assert date(2026, 11, 30) not in found
