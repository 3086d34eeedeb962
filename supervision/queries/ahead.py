"""Availability ahead: who is due, who has a place, whom the free seats can hold (domain.md)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from supervision.domain.make_it_fit import Place, make_it_fit
from supervision.domain.matching import Matched, match
from wellbeing.models import Area

from .ahead_events import OpenSessions
from .ahead_people import Period, Until, Whereabouts, coming, due_people, placed
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

    @property
    def period(self) -> Period:
        return Period(self.first, self.last, self.areas)


@dataclass(frozen=True, slots=True)
class Extra:
    """Seats to add on a day for an Area, by video."""

    on: date
    area: int
    area_name: str
    seats: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """The whole answer, of people by their keys; `ahead_groups` says who they are.

    `fit` is empty where it was not asked for.
    """

    asked: Asked
    due: int
    placed: int
    available: int
    short: int
    joining_or_returning: int
    # No working day within a posting and outside absence: no seat can help them.
    cannot_be_placed: tuple[int, ...]
    matched: Matched
    # How many seats are free at each event, and on which days those without a place could come.
    free: dict[int, int]
    days: DaysToCome
    fit: tuple[Extra, ...] = ()


def ahead(asked: Asked, *, with_fit: bool = False) -> Ahead:
    """Computes it; a constant number of queries whatever the number of people and seats."""
    weighed = _Weighed(asked)
    matched, days = weighed.matched, weighed.days
    short = Counter(days.of[person] for person in matched.short)
    extra = make_it_fit(
        {kind: days.places(kind) for kind in short if with_fit and not kind.is_helpless},
        short,
        notice_from=asked.first + timedelta(days=asked.notice_days),
    )
    return Ahead(
        asked=asked,
        due=weighed.due,
        placed=weighed.placed,
        available=matched.available,
        short=len(matched.short),
        joining_or_returning=coming(weighed.where),
        cannot_be_placed=tuple(sorted(p for k in short if k.is_helpless for p in k.people)),
        matched=matched,
        free=weighed.free,
        days=days,
        fit=_named(extra),
    )


def short_ahead(asked: Asked) -> int:
    """How many are short: the same number, without who they are or what would do."""
    return len(_Weighed(asked).matched.short)


class _Weighed:
    """People against free seats."""

    def __init__(self, asked: Asked) -> None:
        period = asked.period
        self.where = Whereabouts(period)
        due = due_people(period)
        have = placed(due, period)
        self.days = DaysToCome(self.where, _without(due, have))
        self.placed, self.due = len(have), len(have) + len(self.days.of)
        sessions = OpenSessions(asked.first, asked.last)
        self.free = sessions.free
        self.matched = match(Reaches(self.days, sessions).alike(), self.free)


def _without(due: dict[Until, list[int]], have: set[int]) -> dict[Until, list[int]]:
    return {until: [p for p in people if p not in have] for until, people in due.items()}


def _named(extra: Iterable[tuple[Place, int]]) -> tuple[Extra, ...]:
    """In order of day and Area's name; one query."""
    names = dict(Area.objects.values_list("pk", "name"))
    found = [Extra(day, area, names[area], seats) for (day, area), seats in extra]
    return tuple(sorted(found, key=lambda one: (one.on, one.area_name)))
