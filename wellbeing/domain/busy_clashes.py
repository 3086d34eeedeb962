"""Does a time meet somebody's busy times? Half-open instants; busy times in order and apart."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from .busy_events import Span


class BusyTimes:
    """Busy times of one person, asked of many events; `but_for`: times that are no clash."""

    def __init__(self, spans: Sequence[Span], but_for: Iterable[Span] = ()) -> None:
        for taken in but_for:
            spans = list(_without(spans, taken))
        self.spans = list(spans)
        self._ends = [end for _, end in self.spans]

    def meets(self, start: datetime, end: datetime) -> bool:
        """True where one of them overlaps `[start, end)`; touching is no clash."""
        first = bisect_right(self._ends, start)
        return first < len(self.spans) and self.spans[first][0] < end


def _without(spans: Sequence[Span], taken: Span) -> Iterator[Span]:
    for start, end in spans:
        for part in ((start, min(end, taken[0])), (max(start, taken[1]), end)):
            if part[0] < part[1]:
                yield part
