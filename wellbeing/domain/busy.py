"""The times that somebody else's calendar says its owner is busy: bytes in, UTC intervals out.

Never a title. What is only half understood is refused with a sentence, never read as free
(docs/busy-calendars.md). Who calls this on a calendar that a stranger wrote does so in a
child process with limits: wellbeing/busy_fetch.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from .busy_events import Entry, Span, entry
from .busy_file import Part, read
from .busy_series import MOST, occurrences
from .busy_values import period, values
from .busy_zones import Zones
from .refusals import Refused

# How far ahead the service looks.
WEEKS = 26
NOT_UNDERSTOOD = "The calendar is malformed and cannot be understood."


def window_of(first: date, weeks: int = WEEKS) -> Span:
    """The weeks from 00:00 UTC of that day on."""
    start = datetime.combine(first, time(), UTC)
    return start, start + timedelta(weeks=weeks)


def busy_times(data: bytes, window: Span) -> list[Span]:
    """When the owner is busy within the window: UTC, sorted, disjoint, clipped.

    Refused, with one sentence, where the calendar is not understood or is too large.
    """
    calendars = read(data)
    if any(c.value("CALSCALE") not in {"", "GREGORIAN"} for c in calendars):
        raise Refused("The calendar does not use the Gregorian years.")
    if any(list(c.walk("VAVAILABILITY")) for c in calendars):
        raise Refused("The calendar has a VAVAILABILITY, which is not understood.")
    try:
        return _taken(calendars, window)
    except (OverflowError, ValueError) as error:
        # Years beyond the calendar's end, and what the library alone finds wrong.
        raise Refused(NOT_UNDERSTOOD) from error


def _taken(calendars: list[Part], window: Span) -> list[Span]:
    taken: list[Span] = []
    for span in _spans(calendars, window):
        if span[0] < span[1] and span[0] < window[1] and span[1] > window[0]:
            taken.append(span)
            if len(taken) > MOST:
                raise Refused(f"The calendar has more than {MOST:,} entries in the time ahead.")
    return merged((max(a, window[0]), min(b, window[1])) for a, b in taken)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Sorted and disjoint; overlapping and touching ones joined, empty ones left out."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return joined


def _spans(calendars: list[Part], window: Span) -> Iterator[Span]:
    by_uid: dict[str, list[Entry]] = defaultdict(list)
    nameless = count()
    for calendar in calendars:
        zones = Zones(calendar)
        for part in calendar.walk("VEVENT"):
            found = entry(part, zones)
            # Without a UID it is an event of its own; a space begins no UID.
            by_uid[found.uid or f" {next(nameless)}"].append(found)
        for part in calendar.walk("VFREEBUSY"):
            yield from _free_busy(part, zones)
    for entries in by_uid.values():
        yield from occurrences(entries, window)


def _free_busy(part: Part, zones: Zones) -> Iterator[Span]:
    """Whatever is not said to be FREE is busy (RFC 5545 §3.2.9)."""
    for line in part.lines.get("FREEBUSY", []):
        if line.parameters.get("FBTYPE", "").upper() != "FREE":
            for text in values(line):
                start, end = period(text, line, zones)
                yield start.at, end
