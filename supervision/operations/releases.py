"""Releases a month-end: the figures are frozen once, as they are known at that moment."""

from datetime import date, datetime, timedelta

from supervision.domain.release_content import (
    Writer,
    beside_headcount,
    in_force,
    kept_counts,
    outside,
    told_to_leads,
)
from supervision.domain.released import figures
from supervision.models import Release
from supervision.queries.months_due import month_end_due
from supervision.queries.one_moment import one_moment
from supervision.queries.releases import exact, release_of
from wellbeing.domain.disclosure import suppress
from wellbeing.domain.local_time import local_day
from wellbeing.domain.refusals import Refused
from wellbeing.operations import audit
from wellbeing.operations.service import service_person
from wellbeing.operations.transaction import operation

ONE_DAY = timedelta(days=1)


def release(month_end: date, *, at: datetime) -> Release | None:
    """Freezes a past month-end; None where it was released before, and nothing changes.

    What may be shown is decided outside any transaction, which can take a minute. `Refused`
    for a day that is no month-end or is not past.
    """
    if (month_end + ONE_DAY).day != 1:
        raise Refused(f"{month_end} is not the last day of a month.", code="no_month_end")
    if month_end >= local_day(at):
        raise Refused(f"{month_end} is not past yet.", code="month_end_to_come")
    if release_of(month_end):
        return None
    with one_moment():
        found = exact(month_end)
    month = found.month
    cells = figures(month)
    withheld = suppress(cells)
    writer = Writer(month, cells.counts, withheld)
    strands = {
        strand.value: {
            "provisional": found.provisional[strand],
            **writer.strand(strand, found.names),
        }
        for strand in month.roles
    }
    content = {
        "policy": in_force(found.policy, month_end),
        "outside": outside(month, found.posted, cells.counts, withheld),
        "loaded": beside_headcount(found.posted, found.counted, cells.counts, withheld),
        "strands": strands,
    }
    kept = kept_counts(month, found.keys)
    return _freeze(month_end, content, kept | told_to_leads(strands, kept), at)


@operation
def _freeze(month_end: date, content: object, counts: object, at: datetime) -> Release | None:
    """Of two at the same time one is kept."""
    actor = service_person()
    values = {"figures": content, "counts": counts, "released_at": at, "released_by": actor}
    row, is_new = Release.objects.get_or_create(month_end=month_end, defaults=values)
    if not is_new:
        return None
    audit.record("released", by=actor, at=at, month_end=month_end.isoformat())
    return row


def release_last_month(*, at: datetime) -> Release | None:
    """Once it is due the month-end before, where it is not released."""
    month_end = month_end_due(local_day(at))
    return release(month_end, at=at) if month_end else None
