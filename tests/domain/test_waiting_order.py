"""Who of those waiting comes first: domain.md's table of moves, "seat comes free"."""

from datetime import UTC, date, datetime, timedelta

import pytest

from wellbeing.domain.ports import Turn
from wellbeing.domain.waiting import Waiter, in_order

MONDAY = datetime(2026, 5, 11, 9, tzinfo=UTC)
EARLY, LATE = date(2026, 5, 20), date(2026, 6, 20)
Case = tuple[str, Turn | None, int]
# What is said of each: (name, their turn, waiting since how many hours after Monday).
CASES: list[tuple[str, list[Case], str]] = [
    ("earliest due day", [("b", Turn(LATE, False), 0), ("a", Turn(EARLY, False), 5)], "ab"),
    ("no due day last", [("b", Turn(None, False), 0), ("a", Turn(LATE, False), 5)], "ab"),
    ("no clock last", [("b", None, 0), ("a", Turn(LATE, False), 5)], "ab"),
    ("tie: never seen", [("b", Turn(EARLY, False), 0), ("a", Turn(EARLY, True), 5)], "ab"),
    ("tie: longest waiting", [("b", Turn(EARLY, True), 5), ("a", Turn(EARLY, True), 0)], "ab"),
    ("due before never seen", [("b", Turn(LATE, True), 0), ("a", Turn(EARLY, False), 5)], "ab"),
    ("without clocks", [("b", None, 5), ("a", None, 0), ("c", None, 9)], "abc"),
    (
        "all of it",
        [
            ("e", None, 0),
            ("d", Turn(None, True), 1),
            ("c", Turn(LATE, False), 0),
            ("a", Turn(EARLY, True), 9),
            ("b", Turn(EARLY, False), 0),
        ],
        "abcde",
    ),
]


@pytest.mark.parametrize(("_", "waiting", "order"), CASES, ids=[c[0] for c in CASES])
def test_who_waits_first(_: str, waiting: list[Case], order: str) -> None:
    waiters = [
        Waiter(i, ord(name), MONDAY + timedelta(hours=hours))
        for i, (name, _, hours) in enumerate(waiting)
    ]
    turns = {ord(name): turn for name, turn, _ in waiting if turn is not None}
    assert "".join(chr(w.person) for w in in_order(waiters, turns)) == order


def test_same_instant_is_decided_by_the_booking() -> None:
    waiters = [Waiter(2, 7, MONDAY), Waiter(1, 8, MONDAY)]
    assert [w.booking for w in in_order(waiters, {})] == [1, 2]
