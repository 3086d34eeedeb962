"""Sessions with a free seat in a period, and who may not take one of them."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.db.models import Count, F, Q

from supervision.domain.agreements import MemberStatus
from supervision.domain.matching import Bundle
from supervision.models import Exclusion, GroupMember, GroupSession
from wellbeing.domain.booking import CLAIMING_EVENTS, HOLDS_SEAT
from wellbeing.domain.busy_clashes import BusyTimes
from wellbeing.domain.busy_events import Span
from wellbeing.domain.roles import EventKind
from wellbeing.models import BusyTime, ClaimedTime, Event, EventArea

from .eligibility import Served
from .registers import registers_of

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Open:
    """A session with free seats. `areas`: whom it is for, none means all; `group`: whose alone."""

    event: int
    host: int
    on: date
    start_at: datetime
    end_at: datetime
    seats: int
    areas: frozenset[int]
    group: int | None


class OpenSessions:
    """Free seats at published events of the days `first` … `last`, whose host may hold them.

    Also those closed since: for a day that is past, seats are those free by today's facts.
    Seven queries.
    """

    def __init__(self, first: date, last: date) -> None:
        self.events = {e.event: e for e in _open(first, last)}
        hosts = {e.host for e in self.events.values()}
        registers, self._served = registers_of(hosts), Served(hosts)
        self._on: dict[int, list[Open]] = defaultdict(list)
        for one in self.events.values():
            if registers.registered(one.host, one.on):
                self._on[one.on.toordinal()].append(one)
        self.hosts = hosts
        self.bundle = cache(self._bundle)

    @property
    def free(self) -> dict[int, int]:
        """The free seats of every event."""
        return {e.event: e.seats for e in self.events.values()}

    def _bundle(self, area: int, day: int) -> Bundle:
        """The events of a day that are for everybody of an Area (of nobody's closed group)."""
        return frozenset(
            e.event for e in self._on.get(day, ()) if e.group is None and self._is_for(e, area)
        )

    def of_groups(self, area: int, day: int, groups: Collection[int]) -> Bundle:
        """The events of these closed groups on a day; their members' alone."""
        return frozenset(
            e.event
            for e in self._on.get(day, ())
            if e.group in groups and self._is_for(e, area)
        )

    def _is_for(self, event: Open, area: int) -> bool:
        for_area = not event.areas or area in event.areas
        return for_area and self._served.serves(event.host, {area})


def _open(first: date, last: date) -> Iterator[Open]:
    events = Event.objects.filter(
        kind=EventKind.SUPERVISION,
        status__in=CLAIMING_EVENTS,
        is_bookable=True,
        local_on__gte=first,
        local_on__lte=last,
    )
    held = Count("bookings", filter=Q(bookings__status__in=HOLDS_SEAT))
    rows = events.annotate(held=held).filter(held__lt=F("capacity")).order_by("pk")
    for_areas: dict[int, set[int]] = defaultdict(set)
    named = EventArea.objects.filter(
        event__kind=EventKind.SUPERVISION, event__local_on__gte=first, event__local_on__lte=last
    )
    for event, area in named.values_list("event", "area"):
        for_areas[event].add(area)
    sessions = GroupSession.objects.filter(
        event__local_on__gte=first, event__local_on__lte=last
    )
    groups = dict(sessions.values_list("event", "group"))
    columns = ("pk", "host", "local_on", "start_at", "end_at", "capacity", "held")
    for pk, host, on, start, end, capacity, taken in rows.values_list(*columns):
        areas = frozenset(for_areas.get(pk, ()))
        yield Open(pk, host, on, start, end, capacity - taken, areas, groups.get(pk))


@dataclass(frozen=True, slots=True)
class Hindered:
    """What keeps single people from single events. For a computation: it is told to nobody."""

    excluded: dict[int, set[int]]
    groups: dict[int, set[int]]
    busy: dict[int, BusyTimes]
    claimed: dict[int, list[Span]]

    def names(self, person: int) -> bool:
        """True where an event of their Area and days may be none of theirs, or one more is."""
        return any(
            person in found for found in (self.excluded, self.groups, self.busy, self.claimed)
        )

    def may_take(self, person: int, event: Open) -> bool:
        """No clash with a place held or an event hosted, nor with their own calendar; wanted."""
        start, end = event.start_at, event.end_at
        busy = self.busy.get(person)
        return (
            event.host not in self.excluded.get(person, ())
            and not (busy and busy.meets(start, end))
            and not any(a < end and start < b for a, b in self.claimed.get(person, ()))
        )


def hindered(people: Collection[int], sessions: OpenSessions) -> Hindered:
    """Of these people, set-based: four queries for any number."""
    wanted = set(people)
    excluded: dict[int, set[int]] = defaultdict(set)
    for person, host in Exclusion.objects.values_list("person", "supervisor"):
        if person in wanted and host in sessions.hosts:
            excluded[person].add(host)
    groups: dict[int, set[int]] = defaultdict(set)
    members = GroupMember.objects.filter(status=MemberStatus.MEMBER)
    for person, group in members.values_list("person", "group"):
        if person in wanted:
            groups[person].add(group)
    busy = {p: BusyTimes(spans) for p, spans in _busy(wanted, sessions).items()}
    return Hindered(excluded, groups, busy, _claimed(wanted, sessions))


def _limits(sessions: OpenSessions) -> tuple[datetime, datetime] | None:
    if not sessions.events:
        return None
    events = sessions.events.values()
    return min(e.start_at for e in events), max(e.end_at for e in events)


def _busy(wanted: set[int], sessions: OpenSessions) -> dict[int, list[Span]]:
    limits = _limits(sessions)
    found: dict[int, list[Span]] = defaultdict(list)
    if limits is None:
        return found
    rows = BusyTime.objects.filter(from_at__lt=limits[1], to_at__gt=limits[0])
    columns = rows.order_by("person", "from_at").values_list("person", "from_at", "to_at")
    for person, start, end in columns.iterator(chunk_size=5000):
        if person in wanted:
            found[person].append((start, end))
    return found


def _claimed(wanted: set[int], sessions: OpenSessions) -> dict[int, list[Span]]:
    """By events, whose index by day spares the claims of years."""
    limits = _limits(sessions)
    found: dict[int, list[Span]] = defaultdict(list)
    if limits is None:
        return found
    rows = ClaimedTime.objects.filter(
        event__kind__in=list(EventKind),
        event__local_on__gte=limits[0].date() - DAY,
        event__local_on__lte=limits[1].date() + DAY,
    )
    columns = rows.values_list("person", "from_at", "to_at")
    for person, start, end in columns.iterator(chunk_size=5000):
        if person in wanted:
            found[person].append((start, end))
    return found
