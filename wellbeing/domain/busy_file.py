"""Somebody's .ics as the lines that say when they are busy; titles are never kept.

Bytes are unfolded before they are decoded, for a fold may cut a character (RFC 5545 §3.1).
CRLF, LF, CR, byte order marks and several VCALENDARs in one file are read; a component
without its END is not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .ical import clean
from .refusals import Refused

LARGEST_BYTES = 5 * 1024 * 1024
# VCALENDAR, VEVENT, VALARM: nobody nests deeper.
DEEPEST = 6
MARK = b"\xef\xbb\xbf"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
FOLDED = (b" ", b"\t")
NEWLINE = re.compile(rb"\r*\n|\r")
NAME = re.compile(r"([\w.-]+)[;:]")
PARAMETER = re.compile(r';([\w-]+)=("[^"]*"|[^;"]*)')
# What is kept of each component. Nothing is kept of those that are not here.
KEPT = {
    "VCALENDAR": {"CALSCALE"},
    "VEVENT": {
        "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID",
        "UID", "SEQUENCE", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS",
    },
    "VFREEBUSY": {"FREEBUSY"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO"},
    "DAYLIGHT": {"DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO"},
}  # fmt: skip
# Their values may hold a colon; in all others the last colon is the one before the value,
# so that an unquoted TZID with colons (Exchange's tzone://Microsoft/Utc) is read too.
FREE_VALUES = {"UID", "TZID"}


@dataclass(frozen=True, slots=True)
class Line:
    """A content line: the property's name, its parameters in capitals, and the raw value."""

    name: str
    parameters: dict[str, str]
    value: str


@dataclass(slots=True)
class Part:
    """A component: what is kept of it, by property, and the components within."""

    name: str
    lines: dict[str, list[Line]] = field(default_factory=dict)
    parts: list["Part"] = field(default_factory=list)

    def first(self, name: str) -> Line | None:
        """The first line of a property, or None."""
        return self.lines.get(name, [None])[0]  # type: ignore[list-item]

    def value(self, name: str) -> str:
        """The first value of a property in capitals, without blanks around; "" for none."""
        line = self.first(name)
        return line.value.strip().upper() if line else ""

    def walk(self, name: str) -> Iterator["Part"]:
        """All components of a name, at any depth."""
        for part in self.parts:
            if part.name == name:
                yield part
            yield from part.walk(name)


def read(data: bytes) -> list[Part]:
    """The VCALENDARs of a file. Refused where it is none, is cut off or is not understood."""
    if len(data) > LARGEST_BYTES:
        raise Refused("The calendar is larger than 5 MB.")
    root = Part("")
    stack = [root]
    for number, text in _lines(data):
        if text.strip():
            _take(text, number, stack)
    if len(stack) > 1:
        raise Refused(f"The calendar is cut off: a {stack[-1].name} has no end.")
    if not root.parts:
        raise Refused("This is not a calendar: it holds no VCALENDAR.")
    return root.parts


def _lines(data: bytes) -> Iterator[tuple[int, str]]:
    """Whole lines, each with the number of the one in the file that it begins on."""
    if data.startswith(UTF_16):
        data = data.decode("utf-16", "replace").encode()
    begun, pieces = 1, [b""]
    for number, line in enumerate(NEWLINE.split(data), 1):
        if line[:1] in FOLDED:
            pieces.append(line[1:])
            continue
        yield begun, b"".join(pieces).decode("utf-8", "replace")
        # Each of several files put together may bring its own mark.
        begun, pieces = number, [line.removeprefix(MARK)]
    yield begun, b"".join(pieces).decode("utf-8", "replace")


def _take(text: str, number: int, stack: list[Part]) -> None:
    """One line into the component that is open."""
    found = NAME.match(text.lstrip())
    name = found[1].upper() if found else ""
    here = stack[-1]
    if name == "BEGIN":
        _open(_plain(text), stack)
    elif name == "END":
        if len(stack) == 1 or _plain(text) != here.name:
            raise Refused(f"The calendar is malformed: line {number} ends what was not begun.")
        stack.pop()
    elif len(stack) == 1:
        raise Refused("This is not a calendar: it does not begin with BEGIN:VCALENDAR.")
    elif here.name in KEPT:
        if not name:
            raise Refused(f"The calendar is malformed: line {number} cannot be read.")
        if name in KEPT[here.name]:
            here.lines.setdefault(name, []).append(_line(name, text.strip()))


def _plain(text: str) -> str:
    return clean(text.partition(":")[2].strip().upper())[:40]


def _open(name: str, stack: list[Part]) -> None:
    if len(stack) == 1 and name != "VCALENDAR":
        raise Refused("This is not a calendar: it does not begin with BEGIN:VCALENDAR.")
    if len(stack) > DEEPEST:
        raise Refused("The calendar is malformed: its components are nested too deeply.")
    part = Part(name)
    stack[-1].parts.append(part)
    stack.append(part)


def _line(name: str, text: str) -> Line:
    if name in FREE_VALUES:
        return Line(name, {}, text.partition(":")[2])
    head, _, value = text.rpartition(":")
    found = PARAMETER.findall(head)
    return Line(name, {key.upper(): given.strip(' "') for key, given in found}, value)
