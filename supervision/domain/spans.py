"""A person's clock as runs of constant terms: what is stored of cover, and asked for any day.

Between two changes (an event that counts, an offer, an edge of an absence or a posting, another
policy) everything about a clock is either constant or grows by one a day. So one span says for
each of its days what `cover.standing` would work out from the facts, and sums of days need no
day to be counted. Days are ordinals here; pure, one person and strand at a time.
"""

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from wellbeing.domain.booking import NOT_OFFERED
from wellbeing.domain.intervals import FOREVER, covers, days_within, nth_free_day
from wellbeing.domain.policy import Policy, Terms
from wellbeing.domain.postings import Served
from wellbeing.domain.roles import JobRole

from .cover import Clocked, Status


class Version(StrEnum):
    """Which clock a span is of: as recorded, with what is booked counted as attended, or both."""

    BOTH = "both"
    RECORDED = "recorded"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True)
class CoverSpan:
    """Days `first` … `last` of one person and strand, in scope, under constant terms.

    `anchor`: the day the clock runs from (rule 3). `elapsed`: on the first day; while away it
    stands still, else it grows by one a day. `due_soon` and `overdue`: the first day of each,
    were the span long enough; of no meaning while away. `offered_until`, `taken_up_until`: the
    last day of rule 10's yes. `gap` and its calendar twin: the longest that ended in this run
    so far (rule 9). `days`, `covered`: of the stint in one unit and job role, see `_with_sums`.
    `days_a_week`: on how many the person works, by the posting.
    """

    version: Version
    first: int
    last: int
    unit: int
    job_role: JobRole
    run_started: int
    anchor: int
    never_seen: bool
    away: bool
    interval: int
    limit: int
    window: int
    elapsed: int
    due: int | None
    due_soon: int
    overdue: int
    offered_until: int | None
    taken_up_until: int | None
    gap: int
    gap_calendar: int
    days_base: int = 0
    days_most: int = 0
    covered_base: int = 0
    covered_most: int = 0
    ends_stint: bool = False
    days_a_week: int = 5

    def elapsed_on(self, day: int) -> int:
        """Rule 5 for a day of the span."""
        return self.elapsed if self.away else self.elapsed + day - self.first

    def status_on(self, day: int) -> Status:
        """Rule 6 for a day of the span."""
        if self.away:
            return Status.ABSENT
        if day >= self.overdue:
            return Status.OVERDUE
        return Status.DUE_SOON if day >= self.due_soon else Status.IN_DATE

    def days_until(self, day: int) -> int:
        """Days in scope and not away, from the stint's first day to this one of the span."""
        return min(self.days_base + day, self.days_most)

    def covered_until(self, day: int) -> int:
        """Days in cover among them."""
        return min(self.covered_base + day, self.covered_most)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Days of one posting between two changes."""

    first: int
    last: int
    posting: Served
    run_started: int


def spans_of(who: Clocked, policy: Policy) -> list[CoverSpan]:
    """All spans of a person in order of their days, as recorded. Days out of scope have none."""
    offers = sorted({d.toordinal() for d, status in who.offers if status not in NOT_OFFERED})
    counted = [d.toordinal() for d in who.counted]
    gaps = _Gaps()
    found: list[CoverSpan] = []
    for piece in _pieces(who, policy, counted, offers):
        anchor = _latest(counted, piece.first, since=piece.run_started)
        gaps.reach(who, piece.run_started, anchor)
        terms = policy.in_force(piece.posting.job_role, date.fromordinal(piece.first))
        if terms is not None:
            latest = _latest(offers, piece.first), _latest(counted, piece.first)
            found.append(_span(who, piece, terms, anchor, latest, gaps))
    return _with_sums(found)


def with_forecast(recorded: list[CoverSpan], forecast: list[CoverSpan]) -> list[CoverSpan]:
    """Both clocks in one list: what they share once, and from where they part each for itself."""
    same = itertools.takewhile(
        lambda pair: pair[0] == pair[1], zip(recorded, forecast, strict=False)
    )
    shared = sum(1 for _ in same)
    if shared == len(recorded) == len(forecast):
        return recorded
    return [
        *recorded[:shared],
        *(replace(span, version=Version.RECORDED) for span in recorded[shared:]),
        *(replace(span, version=Version.FORECAST) for span in forecast[shared:]),
    ]


def _latest(days: Sequence[int], day: int, *, since: int = 0) -> int | None:
    """The latest of these sorted days that is not after `day` nor before `since`."""
    at = bisect_right(days, day)
    return days[at - 1] if at and days[at - 1] >= since else None


def _pieces(
    who: Clocked, policy: Policy, counted: list[int], offers: list[int]
) -> Iterator[_Piece]:
    """A person's days in service, cut wherever anything may change."""
    edges = {edge for a, b in who.absent for edge in (a, b + 1)}
    cuts = sorted(edges.union(counted, offers))
    started, ended = 0, -1
    for posting in who.postings:
        first = posting.first.toordinal()
        last = FOREVER if posting.last is None else posting.last.toordinal()
        if first > ended + 1:
            started = first
        ended = last
        inside = cuts[bisect_right(cuts, first) : bisect_right(cuts, last)]
        terms = {d.toordinal() for d in policy.changes(posting.job_role)}
        inside += [day for day in terms if first < day <= last]
        days = [first, *sorted(set(inside)), last + 1]
        for a, b in itertools.pairwise(days):
            yield _Piece(a, b - 1, posting, started)


class _Gaps:
    """The longest gaps that have ended so far in the run being walked (rule 9)."""

    def __init__(self) -> None:
        self.run = self.anchor = self.days = self.calendar = 0

    def reach(self, who: Clocked, run: int, anchor: int | None) -> None:
        """Goes on to a piece's anchor; another run begins anew."""
        if run != self.run:
            self.run, self.anchor, self.days, self.calendar = run, run - 1, 0, 0
        if anchor is not None and anchor != self.anchor:
            length = anchor - self.anchor
            away = days_within(who.absent, self.anchor + 1, anchor)
            self.days = max(self.days, length - away)
            self.calendar = max(self.calendar, length)
            self.anchor = anchor


def _span(
    who: Clocked,
    piece: _Piece,
    terms: Terms,
    seen: int | None,
    latest: tuple[int | None, int | None],
    gaps: _Gaps,
) -> CoverSpan:
    """`seen`: the anchor where there is one; `latest`: days last offered and last taken up."""
    anchor = piece.run_started - 1 if seen is None else seen
    limit = terms.first_within_days if seen is None else terms.interval_days
    elapsed = piece.first - anchor - days_within(who.absent, anchor + 1, piece.first)
    left = limit - elapsed
    until = [None if d is None else min(FOREVER, d + terms.interval_days - 1) for d in latest]
    return CoverSpan(
        version=Version.BOTH,
        first=piece.first,
        last=piece.last,
        unit=piece.posting.unit,
        job_role=piece.posting.job_role,
        run_started=piece.run_started,
        anchor=anchor,
        never_seen=seen is None,
        away=covers(who.absent, piece.first),
        interval=terms.interval_days,
        limit=limit,
        window=terms.due_soon_days,
        elapsed=elapsed,
        due=nth_free_day(who.absent, anchor, limit),
        due_soon=min(FOREVER, piece.first + left - terms.due_soon_days),
        overdue=min(FOREVER, piece.first + left + 1),
        offered_until=until[0],
        taken_up_until=until[1],
        gap=gaps.days,
        gap_calendar=gaps.calendar,
        days_a_week=piece.posting.days_a_week,
    )


def _with_sums(spans: list[CoverSpan]) -> list[CoverSpan]:
    """Running totals within each stint: days on end in one unit and job role.

    The totals on a day are `min(base + day, most)`, so that a sum over people is one of columns.
    """
    found: list[CoverSpan] = []
    days = covered = 0
    for i, span in enumerate(spans):
        if i and not _same_stint(spans[i - 1], span):
            days = covered = 0
        begun = span.first - 1
        length = 0 if span.away else span.last - begun
        good = 0 if span.away else min(length, max(0, span.overdue - span.first))
        ends = i + 1 == len(spans) or not _same_stint(span, spans[i + 1])
        found.append(
            replace(
                span,
                days_base=days - begun,
                days_most=days + length,
                covered_base=covered - begun,
                covered_most=covered + good,
                ends_stint=ends,
            )
        )
        days, covered = days + length, covered + good
    return found


def _same_stint(before: CoverSpan, after: CoverSpan) -> bool:
    return (before.unit, before.job_role, before.last + 1) == (
        after.unit,
        after.job_role,
        after.first,
    )


def span_on(spans: Sequence[CoverSpan], day: int) -> CoverSpan | None:
    """The span of one clock that holds the day."""
    at = bisect_left(spans, day, key=lambda span: span.last)
    return spans[at] if at < len(spans) and spans[at].first <= day else None
