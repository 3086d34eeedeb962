"""Coverage at month-ends, from sums kept by unit and job role; void ones are added up at once.

Sums are of what is stored. Whoever is stale is taken out of them as stored, and put in as the
facts say.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum

from supervision.domain.cover import IN_COVER
from supervision.domain.spans import CoverSpan, Version, span_on
from supervision.models import CoverMonth, StoredSpan
from wellbeing.domain.roles import JobRole, Strand

from .report_lines import COLUMNS, span_of
from .span_days import holding, in_units
from .stored_cover import Place, StoredCover
from .units import Named


@dataclass(slots=True)
class Month:
    """People of a group at a month-end: in scope, of them not away, and of those in cover."""

    in_scope: int = 0
    present: int = 0
    in_cover: int = 0

    def add(self, in_scope: int, present: int, in_cover: int) -> None:
        self.in_scope += in_scope
        self.present += present
        self.in_cover += in_cover

    @property
    def coverage(self) -> float | None:
        return self.in_cover / self.present if self.present else None


Months = dict[date, dict[JobRole, Month]]


def months(cover: StoredCover, days: Sequence[date], named: Collection[Named]) -> Months:
    """By day and job role; a query, and one more for every day that is void for some unit.

    `named`: the units that a complete sum is of.
    """
    asked = {u.unit for u in named if cover.where.holds(u.unit)}
    found: Months = {day: {role: Month() for role in JobRole} for day in days}
    for day, there in _kept(cover, days, found).items():
        if there < len(asked) * len(JobRole):
            found[day] = {role: Month() for role in JobRole}
            for role, *counts in _sums(cover.where.strand, day, cover.where.units, "job_role"):
                found[day][JobRole(role)].add(*counts)
    _exchange_stale(found, cover, days)
    return found


def _kept(cover: StoredCover, days: Sequence[date], found: Months) -> dict[date, int]:
    """Adds the sums that are kept and not void; by day, of how many units and job roles they are."""
    kept = CoverMonth.objects.filter(strand=cover.where.strand, on__in=days, is_void=False)
    if cover.where.units is not None:
        kept = kept.filter(unit__in=cover.where.units)
    there = dict.fromkeys(days, 0)
    sums = kept.values("on", "job_role").annotate(
        number=Count("pk"), all=Sum("in_scope"), there=Sum("present"), good=Sum("in_cover")
    )
    for on, role, number, *counts in sums.values_list(
        "on", "job_role", "number", "all", "there", "good"
    ):
        there[on] += number
        found[on][JobRole(role)].add(*counts)
    return there


def stored_on(strand: Strand, on: date) -> QuerySet[StoredSpan]:
    """Spans as recorded that hold a day, stale or not."""
    return StoredSpan.objects.filter(holding(strand, on)).exclude(version=Version.FORECAST)


def added_up(strand: Strand, on: date) -> dict[Place, Month]:
    """Sums of what is stored on a day; one query."""
    return {
        (unit, JobRole(role)): Month(*counts)
        for unit, role, *counts in _sums(strand, on, None, "unit", "job_role")
    }


def _sums(
    strand: Strand, on: date, units: Collection[int] | None, *by: str
) -> Iterable[tuple[Any, ...]]:
    """People in scope, present and in cover by these columns, of these units or of all."""
    rows = stored_on(strand, on)
    if units is not None:
        rows = in_units(rows, units)
    sums = rows.values(*by).annotate(
        all=Count("person"),
        there=Count("person", filter=Q(away=False)),
        good=Count("person", filter=Q(away=False, overdue_on__gt=on)),
    )
    return sums.values_list(*by, "all", "there", "good")


def _exchange_stale(found: Months, cover: StoredCover, days: Sequence[date]) -> None:
    if not cover.stale or not days:
        return
    stored: dict[int, list[CoverSpan]] = defaultdict(list)
    rows = StoredSpan.objects.filter(
        strand=cover.where.strand,
        person__in=cover.stale.keys(),
        end_on__gte=min(days),
        start_on__lte=max(days),
    ).exclude(version=Version.FORECAST)
    for person, *values in rows.order_by("start_on").values_list("person", *COLUMNS):
        stored[person].append(span_of(values))
    for day in days:
        for spans in stored.values():
            _put(found[day], spans, day, cover, -1)
        for clock in cover.stale.values():
            _put(found[day], clock.spans, day, cover, 1)


def _put(
    month: dict[JobRole, Month],
    spans: list[CoverSpan],
    day: date,
    cover: StoredCover,
    sign: int,
) -> None:
    span = span_on(spans, day.toordinal())
    if span and cover.where.holds(span.unit):
        good = span.status_on(day.toordinal()) in IN_COVER
        month[span.job_role].add(sign, sign * (not span.away), sign * good)


def month_ends(on: date, number: int) -> list[date]:
    """The last days of so many months, the latest not after `on`, in order."""
    following = date.fromordinal(on.toordinal() + 1)
    year, month = following.year, following.month
    ends = []
    for _ in range(number):
        ends.append(date.fromordinal(date(year, month, 1).toordinal() - 1))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return ends[::-1]


# Of a longer service the trend adds up when it is asked.
MOST_MONTHS = 240


def months_of_service(on: date) -> int:
    """How many month-ends there are from the first span of all up to a day; one query."""
    first = StoredSpan.objects.aggregate(first=Min("start_on"))["first"]
    if first is None:
        return 0
    return min(MOST_MONTHS, max(0, (on.year - first.year) * 12 + on.month - first.month + 1))


def void_months(strand: Strand, day: date) -> Iterator[tuple[Place, int, int]]:
    """Sums of a day that are void: their place, primary key and number of changes; one query."""
    rows = CoverMonth.objects.filter(strand=strand, on=day, is_void=True)
    for unit, role, pk, changes in rows.values_list("unit", "job_role", "pk", "changes"):
        yield (unit, JobRole(role)), pk, changes


def months_there(strand: Strand, day: date) -> set[Place]:
    """For which units and job roles there is a sum of a day, void or not; one query."""
    rows = CoverMonth.objects.filter(strand=strand, on=day).values_list("unit", "job_role")
    return {(unit, JobRole(role)) for unit, role in rows}
