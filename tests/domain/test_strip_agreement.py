"""The strip says of every day what the rules say, and the timeline's days are those of the strip."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from supervision.domain import strip
from supervision.domain.cover import Clocked, Status, standing
from supervision.domain.spans import spans_of
from supervision.domain.strip import Run, months, runs, window
from supervision.domain.timeline import timeline
from wellbeing.domain.policy import Policy

from .facts import d
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


def differences(who: Clocked, policy: Policy, on: date, seen: Counter[str]) -> list[str]:
    """Days of the strip for `on` of which it says something else than the rules."""
    first, last = window(on)
    shown = runs(spans_of(who, policy), first.toordinal(), last.toordinal())
    said: dict[int, Status | None] = {}
    for run in (run for month in months(shown) for run in month.runs):
        said |= dict.fromkeys(range(run.first, run.last + 1), run.status)
    assert list(said) == list(range(first.toordinal(), last.toordinal() + 1))
    found = []
    for day, status in said.items():
        one = standing(who, policy, date.fromordinal(day))
        seen[status or "out of scope"] += 1
        if status != (one and one.status):
            found.append(f"{who.person} {date.fromordinal(day)}: {status}")
    return found


def test_the_strip_says_of_every_day_what_the_rules_say(
    record_property: Callable[[str, object], None],
) -> None:
    seen: Counter[str] = Counter()

    @settings(STEADY, max_examples=25)
    @given(worlds())
    def agrees(world: World) -> None:
        days = world.days()
        for strand in ("supervision", "check_in"):
            quick = Quick(world, strand)
            for who in quick.clocked.values():
                assert differences(who, quick.policy, days[len(days) // 2], seen) == []

    agrees()
    record_property("days", {str(k): n for k, n in seen.items()})
    assert seen.keys() == {*Status, "out of scope"}
    assert min(seen.values()) > 500


def wrong_days(who: Clocked, policy: Policy, on: date, seen: Counter[str]) -> list[str]:
    """Entries of a timeline that the rules do not bear out, asked day by day."""
    shown = timeline(who, policy, on)
    named = {entry.what.value: entry.on for entry in shown.entries}
    if shown.standing is None:
        return [what for what in ("anchor", "due", "due_soon", "overdue") if what in named]
    found = [] if named.get("due") == shown.standing.due_on else ["due"]
    known = Clocked(
        who.person,
        who.postings,
        who.absent,
        [day for day in who.counted if day <= on],
        (),
        (),
    )
    for what, statuses in (
        ("due_soon", {Status.DUE_SOON, Status.OVERDUE}),
        ("overdue", {Status.OVERDUE}),
    ):
        if what in named:
            seen[what] += 1
            first = standing(known, policy, named[what])
            before = _before(known, policy, named[what])
            if first is None or first.status not in statuses or before in statuses:
                found.append(what)
        elif shown.standing.status in statuses:
            found.append(f"no {what}")
    return found


def _before(who: Clocked, policy: Policy, day: date) -> Status | None:
    """The status of the last day at work before this one, of the same anchor; None: no such day."""
    one = standing(who, policy, day)
    while one:
        day -= DAY
        before = standing(who, policy, day)
        if before is None or before.last_counted_on != one.last_counted_on:
            return None
        if before.status != Status.ABSENT:
            return before.status
    return None


def test_a_timelines_days_are_first_days_of_their_status(
    record_property: Callable[[str, object], None],
) -> None:
    seen: Counter[str] = Counter()

    @settings(STEADY, max_examples=60)
    @given(worlds())
    def agrees(world: World) -> None:
        quick = Quick(world, "supervision")
        for who in quick.clocked.values():
            for on in world.days():
                assert wrong_days(who, quick.policy, on, seen) == []

    agrees()
    record_property("first days", {str(k): n for k, n in seen.items()})
    assert min(seen["due_soon"], seen["overdue"]) > 500


def test_a_planted_fault_of_a_day_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    right = strip._statuses
    monkeypatch.setattr(
        strip,
        "_statuses",
        lambda span: (
            Run(r.first, r.last + (r.status == Status.DUE_SOON), r.status) for r in right(span)
        ),
    )
    found: list[str] = []

    @settings(STEADY, max_examples=10)
    @given(worlds())
    def look(world: World) -> None:
        quick = Quick(world, "supervision")
        for who in quick.clocked.values():
            try:
                found.extend(differences(who, quick.policy, world.days()[-1], Counter()))
            except AssertionError:
                found.append("a day twice")

    look()
    assert found


# Asked on, shown since -> first and last day of the strip.
WINDOWS = [
    ("2026-05-12", "", "2025-06-01", "2026-08-31"),
    ("2024-02-29", "", "2023-03-01", "2024-05-31"),
    ("2023-11-30", "", "2022-12-01", "2024-02-29"),
    ("2026-05-12", "2026-03-21", "2026-03-21", "2026-08-31"),
    ("2026-05-12", "2020-01-06", "2025-06-01", "2026-08-31"),
]


@pytest.mark.parametrize(("on", "since", "first", "last"), WINDOWS)
def test_window_is_twelve_months_and_three(on: str, since: str, first: str, last: str) -> None:
    assert window(d(on), d(since) if since else None) == (d(first), d(last))


def test_months_are_rows_and_a_run_over_their_edge_is_cut() -> None:
    edge = d("2024-02-29").toordinal()
    rows = months([Run(edge - 1, edge + 1, None)])
    assert [(row.first, row.runs) for row in rows] == [
        (d("2024-02-01"), (Run(edge - 1, edge, None),)),
        (d("2024-03-01"), (Run(edge + 1, edge + 1, None),)),
    ]
