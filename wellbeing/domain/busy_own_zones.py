"""A time zone as a calendar describes it itself: VTIMEZONE, RFC 5545 §3.6.5.

Not by dateutil's reader, which tells an UNTIL in UTC by the wall clock, takes the offset
after a gap for a time within it, and differs between its versions.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Event, vDDDTypes, vRecur

from .busy_file import Line, Part
from .busy_rules import rule
from .busy_values import DAY, When, values, when
from .refusals import Refused

OFFSET = re.compile(r"([+-])(\d\d)([0-5]\d)([0-5]\d)?", re.ASCII)
OBSERVANCES = ("STANDARD", "DAYLIGHT")
FIRST, LAST = datetime(2, 1, 1), datetime(2200, 1, 1)  # noqa: DTZ001 -- wall clocks


class OwnZone(tzinfo):
    """Offsets from UTC and since when; each change is (when in UTC, before, after)."""

    def __init__(self, changes: list[tuple[datetime, timedelta, timedelta]]) -> None:
        self._since = [at for at, _, _ in changes]
        self._offsets = [changes[0][1], *(after for _, _, after in changes)]

    def _at(self, utc: datetime) -> timedelta:
        return self._offsets[bisect_right(self._since, utc)]

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        """Of a time that is skipped the offset before; of one that occurs twice, by its fold."""
        if dt is None:
            return None
        wall = dt.replace(tzinfo=None)
        before, after = self._at(wall - DAY), self._at(wall + DAY)
        is_after = self._at(wall - after) == after
        is_before = self._at(wall - before) == before
        return after if is_after and (dt.fold or not is_before) else before

    def fromutc(self, dt: datetime) -> datetime:
        """The wall clock of an instant."""
        offset = self._at(dt.replace(tzinfo=None))
        wall = dt + offset
        return wall if self.utcoffset(wall) == offset else wall.replace(fold=1)

    def dst(self, dt: datetime | None) -> timedelta | None:
        """Not known."""
        return None

    def tzname(self, dt: datetime | None) -> str | None:
        """Not known."""
        return None


def described(part: Part) -> OwnZone:
    """The zone that a VTIMEZONE describes. Refused where it is only half described."""
    changes = sorted(c for p in part.parts if p.name in OBSERVANCES for c in _changes(p))
    if not changes:
        raise not_read()
    return OwnZone(changes)


def _changes(part: Part) -> Iterator[tuple[datetime, timedelta, timedelta]]:
    """Of a STANDARD or a DAYLIGHT. Its onsets are told by the clock as it was before them."""
    before, after = _offset(part, "TZOFFSETFROM"), _offset(part, "TZOFFSETTO")
    start = part.first("DTSTART")
    if start is None:
        raise not_read()

    def wall(moment: When) -> datetime:
        return moment.wall + before if moment.zone else moment.wall

    event = Event()
    event["DTSTART"] = vDDDTypes(wall(_onset(start.value, start)))
    for line in part.lines.get("RRULE", []):
        text = rule(line, wall)
        if "FREQ=YEARLY" not in text:
            raise not_read()
        event.add("RRULE", vRecur.from_ical(text))
    dates = [(t, line) for line in part.lines.get("RDATE", []) for t in values(line)]
    if dates:
        event.add("RDATE", [wall(_onset(*one)) for one in dates])
    calendar = Calendar()
    calendar.add_component(event)
    onsets: list[Any] = recurring_ical_events.of(calendar).between(FIRST, LAST)
    yield from ((one["DTSTART"].dt - before, before, after) for one in onsets)


def _onset(text: str, line: Line) -> When:
    return when(text, line, lambda _: UTC)


def _offset(part: Part, name: str) -> timedelta:
    found = OFFSET.fullmatch(part.value(name))
    if not found or int(found[2]) > 23:
        raise not_read()
    hours, minutes, seconds = (int(n or 0) for n in found.groups()[1:])
    sign = -1 if found[1] == "-" else 1
    return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)


def not_read() -> Refused:
    """What is said of a zone that is only half described."""
    return Refused("The calendar describes a time zone in a way that is not understood.")
