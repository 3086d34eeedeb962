"""Calendars as bytes: RFC 5545 through icalendar's own components, an event at a time.

The frame and the VTIMEZONE are built once a process; each event is serialised on its
own, so that a schedule of any size can be streamed and an event's bytes can be kept.
Values are made directly rather than by `Component.add`, which guesses their type anew
for each (performance.md): the bytes are the same.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from icalendar import Calendar, Event, Parameters, vDatetime, vDuration, vInt, vText, vUri

from .ical_zone import london
from .local_time import LONDON

PRODUCT = "-//RASSO wellbeing//EN"
END = b"END:VCALENDAR\r\n"
# What `vevent` writes: it rises with every change of how an entry looks, so that bytes
# that were kept are made anew and feeds are read again.
FORMAT = 2
# How often a feed would like to be read. Few clients listen (calendars.md).
REFRESH = timedelta(hours=1)
# Octets that the library leaves on one line.
UNFOLDED = 74
# Events a piece: a small write to the network each would take longer than making them.
PIECE = 100


class Method(StrEnum):
    """METHOD (RFC 5546 §1.4): a schedule, an invitation, or one taken back."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class EntryStatus(StrEnum):
    """STATUS (RFC 5545 §3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


# Outlook believes X-MICROSOFT-CDO-BUSYSTATUS before TRANSP, which cannot say "tentative".
BUSY = {
    EntryStatus.CONFIRMED: ("OPAQUE", "BUSY"),
    EntryStatus.TENTATIVE: ("TRANSPARENT", "TENTATIVE"),
    EntryStatus.CANCELLED: ("TRANSPARENT", "FREE"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as a calendar shows it. Instants are aware; `sequence` only ever rises."""

    uid: str
    sequence: int
    created_at: datetime
    changed_at: datetime
    start_at: datetime
    end_at: datetime
    summary: str
    status: EntryStatus
    location: str = ""
    page: str = ""


def stream(entries: Iterable[Entry], *, name: str, is_feed: bool = False) -> Iterator[bytes]:
    """A published calendar (METHOD:PUBLISH, RFC 5546 §3.2.1), piece by piece, CRLF lines."""
    return published(map(vevent, entries), name=name, is_feed=is_feed)


def published(vevents: Iterable[bytes], *, name: str, is_feed: bool = False) -> Iterator[bytes]:
    """The same of events that are bytes already. `is_feed`: it is to be read again."""
    yield opening(Method.PUBLISH, clean(name), is_feed=is_feed)
    events = iter(vevents)
    while piece := b"".join(islice(events, PIECE)):
        yield piece
    yield END


def vevent(entry: Entry) -> bytes:
    """One VEVENT. No ORGANIZER or ATTENDEE: clients would take it for an invitation.

    A cancelled one says so in words: Outlook shows a published one like any other.
    """
    before = "Cancelled: " if entry.status == EntryStatus.CANCELLED else ""
    # When this description last changed, or every look at the file would seem a change.
    return serialised(component(entry, summary=before + entry.summary, stamp=entry.changed_at))


def serialised(event: Event) -> bytes:
    """What `to_ical` gives, in two thirds of the time.

    The library looks for where to fold character by character, in short lines too.
    """
    lines = (
        line.encode("ascii") if len(line) <= UNFOLDED and line.isascii() else line.to_ical()
        for line in event.content_lines()
        if line
    )
    return b"\r\n".join(lines) + b"\r\n"


def component(entry: Entry, *, summary: str, stamp: datetime) -> Event:
    """The properties that every VEVENT of ours has (RFC 5545 §3.6.1), DTSTAMP as given."""
    transparency, busy = BUSY[entry.status]
    event = Event()
    event["UID"] = vText(clean(entry.uid))
    event["SEQUENCE"] = vInt(entry.sequence)
    event["CREATED"] = _utc(entry.created_at)
    event["LAST-MODIFIED"] = _utc(entry.changed_at)
    event["DTSTAMP"] = _utc(stamp)
    event["DTSTART"] = _local(entry.start_at)
    event["DTEND"] = _local(entry.end_at)
    event["SUMMARY"] = vText(clean(summary))
    event["CLASS"] = vText("PRIVATE")
    event["STATUS"] = vText(entry.status.value)
    event["TRANSP"] = vText(transparency)
    event["X-MICROSOFT-CDO-BUSYSTATUS"] = vText(busy)
    if entry.location:
        event["LOCATION"] = vText(clean(entry.location))
        if is_link(entry.location):
            event["CONFERENCE"] = vUri(entry.location, params=_CONFERENCE)
    if entry.page:
        event["DESCRIPTION"] = vText(clean(entry.page))
    return event


_TZID = Parameters({"TZID": "Europe/London"})
# RFC 7986 §5.11.
_CONFERENCE = Parameters({"VALUE": "URI", "FEATURE": "VIDEO"})


def _utc(at: datetime) -> vDatetime:
    return vDatetime(at.astimezone(UTC))


def _local(at: datetime) -> vDatetime:
    value = vDatetime(at.astimezone(LONDON))
    value.params = _TZID
    return value


# Control characters but tab and newline, line separators, lone surrogates.
_UNPLAIN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def clean(text: str) -> str:
    """Drops what clients choke on and the library lets through; newlines stay, as LF."""
    return _UNPLAIN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_link(text: str) -> bool:
    """True for a plain https address and nothing else: only that goes into a URI."""
    if not text.startswith("https://") or not re.fullmatch(r"[!#-;=?-\[\]_a-z~]+", text):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False


@lru_cache(maxsize=256)
def opening(method: Method, name: str = "", *, is_feed: bool = False) -> bytes:
    """VCALENDAR up to its first event; a name only where it is published (RFC 7986 §5)."""
    calendar = Calendar()
    calendar["PRODID"] = vText(PRODUCT)
    calendar["VERSION"] = vText("2.0")
    calendar["CALSCALE"] = vText("GREGORIAN")
    calendar["METHOD"] = vText(method.value)
    if name:
        calendar["NAME"] = calendar["X-WR-CALNAME"] = vText(name)
    if is_feed:
        calendar["REFRESH-INTERVAL"] = vDuration(REFRESH, params={"VALUE": "DURATION"})
        calendar["X-PUBLISHED-TTL"] = vDuration(REFRESH)
        calendar["COLOR"] = vText("teal")
    return calendar.to_ical().removesuffix(END) + london()
