"""The implementation against the slow reader on five hundred invented worlds, and mutants of the rules."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from supervision.domain import cover, credit, periods, registers
from wellbeing.domain import policy, postings

from .occurrences import SIZES, occurrences
from .quick_cover import Quick
from .slow_cover import Slow
from .worlds import World, days_of, periods_of, worlds

STEADY = settings(
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


WORLDS_WITH_DAYS = worlds().flatmap(
    lambda world: st.tuples(
        st.just(world), st.lists(days_of(world), min_size=3, max_size=3, unique=True)
    )
)
WORLDS_WITH_PERIODS = worlds().flatmap(
    lambda world: st.tuples(st.just(world), periods_of(world))
)


def compare(world: World, strand: str, on: date) -> None:
    slow, quick = Slow(world, strand), Quick(world, strand)
    people = slow.people(on)
    assert quick.people(on) == people
    assert quick.group(on) == slow.group(people)
    assert quick.provisional(on) == slow.provisional(on)


def test_agrees_with_the_slow_reader(record_property: Callable[[str, object], None]) -> None:
    seen: Counter[str] = Counter()

    @settings(STEADY, max_examples=500)
    @given(WORLDS_WITH_DAYS)
    def agrees(drawn: tuple[World, list[date]]) -> None:
        world, asked = drawn
        seen.update(occurrences(world))
        seen["worlds"] += 1
        for on in asked:
            compare(world, "supervision", on)
        compare(world, "check_in", asked[0])
        compare(world, "training", asked[0])

    agrees()
    record_property("worlds", json.dumps(seen))
    assert seen["worlds"] == 500
    for what in (
        "breaks of service",
        "open absences",
        "lapsed registrations",
        "chains of two and more",
    ):
        assert seen[what] >= 50, what
    for size in SIZES:
        assert seen[f"groups of {size}"] >= 50, size


@settings(STEADY, max_examples=250)
@given(WORLDS_WITH_PERIODS)
def _periods_agree(drawn: tuple[World, tuple[date, date]]) -> None:
    world, (first, last) = drawn
    slow = Slow(world, "supervision").period(first, last)
    assert Quick(world, "supervision").period(first, last) == slow


def test_days_in_cover_over_a_period_agree() -> None:
    _periods_agree()


def test_day_away_taken_for_one_at_work_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a period; the clock of a single day asks elsewhere."""
    monkeypatch.setattr(periods, "covers", lambda spans, day: False)
    with pytest.raises(AssertionError):
        _periods_agree()


def _half_to_everyone(minutes: int, attended: int) -> int:
    return minutes if attended == 1 else minutes // 2


def _all_to_small_groups(minutes: int, attended: int) -> int:
    return minutes if attended <= 4 else minutes // attended


def _without_indemnity(self: registers.Registered, on: date) -> bool:
    return self.first <= on and (self.last is None or on <= self.last)


def _direct_manager_only(self: postings.Chains, person: int, other: int, on: date) -> bool:
    return self._manager(person, on) == other


def _no_breaks(rows: list[postings.Served], on: date) -> date | None:
    return rows[0].first if postings.posting_on(rows, on) else None


def _first_version(self: policy.Policy, role: Any, on: date) -> policy.Terms | None:
    rows = [t for t in self._by_role[role] if t.effective_from <= on]
    return rows[0] if rows else None


def _due_a_day_early(absent: bool, elapsed: int, limit: int, soon: int) -> cover.Status:
    return STATUS(absent, elapsed + 1, limit, soon)


def _present_when_absent(absent: bool, elapsed: int, limit: int, soon: int) -> cover.Status:
    return STATUS(False, elapsed, limit, soon)


def _short_break_is_none(rows: list[postings.Served], on: date) -> date | None:
    longer = [replace(r, last=r.last and r.last + timedelta(days=1)) for r in rows]
    return RUN_START(longer, on) if postings.posting_on(rows, on) else None


def _window_a_day_longer(terms: policy.Terms, on: date) -> date:
    return on - timedelta(days=terms.interval_days)


def _not_on_the_first_day(counted: list[date], first: date, on: date) -> date | None:
    return LAST_COUNTED(counted, first + timedelta(days=1), on)


def _not_on_the_last_day(self: registers.Registered, on: date) -> bool:
    return REGISTERED(self, on) and on not in (self.last, self.indemnity_to)


STATUS = cover._status
RUN_START = postings.run_start
LAST_COUNTED = cover.last_counted
REGISTERED = registers.Registered.covers
FREE_DAY = cover.nth_free_day
MUTANTS: dict[str, tuple[object, str, object]] = {
    "half to groups of five and more": (credit, "credited_minutes", _half_to_everyone),
    "all to groups of two to four": (credit, "credited_minutes", _all_to_small_groups),
    "indemnity ignored": (registers.Registered, "covers", _without_indemnity),
    "only the direct manager barred": (postings.Chains, "holds", _direct_manager_only),
    "breaks of service ignored": (cover, "run_start", _no_breaks),
    "the first version for ever": (policy.Policy, "in_force", _first_version),
    "overdue on the due day": (cover, "_status", _due_a_day_early),
    "absent people have a status": (cover, "_status", _present_when_absent),
    "days away count": (cover, "days_within", lambda spans, first, last: 0),
    "due day ignores absences": (cover, "nth_free_day", lambda s, a, n: FREE_DAY([], a, n)),
    "a day's break of service is none": (cover, "run_start", _short_break_is_none),
    "the window of offers a day longer": (cover, "_window_start", _window_a_day_longer),
    "a session on the first day of a run": (cover, "last_counted", _not_on_the_first_day),
    "the last day of a registration": (registers.Registered, "covers", _not_on_the_last_day),
    "a year of 366 days": (cover, "YEAR", timedelta(days=365)),
    "waiting is an offer": (cover, "NOT_OFFERED", frozenset()),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_planted_mutant_is_caught(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, name, wrong = MUTANTS[mutant]
    monkeypatch.setattr(owner, name, wrong)

    @settings(STEADY, max_examples=500)
    @given(WORLDS_WITH_DAYS)
    def agrees(drawn: tuple[World, list[date]]) -> None:
        world, asked = drawn
        for on in asked:
            compare(world, "supervision", on)

    with pytest.raises(AssertionError):
        agrees()
