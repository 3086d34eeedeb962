"""Adds up the month-ends of the trend, by the clock; a sum that changes meanwhile stays void."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from supervision.models import CoverMonth
from supervision.queries.trend import (
    Month,
    added_up,
    month_ends,
    months_of_service,
    months_there,
    void_months,
)
from supervision.queries.units import units
from wellbeing.domain.local_time import local_day
from wellbeing.domain.roles import JobRole, Strand


def add_up_months(*, at: datetime) -> int:
    """Adds up every void sum of the trend's month-ends; how many were written.

    The number of changes is read before the spans are, and a sum is written only where it has
    not risen: what somebody changes in between makes it void, and the next run adds it up.
    """
    days = month_ends(local_day(at), months_of_service(local_day(at)))
    return sum(_add_up(strand, days) for strand in Strand)


def _add_up(strand: Strand, days: Sequence[date]) -> int:
    places = [(unit, role) for unit in units() for role in JobRole]
    there = months_there(strand, days)
    missing = [
        CoverMonth(strand=strand, on=day, unit_id=unit, job_role=role)
        for day in days
        for unit, role in places
        if (day, unit, role) not in there
    ]
    CoverMonth.objects.bulk_create(missing, batch_size=500, ignore_conflicts=True)
    void = list(void_months(strand, days))
    written = 0
    for day in sorted({on for on, *_ in void}):
        sums = added_up(strand, day)
        with transaction.atomic():
            for on, place, pk, changes in void:
                if on == day:
                    written += _write(pk, changes, sums.get(place, Month()))
    return written


def _write(pk: int, changes: int, sums: Month) -> int:
    return CoverMonth.objects.filter(pk=pk, changes=changes).update(
        is_void=False,
        in_scope=sums.in_scope,
        present=sums.present,
        in_cover=sums.in_cover,
    )
