"""Availability ahead: who is due, who has a place, whom the free seats can hold (domain.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from supervision.domain.make_it_fit import Place, make_it_fit
from supervision.domain.matching import match
from wellbeing.models import Person, Unit

from .ahead_events import OpenSessions
from .ahead_people import Period, Whereabouts, coming, due_people, placed
from .ahead_reach import DaysToCome, Reaches

ONE_DAY = timedelta(days=1)
# Further ahead nobody's working days, absences or sessions say much.
MOST_WEEKS = 104


@dataclass(frozen=True, slots=True)
class Asked:
    """From a day, so many weeks, of people posted to these Areas on that day (None: all).

    `notice_days`: so long before an extra seat, where there is a choice.
    """

    first: date
    weeks: int
    areas: frozenset[int] | None = None
    notice_days: int = 7

    @property
    def last(self) -> date:
        return self.first + timedelta(weeks=self.weeks) - ONE_DAY


@dataclass(frozen=True, slots=True)
class Who:
    """One of a bottleneck, as anybody may know them who may see their posting and due day.

    `working_days` until the deadline; None where they change.
    """

    person: int
    public_id: UUID
    staff_number: str
    name: str
    unit: str
    area: str
    deadline: date
    is_overdue: bool
    working_days: int | None
    # No working day within a posting and outside absence: no seat can help them.
    cannot_be_placed: bool


@dataclass(frozen=True, slots=True)
class Stuck:
    """People who together reach fewer free seats than they are."""

    people: tuple[Who, ...]
    seats: int


@dataclass(frozen=True, slots=True)
class Extra:
    """Seats to add on a day for an Area, by video."""

    on: date
    area: int
    area_name: str
    seats: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """The whole answer. `fit` is empty where it was not asked for."""

    asked: Asked
    due: int
    placed: int
    available: int
    short: int
    joining_or_returning: int
    cannot_be_placed: tuple[Who, ...]
    bottlenecks: tuple[Stuck, ...]
    fit: tuple[Extra, ...] = ()


def ahead(asked: Asked, *, with_fit: bool = False) -> Ahead:
    """Computes it; a constant number of queries whatever the number of people and seats."""
    period = Period(asked.first, asked.last, asked.areas)
    where = Whereabouts(period)
    due, present = due_people(period)
    has_place = placed(due.values(), period)
    days = DaysToCome(where, {p: one for p, one in due.items() if p not in has_place})
    sessions = OpenSessions(asked.first, asked.last)
    found = match(Reaches(days, sessions).of_all(), sessions.free)
    names = _Names(days, {p for b in found.bottlenecks for p in b.people})
    short = [p for p in found.short if days.of(p)] if with_fit else []
    extra = make_it_fit(
        {p: days.places(p) for p in short},
        notice_from=asked.first + timedelta(days=asked.notice_days),
    )
    stuck = tuple(Stuck(names.of(b.people), b.seats) for b in found.bottlenecks)
    return Ahead(
        asked=asked,
        due=len(due),
        placed=len(has_place),
        available=found.available,
        short=len(found.short),
        joining_or_returning=coming(where, present),
        cannot_be_placed=tuple(w for w in names.of(found.short) if w.cannot_be_placed),
        bottlenecks=stuck,
        fit=names.extra(extra),
    )


class _Names:
    """People and Areas by name; two queries."""

    def __init__(self, days: DaysToCome, people: set[int]) -> None:
        self._days = days
        columns = Person.objects.values_list("pk", "public_id", "staff_number", "name")
        self._people = {
            pk: (uid, number, name) for pk, uid, number, name in columns if pk in people
        }
        units = Unit.objects.values_list("pk", "name", "area", "area__name")
        self._units = {pk: (unit, area) for pk, unit, _, area in units}
        self._areas = {area: name for _, _, area, name in units}

    def of(self, people: Iterable[int]) -> tuple[Who, ...]:
        """In order of their staff numbers."""
        return tuple(sorted((self._who(p) for p in people), key=lambda w: w.staff_number))

    def _who(self, person: int) -> Who:
        due = self._days.due[person]
        public_id, number, name = self._people[person]
        stretches = list(self._days.stretches(person))
        masks = {stretch.working_days for stretch in stretches}
        return Who(
            person=person,
            public_id=public_id,
            staff_number=str(number or ""),
            name=name,
            unit=self._units[due.unit][0],
            area=self._units[due.unit][1],
            deadline=due.deadline,
            is_overdue=due.is_overdue,
            working_days=masks.pop() if len(masks) == 1 else None,
            cannot_be_placed=not any(map(self._days.working.within, stretches)),
        )

    def extra(self, found: Iterable[tuple[Place, int]]) -> tuple[Extra, ...]:
        """In order of day and Area's name."""
        named = [Extra(day, area, self._areas[area], n) for (day, area), n in found]
        return tuple(sorted(named, key=lambda one: (one.on, one.area_name)))
