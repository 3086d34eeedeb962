"""On which days of a period a person could come: postings, working days, absences, court lists."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from wellbeing.domain.intervals import Span
from wellbeing.domain.roles import JobRole


@dataclass(frozen=True, slots=True)
class Stay:
    """A posting's days within the period, as ordinals, both included; where, which weekdays, as what."""

    first: int
    last: int
    area: int
    working_days: int
    job_role: JobRole
    # Of whom it matters: whose team is in court.
    manager: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on end, both included, on whose `working_days` a person of an Area could come."""

    area: int
    working_days: int
    first: int
    last: int


def stretches(
    stays: Sequence[Stay],
    until: int,
    absent: Sequence[Span],
    court: Collection[tuple[int, Span]],
) -> Iterator[Stretch]:
    """The days of these stays up to `until`, without absences and days in court.

    `absent`: merged spans. `court`: line managers and days on which their teams are in court.
    """
    for stay in stays:
        closed = [*absent, *(span for manager, span in court if manager == stay.manager)]
        day, last = stay.first, min(stay.last, until)
        for a, b in sorted(closed):
            if a > last:
                break
            if day < a:
                yield Stretch(stay.area, stay.working_days, day, a - 1)
            day = max(day, b + 1)
        if day <= last:
            yield Stretch(stay.area, stay.working_days, day, last)


class WorkingDays:
    """The working days of a period by weekdays worked; bank holidays are none."""

    def __init__(self, first: date, last: date, holidays: Collection[date]) -> None:
        self._first, self._last = first.toordinal(), last.toordinal()
        self._closed = {day.toordinal() for day in holidays}
        self._by_mask: dict[int, list[int]] = {}

    def within(self, stretch: Stretch) -> list[int]:
        """The ordinals of a stretch's working days, in order."""
        days = self._of(stretch.working_days)
        return days[bisect_left(days, stretch.first) : bisect_right(days, stretch.last)]

    def _of(self, mask: int) -> list[int]:
        if mask not in self._by_mask:
            # An ordinal of 1 is a Monday.
            self._by_mask[mask] = [
                day
                for day in range(self._first, self._last + 1)
                if mask >> (day - 1) % 7 & 1 and day not in self._closed
            ]
        return self._by_mask[mask]
