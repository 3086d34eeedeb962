"""Sessions with a free seat in a period, by the day and the Area for which they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from django.db.models import Count, F, Q

from supervision.domain.matching import Bundle
from supervision.models import GroupSession
from wellbeing.domain.booking import CLAIMING_EVENTS, HOLDS_SEAT
from wellbeing.domain.roles import EventKind
from wellbeing.models import Event, EventArea

from .eligibility import Served
from .gathered import Microseconds
from .registers import registers_of

AN_HOUR = 60 * 60 * 1_000_000
ByDay = Mapping[int, Bundle]


@dataclass(frozen=True, slots=True)
class Open:
    """A session with free seats. `areas`: whom it is for, none means all; `group`: whose alone.

    `start` … `end`: microseconds of Unix time.
    """

    event: int
    host: int
    on: date
    start: int
    end: int
    seats: int
    areas: frozenset[int]
    group: int | None

    @property
    def start_at(self) -> datetime:
        return instant(self.start)


class OpenSessions:
    """Free seats at published events of the days `first` … `last`, whose host may hold them.

    Also those closed since: for a day that is past, seats are those free by today's facts.
    Five queries.
    """

    def __init__(self, first: date, last: date) -> None:
        self.events = {e.event: e for e in _open(first, last)}
        self.hosts = {e.host for e in self.events.values()}
        registers, self._served = registers_of(self.hosts), Served(self.hosts)
        # By the hours of Unix time that they touch.
        self._at: dict[int, list[Open]] = defaultdict(list)
        # By day: for whoever it may be of any Area, and by Area.
        self._for_all: dict[int, list[int]] = defaultdict(list)
        self._for_area: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._of: dict[int, list[Open]] = defaultdict(list)
        self._of_group: dict[int, list[Open]] = defaultdict(list)
        for one in self.events.values():
            if registers.registered(one.host, one.on):
                self._add(one)
        self._hours = min(self._at, default=0), max(self._at, default=-1)
        # Of people alike the same is asked many times over.
        self.bundle, self.meeting = cache(self._bundle), cache(self._meeting)

    def _add(self, one: Open) -> None:
        day, areas = one.on.toordinal(), self.areas(one)
        for hour in range(one.start // AN_HOUR, one.end // AN_HOUR + 1):
            self._at[hour].append(one)
        self._of[one.host].append(one)
        if one.group is not None:
            self._of_group[one.group].append(one)
        elif areas is None:
            self._for_all[day].append(one.event)
        else:
            for area in areas:
                self._for_area[day, area].append(one.event)

    def areas(self, one: Open) -> frozenset[int] | None:
        """The Areas whose people may come: of the event, and that its host serves. None: all."""
        served = self._served.areas.get(one.host)
        if not served:
            return one.areas or None
        return one.areas & served if one.areas else frozenset(served)

    def is_for(self, one: Open, area: int) -> bool:
        """True where people of the Area may come."""
        areas = self.areas(one)
        return areas is None or area in areas

    @property
    def free(self) -> dict[int, int]:
        """The free seats of every event."""
        return {e.event: e.seats for e in self.events.values()}

    def _bundle(self, area: int, day: int) -> Bundle:
        """The events of a day that are for everybody of an Area (of nobody's closed group)."""
        return frozenset((*self._for_all.get(day, ()), *self._for_area.get((day, area), ())))

    @property
    def groups(self) -> Collection[int]:
        """The closed groups that some of them are of."""
        return self._of_group.keys()

    def of_group(self, group: int) -> list[Open]:
        """The sessions of a closed group; its members' alone."""
        return self._of_group.get(group, [])

    def of_host(self, host: int) -> list[Open]:
        """Every session of a host."""
        return self._of.get(host, [])

    def _meeting(self, start: int, end: int) -> ByDay:
        """The events that overlap `[start, end)`; touching is no clash."""
        hours = range(
            max(start // AN_HOUR, self._hours[0]), min(end // AN_HOUR, self._hours[1]) + 1
        )
        near = {e.event: e for hour in hours for e in self._at.get(hour, ())}
        return by_day(e for e in near.values() if e.start < end and start < e.end)


def instant(microseconds: int) -> datetime:
    """Of Unix time."""
    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=microseconds)


def by_day(sessions: Iterable[Open]) -> ByDay:
    """Events by the ordinals of their days."""
    found: dict[int, list[int]] = defaultdict(list)
    for one in sessions:
        found[one.on.toordinal()].append(one.event)
    return {day: frozenset(events) for day, events in found.items()}


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
    times = rows.annotate(start=Microseconds("start_at"), end=Microseconds("end_at"))
    columns = ("pk", "host", "local_on", "start", "end", "capacity", "held")
    for pk, host, on, start, end, capacity, taken in times.values_list(*columns):
        areas = frozenset(for_areas.get(pk, ()))
        yield Open(pk, host, on, start, end, capacity - taken, areas, groups.get(pk))
