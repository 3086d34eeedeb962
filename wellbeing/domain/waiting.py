"""Who of those waiting is offered a seat that comes free (domain.md, table of moves)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from .ports import Turn


@dataclass(frozen=True, slots=True)
class Waiter:
    """A place on a waiting list: the booking, whose, and since when."""

    booking: int
    person: int
    since: datetime


def in_order(waiters: Iterable[Waiter], turns: Mapping[int, Turn]) -> list[Waiter]:
    """Earliest due day first, no due day last; ties: never seen, then longest waiting.

    Who has no turn has no clock: longest waiting, among those without a due day.
    """

    def key(waiter: Waiter) -> tuple[date, bool, datetime, int]:
        turn = turns.get(waiter.person) or Turn(None, never_seen=False)
        return turn.due_on or date.max, not turn.never_seen, waiter.since, waiter.booking

    return sorted(waiters, key=key)
