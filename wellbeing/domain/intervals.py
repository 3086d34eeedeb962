"""Runs of days as whole numbers: first and last both included, no day looped over."""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date

# The ordinal of a last day where there is none.
FOREVER = date.max.toordinal()
Span = tuple[int, int]


def ordinal(day: date | None) -> int:
    """The proleptic ordinal of a day; None is FOREVER."""
    return FOREVER if day is None else day.toordinal()


def merged(spans: Iterable[tuple[date, date | None]]) -> list[Span]:
    """Sorted, disjoint spans of ordinals that cover the same days; touching ones joined."""
    joined: list[Span] = []
    for first, last in sorted((a.toordinal(), ordinal(b)) for a, b in spans):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def covers(spans: list[Span], day: int) -> bool:
    """True where one of the merged spans holds the day."""
    at = bisect_left(spans, (day + 1,))
    return at > 0 and spans[at - 1][1] >= day


def days_within(spans: list[Span], first: int, last: int) -> int:
    """How many days of `first` … `last` the merged spans cover; none where `last` is earlier."""
    if last < first:
        return 0
    return sum(min(b, last) - max(a, first) + 1 for a, b in spans if a <= last and b >= first)


def nth_free_day(spans: list[Span], after: int, number: int) -> int | None:
    """The first day by which `number` (from 1) days after `after` are outside the spans.

    None where an endless span, or the end of the calendar, comes before it.
    """
    day = after + 1
    for first, last in spans:
        if last < day:
            continue
        free = max(0, first - day)
        if free >= number:
            break
        number -= free
        if last >= FOREVER:
            return None
        day = last + 1
    found = day + number - 1
    return found if found <= FOREVER else None
