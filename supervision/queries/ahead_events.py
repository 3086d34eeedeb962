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
    Five queries.
    """

    def __init__(self, first: date, last: date) -> None:
        self._first, self._last = first.toordinal(), last.toordinal()
        self.events = {e.event: e for e in _open(first, last)}
        hosts = {e.host for e in self.events.values()}
        registers, self._served = registers_of(hosts), Served(hosts)
        self._on: dict[int, list[Open]] = defaultdict(list)
        self._of: dict[int, set[int]] = defaultdict(set)
        for one in self.events.values():
            if registers.registered(one.host, one.on):
                self._on[one.on.toordinal()].append(one)
            self._of[one.host].add(one.event)
        self.hosts = hosts
        # Of people alike the same is asked many times over.
        self.bundle, self.meeting = cache(self._bundle), cache(self._meeting)

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

    def of_host(self, host: int) -> Bundle:
        """Every event of a host."""
        return frozenset(self._of.get(host, ()))

    def _meeting(self, start: datetime, end: datetime) -> Bundle:
        """The events that overlap `[start, end)`; touching is no clash."""
        days = range(
            max(start.toordinal() - 1, self._first), min(end.toordinal() + 1, self._last) + 1
        )
        near = (event for day in days for event in self._on.get(day, ()))
        return frozenset(e.event for e in near if e.start_at < end and start < e.end_at)

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
    """What keeps single people from single events. For a computation: it is told to nobody.

    `taken`: times of places held, of events hosted, and of a calendar of their own.
    """

    excluded: dict[int, set[int]]
    groups: dict[int, set[int]]
    taken: dict[int, list[Span]]

    def names(self, person: int) -> bool:
        """True where an event of their Area and days may be none of theirs, or one more is."""
        return any(person in found for found in (self.excluded, self.groups, self.taken))

    def events(self, person: int, sessions: OpenSessions) -> Bundle:
        """The events that they clash with (those they hold among them), or do not want."""
        hosted = (sessions.of_host(host) for host in self.excluded.get(person, ()))
        clashing = (sessions.meeting(*span) for span in self.taken.get(person, ()))
        return frozenset().union(*hosted, *clashing)


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
    return Hindered(excluded, groups, _taken(wanted, sessions))


def _limits(sessions: OpenSessions) -> tuple[datetime, datetime] | None:
    if not sessions.events:
        return None
    events = sessions.events.values()
    return min(e.start_at for e in events), max(e.end_at for e in events)


def _taken(wanted: set[int], sessions: OpenSessions) -> dict[int, list[Span]]:
    """Busy times, and claims: these by their events, whose index by day spares those of years."""
    found: dict[int, list[Span]] = defaultdict(list)
    limits = _limits(sessions)
    if limits is None:
        return found
    first, last = limits
    busy = BusyTime.objects.filter(from_at__lt=last, to_at__gt=first)
    claims = ClaimedTime.objects.filter(
        event__kind__in=list(EventKind),
        event__local_on__gte=first.date() - DAY,
        event__local_on__lte=last.date() + DAY,
    )
    for rows in (busy, claims):
        times = rows.values_list("person", "from_at", "to_at")
        for person, start, end in times.iterator(chunk_size=5000):
            if person in wanted:
                found[person].append((start, end))
    return found
