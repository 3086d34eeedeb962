"""Stored spans say what the rules say, on every day of invented worlds, and sums over periods too."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from supervision.domain import spans as under_test
from supervision.domain.cover import Clocked, longest_gap, standing
from supervision.domain.periods import PeriodTally, stretches
from supervision.domain.spans import CoverSpan, Version, span_on, spans_of, with_forecast
from wellbeing.domain.policy import Policy

from .quick_cover import Quick
from .worlds import World, worlds

STEADY = settings(
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
DAY = timedelta(days=1)
STRANDS = ("supervision", "check_in", "training")


def said(span: CoverSpan, day: int) -> tuple[Any, ...]:
    """What a span says of one of its days, in the words of a standing."""
    return (
        span.unit,
        span.job_role,
        span.status_on(day),
        span.never_seen,
        span.run_started,
        None if span.never_seen else span.anchor,
        span.elapsed_on(day),
        span.limit,
        span.due,
        span.offered_until is not None and day <= span.offered_until,
        span.taken_up_until is not None and day <= span.taken_up_until,
        max(span.gap, span.elapsed_on(day)),
        max(span.gap_calendar, day - span.anchor),
    )


def ruled(who: Clocked, policy: Policy, on: date) -> tuple[Any, ...] | None:
    one = standing(who, policy, on)
    if one is None:
        return None
    gap = longest_gap(who, on)
    return (
        one.unit,
        one.job_role,
        one.status,
        one.never_seen,
        one.run_started_on.toordinal(),
        one.last_counted_on and one.last_counted_on.toordinal(),
        one.elapsed_days,
        one.limit_days,
        one.due_on and one.due_on.toordinal(),
        one.offered,
        one.taken_up,
        gap.days,
        gap.calendar_days,
    )


def days_of_change(world: World) -> list[date]:
    """A day on, before and after every day that a row names, and where limits run out."""
    days = {day + n * DAY for day in world.days() for n in (-1, 0, 1)}
    lengths = world.lengths()
    days |= {row["date"] + n * DAY for row in world.sessions for n in lengths}
    return sorted(days)


def differences(world: World, strand: str, seen: Counter[str]) -> list[str]:
    quick = Quick(world, strand)
    found = []
    for number, who in quick.clocked.items():
        spans = spans_of(who, quick.policy)
        seen["spans"] += len(spans)
        for on in days_of_change(world):
            span = span_on(spans, on.toordinal())
            seen["days"] += 1
            if (span and said(span, on.toordinal())) != ruled(who, quick.policy, on):
                found.append(f"{number} {strand} {on}")
    return found


def test_a_span_says_what_the_rules_say_on_every_day(
    record_property: Callable[[str, object], None],
) -> None:
    seen: Counter[str] = Counter()

    @settings(STEADY, max_examples=120)
    @given(worlds())
    def agrees(world: World) -> None:
        for strand in STRANDS:
            assert differences(world, strand, seen) == []

    agrees()
    record_property("compared", dict(seen))
    assert seen["days"] > 100_000
    assert seen["spans"] > 4_000


def sums(spans: list[CoverSpan], first: date, last: date) -> dict[Any, tuple[int, int]]:
    """Days and days in cover of a period by unit and job role: two look-ups and what ended."""
    totals: dict[Any, list[int]] = {}

    def add(span: CoverSpan, day: int, sign: int) -> None:
        total = totals.setdefault((span.unit, span.job_role), [0, 0])
        total[0] += sign * span.days_until(day)
        total[1] += sign * span.covered_until(day)

    before, end = first.toordinal() - 1, last.toordinal()
    for day, sign in ((end, 1), (before, -1)):
        span = span_on(spans, day)
        if span:
            add(span, day, sign)
    for span in spans:
        if span.ends_stint and before <= span.last < end:
            add(span, span.last, 1)
    return {key: (a, b) for key, (a, b) in totals.items() if a or b}


@settings(STEADY, max_examples=120)
@given(worlds())
def test_sums_over_a_period_are_those_of_the_rules(world: World) -> None:
    quick = Quick(world, "supervision")
    days = world.days()
    for first, last in zip(days, days[3:], strict=False):
        for who in quick.clocked.values():
            expected: dict[Any, PeriodTally] = {}
            for stretch in stretches(who, quick.policy, first, last):
                key = stretch.posting.unit, stretch.posting.job_role
                expected.setdefault(key, PeriodTally()).add(stretch)
            wanted = {
                key: (t.person_days, t.in_cover_days)
                for key, t in expected.items()
                if t.person_days or t.in_cover_days
            }
            assert sums(spans_of(who, quick.policy), first, last) == wanted


@settings(STEADY, max_examples=60)
@given(worlds())
def test_the_forecast_parts_from_what_is_recorded_and_each_is_whole(world: World) -> None:
    quick = Quick(world, "supervision")
    for who in quick.clocked.values():
        booked = [day for day, status in who.offers if status == "booked"]
        ahead = replace(who, counted=sorted({*who.counted, *booked}))
        recorded, forecast = (spans_of(w, quick.policy) for w in (who, ahead))
        both = with_forecast(recorded, forecast)
        for spans, other in ((recorded, Version.FORECAST), (forecast, Version.RECORDED)):
            own = [replace(s, version=Version.BOTH) for s in both if s.version != other]
            assert own == spans


FAULTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "the gap forgets an absence": lambda patch: patch.setattr(
        under_test._Gaps, "reach", _reach_without_absences
    ),
    "an absence does not cut": lambda patch: patch.setattr(
        under_test, "covers", lambda spans, day: False
    ),
    "an offer lasts a day too long": lambda patch: patch.setattr(
        under_test, "NOT_OFFERED", frozenset()
    ),
}


def _reach_without_absences(self: Any, who: Clocked, run: int, anchor: int | None) -> None:
    if run != self.run:
        self.run, self.anchor, self.days, self.calendar = run, run - 1, 0, 0
    if anchor is not None and anchor != self.anchor:
        length = anchor - self.anchor
        self.days, self.calendar = max(self.days, length), max(self.calendar, length)
        self.anchor = anchor


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    FAULTS[fault](monkeypatch)
    found: list[str] = []

    @settings(STEADY, max_examples=30)
    @given(worlds())
    def look(world: World) -> None:
        found.extend(differences(world, "supervision", Counter()))

    look()
    assert found
