"""Measures of cover by working pattern, beside those by job role and Area: who fares differently."""

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from typing import TypeVar

from supervision.domain.groups import Tally, added
from wellbeing.domain.roles import JobRole

from .stored_cover import Place, StoredCover, add_span, counts_on

# So many days and more are a full week.
FULL_WEEK = 5
# Days a week (FULL_WEEK: that many or more) and job role.
Pattern = tuple[int, JobRole]
# Counts at their finest: of a place, by days a week.
Detailed = Mapping[tuple[Place, int], Tally]
K = TypeVar("K", bound=Hashable)


def by_pattern_and_place(cover: StoredCover, on: date) -> Detailed:
    """Counts by place and days worked a week, of the posting of the day; one query beside the stale ones."""
    counts = counts_on(on)
    keys = (cover.key, "job_role", "days_a_week")
    rows = cover.rows_on(on).values(*keys).annotate(**counts)
    found = {
        ((key, JobRole(role)), days): Tally(**dict(zip(counts, numbers, strict=True)))
        for key, role, days, *numbers in rows.values_list(*keys, *counts)
    }
    for _, span in cover.stale_on(on):
        tally = found.setdefault((cover.place(span), span.days_a_week), Tally())
        add_span(tally, span, on.toordinal())
    return found


def of_places(found: Detailed) -> dict[Place, Tally]:
    """The counts whatever the working pattern."""
    return _added(found, lambda place, days: place)


def of_patterns(found: Detailed) -> dict[Pattern, Tally]:
    """The counts wherever people work."""
    return _added(found, lambda place, days: (min(FULL_WEEK, days), place[1]))


def _added(found: Detailed, key: Callable[[Place, int], K]) -> dict[K, Tally]:
    groups: dict[K, list[Tally]] = {}
    for (place, days), tally in found.items():
        groups.setdefault(key(place, days), []).append(tally)
    return {group: added(tallies) for group, tallies in groups.items()}
