"""Adds up the month-ends of the trend, by the clock; a sum that changes meanwhile stays void."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from supervision.models import CoverMonth
from supervision.queries.stored_cover import Place
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
from wellbeing.operations.bulk import bulk_insert, bulk_load
from wellbeing.operations.temporary import create, drop, run

SUMS = "month_sums"


def add_up_months(*, at: datetime) -> int:
    """Adds up every void sum of month-ends since the service began; how many were written.

    The number of changes is read before the spans are, and a sum is written only where it has
    not risen: what somebody changes in between makes it void, and the next run adds it up. A sum
    that this run is the first to have a row for waits for the next one too: whoever changed spans
    before the row was there, and has not ended yet, could not void it.
    """
    days = month_ends(local_day(at), months_of_service(local_day(at)))
    return sum(_add_up(strand, day) for strand in Strand for day in days)


def _add_up(strand: Strand, day: date) -> int:
    fresh = _make_missing(strand, day)
    void = [one for one in void_months(strand, day) if one[0] not in fresh]
    if not void:
        return 0
    sums = added_up(strand, day)
    rows = []
    for place, pk, changes in void:
        month = sums.get(place, Month())
        rows.append((pk, changes, month.in_scope, month.present, month.in_cover))
    columns = ("id", "changes", "in_scope", "present", "in_cover")
    with transaction.atomic():
        create(SUMS, ", ".join(f"{name} bigint" for name in columns))
        bulk_load(SUMS, columns, rows)
        written = run(
            "UPDATE supervision_covermonth SET is_void = %(no)s, in_scope = s.in_scope,"
            f" present = s.present, in_cover = s.in_cover FROM {SUMS} s"
            " WHERE supervision_covermonth.id = s.id AND supervision_covermonth.changes = s.changes",
            no=False,
        )
        drop(SUMS)
    return written


def _make_missing(strand: Strand, day: date) -> set[Place]:
    """Void sums of units that have none yet, and of which; another worker may be at the same."""
    there = months_there(strand, day)
    missing = {(unit, role) for unit in units() for role in JobRole} - there
    rows = [
        (strand.value, day, unit, role.value, 0, True, 0, 0, 0)
        for unit, role in sorted(missing)
    ]
    columns = ("strand", "on", "unit", "job_role", "changes", "is_void")
    try:
        with transaction.atomic():
            bulk_insert(CoverMonth, (*columns, "in_scope", "present", "in_cover"), rows)
    except IntegrityError:
        # The other one's; they are as new.
        pass
    return missing
