"""Counts of a group on a day, over a period, and when they are provisional, by hand."""

import pytest

from supervision.domain.cover import standing
from supervision.domain.groups import is_provisional, tally
from supervision.domain.periods import stretches
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.policy import Policy

from .facts import STAFF, clocked, d, served, terms


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
