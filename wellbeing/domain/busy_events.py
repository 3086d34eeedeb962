"""A VEVENT as what matters of it: when it is, how long it lasts, and whether it takes time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .busy_file import Line, Part
from .busy_rules import rule
from .busy_values import DAY, Length, When, ZoneOf, length, period, values, when
from .refusals import Refused

Span = tuple[datetime, datetime]
# All other properties say one thing.
REPEATED = {"RRULE", "RDATE", "EXDATE", "EXRULE"}
NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event, a series or one changed occurrence of a series."""

    uid: str
    sequence: int
    takes_time: bool
    start: When
    # Real time that passes, or days on the wall clock and real time (RFC 5545 §3.8.5.3).
    lasts: timedelta | Length
    # As the library wants them, each UNTIL on the wall clock.
    rules: tuple[str, ...] = ()
    more: tuple[tuple[When, datetime | None], ...] = ()
    but_for: tuple[When, ...] = ()
    # Of a changed occurrence: the one it replaces, and whether all after it too.
    replaces: When | None = None
    and_future: bool = False

    @property
    def is_alone(self) -> bool:
        """Nothing repeats and nothing is left out."""
        return not (self.rules or self.more or self.but_for)

    @property
    def is_hourly(self) -> bool:
        """It goes on through an hour that occurs twice, when the wall clock shows one hour only."""
        return any("FREQ=HOURLY" in text for text in self.rules)

    def span(self, wall: datetime, start: datetime) -> Span:
        """One occurrence of it, in UTC, that begins at this instant and wall-clock time."""
        if isinstance(self.lasts, Length):
            return start, self.lasts.after(wall, self.start.zone, start)
        return start, start + self.lasts

    @property
    def own_span(self) -> Span:
        """The event itself, or the first of the series."""
        return self.span(self.start.wall, self.start.at)

    @property
    def longest(self) -> timedelta:
        """No occurrence lasts longer."""
        lasts = self.lasts
        mine = lasts.days + lasts.hours if isinstance(lasts, Length) else lasts
        given = (end - start.at for start, end in self.more if end)
        return max([NOTHING, mine, *given]) + DAY


def entry(part: Part, zone_of: ZoneOf) -> Entry:
    """A VEVENT. Refused where something that its time depends on is not understood."""
    for name, lines in part.lines.items():
        if name not in REPEATED and any(line != lines[0] for line in lines):
            raise Refused(f"The calendar is malformed: an entry has {name} twice.")
    if "EXRULE" in part.lines:
        raise Refused("The calendar has an EXRULE, which newer calendars no longer have.")
    start = part.first("DTSTART")
    if start is None:
        raise Refused("The calendar is malformed: an entry has no DTSTART.")
    replaces = part.first("RECURRENCE-ID")
    begins = when(start.value, start, zone_of)
    uid = part.first("UID")
    return Entry(
        uid=uid.value.strip() if uid else "",
        sequence=_number(part),
        takes_time=_takes_time(part),
        start=begins,
        lasts=_lasts(part, begins, zone_of),
        rules=tuple(
            rule(line, lambda end: end.wall_in(begins.zone))
            for line in part.lines.get("RRULE", [])
        ),
        more=tuple(
            _moment(text, line, zone_of)
            for line in part.lines.get("RDATE", [])
            for text in values(line)
        ),
        but_for=tuple(
            when(text, line, zone_of)
            for line in part.lines.get("EXDATE", [])
            for text in values(line)
        ),
        replaces=when(replaces.value, replaces, zone_of) if replaces else None,
        and_future=_and_future(replaces),
    )


def _takes_time(part: Part) -> bool:
    """Outlook's own word goes before TRANSP, which it may leave at OPAQUE."""
    return (
        part.value("TRANSP") != "TRANSPARENT"
        and part.value("STATUS") != "CANCELLED"
        and part.value("X-MICROSOFT-CDO-BUSYSTATUS") != "FREE"
    )


def _lasts(part: Part, start: When, zone_of: ZoneOf) -> timedelta | Length:
    end, lasts = part.first("DTEND"), part.first("DURATION")
    if end:
        ends = when(end.value, end, zone_of)
        if start.is_date and ends.is_date:
            return Length(ends.wall - start.wall, NOTHING)
        return ends.at - start.at
    if lasts:
        return length(lasts.value, lasts)
    return Length(DAY if start.is_date else NOTHING, NOTHING)


def _moment(text: str, line: Line, zone_of: ZoneOf) -> tuple[When, datetime | None]:
    if "/" in text:
        return period(text, line, zone_of)
    return when(text, line, zone_of), None


def _number(part: Part) -> int:
    text = part.value("SEQUENCE")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _and_future(replaces: Line | None) -> bool:
    given = replaces.parameters.get("RANGE", "").upper() if replaces else ""
    if given not in {"", "THISANDFUTURE"}:
        raise Refused("The calendar changes a series in a way that newer calendars do not.")
    return bool(given)
