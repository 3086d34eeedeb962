"""Calendars as bytes: RFC 5545 through icalendar's own components, an event at a time.

The frame and the VTIMEZONE are built once a process; each event is serialised on its
own, so that a schedule of any size can be streamed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from .local_time import LONDON

PRODUCT = "-//RASSO wellbeing and supervision//EN"
END = b"END:VCALENDAR\r\n"


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


def stream(entries: Iterable[Entry], *, name: str) -> Iterator[bytes]:
    """A published calendar (METHOD:PUBLISH, RFC 5546 §3.2.1), piece by piece, CRLF lines."""
    yield _head(clean(name))
    for entry in entries:
        yield vevent(entry)
    yield END


def vevent(entry: Entry) -> bytes:
    """One VEVENT. No ORGANIZER or ATTENDEE: clients would take it for an invitation."""
    event = Event()
    event.add("uid", clean(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("created", entry.created_at)
    event.add("last-modified", entry.changed_at)
    # When this description last changed, or every look at the file would seem a change.
    event.add("dtstamp", entry.changed_at)
    event.add("dtstart", entry.start_at.astimezone(LONDON))
    event.add("dtend", entry.end_at.astimezone(LONDON))
    event.add("summary", _summary(entry))
    event.add("class", "PRIVATE")
    event.add("status", entry.status.value)
    transparency, busy = BUSY[entry.status]
    event.add("transp", transparency)
    event.add("x-microsoft-cdo-busystatus", busy)
    if entry.location:
        event.add("location", clean(entry.location))
    if entry.page:
        event.add("description", clean(entry.page))
    return event.to_ical()


def _summary(entry: Entry) -> str:
    # Outlook shows a published cancelled event like any other: the words must say it.
    before = "Cancelled: " if entry.status == EntryStatus.CANCELLED else ""
    return before + clean(entry.summary)


def clean(text: str) -> str:
    """Drops control characters, line separators and lone surrogates, which clients choke on."""
    return "".join(c for c in text if _is_plain(c))


def _is_plain(c: str) -> bool:
    code = ord(c)
    if code < 0x20 or 0x7F <= code <= 0x9F or code in (0x2028, 0x2029):
        return False
    return not 0xD800 <= code <= 0xDFFF


def _head(name: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    return calendar.to_ical().removesuffix(END) + _london()


@cache
def _london() -> bytes:
    """Europe/London as two yearly rules: Outlook reads one of each kind and no RDATEs."""
    zone = Timezone()
    zone.add("tzid", "Europe/London")
    hour = timedelta(hours=1)
    summer = (
        TimezoneDaylight(),
        datetime(1981, 3, 29, 1),  # noqa: DTZ001 -- a rule's local time has no zone
        3,
        timedelta(0),
        hour,
        "BST",
    )
    winter = (
        TimezoneStandard(),
        datetime(1996, 10, 27, 2),  # noqa: DTZ001 -- a rule's local time has no zone
        10,
        hour,
        timedelta(0),
        "GMT",
    )
    for rule, start, month, before, after, label in (summer, winter):
        rule.add("dtstart", start)
        rule.add("rrule", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        rule.add("tzoffsetfrom", before)
        rule.add("tzoffsetto", after)
        rule.add("tzname", label)
        zone.add_component(rule)
    return zone.to_ical()
