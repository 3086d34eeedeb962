"""Finds line managers who would manage themselves: loops on one and the same day."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

R = TypeVar("R")
# First and last ordinal, and the manager of those days.
Managed = tuple[int, int, str | None]


def looping(
    changed: Iterable[tuple[str, int, int, str | None, R]],
    chains: Mapping[str, Sequence[Managed]],
) -> list[R]:
    """The rows whose management chain comes back to their own person on some day.

    `changed`: person, first and last day, manager, row. `chains`: everybody's days as
    they will be. Each walk narrows the days to those that all its links share.
    """
    managers = {m for spans in chains.values() for _, _, m in spans}
    return [
        row
        for person, first, last, manager, row in changed
        if person in managers and manager and _returns(person, manager, first, last, chains)
    ]


def _returns(
    person: str, manager: str, first: int, last: int, chains: Mapping[str, Sequence[Managed]]
) -> bool:
    walks = [(manager, first, last, frozenset({person}))]
    while walks:
        current, a, b, passed = walks.pop()
        if current == person:
            return True
        if current in passed:
            continue
        for start, end, above in chains.get(current, ()):
            lo, hi = max(a, start), min(b, end)
            if above is not None and lo <= hi:
                walks.append((above, lo, hi, passed | {current}))
    return False
