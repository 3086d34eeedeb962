"""A person's days as runs of one status, and as months of a calendar: what a strip draws.

Read off spans (supervision/domain/spans.py), so that a strip says of each day what rule 6 says.
Days are ordinals; pure, one person and strand at a time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .cover import Status
from .spans import CoverSpan

MONTHS_BACK, MONTHS_AHEAD = 12, 3


@dataclass(frozen=True, slots=True)
class Run:
    """Days `first` … `last` of one status, both included; None: out of scope (rule 1)."""

    first: int
    last: int
    status: Status | None

    @property
    def days(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Month:
    """A row of the strip: its first day and the runs of its days."""

    first: date
    runs: tuple[Run, ...]


def runs(spans: Sequence[CoverSpan], first: int, last: int) -> list[Run]:
    """Every day of `first` … `last` once, in order; neighbours differ in status.

    `spans` of one clock, in order of their days.
    """
    found: list[Run] = []
    day = first
    for piece in (p for span in spans for p in _statuses(span)):
        a, b = max(piece.first, first), min(piece.last, last)
        if a <= b:
            if a > day:
                _append(found, Run(day, a - 1, None))
            _append(found, Run(a, b, piece.status))
            day = b + 1
    if day <= last:
        _append(found, Run(day, last, None))
    return found


def _statuses(span: CoverSpan) -> Iterator[Run]:
    """The days of a span by status: at most three runs."""
    if span.away:
        yield Run(span.first, span.last, Status.ABSENT)
        return
    soon, over = max(span.first, span.due_soon), max(span.first, span.overdue)
    yield Run(span.first, min(span.last, soon - 1, over - 1), Status.IN_DATE)
    yield Run(soon, min(span.last, over - 1), Status.DUE_SOON)
    yield Run(over, span.last, Status.OVERDUE)


def _append(found: list[Run], run: Run) -> None:
    before = found[-1] if found else None
    if before and before.status == run.status and before.last + 1 == run.first:
        found[-1] = replace(before, last=run.last)
    else:
        found.append(run)


def window(on: date, since: date | None = None) -> tuple[date, date]:
    """The days of a strip: the twelve months up to and with the day's own, and three more.

    `since`: nothing is shown before this day, which is not after `on`.
    """
    first = _month(on, 1 - MONTHS_BACK)
    after = _month(on, MONTHS_AHEAD + 1)
    return max(first, since or first), date.fromordinal(after.toordinal() - 1)


def months(shown: Sequence[Run]) -> list[Month]:
    """Runs that follow one another, cut into calendar months."""
    if not shown:
        return []
    first, last = date.fromordinal(shown[0].first), date.fromordinal(shown[-1].last)
    found = []
    start = _month(first, 0)
    while start <= last:
        after = _month(start, 1)
        a, b = start.toordinal(), after.toordinal() - 1
        inside = (
            Run(max(run.first, a), min(run.last, b), run.status)
            for run in shown
            if run.first <= b and run.last >= a
        )
        found.append(Month(start, tuple(inside)))
        start = after
    return found


def _month(on: date, more: int) -> date:
    """The first day of the month that lies `more` months after the day's own."""
    years, month = divmod(on.year * 12 + on.month - 1 + more, 12)
    return date(years, month + 1, 1)
