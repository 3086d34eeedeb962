"""How many people lie in which band: of the longest gap, and of how long nobody has seen them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet

from supervision.domain.spans import CoverSpan
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.models import Booking

from .report_lines import gap_on
from .span_days import elapsed, longest_calendar_gap, longest_gap
from .stored_cover import StoredCover


@dataclass(slots=True)
class Counted:
    """People in a band; `away` are among them."""

    prosecutors: int = 0
    everyone: int = 0
    away: int = 0

    def add(self, role: str, number: int, away: int) -> None:
        self.everyone += number
        self.away += away
        if role == JobRole.PROSECUTOR:
            self.prosecutors += number


Bands = list[Counted]
# Of days not away, and of calendar days.
Gaps = tuple[Bands, Bands]


def gap_bands(cover: StoredCover, on: date) -> Gaps:
    """Everybody in scope by their longest gap to the day, against the interval; one query.

    Bands end at the percentages of the interval that the rules name; the last has no end.
    """
    edges = settings.GAP_BANDS
    rows = cover.rows_on(on).annotate(
        # In whole numbers: a hundred times the gap against so many per cent of the interval.
        gap_scaled=longest_gap(on) * 100,
        calendar_scaled=longest_calendar_gap(on) * 100,
    )
    limits = [F("interval_days") * edge for edge in edges]
    days, calendar = _banded(
        rows, [_conditions("gap_scaled", limits), _conditions("calendar_scaled", limits)]
    )
    for _, span in cover.stale_on(on):
        gap = gap_on(span, on.toordinal())
        for bands, length in ((days, gap.days), (calendar, gap.calendar_days)):
            at = band_of(length * 100, [edge * span.interval for edge in edges])
            bands[at].add(span.job_role, 1, int(span.away))
    return days, calendar


def _conditions(value: str, edges: Sequence[Any]) -> list[Q]:
    """Up to the first edge, between each two, and over the last."""
    upto = [Q(**{f"{value}__lte": edge}) for edge in edges]
    over = [Q(**{f"{value}__gt": edge}) for edge in edges]
    between = [low & high for low, high in zip(over, upto[1:], strict=False)]
    return [upto[0], *between, over[-1]]


def _banded(rows: QuerySet[Any], kinds: Sequence[Sequence[Q]]) -> list[Bands]:
    """How many of these spans lie in each band of each kind; one query."""
    counts: dict[str, Count] = {}
    for k, bands in enumerate(kinds):
        for i, band in enumerate(bands):
            counts[f"n_{k}_{i}"] = Count("person", filter=band)
            counts[f"away_{k}_{i}"] = Count("person", filter=band & Q(away=True))
    found = [[Counted() for _ in bands] for bands in kinds]
    grouped: Any = rows.values("job_role").annotate(**counts)
    for row in grouped:
        for k, counted in enumerate(found):
            for i, one in enumerate(counted):
                one.add(row["job_role"], row[f"n_{k}_{i}"], row[f"away_{k}_{i}"])
    return found


def band_of(value: int, edges: Sequence[int]) -> int:
    """The first band whose last value is not below this one; after all of them the last."""
    return next((i for i, edge in enumerate(edges) if value <= edge), len(edges))


def never_seen_bands(cover: StoredCover, on: date) -> Bands:
    """People not yet seen by the days over their first limit; one query.

    The first band is of those still within it.
    """
    edges = (0, *settings.NEVER_SEEN_BANDS)
    rows = cover.rows_on(on).filter(never_seen=True)
    rows = rows.annotate(over=elapsed(on) - F("limit_days"))
    (found,) = _banded(rows, [_conditions("over", edges)])
    for _, span in cover.stale_on(on):
        if span.never_seen:
            found[band_of(days_over(span, on), edges)].add(span.job_role, 1, int(span.away))
    return found


def days_over(span: CoverSpan, on: date) -> int:
    """Days not away beyond the limit; below 0 within it."""
    return span.elapsed_on(on.toordinal()) - span.limit


def first_on_record(strand: Strand) -> date | None:
    """The day of the first event of a strand that anybody attended; one query."""
    came = Booking.objects.filter(status=BookingStatus.ATTENDED, event__kind=strand)
    return came.order_by("event__local_on").values_list("event__local_on", flat=True).first()
