"""When a supervisor whom we hold no registration for is taken to be gone for good.

A renewal is often entered weeks after it began, so that a gap is not an end
(docs/decisions/0012).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .endings import last_day
from .registers import Registered


@dataclass(frozen=True, slots=True)
class Lapse:
    """`last`: until when a registration was held; `ends_on`: the day from which they are gone."""

    last: date
    ends_on: date


def lapse(rows: Iterable[tuple[Registered, date | None]], on: date, days: int) -> Lapse | None:
    """How one supervisor's registration has lapsed by a day; None while one reaches it.

    Each row with the day on which it was closed, if it was: what was corrected or taken back
    was held until then. `days`: so long without a registration nobody is gone yet.
    """
    last = date.min
    for row, closed_on in rows:
        if closed_on is None and row.reaches(on):
            return None
        end = last_day(row)[0]
        if end is not None and end < row.first:
            continue
        last = max(last, min(d for d in (end, closed_on, on) if d is not None))
    return Lapse(last, last + timedelta(days=days + 1))
