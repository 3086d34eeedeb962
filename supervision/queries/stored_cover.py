"""Coverage from what is stored: who stands where on a day, counted by unit and job role.

A report is a few sums over one range of spans. Whoever is stale is left out of them and worked
out from the facts by the same pure core, so that a figure is exact whether or not the worker
has been round.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Least

from supervision.domain.cover import Status
from supervision.domain.groups import Tally
from supervision.domain.periods import PeriodTally
from supervision.domain.spans import CoverSpan, Version, span_on
from supervision.models import StaleCover, StoredSpan
from wellbeing.domain.roles import JobRole, Strand

from .clocks import Clock, clocks
from .span_days import holding, in_units
from .stale import stale_people

ONE_DAY = timedelta(days=1)
# More keys than this are not written out in a statement: SQLite has a limit.
MOST_NAMED = 10_000
# A group of a report at its finest: a unit or an Area, and a job role.
Place = tuple[int, JobRole]


@dataclass(frozen=True)
class Where:
    """What part of the service a report is of, by primary keys; None: all of it."""

    strand: Strand
    units: frozenset[int] | None = None
    people: frozenset[int] | None = None
    version: Version = Version.RECORDED

    def holds(self, unit: int) -> bool:
        return self.units is None or unit in self.units


class StoredCover:
    """Cover of one strand as stored; the stale ones' spans are built once, when first asked for."""

    def __init__(self, where: Where, areas: Mapping[int, int] | None = None) -> None:
        """`areas`: by unit its Area, for sums by Area; without it they are by unit."""
        self.where = where
        self.areas = areas

    @property
    def key(self) -> str:
        """The column that groups are of."""
        return "unit" if self.areas is None else "unit__area"

    def group(self, unit: int) -> int:
        """The group of a unit: itself, or its Area."""
        return unit if self.areas is None else self.areas[unit]

    def place(self, span: CoverSpan) -> Place:
        """The group that a span belongs to."""
        return self.group(span.unit), span.job_role

    @cached_property
    def stale(self) -> dict[int, Clock]:
        """Whoever is marked, worked out now: credit, and spans of this version."""
        other = _other(self.where.version)
        return {
            clock.person: replace(clock, spans=[s for s in clock.spans if s.version != other])
            for clock in clocks(stale_people(self.where.people), strands=[self.where.strand])
        }

    def built(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of these stored rows, each of a person, that are nobody's who is stale."""
        if len(self.stale) > MOST_NAMED:
            return rows.exclude(person__in=StaleCover.objects.values("person"))
        return rows.exclude(person__in=self.stale.keys()) if self.stale else rows

    def rows(self) -> QuerySet[StoredSpan]:
        """Spans of everybody who is not stale."""
        rows = StoredSpan.objects.filter(strand=self.where.strand)
        rows = self.built(rows.exclude(version=_other(self.where.version)))
        if self.where.units is not None:
            rows = in_units(rows, self.where.units)
        if self.where.people is not None:
            rows = rows.filter(person__in=self.where.people)
        return rows

    def rows_on(self, on: date) -> QuerySet[StoredSpan]:
        """Those that hold the day: one a person in scope."""
        if self.where.people is not None:
            return self.rows().filter(end_on__gte=on, start_on__lte=on)
        return self.rows().filter(holding(self.where.strand, on))

    def stale_on(self, on: date) -> Iterator[tuple[int, CoverSpan]]:
        """The same of the stale ones, with whose each is."""
        for person, clock in self.stale.items():
            span = span_on(clock.spans, on.toordinal())
            if span and self.where.holds(span.unit):
                yield person, span

    def tallies(self, on: date) -> dict[Place, Tally]:
        """Counts by unit (or Area) and job role on a day; one query beside the stale ones."""
        counts = counts_on(on)
        rows = self.rows_on(on).values(self.key, "job_role").annotate(**counts)
        found = {
            (key, JobRole(role)): Tally(**dict(zip(counts, numbers, strict=True)))
            for key, role, *numbers in rows.values_list(self.key, "job_role", *counts)
        }
        for _, span in self.stale_on(on):
            tally = found.setdefault(self.place(span), Tally())
            add_span(tally, span, on.toordinal())
        return found

    def periods(self, first: date, last: date) -> dict[Place, PeriodTally]:
        """Person-days by unit (or Area) and job role of `first` … `last`, both included; three queries.

        Totals of each stint on the last day, less those on the day before the first, and those
        of stints that ended between.
        """
        found: dict[Place, PeriodTally] = defaultdict(PeriodTally)
        before = first - ONE_DAY
        ended = self.rows().filter(ends_stint=True, end_on__gte=before, end_on__lt=last)
        for rows, day, sign in (
            (self.rows_on(last), last, 1),
            (self.rows_on(before), before, -1),
            (ended, None, 1),
        ):
            for place, days, covered in _sums(rows, day, self.key):
                found[place].person_days += sign * days
                found[place].in_cover_days += sign * covered
        for clock in self.stale.values():
            self._add_stale(found, clock.spans, before.toordinal(), last.toordinal())
        return dict(found)

    def _add_stale(
        self, found: dict[Place, PeriodTally], spans: list[CoverSpan], before: int, last: int
    ) -> None:
        ends = [s for s in spans if s.ends_stint and before <= s.last < last]
        at = [(span_on(spans, last), last, 1), (span_on(spans, before), before, -1)]
        for span, day, sign in (*at, *((s, s.last, 1) for s in ends)):
            if span and self.where.holds(span.unit):
                total = found[self.place(span)]
                total.person_days += sign * span.days_until(day)
                total.in_cover_days += sign * span.covered_until(day)


def _other(version: Version) -> Version:
    return Version.RECORDED if version == Version.FORECAST else Version.FORECAST


def counts_on(on: date) -> dict[str, Count]:
    """Rule 6 and the flags as conditions on a span that holds the day."""
    there = Q(away=False)
    return {
        "in_scope": Count("person"),
        "absent": Count("person", filter=Q(away=True)),
        "in_date": Count("person", filter=there & Q(due_soon_on__gt=on)),
        "due_soon": Count("person", filter=there & Q(due_soon_on__lte=on, overdue_on__gt=on)),
        "overdue": Count("person", filter=there & Q(overdue_on__lte=on)),
        "never_seen": Count("person", filter=Q(never_seen=True)),
        "offered": Count("person", filter=Q(offered_until__gte=on)),
        "taken_up": Count("person", filter=Q(taken_up_until__gte=on)),
    }


def add_span(tally: Tally, span: CoverSpan, day: int) -> None:
    status = span.status_on(day)
    tally.in_scope += 1
    tally.absent += status == Status.ABSENT
    tally.in_date += status == Status.IN_DATE
    tally.due_soon += status == Status.DUE_SOON
    tally.overdue += status == Status.OVERDUE
    tally.never_seen += span.never_seen
    tally.offered += span.offered_until is not None and day <= span.offered_until
    tally.taken_up += span.taken_up_until is not None and day <= span.taken_up_until


def _sums(
    rows: QuerySet[StoredSpan], on: date | None, key: str
) -> Iterable[tuple[Place, int, int]]:
    """Totals of days by unit and job role, on a day of these spans; None: at their ends."""
    days: Any = F("days_most")
    covered: Any = F("covered_most")
    if on is not None:
        day = Value(on.toordinal())
        days = Least(F("days_base") + day, days)
        covered = Least(F("covered_base") + day, covered)
    totals = rows.values(key, "job_role").annotate(days=Sum(days), covered=Sum(covered))
    for group, role, n, m in totals.values_list(key, "job_role", "days", "covered"):
        yield (group, JobRole(role)), n, m
