"""Sessions that somebody may book: published, free, eligible, and no clash; a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from wellbeing import ports
from wellbeing.domain.booking import HOLDS_SEAT, LIVE, EventStatus
from wellbeing.domain.ports import Seat
from wellbeing.domain.roles import EventKind
from wellbeing.domain.working_days import works_on
from wellbeing.models import Booking, ClaimedTime, Event, EventArea, Person, Posting
from wellbeing.queries.busy_times import busy_events
from wellbeing.queries.court_lists import Days, court_days


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for. Days are London's, both included; None: any."""

    first: date
    last: date
    host: int | None = None
    mode: str = ""
    group: bool | None = None
    own_days_only: bool = True
    # Sessions that are full too, with a waiting list to join.
    full_too: bool = False
    # Not at times when the person's own calendar says they are busy.
    leave_out_busy: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A session, and how many of its places are free: 0 where there is a list to wait on."""

    event: Event
    host: Person
    free: int
    # The Areas it is for; none means all.
    areas: frozenset[int] = frozenset()
    # By the person's own calendar: theirs to know, and nobody else's.
    is_busy: bool = False

    def is_of(self, own: int | None) -> bool:
        """A one-to-one session of that supervisor."""
        return own is not None and self.host.pk == own and self.event.capacity == 1


def bookable(
    person: int, search: Search, *, at: datetime, instead_of: Event | None = None
) -> list[Place]:
    """What this person may book now, in order of time.

    `instead_of`: an event they would give up their place at, whose time is no clash.
    """
    postings = list(Posting.objects.filter(person=person).select_related("unit"))
    events = list(_open_events(person, search, at, instead_of))
    areas = _areas(events)
    managers = {p.line_manager_id for p in postings if p.line_manager_id}
    court = court_days(managers, search.first, search.last)
    seats: dict[Seat, Event] = {}
    for event in events:
        posting = _posting(postings, event.local_on)
        if posting is None or event.host_id is None:
            continue
        if _in_court(court.get(posting.line_manager_id or 0, []), event.local_on):
            continue
        area = posting.unit.area_id
        if areas.get(event.pk) and area not in areas[event.pk]:
            continue
        if search.own_days_only and not works_on(posting.working_days, event.local_on):
            continue
        seats[Seat(person, event.pk, event.host_id, event.local_on, area)] = event
    barred = ports.may_attend(seats.keys())
    busy = busy_events(person, seats.values(), but_for=instead_of)
    return [
        _place(event, areas, busy)
        for seat, event in seats.items()
        if seat not in barred and not (search.leave_out_busy and event.pk in busy)
    ]


def _place(event: Event, areas: dict[int, set[int]], busy: set[int]) -> Place:
    named = frozenset(areas.get(event.pk, ()))
    return Place(event, _host(event), _free(event), named, event.pk in busy)


def own_first(places: Sequence[Place], own: int | None) -> list[Place]:
    """One-to-one sessions of somebody's own supervisor first; otherwise the order stays."""
    return sorted(places, key=lambda place: not place.is_of(own))


def _host(event: Event) -> Person:
    assert event.host is not None  # supervision has a host: event_has_a_host
    return event.host


def _free(event: Event) -> int:
    return (event.capacity or 0) - event.held  # type: ignore[attr-defined]


def _open_events(
    person: int, search: Search, at: datetime, instead_of: Event | None
) -> QuerySet[Event]:
    clash = ClaimedTime.objects.filter(
        person=person, from_at__lt=OuterRef("end_at"), to_at__gt=OuterRef("start_at")
    ).exclude(event=instead_of)
    mine = Booking.objects.filter(person=person, event=OuterRef("pk"), status__in=LIVE)
    events = Event.objects.filter(
        kind=EventKind.SUPERVISION,
        status=EventStatus.PUBLISHED,
        is_bookable=True,
        start_at__gt=at,
        local_on__gte=search.first,
        local_on__lte=search.last,
    ).filter(~Exists(clash), ~Exists(mine))
    if search.host is not None:
        events = events.filter(host=search.host)
    if search.mode:
        events = events.filter(mode=search.mode)
    if search.group is not None:
        events = events.filter(capacity__gt=1) if search.group else events.filter(capacity=1)
    held = Count("bookings", filter=Q(bookings__status__in=HOLDS_SEAT))
    events = events.select_related("host").annotate(held=held)
    if not search.full_too:
        events = events.filter(held__lt=F("capacity"))
    return events.order_by("start_at", "host__name", "pk")


def _areas(events: Sequence[Event]) -> dict[int, set[int]]:
    """By event, the Areas it is for; asked by days, for a list of ids may be too long."""
    found: dict[int, set[int]] = {}
    rows = EventArea.objects.filter(
        event__local_on__gte=min((e.local_on for e in events), default=date.max),
        event__local_on__lte=max((e.local_on for e in events), default=date.min),
    )
    for event, area in rows.values_list("event", "area"):
        found.setdefault(event, set()).add(area)
    return found


def _in_court(days: Sequence[Days], on: date) -> bool:
    return any(first <= on <= last for first, last in days)


def _posting(postings: list[Posting], on: date) -> Posting | None:
    for posting in postings:
        if posting.start_on <= on and (posting.end_on is None or posting.end_on >= on):
            return posting
    return None
