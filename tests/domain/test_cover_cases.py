"""The clock of a person as tables of facts, the answer in the last column, worked out by hand."""

import pytest

from supervision.domain.cover import Gap, Status, longest_gap, minutes_in_a_year, standing
from supervision.domain.credit import Credit, Held, WhyNot
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.policy import Policy
from wellbeing.domain.roles import JobRole

from .facts import STAFF, M, P, clocked, d, served, terms

# Last seen, away, asked on -> status, elapsed, due on.
CASES: list[tuple[str, list[str], list[tuple[str, str]], str, tuple[str, int, str | None]]] = [
    ("the day itself", ["2026-03-01"], [], "2026-03-01", ("in_date", 0, "2026-04-12")),
    ("28 left is not soon", ["2026-03-01"], [], "2026-03-28", ("in_date", 27, "2026-04-12")),
    ("14 left is soon", ["2026-03-01"], [], "2026-03-29", ("due_soon", 28, "2026-04-12")),
    ("the due day is in cover", ["2026-03-01"], [], "2026-04-12", ("due_soon", 42, "2026-04-12")),
    ("the day after is overdue", ["2026-03-01"], [], "2026-04-13", ("overdue", 43, "2026-04-12")),
    ("leap day counts", ["2024-02-28"], [], "2024-03-01", ("in_date", 2, "2024-04-10")),
    ("the clocks go forward: a day is a day", ["2026-03-28"], [], "2026-03-30", ("in_date", 2, "2026-05-09")),
    ("seen on the Sunday they go forward", ["2026-03-29"], [], "2026-05-10", ("due_soon", 42, "2026-05-10")),
    ("the clocks go back: a day is a day", ["2026-10-24"], [], "2026-10-26", ("in_date", 2, "2026-12-05")),
    ("seen on the Sunday they go back", ["2026-10-25"], [], "2026-12-07", ("overdue", 43, "2026-12-06")),
    (
        "ten days away put it off by ten",
        ["2026-03-01"],
        [("2026-03-10", "2026-03-19")],
        "2026-04-13",
        ("due_soon", 33, "2026-04-22"),
    ),
    (
        "overlapping days away count once",
        ["2026-03-01"],
        [("2026-03-10", "2026-03-19"), ("2026-03-15", "2026-03-24")],
        "2026-04-13",
        ("due_soon", 28, "2026-04-27"),
    ),
    ("away today", ["2026-03-01"], [("2026-03-10", "2026-03-19")], "2026-03-19", ("absent", 8, "2026-04-22")),
    ("an open absence is never due", ["2026-03-01"], [("2026-03-10", "")], "2026-06-01", ("absent", 8, None)),
    (
        "an absence before the anchor is nothing",
        ["2026-03-01"],
        [("2026-02-01", "2026-03-01")],
        "2026-03-02",
        ("in_date", 1, "2026-04-12"),
    ),
    (
        "due on the last day before an absence",
        ["2026-03-01"],
        [("2026-04-13", "2026-04-30")],
        "2026-05-01",
        ("overdue", 43, "2026-04-12"),
    ),
    (
        "a session still to come is not seen",
        ["2026-03-01", "2026-04-20"],
        [],
        "2026-04-13",
        ("overdue", 43, "2026-04-12"),
    ),
    (
        "never seen: the day before the run is the anchor",
        [],
        [],
        "2024-01-28",
        ("due_soon", 28, "2024-01-28"),
    ),
    ("never seen, a day too long", [], [], "2024-01-29", ("overdue", 29, "2024-01-28")),
    ("never seen on the first day", [], [], "2024-01-01", ("in_date", 1, "2024-01-28")),
]  # fmt: skip


@pytest.mark.parametrize(("case", "seen", "away", "on", "answer"), CASES)
def test_status_elapsed_and_due_day(
    case: str,
    seen: list[str],
    away: list[tuple[str, str]],
    on: str,
    answer: tuple[str, int, str | None],
) -> None:
    found = standing(clocked(STAFF, seen, away), Policy([terms()]), d(on))
    assert found is not None
    due = found.due_on.isoformat() if found.due_on else None
    assert (found.status.value, found.elapsed_days, due) == answer


# Seen on 1 March. Away, asked on -> the days away that put off the due day.
PUT_OFF = [
    ("none", [], "2026-03-20", 0),
    ("still to come", [("2026-04-10", "2026-04-19")], "2026-03-20", 10),
    ("after the due day", [("2026-04-20", "2026-04-25")], "2026-04-30", 0),
    ("running when last seen", [("2026-02-20", "2026-03-05")], "2026-03-20", 4),
    ("for good: those until the day asked", [("2026-03-11", "")], "2026-03-20", 10),
]


@pytest.mark.parametrize(("case", "away", "on", "days"), PUT_OFF)
def test_days_away_are_those_that_put_off_the_due_day(
    case: str, away: list[tuple[str, str]], on: str, days: int
) -> None:
    found = standing(clocked(STAFF, ["2026-03-01"], away), Policy([terms()]), d(on))
    assert found is not None
    assert found.days_away == days


def test_break_in_service_starts_the_clock_anew() -> None:
    postings = [served("2025-01-01", "2025-12-31"), served("2026-01-02")]
    found = standing(clocked(postings, ["2025-12-20"]), Policy([terms()]), d("2026-01-05"))
    assert found is not None
    assert (found.never_seen, found.last_counted_on, found.elapsed_days) == (True, None, 4)


def test_postings_that_touch_are_one_run() -> None:
    postings = [served("2025-01-01", "2025-12-31"), served("2026-01-01")]
    found = standing(clocked(postings, ["2025-12-20"]), Policy([terms()]), d("2026-01-05"))
    assert found is not None
    assert (found.never_seen, found.last_counted_on) == (False, d("2025-12-20"))


def test_out_of_service_or_policy_is_out_of_scope() -> None:
    gone = clocked([served("2025-01-01", "2025-12-31")])
    assert standing(gone, Policy([terms()]), d("2026-01-01")) is None
    assert (
        standing(clocked(STAFF), Policy([terms(since="2026-02-01")]), d("2026-01-31")) is None
    )
    others = Policy([terms(roles=frozenset({JobRole.PARALEGAL}))])
    assert standing(clocked(STAFF), others, d("2026-01-31")) is None


def test_role_change_takes_the_terms_of_the_role_held_that_day() -> None:
    postings = [served("2025-01-01", "2026-01-31"), served("2026-02-01", role=M)]
    policy = Policy(
        [terms(interval=42, roles=frozenset({P})), terms(interval=90, roles=frozenset({M}))]
    )
    who = clocked(postings, ["2026-01-10"])
    before, after = (standing(who, policy, d(x)) for x in ("2026-01-31", "2026-02-01"))
    assert before is not None and after is not None  # noqa: PT018 -- both are needed below
    assert (before.limit_days, after.limit_days) == (42, 90)


def test_later_version_for_other_roles_leaves_the_earlier_standing() -> None:
    policy = Policy([terms(), terms(interval=28, since="2026-03-01", roles=frozenset({M}))])
    found = standing(clocked(STAFF, ["2026-03-01"]), policy, d("2026-03-02"))
    assert found is not None
    assert found.limit_days == 42


def test_policy_change_applies_from_its_day() -> None:
    policy = Policy([terms(), terms(interval=28, since="2026-04-01")])
    who = clocked(STAFF, ["2026-03-01"])
    before, after = (standing(who, policy, d(x)) for x in ("2026-03-31", "2026-04-01"))
    assert before is not None and after is not None  # noqa: PT018 -- both are needed below
    assert (before.status, after.status) == (Status.DUE_SOON, Status.OVERDUE)


# Seen, away, asked on -> longest gap in days at work, and in calendar days.
GAPS: list[tuple[str, list[str], list[tuple[str, str]], str, Gap]] = [
    ("from the day before the run", [], [], "2024-01-10", Gap(10, 10)),
    ("up to the next that counts", ["2024-02-01", "2024-03-01"], [], "2024-03-02", Gap(32, 32)),
    ("up to the day asked", ["2024-01-02", "2024-01-03"], [], "2024-03-03", Gap(60, 60)),
    (
        "two maxima of different gaps",
        ["2024-02-01", "2024-03-20"],
        [("2024-02-05", "2024-03-05")],
        "2024-03-21",
        Gap(32, 48),
    ),
]


@pytest.mark.parametrize(("case", "seen", "away", "on", "gap"), GAPS)
def test_longest_gap(
    case: str, seen: list[str], away: list[tuple[str, str]], on: str, gap: Gap
) -> None:
    assert longest_gap(clocked(STAFF, seen, away), d(on)) == gap


# Day and status of a booking -> offered on 12 May 2026 (days from 1 April on).
OFFERS = [
    ("2026-04-01", BookingStatus.DECLINED, True),
    ("2026-03-31", BookingStatus.ATTENDED, False),
    ("2026-05-12", BookingStatus.BOOKED, True),
    ("2026-05-13", BookingStatus.BOOKED, False),
    ("2026-05-01", BookingStatus.WAITING, False),
    ("2026-05-01", BookingStatus.LEFT, False),
    ("2026-05-01", BookingStatus.CANCELLED_BY_SERVICE, False),
    ("2026-05-01", BookingStatus.CANCELLED, True),
    ("2026-05-01", BookingStatus.MISSED, True),
    ("2026-05-01", BookingStatus.EXPIRED, True),
]


@pytest.mark.parametrize(("on", "status", "offered"), OFFERS)
def test_offered_within_the_interval(on: str, status: BookingStatus, offered: bool) -> None:
    who = clocked(STAFF, offers=[(d(on), status)])
    found = standing(who, Policy([terms()]), d("2026-05-12"))
    assert found is not None
    assert found.offered == offered


def test_credited_minutes_of_a_year_are_of_365_days() -> None:
    credits = [
        Credit(Held(1, d("2025-05-12"), 60, 5, 1), 60, None),
        Credit(Held(2, d("2025-05-13"), 60, 5, 1), 50, None),
        Credit(Held(3, d("2026-05-12"), 60, 5, 1), 7, None),
        Credit(Held(4, d("2026-05-12"), 60, 5, 1), 60, WhyNot.IN_CHAIN),
    ]
    assert minutes_in_a_year(clocked(STAFF, credits=credits), d("2026-05-12")) == 57
