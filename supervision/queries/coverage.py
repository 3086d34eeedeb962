"""Coverage reports: who stands where on a day, counted by Area, unit or job role."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from supervision.domain.cover import (
    Gap,
    Standing,
    longest_gap,
    minutes_in_a_year,
    standing,
)
from supervision.domain.groups import (
    PROVISIONAL_FROM_DAYS,
    PROVISIONAL_TO_DAYS,
    Tally,
    is_provisional,
    tally,
)
from supervision.domain.periods import PeriodTally, stretches
from wellbeing.domain.postings import Served, posting_on
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.models import Person, Unit

from .cover_facts import CoverFacts, load


class By(StrEnum):
    """What the groups of a report are."""

    AREA = "area"
    UNIT = "unit"
    JOB_ROLE = "job_role"


@dataclass(frozen=True, slots=True)
class Asked:
    """A report's question. `area` and `unit` narrow every figure; with `since`, a period too.

    `known_at` leaves out whatever was recorded later; None for what is known now.
    """

    on: date
    strand: Strand
    by: By = By.AREA
    area: int | None = None
    unit: int | None = None
    since: date | None = None
    known_at: datetime | None = None

    def holds(self, posting: Served | None) -> bool:
        """True where a posting lies in the Area and unit asked about."""
        if self.area is None and self.unit is None:
            return True
        if posting is None:
            return False
        return (self.area is None or posting.area == self.area) and (
            self.unit is None or posting.unit == self.unit
        )


@dataclass(frozen=True, slots=True)
class Group:
    """A row of a report. `area` is named where the groups are units."""

    name: str
    counts: Tally
    # The recommendation's population, beside everybody of the group.
    prosecutors: Tally
    period: PeriodTally | None = None
    area: str = ""
    key: int | JobRole | None = None
    # Where it was worked out: the same counts of each job role.
    by_role: Mapping[JobRole, Tally] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a report with `people`."""

    staff_number: str
    standing: Standing
    gap: Gap
    credited_minutes: int


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report; `prosecutors` always stands beside `total`, all RASSO staff."""

    asked: Asked
    groups: list[Group]
    total: Group
    prosecutors: Group
    provisional: bool
    people: list[Line] = field(default_factory=list)
    # How many people were worked out from the facts, for what is stored of them is not built yet.
    stale: int = 0


def coverage(asked: Asked, *, with_people: bool = False) -> Report:
    """Computes a report; a constant number of queries whatever the number of people."""
    facts = load(asked.strand, asked.on, known_at=asked.known_at)
    standings = _standings(facts, asked)
    periods = _periods(facts, asked) if asked.since else None
    return Report(
        asked=asked,
        groups=_groups(standings, periods, asked.by),
        total=_group("All RASSO staff", standings, periods, lambda _: True),
        prosecutors=_group("Prosecutors", standings, periods, _is_prosecutor),
        provisional=_provisional(facts, asked),
        people=_lines(facts, standings) if with_people else [],
    )


def _standings(facts: CoverFacts, asked: Asked) -> list[Standing]:
    found: list[Standing] = []
    for who in facts.people.values():
        if not asked.holds(posting_on(who.postings, asked.on)):
            continue
        one = standing(who, facts.policy, asked.on)
        if one is not None:
            found.append(one)
    return found


Days = list[tuple[Served, PeriodTally]]


def _periods(facts: CoverFacts, asked: Asked) -> Days:
    """Every stretch of the period, beside the posting it was served in."""
    assert asked.since is not None
    days: Days = []
    for who in facts.people.values():
        for stretch in stretches(who, facts.policy, asked.since, asked.on):
            if asked.holds(stretch.posting):
                one = PeriodTally(stretch.person_days, stretch.in_cover_days)
                days.append((stretch.posting, one))
    return days


def _is_prosecutor(of: Standing | Served) -> bool:
    return of.job_role == JobRole.PROSECUTOR


def _group(
    name: str,
    standings: Iterable[Standing],
    periods: Days | None,
    belongs: Callable[[Standing | Served], bool],
    *,
    area: str = "",
    key: int | JobRole | None = None,
) -> Group:
    members = [s for s in standings if belongs(s)]
    counts = tally(members)
    prosecutors = tally(s for s in members if _is_prosecutor(s))
    if periods is None:
        return Group(name, counts, prosecutors, None, area, key)
    period = PeriodTally()
    for posting, days in periods:
        if belongs(posting):
            period.person_days += days.person_days
            period.in_cover_days += days.in_cover_days
    return Group(name, counts, prosecutors, period, area, key)


def _groups(standings: list[Standing], periods: Days | None, by: By) -> list[Group]:
    """One row a group with somebody in scope on the day, by name."""
    members: dict[int | JobRole, list[Standing]] = defaultdict(list)
    for one in standings:
        members[_key(one, by)].append(one)
    days: dict[int | JobRole, Days] = defaultdict(list)
    for posting, tallied in periods or ():
        days[_key(posting, by)].append((posting, tallied))
    names = _names(by)
    groups = [
        _group(
            names[key][1],
            rows,
            days[key] if periods is not None else None,
            lambda _: True,
            area=names[key][0],
            key=key,
        )
        for key, rows in members.items()
    ]
    return sorted(groups, key=lambda g: (g.area, g.name))


def _key(of: Standing | Served, by: By) -> int | JobRole:
    if by == By.JOB_ROLE:
        return of.job_role
    return of.unit if by == By.UNIT else of.area


def _names(by: By) -> dict[int | JobRole, tuple[str, str]]:
    """A group's key to its Area's name (of a unit) and its own; one query or none."""
    if by == By.JOB_ROLE:
        return {role: ("", role.value) for role in JobRole}
    units = Unit.objects.values_list("pk", "name", "area", "area__name")
    if by == By.UNIT:
        return {pk: (area_name, name) for pk, name, _, area_name in units}
    return {area: ("", area_name) for _, _, area, area_name in units}


def _provisional(facts: CoverFacts, asked: Asked) -> bool:
    """Rule 11; an Area's by the posting held on the event's day."""
    first = asked.on - timedelta(days=PROVISIONAL_FROM_DAYS)
    last = asked.on - timedelta(days=PROVISIONAL_TO_DAYS)
    return is_provisional(
        row.status
        for row in facts.recent
        if first <= row.on <= last
        and asked.holds(posting_on(facts.postings.get(row.person, ()), row.on))
    )


def _lines(facts: CoverFacts, standings: list[Standing]) -> list[Line]:
    numbers = dict(
        Person.objects.filter(staff_number__isnull=False).values_list("pk", "staff_number")
    )
    lines = [
        Line(
            staff_number=numbers.get(one.person) or "",
            standing=one,
            gap=longest_gap(facts.people[one.person], facts.on),
            credited_minutes=minutes_in_a_year(facts.people[one.person], facts.on),
        )
        for one in standings
    ]
    return sorted(lines, key=lambda line: line.staff_number)
