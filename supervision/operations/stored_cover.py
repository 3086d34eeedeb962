"""Writes credit, outcomes and spans where they differ from what is stored, and voids the months they touch."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import F

from supervision.domain.outcomes import Ending
from supervision.domain.spans import CoverSpan, Version
from supervision.models import CoverMonth, StoredCredit, StoredOutcome, StoredSpan
from supervision.queries.clocks import Clock
from wellbeing.domain.postings import posting_on
from wellbeing.operations.bulk import bulk_insert

Row = tuple[Any, ...]
CREDIT = ("booking_id", "person_id", "strand", "held_on", "minutes", "why_not", "unit_id")
OUTCOME = (
    "booking_id",
    "person_id",
    "strand",
    "event_on",
    "unit_id",
    "status",
    "reason",
    "is_late",
    "by",
    "before",
    "was_booked",
)
SPAN = (
    "person_id",
    "strand",
    "version",
    "start_on",
    "end_on",
    "unit_id",
    "job_role",
    "run_started_on",
    "anchor_on",
    "never_seen",
    "away",
    "interval_days",
    "limit_days",
    "window_days",
    "elapsed_days",
    "due_on",
    "due_soon_on",
    "overdue_on",
    "offered_until",
    "taken_up_until",
    "gap_days",
    "gap_calendar_days",
    "days_base",
    "days_most",
    "covered_base",
    "covered_most",
    "ends_stint",
    "days_a_week",
)
VERSION, END = SPAN.index("version"), SPAN.index("end_on")
# All that a sum of people on a day is made of, but the last day.
SUMMED = [
    SPAN.index(name)
    for name in (
        "strand",
        "unit_id",
        "start_on",
        "person_id",
        "job_role",
        "away",
        "overdue_on",
    )
]
ONE_DAY = timedelta(days=1)
BATCH = 500


def store(people: Collection[int], built: Iterable[Clock]) -> int:
    """Makes what is stored of these people equal what was built; how many rows that changed."""
    credits: set[Row] = set()
    outcomes: set[Row] = set()
    spans: set[Row] = set()
    for clock in built:
        credits |= credit_rows(clock)
        outcomes |= outcome_rows(clock)
        spans |= span_rows(clock)
    changed = _write(StoredCredit, CREDIT, people, credits)
    ended = _write(StoredOutcome, OUTCOME, people, outcomes)
    moved = _write(StoredSpan, SPAN, people, spans)
    _void_months(moved)
    return len(changed) + len(ended) + len(moved)


def credit_rows(clock: Clock) -> set[Row]:
    """One row an attended booking."""
    rows: set[Row] = set()
    for booking, credit in clock.credits:
        there = posting_on(clock.postings, credit.held.on)
        why = credit.why_not.value if credit.why_not else ""
        head = (booking, clock.person, clock.strand.value, credit.held.on, credit.minutes, why)
        rows.add((*head, there.unit if there else None))
    return rows


def outcome_rows(clock: Clock) -> set[Row]:
    """One row a place that nobody attended; none of a day on which the person was in no unit."""
    rows: set[Row] = set()
    for one in clock.endings:
        there = posting_on(clock.postings, one.on)
        if there:
            head = (one.booking, clock.person, clock.strand.value, one.on, there.unit)
            rows.add((*head, *_ending_row(one.ending)))
    return rows


def _ending_row(one: Ending) -> Row:
    reason, by = one.reason.value if one.reason else "", one.by.value if one.by else ""
    return (one.status.value, reason, one.is_late, by, one.before, one.was_booked)


def span_rows(clock: Clock) -> set[Row]:
    """One row a span, its ordinals as days."""
    return {(clock.person, clock.strand.value, *_span_row(span)) for span in clock.spans}


def _span_row(span: CoverSpan) -> Row:
    return (
        span.version.value,
        date.fromordinal(span.first),
        date.fromordinal(span.last),
        span.unit,
        span.job_role.value,
        date.fromordinal(span.run_started),
        _day(span.anchor),
        span.never_seen,
        span.away,
        span.interval,
        span.limit,
        span.window,
        span.elapsed,
        _day(span.due),
        _day(span.due_soon),
        _day(span.overdue),
        _day(span.offered_until),
        _day(span.taken_up_until),
        span.gap,
        span.gap_calendar,
        span.days_base,
        span.days_most,
        span.covered_base,
        span.covered_most,
        span.ends_stint,
        span.days_a_week,
    )


def _day(ordinal: int | None) -> date | None:
    """A day within the calendar: nobody's anchor lies before its first."""
    return None if ordinal is None else date.fromordinal(max(1, ordinal))


def _write(
    model: type[models.Model], names: Sequence[str], people: Collection[int], wanted: set[Row]
) -> set[Row]:
    """Deletes what is not wanted and adds what is missing; the rows of both."""
    stored = model._default_manager.filter(person__in=people).values_list("pk", *names)
    there = {row[1:]: row[0] for row in stored}
    gone = there.keys() - wanted
    fresh = wanted - there.keys()
    pks = [there[row] for row in gone]
    for start in range(0, len(pks), BATCH):
        model._default_manager.filter(pk__in=pks[start : start + BATCH]).delete()
    bulk_insert(model, names, fresh)
    return gone | fresh


def _void_months(spans: Iterable[Row]) -> None:
    """Sums of the units of these spans, from the first day that changed, are to be added up anew."""
    since: dict[str, date] = {}
    units: dict[str, set[int]] = defaultdict(set)
    for strand, unit, first in _changed_days(spans):
        units[strand].add(unit)
        since[strand] = min(first, since.get(strand, first))
    for strand in sorted(since):
        rows = CoverMonth.objects.filter(
            strand=strand, on__gte=since[strand], unit__in=units[strand]
        )
        # In one order, or two that void the same rows could stop each other.
        locked = rows.order_by("pk").select_for_update().values_list("pk", flat=True)
        if pks := list(locked):
            CoverMonth.objects.filter(pk__in=pks).update(changes=F("changes") + 1, is_void=True)


def _changed_days(spans: Iterable[Row]) -> Iterator[tuple[str, int, date]]:
    """Strand, unit and the first day from which a sum of people may differ, of each change.

    A span that only became shorter or longer is the same up to the nearer of its two ends.
    """
    ends: dict[Row, list[date]] = defaultdict(list)
    for row in spans:
        if row[VERSION] != Version.FORECAST:
            ends[tuple(row[at] for at in SUMMED)].append(row[END])
    for key, lasts in ends.items():
        if len(lasts) == 1:
            yield key[0], key[1], key[2]
        elif min(lasts) != max(lasts):
            yield key[0], key[1], min(lasts) + ONE_DAY
