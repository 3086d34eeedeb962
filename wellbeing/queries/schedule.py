"""The published schedule as calendar entries: what a lead asks for, and what somebody hosts.

First which events, and the SEQUENCE of each: that is enough to say that nothing has
changed. Then their entries, some at a time, so that a schedule of any size can be streamed.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from wellbeing.domain.booking import EventStatus
from wellbeing.domain.ical import FORMAT, Entry, EntryStatus
from wellbeing.domain.roles import EventKind
from wellbeing.models import Event, EventArea

from .wording import Wording

DAYS_BACK = 90
# A cancelled entry stays until the day after it would have ended, at most so long.
CANCELLED_DAYS = 60
KINDS = {
    EventKind.SUPERVISION: "Supervision",
    EventKind.TRAINING: "Training",
    EventKind.ROUND: "Schwartz Round",
}
# Events in order of time, each with the SEQUENCE of its entry, and who is shown it.
Window = list[tuple[int, int, str]]
# Audiences: with place and page, for whoever runs the event; without; and its host.
RUNNING, LISTED = "schedule", "listed"
STATUS = {True: EntryStatus.CANCELLED, False: EntryStatus.CONFIRMED}


@dataclass(frozen=True, slots=True)
class Pages:
    """Whole addresses of pages: a booking's by its public id, an event's by kind and id."""

    booking: Callable[[UUID], str]
    event: Callable[[EventKind, UUID], str]


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


def edition(pages: Pages) -> str:
    """Of whatever entries are made with besides events and people: format and settings."""
    page = pages.event(EventKind.SUPERVISION, UUID(int=0))
    made_with = repr([FORMAT, page, settings.CALENDAR_DOMAIN, settings.CALENDAR_WORDING])
    return sha256(made_with.encode()).hexdigest()[:16]


def schedule_window(wanted: Wanted, *, on: date) -> Window:
    """Everything published that is wanted, in order of time. One query."""
    audience = Case(When(_is_theirs(wanted.led), then=Value(RUNNING)), default=Value(LISTED))
    events = _events(wanted, on).annotate(audience=audience)
    return list(events.values_list("pk", "sequence", "audience"))


def _is_theirs(led: frozenset[int] | None) -> Q:
    """Events that a lead of these Areas runs: all of them where None (domain.md, who may)."""
    named = EventArea.objects.filter(event=OuterRef("pk"))
    if led is None:
        return Q(pk__isnull=False)
    return Q(Exists(named)) & ~Q(Exists(named.exclude(area__in=led)))


def hosted_window(person: int, wording: Wording, *, on: date) -> Window:
    """What somebody holds: 90 days back, all ahead; their wording's changes count too."""
    wanted = Wanted(host=person, first=on - timedelta(days=DAYS_BACK))
    window = _events(wanted, on).values_list("pk", "sequence")
    audience = f"host:{person}"
    return [(event, sequence + wording.sequence, audience) for event, sequence in window]


def schedule_entries(
    events: Collection[int], audience: str, pages: Pages, wording: Wording | None = None
) -> Iterator[tuple[int, Entry]]:
    """Each event's entry: the host by name, nobody booked; or, for the host, their words."""
    rows = Event.objects.filter(pk__in=events).select_related("host").order_by()
    return ((event.pk, event_entry(event, audience, pages, wording)) for event in rows)


def event_entry(
    event: Event, audience: str, pages: Pages, wording: Wording | None = None
) -> Entry:
    """One event as a lead's schedule shows it, or (with `wording`) its host's calendar."""
    kind = EventKind(event.kind)
    named = f"{KINDS[kind]}: {event.host.name}" if event.host else KINDS[kind]
    return Entry(
        uid=uid_of(event.public_id),
        sequence=event.sequence + (wording.sequence if wording else 0),
        created_at=event.created_at,
        changed_at=wording.latest(event.changed_at) if wording else event.changed_at,
        start_at=_aware(event.start_at),
        end_at=_aware(event.end_at),
        summary=wording.text if wording else named,
        status=STATUS[event.status == EventStatus.CANCELLED],
        location="" if audience == LISTED else event.place,
        page="" if audience == LISTED else pages.event(kind, event.public_id),
    )


def _events(wanted: Wanted, on: date) -> QuerySet[Event]:
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


def _aware(at: datetime | None) -> datetime:
    assert at is not None  # the query asks for events that have a start
    return at


def uid_of(public_id: UUID) -> str:
    """UID (RFC 7986 §5.3): a random UUID and a fixed domain, for the life of the event."""
    return f"{public_id}@{settings.CALENDAR_DOMAIN}"
