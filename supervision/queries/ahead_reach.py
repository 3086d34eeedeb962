"""On which days people could come, and at which free seats: what a matching is made of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from supervision.domain.free_days import Stay, Stretch, WorkingDays, stretches
from supervision.domain.make_it_fit import Place
from supervision.domain.matching import Bundle, Reach
from wellbeing.queries.bank_holidays import bank_holidays

from .ahead_events import OpenSessions
from .ahead_hindered import Hindered
from .ahead_people import Until, Whereabouts


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """People of one Area, due by the same day, who could come on the same days.

    `area`: of the posting of the first day; `stretches`: the days, until the deadline;
    `working_days`: None where they change; `is_helpless`: no working day within a posting and
    outside absence, so that no seat can help them.
    """

    area: int
    until: Until
    stretches: tuple[Stretch, ...]
    working_days: int | None
    is_helpless: bool
    people: list[int]


class DaysToCome:
    """On which working days each of these people could come until their deadline."""

    def __init__(self, where: Whereabouts, due: Mapping[Until, Iterable[int]]) -> None:
        self.where = where
        period = where.period
        self.working = WorkingDays(period.first, period.last, bank_holidays())
        # Of what people do a day is no matter.
        self._pattern = [(stay.area, stay.working_days) for stay in where.alike]
        self.kinds: list[Kind] = []
        # By person, of which kind they are.
        self.of: dict[int, Kind] = {}
        for until, people in due.items():
            self._add(until, people)

    def _add(self, until: Until, people: Iterable[int]) -> None:
        """Nearly everybody is one of a few kinds; the rest, each a kind alone."""
        steady, absent = self.where.steady, self.where.absent
        alike: dict[tuple[int, int], list[int]] = defaultdict(list)
        for person in people:
            if person in steady and person not in absent:
                alike[self._pattern[steady[person]]].append(person)
            elif self.where.stays(person):
                self._kind(until, self.where.stays(person), [person])
        for some in alike.values():
            self._kind(until, self.where.stays(some[0]), some)

    def _kind(self, until: Until, stays: Sequence[Stay], people: list[int]) -> None:
        absent = self.where.absent.get(people[0], [])
        last = until.deadline.toordinal()
        days = tuple(stretches(stays, last, absent, self.where.court))
        masks = {stretch.working_days for stretch in days}
        mask = masks.pop() if len(masks) == 1 else None
        is_helpless = not any(map(self.working.within, days))
        kind = Kind(stays[0].area, until, days, mask, is_helpless, people)
        self.kinds.append(kind)
        self.of.update(dict.fromkeys(people, kind))

    def days(self, kind: Kind) -> list[tuple[int, int]]:
        """Days as ordinals, each with the Area of the posting held then."""
        return [
            (day, stretch.area)
            for stretch in kind.stretches
            for day in self.working.within(stretch)
        ]

    def places(self, kind: Kind) -> list[Place]:
        return [(date.fromordinal(day), area) for day, area in self.days(kind)]


class Reaches:
    """The events that people could take a free seat at, in bundles of an Area and a day."""

    def __init__(self, days: DaysToCome, sessions: OpenSessions) -> None:
        self._days, self._sessions = days, sessions
        self._hindered = Hindered(days.of, days.where.period, sessions)
        # Of people alike the same is asked many times over.
        self._without = cache(_without)

    def alike(self) -> dict[Reach, list[int]]:
        """Everybody, each once and in order, by what they reach."""
        if not self._sessions.events:
            return {(): sorted(self._days.of)} if self._days.of else {}
        found: dict[Reach, list[int]] = defaultdict(list)
        hindered = self._hindered.barred.keys() | self._hindered.own.keys()
        for kind in self._days.kinds:
            by_day = self._by_day(kind)
            alone = hindered.intersection(kind.people)
            others = [p for p in kind.people if p not in alone] if alone else kind.people
            if others:
                found[tuple(by_day.values())] += others
            for person in alone:
                found[self._of(person, kind, by_day)].append(person)
        return {reach: sorted(people) for reach, people in found.items()}

    def _by_day(self, kind: Kind) -> dict[int, Bundle]:
        bundles = {day: self._sessions.bundle(area, day) for day, area in self._days.days(kind)}
        return {day: bundle for day, bundle in bundles.items() if bundle}

    def _of(self, person: int, kind: Kind, by_day: Mapping[int, Bundle]) -> Reach:
        """What one person reaches, and nobody else of their kind."""
        found = dict(by_day)
        if person in self._hindered.own:
            self._add_own(person, kind, found)
        for barred in self._hindered.barred.get(person, ()):
            for day, events in barred.items():
                if day in found:
                    found[day] = self._without(found[day], events)
        return tuple(bundle for bundle in found.values() if bundle)

    def _add_own(self, person: int, kind: Kind, found: dict[int, Bundle]) -> None:
        """The sessions of their closed groups."""
        days = dict(self._days.days(kind))
        for one in self._hindered.own[person]:
            day = one.on.toordinal()
            if day in days and self._sessions.is_for(one, days[day]):
                found[day] = found.get(day, frozenset()) | {one.event}


def _without(bundle: Bundle, events: Bundle) -> Bundle:
    return bundle - events
