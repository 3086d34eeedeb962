"""Values of a calendar, read strictly: what is only half understood is refused.

Times keep their wall clock and zone, for a series repeats on the wall clock; a date, and a
time without a zone, is London's.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from .busy_file import Line
from .ical import clean
from .local_time import LONDON
from .refusals import Refused

WHEN = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", re.ASCII)
LENGTH = re.compile(
    r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.ASCII
)
ZoneOf = Callable[[str], tzinfo]
EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class When:
    """A wall-clock time and its zone; `zone` is None for dates and floating times."""

    wall: datetime
    zone: tzinfo | None
    is_date: bool

    @property
    def at(self) -> datetime:
        """The instant, in UTC."""
        return instant(self.wall, self.zone)

    def wall_in(self, zone: tzinfo | None) -> datetime:
        """The wall-clock time in another zone; a floating one stays as it is."""
        if self.zone is None or zone is self.zone:
            return self.wall
        return wall_clock(self.at, zone)


@dataclass(frozen=True, slots=True)
class Length:
    """A duration: whole days pass on the wall clock, hours in real time (RFC 5545 §3.3.6)."""

    days: timedelta
    hours: timedelta

    def after(self, wall: datetime, zone: tzinfo | None, start: datetime) -> datetime:
        """The instant at which it ends, begun at that wall-clock time, which is `start`."""
        begun = instant(wall + self.days, zone) if self.days else start
        return begun + self.hours


def instant(wall: datetime, zone: tzinfo | None) -> datetime:
    """In UTC. A time that is skipped is read with the offset before, one that occurs twice is the first."""
    try:
        return wall.replace(tzinfo=zone or LONDON).astimezone(UTC)
    except OverflowError:
        return LATEST if wall.year > 5000 else EARLIEST


def wall_clock(at: datetime, zone: tzinfo | None) -> datetime:
    """The wall-clock time of an instant, without its zone."""
    try:
        return at.astimezone(zone or LONDON).replace(tzinfo=None)
    except OverflowError:
        return at.replace(tzinfo=None)


def when(text: str, line: Line, zone_of: ZoneOf) -> When:
    """One date or time of a line, in the zone that its parameters name."""
    found = WHEN.fullmatch(text.strip().upper())
    if not found:
        raise _not_read(line)
    year, month, day, hour, minute, second, utc = found.groups()
    try:
        date = datetime(int(year), int(month), int(day))  # noqa: DTZ001 -- a wall clock
        if hour is None:
            return When(date, None, is_date=True)
        # A leap second is the last one of its minute.
        seconds = 59 if second == "60" else int(second)
        wall = date.replace(hour=int(hour), minute=int(minute), second=seconds)
    except ValueError as error:
        raise _not_read(line) from error
    if utc:
        return When(wall, UTC, is_date=False)
    zone = line.parameters.get("TZID")
    return When(wall, zone_of(zone) if zone else None, is_date=False)


def length(text: str, line: Line) -> Length:
    """A duration; a negative one has negative parts."""
    found = LENGTH.fullmatch(text.strip().upper())
    if not found or not any(found.groups()[1:]):
        raise _not_read(line)
    weeks, days, hours, minutes, seconds = (int(n or 0) for n in found.groups()[1:])
    sign = -1 if found[1] == "-" else 1
    try:
        return Length(
            sign * timedelta(weeks=weeks, days=days),
            sign * timedelta(hours=hours, minutes=minutes, seconds=seconds),
        )
    except OverflowError as error:
        raise _not_read(line) from error


def period(text: str, line: Line, zone_of: ZoneOf) -> tuple[When, datetime]:
    """A start and the instant of the end, of `start/end` or `start/duration`."""
    first, slash, last = text.partition("/")
    start = when(first, line, zone_of)
    if not slash or start.is_date:
        raise _not_read(line)
    if last.strip().upper().startswith(("P", "+P")):
        return start, length(last, line).after(start.wall, start.zone, start.at)
    return start, when(last, line, zone_of).at


def values(line: Line) -> list[str]:
    """The values of a line that may hold several; none is empty."""
    return [text for text in line.value.split(",") if text.strip()]


def _not_read(line: Line) -> Refused:
    shown = clean(line.value.strip())[:60]
    return Refused(f"The calendar is malformed: {line.name} “{shown}” cannot be read.")
