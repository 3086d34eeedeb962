"""Coverage reports from what is stored: the page's, the command's and the files' one source.

What was known at another time cannot be asked of what is stored: `coverage.coverage` works that
out from the facts.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from django.db.models import Exists, OuterRef

from supervision.domain.groups import (
    PROVISIONAL_FROM_DAYS,
    PROVISIONAL_TO_DAYS,
    RECENT,
    UNKNOWN_PERCENT,
    Tally,
    added,
)
from supervision.domain.periods import PeriodTally, days_added
from supervision.domain.spans import Version
from supervision.models import StoredCredit
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.roles import JobRole
from wellbeing.models import Booking, Posting
from wellbeing.models.dated import covering

from .cover_facts import earlier
from .coverage import Asked, By, Group, Report, coverage
from .forecast import forecast
from .report_lines import lines
from .stored_cover import Place, StoredCover, Where
from .trend import Months, months
from .units import Named, areas_of, units

T = TypeVar("T")


def where(asked: Asked, named: Mapping[int, Named]) -> Where:
    """The part of the service that a report is of."""
    if asked.area is None and asked.unit is None:
        return Where(asked.strand)
    inside = {
        pk
        for pk, unit in named.items()
        if asked.area in (None, unit.area) and asked.unit in (None, pk)
    }
    return Where(asked.strand, frozenset(inside))


def report(asked: Asked, *, with_people: bool = False) -> Report:
    """A whole report; a constant number of queries whoever is asked about."""
    if asked.known_at is not None:
        return coverage(asked, with_people=with_people)
    named = units()
    part = where(asked, named)
    cover = cover_of(asked, named)
    counts = cover.tallies(asked.on)
    periods = cover.periods(asked.since, asked.on) if asked.since else None
    return Report(
        asked=asked,
        groups=_groups(counts, periods, asked.by, named),
        total=_group("All RASSO staff", counts, periods),
        prosecutors=_group(
            "Prosecutors", prosecutors(counts), periods and prosecutors(periods)
        ),
        provisional=is_provisional(part, asked.on, is_stale=bool(cover.stale)),
        people=lines(cover, asked.on, named) if with_people else [],
        stale=len(cover.stale),
    )


def cover_of(asked: Asked, named: Mapping[int, Named]) -> StoredCover:
    """What is stored of the same part as the report, by the same groups."""
    return StoredCover(where(asked, named), None if asked.by == By.UNIT else areas_of(named))


def over_time(asked: Asked, days: Sequence[date]) -> Months:
    """By month-end, then unit and job role, of the same part as the report."""
    named = units()
    return months(cover_of(asked, named), days, named.values())


def ahead(asked: Asked, days: Sequence[date]) -> Months:
    """The same on days to come, with what is booked counted as attended."""
    part = replace(where(asked, units()), version=Version.FORECAST)
    return forecast(StoredCover(part), days)


def prosecutors(by_place: Mapping[Place, T]) -> dict[Place, T]:
    """The recommendation's population of these."""
    return {place: one for place, one in by_place.items() if place[1] == JobRole.PROSECUTOR}


def _group(
    name: str,
    counts: Mapping[Place, Tally],
    periods: Mapping[Place, PeriodTally] | None,
    *,
    area: str = "",
    key: int | JobRole | None = None,
) -> Group:
    return Group(
        name=name,
        counts=added(counts.values()),
        prosecutors=added(prosecutors(counts).values()),
        period=None if periods is None else days_added(periods.values()),
        area=area,
        key=key,
        by_role={
            role: added(one for place, one in counts.items() if place[1] == role)
            for role in JobRole
        },
    )


def _groups(
    counts: Mapping[Place, Tally],
    periods: Mapping[Place, PeriodTally] | None,
    by: By,
    named: Mapping[int, Named],
) -> list[Group]:
    """One row a group with somebody in scope on the day, by name."""
    parts: dict[int | JobRole, dict[Place, Tally]] = defaultdict(dict)
    days: dict[int | JobRole, dict[Place, PeriodTally]] = defaultdict(dict)
    for place, one in counts.items():
        parts[_key(place, by)][place] = one
    for place, served in (periods or {}).items():
        days[_key(place, by)][place] = served
    names = _names(by, named)
    groups = [
        _group(
            names[key][1],
            inside,
            None if periods is None else days[key],
            area=names[key][0],
            key=key,
        )
        for key, inside in parts.items()
    ]
    return sorted(groups, key=lambda g: (g.area, g.name))


def _key(place: Place, by: By) -> int | JobRole:
    group, role = place
    return role if by == By.JOB_ROLE else group


def _names(by: By, named: Mapping[int, Named]) -> dict[int | JobRole, tuple[str, str]]:
    """A group's key to its Area's name (of a unit) and its own."""
    if by == By.JOB_ROLE:
        return {role: ("", role.value) for role in JobRole}
    if by == By.UNIT:
        return {unit: (one.area_name, one.name) for unit, one in named.items()}
    return {one.area: ("", one.area_name) for one in named.values()}


def is_provisional(part: Where, on: date, *, is_stale: bool = False) -> bool:
    """Rule 11; a part's by the posting held on the event's day. Two queries, or three.

    With no more than 5 % unknown of those and of what is known to be attended, it is settled:
    whoever else there is only makes the share smaller.
    """
    first = earlier(on, PROVISIONAL_FROM_DAYS)
    last = earlier(on, PROVISIONAL_TO_DAYS)
    recent = Booking.objects.filter(
        event__kind=part.strand, event__local_on__gte=first, event__local_on__lte=last
    )
    if part.units is not None:
        there = Posting.objects.filter(
            covering(OuterRef("event__local_on")), person=OuterRef("person")
        )
        recent = recent.filter(Exists(there.filter(unit__in=part.units)))
    unknown = recent.filter(status=BookingStatus.BOOKED).count()
    if not unknown:
        return False
    known = 0 if is_stale else _attended(part, first, last)
    if unknown * 100 <= UNKNOWN_PERCENT * (unknown + known):
        return False
    return unknown * 100 > UNKNOWN_PERCENT * recent.filter(status__in=RECENT).count()


def _attended(part: Where, first: date, last: date) -> int:
    credits = StoredCredit.objects.filter(
        strand=part.strand, held_on__gte=first, held_on__lte=last
    )
    if part.units is not None:
        credits = credits.filter(unit__in=part.units)
    return credits.count()
