"""A person's own calendar: the places they have, one entry an event, in their own words.

SEQUENCE is the event's, and the person's own moves at it, and the changes of their
wording: all three only rise.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Max, OuterRef, QuerySet, Subquery

from wellbeing.domain.booking import HOLDS_SEAT, BookingStatus
from wellbeing.domain.ical import Entry, EntryStatus
from wellbeing.domain.roles import EventKind
from wellbeing.models import Booking, BookingMove, Event

from .schedule import (
    CANCELLED_DAYS,
    DAYS_BACK,
    RUNNING,
    Pages,
    event_entry,
    hosted_window,
    schedule_entries,
    uid_of,
)
from .wording import Wording, wording_of

Row = Mapping[str, Any]
SHOWN = {
    **dict.fromkeys(HOLDS_SEAT, EntryStatus.CONFIRMED),
    BookingStatus.OFFERED: EntryStatus.TENTATIVE,
    BookingStatus.CANCELLED: EntryStatus.CANCELLED,
    BookingStatus.CANCELLED_BY_SERVICE: EntryStatus.CANCELLED,
    # An offer that was not taken: it stood there as tentative.
    BookingStatus.DECLINED: EntryStatus.CANCELLED,
    BookingStatus.EXPIRED: EntryStatus.CANCELLED,
}


def own_entries(person: int, *, on: date, pages: Pages) -> Iterator[Entry]:
    """A person's own places, and what they hold; 90 days back, all ahead."""
    wording = wording_of(person)
    yield from booked_entries(person, wording, on=on, pages=pages)
    held = [event for event, _, _ in hosted_window(person, wording, on=on)]
    entries = dict(schedule_entries(held, RUNNING, pages, wording))
    yield from (entries[event] for event in held if event in entries)


def booked_entries(person: int, wording: Wording, *, on: date, pages: Pages) -> Iterator[Entry]:
    """Their places, one entry an event, though somebody cancelled and booked again."""
    first = on - timedelta(days=DAYS_BACK)
    rows = _rows(person).filter(event__local_on__gte=first)
    for _, group in groupby(rows, key=lambda row: row["event_uid"]):
        bookings = list(group)
        shown = [row for row in bookings if _is_shown(row, on)]
        if shown:
            yield _entry(bookings, shown[-1], wording, pages)


def entry_of(person: int, event: Event, *, pages: Pages) -> Entry:
    """One event as it stands for one person now: what an invitation says (RFC 5546).

    CONFIRMED: a place, or they hold it. TENTATIVE: an offer. CANCELLED: anything else; so
    for whoever held it, or had a place or an offer, before. UID and SEQUENCE are those of
    their feed. Three queries at most.
    """
    wording = wording_of(person)
    bookings = list(_rows(person).filter(event=event))
    if bookings:
        return _entry(bookings, bookings[-1], wording, pages)
    entry = event_entry(event, RUNNING, pages, wording)
    if event.host_id == person:
        return entry
    return replace(entry, status=EntryStatus.CANCELLED, location="", page="")


def _rows(person: int) -> QuerySet[Any, Any]:
    moves = BookingMove.as_recorded.filter(booking=OuterRef("pk")).order_by()
    per_booking = moves.values("booking")
    return (
        Booking.objects.filter(person=person, event__start_at__isnull=False)
        .exclude(event__kind=EventKind.CHECK_IN)
        .annotate(
            moves=per_booking.annotate(n=Count("pk")).values("n"),
            moved_at=per_booking.annotate(n=Max("recorded_at")).values("n"),
            came_from=Subquery(BookingMove.objects.filter(booking=OuterRef("pk")).values("before")[:1]),
            event_uid=F("event__public_id"),
            event_sequence=F("event__sequence"),
            event_changed_at=F("event__changed_at"),
            start_at=F("event__start_at"),
            end_at=F("event__end_at"),
            place=F("event__place"),
            local_on=F("event__local_on"),
        )
        .order_by("event__start_at", "event", "pk")
        .values(
            "public_id", "status", "created_at", "moves", "moved_at", "event_uid",
            "came_from", "event_sequence", "event_changed_at", "start_at", "end_at", "place", "local_on",
        )
    )  # fmt: skip


def _entry(bookings: Sequence[Row], last: Row, wording: Wording, pages: Pages) -> Entry:
    """All of a person's bookings of one event as one entry; `last` says how it stands."""
    moves = sum(row["moves"] for row in bookings) - 1
    moved = (row["moved_at"] for row in bookings)
    return Entry(
        uid=uid_of(last["event_uid"]),
        sequence=last["event_sequence"] + moves + wording.sequence,
        created_at=bookings[0]["created_at"],
        changed_at=wording.latest(last["event_changed_at"], *moved),
        start_at=last["start_at"],
        end_at=last["end_at"],
        summary=wording.text,
        status=SHOWN.get(last["status"], EntryStatus.CANCELLED),
        location=last["place"] if last["status"] in HOLDS_SEAT else "",
        page=pages.booking(last["public_id"]),
    )


def _is_shown(row: Row, on: date) -> bool:
    """Cancelled ones stay a while, for calendars that keep what is gone from a file."""
    if row["status"] not in SHOWN or _only_waited(row):
        return False
    if SHOWN[row["status"]] != EntryStatus.CANCELLED:
        return True
    return -1 <= (row["local_on"] - on).days <= CANCELLED_DAYS


def _only_waited(row: Row) -> bool:
    """Cancelled with its event while on the waiting list: their calendar never had it."""
    gone = row["status"] == BookingStatus.CANCELLED_BY_SERVICE
    return gone and row["came_from"] == BookingStatus.WAITING
