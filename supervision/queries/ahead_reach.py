"""On which days people could come, and at which free seats: what a matching is made of."""

from collections.abc import Iterable, Mapping
from datetime import date

from supervision.domain.free_days import Stretch, WorkingDays, stretches
from supervision.domain.make_it_fit import Place
from supervision.domain.matching import Bundle, Reach
from wellbeing.queries.bank_holidays import bank_holidays

from .ahead_events import Hindered, Open, OpenSessions, hindered
from .ahead_people import Due, Whereabouts


class DaysToCome:
    """On which working days each of these people could come until their deadline."""

    def __init__(self, where: Whereabouts, due: Mapping[int, Due]) -> None:
        self.where, self.due = where, due
        period = where.period
        self.working = WorkingDays(period.first, period.last, bank_holidays())

    def stretches(self, person: int) -> Iterable[Stretch]:
        where, until = self.where, self.due[person].deadline.toordinal()
        absent = where.absent.get(person, [])
        return stretches(where.stays.get(person, []), until, absent, where.court)

    def of(self, person: int) -> list[tuple[int, int]]:
        """Days as ordinals, each with the Area of the posting held then."""
        return [
            (day, stretch.area)
            for stretch in self.stretches(person)
            for day in self.working.within(stretch)
        ]

    def places(self, person: int) -> list[Place]:
        return [(date.fromordinal(day), area) for day, area in self.of(person)]


class Reaches:
    """The events that each person could take a free seat at, in bundles of an Area and a day."""

    def __init__(self, days: DaysToCome, sessions: OpenSessions) -> None:
        self._days, self._sessions = days, sessions
        self._hindered: Hindered = hindered(days.due, sessions)
        self._chains = days.where.chains
        # Hosts who are somebody's line manager: only of these a chain is asked.
        postings = days.where.postings.values()
        managers = {p.manager for rows in postings for p in rows}
        self._managing = sessions.hosts & managers
        self._alike: dict[Stretch, Reach] = {}
        self._same: dict[Bundle, Bundle] = {}

    def of_all(self) -> dict[int, Reach]:
        return {person: self._of(person) for person in self._days.due}

    def _of(self, person: int) -> Reach:
        stretches = list(self._days.stretches(person))
        if self._is_like_others(person):
            parts = [self._of_stretch(stretch) for stretch in stretches]
            return parts[0] if len(parts) == 1 else tuple(b for part in parts for b in part)
        barred = self._hindered.events(person, self._sessions)
        own = (
            self._own(person, day, stretch.area, barred)
            for stretch in stretches
            for day in self._days.working.within(stretch)
        )
        return tuple(self._same.setdefault(bundle, bundle) for bundle in own if bundle)

    def _is_like_others(self, person: int) -> bool:
        return not (self._managing or self._hindered.names(person))

    def _of_stretch(self, stretch: Stretch) -> Reach:
        if stretch not in self._alike:
            bundle = self._sessions.bundle
            days = self._days.working.within(stretch)
            found = (bundle(stretch.area, day) for day in days)
            self._alike[stretch] = tuple(self._same.setdefault(b, b) for b in found if b)
        return self._alike[stretch]

    def _own(self, person: int, day: int, area: int, barred: Bundle) -> Bundle:
        sessions = self._sessions
        groups = self._hindered.groups.get(person, ())
        events = sessions.bundle(area, day) | sessions.of_groups(area, day, groups)
        events -= barred
        if not self._managing:
            return events
        return frozenset(e for e in events if not self._is_above(person, sessions.events[e]))

    def _is_above(self, person: int, event: Open) -> bool:
        """True where the host is in their management chain on the event's day."""
        manages = event.host in self._managing
        return manages and self._chains.holds(person, event.host, event.on)
