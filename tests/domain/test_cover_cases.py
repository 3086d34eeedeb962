"""The rules of cover as tables of facts, the answer in the last column, worked out by hand."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from supervision.domain.cover import (
    Clocked,
    Gap,
    Status,
    longest_gap,
    minutes_in_a_year,
    standing,
)
from supervision.domain.credit import Credit, Held, Judge, WhyNot, credited_minutes
from supervision.domain.groups import is_provisional, tally
from supervision.domain.periods import stretches
from supervision.domain.registers import Registered, Registers
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.intervals import merged
from wellbeing.domain.local_time import LONDON, NoSuchTime, span
from wellbeing.domain.policy import Policy, Terms
from wellbeing.domain.postings import Chains, Served
from wellbeing.domain.roles import JobRole, Strand

P = JobRole.PROSECUTOR
M = JobRole.MANAGER
ALL = frozenset(JobRole)


def d(text: str) -> date:
    return date.fromisoformat(text)


def served(first: str, last: str = "", role: JobRole = P, manager: int | None = None) -> Served:
    return Served(d(first), d(last) if last else None, 1, 1, role, manager)


def terms(
    interval: int = 42,
    first: int = 28,
    soon: int = 14,
    least: int = 0,
    since: str = "2020-01-01",
    roles: frozenset[JobRole] = ALL,
) -> Terms:
    return Terms(roles, interval, first, soon, least, d(since))


def clocked(
    postings: list[Served],
    seen: list[str] = (),
    away: list[tuple[str, str]] = (),
    **more: Any,  # type: ignore[assignment]
) -> Clocked:
    return Clocked(
        person=1,
        postings=postings,
        absent=merged((d(a), d(b) if b else None) for a, b in away),
        counted=sorted(d(s) for s in seen),
        credits=more.get("credits", ()),
        offers=more.get("offers", ()),
    )


STAFF = [served("2024-01-01")]

# Last seen, away, asked on -> status, elapsed, due on.
CASES: list[tuple[str, list[str], list[tuple[str, str]], str, tuple[str, int, str | None]]] = [
    ("the day itself", ["2026-03-01"], [], "2026-03-01", ("in_date", 0, "2026-04-12")),
    ("28 left is not soon", ["2026-03-01"], [], "2026-03-28", ("in_date", 27, "2026-04-12")),
    ("14 left is soon", ["2026-03-01"], [], "2026-03-29", ("due_soon", 28, "2026-04-12")),
    ("the due day is in cover", ["2026-03-01"], [], "2026-04-12", ("due_soon", 42, "2026-04-12")),
    ("the day after is overdue", ["2026-03-01"], [], "2026-04-13", ("overdue", 43, "2026-04-12")),
    ("leap day counts", ["2024-02-28"], [], "2024-03-01", ("in_date", 2, "2024-04-10")),
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


def test_group_counts_everyone_and_covers_those_present() -> None:
    policy = Policy([terms()])
    people = [
        clocked(STAFF, ["2026-05-01"]),
        clocked(STAFF, ["2026-03-01"]),
        clocked(STAFF, ["2026-05-01"], [("2026-05-10", "")]),
        clocked([served("2026-05-01")]),
    ]
    counts = tally(s for s in (standing(w, policy, d("2026-05-12")) for w in people) if s)
    assert (counts.in_scope, counts.absent, counts.in_date, counts.overdue) == (4, 1, 2, 1)
    assert counts.coverage == 2 / 3
    assert counts.never_seen == 1


def test_coverage_of_nobody_is_null() -> None:
    assert tally([]).coverage is None


B, A = BookingStatus.BOOKED, BookingStatus.ATTENDED
PROVISIONAL = [
    ([], False),
    ([B] * 1 + [A] * 19, False),
    ([B] * 2 + [A] * 19, True),
    ([B], True),
    ([BookingStatus.CANCELLED] * 5 + [BookingStatus.WAITING] * 5, False),
    ([B] * 5 + [BookingStatus.MISSED] * 60 + [BookingStatus.DISPUTED] * 35, False),
    ([B] * 6 + [BookingStatus.MISSED] * 60 + [BookingStatus.DISPUTED] * 34, True),
]


@pytest.mark.parametrize(("statuses", "provisional"), PROVISIONAL)
def test_more_than_five_per_cent_unknown_is_provisional(
    statuses: list[BookingStatus], provisional: bool
) -> None:
    assert is_provisional(statuses) == provisional


def test_person_days_over_a_period() -> None:
    who = clocked(STAFF, ["2026-03-01"], [("2026-04-01", "2026-04-10")])
    days = list(stretches(who, Policy([terms()]), d("2026-03-01"), d("2026-04-30")))
    # 61 days less 10 away; in cover on the anchor's own day and 42 present days after it.
    assert sum(s.person_days for s in days) == 51
    assert sum(s.in_cover_days for s in days) == 43


# Seen on 1 March, five days allowed, 28 February to 15 March. Away -> days at work, in cover.
AWAY_WHEN_SEEN = [
    ([], 16, 6),
    ([("2026-03-01", "2026-03-01")], 15, 5),
    ([("2026-03-01", "2026-03-03")], 13, 5),
    ([("2026-02-27", "2026-03-01")], 14, 5),
    ([("2026-02-27", "2026-03-03")], 12, 5),
    ([("2026-03-02", "2026-03-03")], 14, 6),
]


@pytest.mark.parametrize(("away", "present", "in_cover"), AWAY_WHEN_SEEN)
def test_person_days_of_somebody_seen_while_away(
    away: list[tuple[str, str]], present: int, in_cover: int
) -> None:
    who = clocked(STAFF, ["2026-03-01"], away)
    policy = Policy([terms(interval=5, first=5, soon=1)])
    days = list(stretches(who, policy, d("2026-02-28"), d("2026-03-15")))
    assert sum(s.person_days for s in days) == present
    assert sum(s.in_cover_days for s in days) == in_cover


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
