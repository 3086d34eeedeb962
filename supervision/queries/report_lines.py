"""The people of a coverage report, each with where they stand, from what is stored."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Sum

from supervision.domain.cover import YEAR, Gap, Standing
from supervision.domain.spans import CoverSpan, Version
from supervision.models import StoredCredit
from wellbeing.domain.policy import Policy
from wellbeing.domain.roles import JobRole
from wellbeing.models import Person
from wellbeing.queries.policies import policy_of

from .coverage import Line
from .stored_cover import StoredCover
from .units import Named

COLUMNS = (
    "version",
    "start_on",
    "end_on",
    "unit",
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
)


def spans_on(cover: StoredCover, on: date) -> Iterator[tuple[int, CoverSpan]]:
    """Everybody in scope on a day with their span; one query beside the stale ones."""
    rows = cover.rows_on(on).values_list("person", *COLUMNS)
    for person, *values in rows.iterator(chunk_size=2000):
        yield person, span_of(values)
    yield from cover.stale_on(on)


def span_of(values: Sequence[object]) -> CoverSpan:
    """The span of a row's COLUMNS, without its sums."""
    version, *rest = (v.toordinal() if isinstance(v, date) else v for v in values)
    rest[3] = JobRole(str(rest[3]))
    return CoverSpan(Version(str(version)), *rest)  # type: ignore[arg-type]


def standing_of(person: int, span: CoverSpan, on: date, area: int, policy: Policy) -> Standing:
    """What the rules would say of the day, read off its span."""
    day = on.toordinal()
    elapsed = span.elapsed_on(day)
    terms = policy.in_force(span.job_role, on)
    assert terms is not None  # a span lies in scope
    until = day if span.due is None else span.due
    return Standing(
        person=person,
        unit=span.unit,
        area=area,
        job_role=span.job_role,
        status=span.status_on(day),
        never_seen=span.never_seen,
        run_started_on=date.fromordinal(span.run_started),
        last_counted_on=None if span.never_seen else date.fromordinal(span.anchor),
        elapsed_days=elapsed,
        limit_days=span.limit,
        days_away=until - span.anchor - (elapsed if span.due is None else span.limit),
        due_on=None if span.due is None else date.fromordinal(span.due),
        terms=terms,
        offered=span.offered_until is not None and day <= span.offered_until,
        taken_up=span.taken_up_until is not None and day <= span.taken_up_until,
    )


def lines(cover: StoredCover, on: date, named: Mapping[int, Named]) -> list[Line]:
    """Everybody in scope, by staff number; four queries beside the stale ones."""
    policy = policy_of(cover.where.strand)
    numbers = dict(
        Person.objects.filter(staff_number__isnull=False).values_list("pk", "staff_number")
    )
    minutes = credited(cover, on)
    found = [
        Line(
            staff_number=numbers.get(person) or "",
            standing=standing_of(person, span, on, named[span.unit].area, policy),
            gap=gap_on(span, on.toordinal()),
            credited_minutes=minutes.get(person, 0),
        )
        for person, span in spans_on(cover, on)
    ]
    return sorted(found, key=lambda line: line.staff_number)


def gap_on(span: CoverSpan, day: int) -> Gap:
    """Rule 9 for a day of the span."""
    return Gap(
        days=max(span.gap, span.elapsed_on(day)),
        calendar_days=max(span.gap_calendar, day - span.anchor),
    )


def credited(
    cover: StoredCover, on: date, people: Collection[int] | None = None
) -> dict[int, int]:
    """Minutes of what counts in the 365 days that end on `on`, by person; one query.

    `people`: of these alone; None: of everybody.
    """
    rows = StoredCredit.objects.filter(
        strand=cover.where.strand, held_on__gte=on - YEAR, held_on__lte=on, why_not=""
    )
    if people is not None:
        rows = rows.filter(person__in=people)
    minutes: dict[int, int] = defaultdict(int)
    minutes |= dict(
        rows.values("person").annotate(all=Sum("minutes")).values_list("person", "all")
    )
    for person, clock in cover.stale.items():
        if people is None or person in people:
            minutes[person] = sum(
                c.minutes for _, c in clock.credits if c.counts and on - YEAR <= c.held.on <= on
            )
    return minutes
