"""Days in cover between two days, by runs of constant terms (domain.md, rule 8, over a period)."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from wellbeing.domain.intervals import covers, days_within
from wellbeing.domain.policy import Policy
from wellbeing.domain.postings import Served, run_start

from .cover import Clocked, last_counted

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of one posting under the same terms and anchor: how many, how many in cover.

    Days absent are in neither.
    """

    posting: Served
    person_days: int
    in_cover_days: int


def stretches(who: Clocked, policy: Policy, first: date, last: date) -> Iterator[Stretch]:
    """A person's days in scope of `first` … `last`, both included."""
    for posting in who.postings:
        begin = max(posting.first, first)
        end = min(posting.last or last, last)
        if begin > end:
            continue
        for a, b in _constant(who, policy, posting, begin, end):
            stretch = _stretch(who, policy, posting, a, b)
            if stretch:
                yield stretch


def _constant(
    who: Clocked, policy: Policy, posting: Served, first: date, last: date
) -> Iterator[tuple[date, date]]:
    """Cuts the days where the terms or the anchor change."""
    cuts = {first, last + ONE_DAY}
    cuts |= {d for d in who.counted if first < d <= last}
    cuts |= {d for d in policy.changes(posting.job_role) if first < d <= last}
    days = sorted(cuts)
    for a, b in itertools.pairwise(days):
        yield a, b - ONE_DAY


def _stretch(
    who: Clocked, policy: Policy, posting: Served, first: date, last: date
) -> Stretch | None:
    terms = policy.in_force(posting.job_role, first)
    started = run_start(who.postings, first)
    if terms is None or started is None:
        return None
    seen = last_counted(who.counted, started, first)
    anchor = seen.toordinal() if seen else started.toordinal() - 1
    limit = terms.interval_days if seen else terms.first_within_days
    a, b = first.toordinal(), last.toordinal()
    present = b - a + 1 - days_within(who.absent, a, b)
    # On the stretch's nth day at work, `before` + n days have elapsed. Its first day is one
    # of them unless absent: that is also so of the anchor's own day, where elapsed is 0.
    elapsed = a - anchor - days_within(who.absent, anchor + 1, a)
    before = elapsed if covers(who.absent, a) else elapsed - 1
    return Stretch(posting, present, min(present, max(0, limit - before)))


@dataclass(slots=True)
class PeriodTally:
    """Person-days of a group over a period."""

    person_days: int = 0
    in_cover_days: int = 0

    def add(self, stretch: Stretch) -> None:
        self.person_days += stretch.person_days
        self.in_cover_days += stretch.in_cover_days

    @property
    def coverage(self) -> float | None:
        return self.in_cover_days / self.person_days if self.person_days else None


def days_added(parts: Iterable[PeriodTally]) -> PeriodTally:
    """The days of several groups together."""
    days = PeriodTally()
    for part in parts:
        days.person_days += part.person_days
        days.in_cover_days += part.in_cover_days
    return days
