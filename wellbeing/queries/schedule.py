"""What goes into a calendar file: a person's own bookings, and the schedule a lead asks for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from wellbeing.domain.booking import HOLDS_SEAT, BookingStatus, EventStatus
from wellbeing.domain.ical import Entry, EntryStatus
from wellbeing.domain.roles import EventKind
from wellbeing.models import Booking, BookingMove, Event, EventArea

DAYS_BACK = 90
# A cancelled entry stays until the day after it would have ended, at most so long.
CANCELLED_DAYS = 60
PAGE = 2000
KINDS = {
    EventKind.SUPERVISION: "Supervision",
    EventKind.TRAINING: "Training",
    EventKind.ROUND: "Schwartz Round",
}
# An event's or a booking's public id to the address of its page.
Address = Callable[[UUID], str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the schedule. None: no limit; days are London's, both ends included.

    `led`: the Areas of the reader, who sees the place and the page of events for these alone.
    """

    areas: frozenset[int] | None = None
    led: frozenset[int] | None = None
    host: int | None = None
    first: date | None = None
    last: date | None = None


def schedule_entries(wanted: Wanted, *, on: date, page: Address) -> Iterator[Entry]:
    """Everything published that is wanted, in order of time; hosts by name, nobody booked."""
    rows = _schedule(wanted, on).annotate(is_theirs=_is_theirs(wanted.led)).values_list(
        "public_id", "sequence", "created_at", "changed_at", "start_at", "end_at",
        "kind", "host__name", "status", "place", "is_theirs",
    )  # fmt: skip
    for (
        uid,
        sequence,
        created,
        changed,
        start,
        end,
        kind,
        host,
        status,
        place,
        is_theirs,
    ) in rows.iterator(chunk_size=PAGE):
        yield Entry(
            uid=_uid(uid),
            sequence=sequence,
            created_at=created,
            changed_at=changed,
            start_at=_aware(start),
            end_at=_aware(end),
            summary=f"{KINDS[EventKind(kind)]}: {host}" if host else KINDS[EventKind(kind)],
            status=_STATUS[status == EventStatus.CANCELLED],
            location=place if is_theirs else "",
            page=page(uid) if is_theirs else "",
        )


def _is_theirs(led: frozenset[int] | None) -> Q:
    """Events that a lead of these Areas runs: all of them where None (domain.md, who may)."""
    named = EventArea.objects.filter(event=OuterRef("pk"))
    if led is None:
        return Q(pk__isnull=False)
    return Q(Exists(named)) & ~Q(Exists(named.exclude(area__in=led)))


_STATUS = {True: EntryStatus.CANCELLED, False: EntryStatus.CONFIRMED}


def _schedule(wanted: Wanted, on: date) -> QuerySet[Event]:
    events = Event.objects.filter(kind__in=KINDS, start_at__isnull=False)
    events = events.filter(
        Q(status__in=[EventStatus.PUBLISHED, EventStatus.CLOSED])
        | Q(
            status=EventStatus.CANCELLED,
            local_on__gte=on - timedelta(days=1),
            local_on__lte=on + timedelta(days=CANCELLED_DAYS),
        )
    )
    if wanted.areas is not None:
        named = EventArea.objects.filter(event=OuterRef("pk"))
        events = events.filter(~Exists(named) | Exists(named.filter(area__in=wanted.areas)))
    if wanted.host is not None:
        events = events.filter(host=wanted.host)
    if wanted.first is not None:
        events = events.filter(local_on__gte=wanted.first)
    if wanted.last is not None:
        events = events.filter(local_on__lte=wanted.last)
    return events.order_by("start_at", "pk")


def own_entries(person: int, *, on: date, page: Address) -> Iterator[Entry]:
    """A person's own places, one entry an event, and what they hold; 90 days back, all ahead.

    The words are "Protected time": others look over shoulders and share calendars.
    SEQUENCE counts the event's changes and the person's own moves at it: both only rise.
    """
    yield from _merged(_own_rows(person, on), page, on)
    yield from _hosted(person, on, page)


def _own_rows(person: int, on: date) -> Iterable[Mapping[str, Any]]:
    moves = BookingMove.as_recorded.filter(booking=OuterRef("pk")).order_by()
    per_booking = moves.values("booking")
    return (
        Booking.objects.filter(
            person=person,
            event__start_at__isnull=False,
            event__local_on__gte=on - timedelta(days=DAYS_BACK),
        )
        .exclude(event__kind=EventKind.CHECK_IN)
        .annotate(
            moves=per_booking.annotate(n=Count("pk")).values("n"),
            moved_at=per_booking.annotate(n=Max("recorded_at")).values("n"),
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
            "event_sequence", "event_changed_at", "start_at", "end_at", "place", "local_on",
        )
    )  # fmt: skip


def _merged(rows: Iterable[Mapping[str, Any]], page: Address, on: date) -> Iterator[Entry]:
    """One entry an event, though somebody cancelled and booked again."""
    group: list[Mapping[str, Any]] = []
    for row in rows:
        if group and group[0]["event_uid"] != row["event_uid"]:
            yield from _own(group, page, on)
            group = []
        group.append(row)
    yield from _own(group, page, on)


def _own(group: list[Mapping[str, Any]], page: Address, on: date) -> Iterator[Entry]:
    shown = [r for r in group if _is_shown(r, on)]
    if not shown:
        return
    last = shown[-1]
    yield Entry(
        uid=_uid(last["event_uid"]),
        sequence=last["event_sequence"] + sum(r["moves"] for r in group) - 1,
        created_at=group[0]["created_at"],
        changed_at=max(last["event_changed_at"], *(r["moved_at"] for r in group)),
        start_at=last["start_at"],
        end_at=last["end_at"],
        summary=settings.CALENDAR_WORDING,
        status=_SHOWN[last["status"]],
        location=last["place"] if last["status"] in HOLDS_SEAT else "",
        page=page(last["public_id"]),
    )


def _is_shown(row: Mapping[str, Any], on: date) -> bool:
    """Cancelled ones stay a while, for calendars that keep what is gone from a file."""
    if row["status"] not in _SHOWN:
        return False
    if _SHOWN[row["status"]] != EntryStatus.CANCELLED:
        return True
    return -1 <= (row["local_on"] - on).days <= CANCELLED_DAYS


_SHOWN = {
    **dict.fromkeys(HOLDS_SEAT, EntryStatus.CONFIRMED),
    BookingStatus.OFFERED: EntryStatus.TENTATIVE,
    BookingStatus.CANCELLED: EntryStatus.CANCELLED,
    BookingStatus.CANCELLED_BY_SERVICE: EntryStatus.CANCELLED,
}


def _hosted(person: int, on: date, page: Address) -> Iterator[Entry]:
    wanted = Wanted(host=person, first=on - timedelta(days=DAYS_BACK))
    for event in _schedule(wanted, on):
        yield Entry(
            uid=_uid(event.public_id),
            sequence=event.sequence,
            created_at=event.created_at,
            changed_at=event.changed_at,
            start_at=_aware(event.start_at),
            end_at=_aware(event.end_at),
            summary=settings.CALENDAR_WORDING,
            status=_STATUS[event.status == EventStatus.CANCELLED],
            location=event.place,
        )


def _aware(at: datetime | None) -> datetime:
    assert at is not None  # the query asks for events that have a start
    return at


def _uid(public_id: UUID) -> str:
    return f"{public_id}@{settings.CALENDAR_DOMAIN}"
