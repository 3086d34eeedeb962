"""How long a supervisor is registered without a gap, and how near the end is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .registers import Registered

ONE_DAY = timedelta(days=1)


class What(StrEnum):
    """What ends first."""

    REGISTRATION = "registration"
    INDEMNITY = "indemnity"


@dataclass(frozen=True, slots=True)
class Ending:
    """The last day on which a supervisor is registered, and what ends then.

    `within`: the nearest of the warnings given that it has reached; 0: it is over.
    """

    host: int
    last: date
    what: What
    within: int


def last_day(row: Registered) -> tuple[date | None, What]:
    """A row's last day, the earlier of registration's and indemnity's; None: it has none."""
    if row.indemnity_to is not None and (row.last is None or row.indemnity_to < row.last):
        return row.indemnity_to, What.INDEMNITY
    return row.last, What.REGISTRATION


def ending(rows: Iterable[Registered], on: date, warn: Iterable[int]) -> Ending | None:
    """How one supervisor's registration ends; None where no warning of `warn` days is due.

    A row that starts no later than the day after another's end carries it on. Who is not
    registered on the day has come to an end already, if ever there was a row that began.
    """
    begun = [row for row in rows if row.first <= on]
    if not begun:
        return None
    best = max(begun, key=_reach)
    while following := [row for row in rows if _carries_on(row, best)]:
        best = max(following, key=_reach)
    last, what = last_day(best)
    if last is None:
        return None
    left = (last - on).days
    within = 0 if left < 0 else min((days for days in warn if left <= days), default=-1)
    return Ending(best.host, last, what, within) if within >= 0 else None


def _carries_on(row: Registered, best: Registered) -> bool:
    last, _ = last_day(best)
    reaches = last is not None and last < date.max and row.first <= last + ONE_DAY
    return reaches and _reach(row) > _reach(best)


def _reach(row: Registered) -> date:
    return last_day(row)[0] or date.max
