"""Coverage on Mondays to come, with what is booked counted as attended."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Count, Q

from supervision.domain.cover import IN_COVER
from supervision.domain.spans import span_on
from wellbeing.domain.roles import JobRole

from .stored_cover import StoredCover
from .trend import Month, Months

WEEK = timedelta(days=7)


def mondays(on: date, number: int) -> list[date]:
    """So many Mondays, the first after `on`."""
    first = on + timedelta(days=7 - on.weekday())
    return [first + i * WEEK for i in range(number)]


def forecast(cover: StoredCover, days: Sequence[date]) -> Months:
    """By day and job role; one query over spans of the forecast's version.

    A session that was held and whose register is open counts as attended too. Absences and
    postings to come are those recorded.
    """
    counts: dict[str, Count] = {}
    for i, day in enumerate(days):
        holds = Q(start_on__lte=day, end_on__gte=day)
        counts[f"all_{i}"] = Count("person", filter=holds)
        counts[f"there_{i}"] = Count("person", filter=holds & Q(away=False))
        counts[f"good_{i}"] = Count("person", filter=holds & Q(away=False, overdue_on__gt=day))
    rows = cover.rows().filter(start_on__lte=days[-1], end_on__gte=days[0])
    sums = rows.values("job_role").annotate(**counts)
    found: Months = {day: {role: Month() for role in JobRole} for day in days}
    for role, *numbers in sums.values_list("job_role", *counts):
        for i, day in enumerate(days):
            found[day][JobRole(role)].add(*numbers[3 * i : 3 * i + 3])
    _add_stale(found, cover, days)
    return found


def _add_stale(found: Months, cover: StoredCover, days: Sequence[date]) -> None:
    for clock in cover.stale.values():
        for day in days:
            span = span_on(clock.spans, day.toordinal())
            if span and cover.where.holds(span.unit):
                good = span.status_on(day.toordinal()) in IN_COVER
                found[day][span.job_role].add(1, not span.away, good)
