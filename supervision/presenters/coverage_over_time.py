"""The trend and the forecast as charts, and in words."""

from collections.abc import Iterable, Sequence
from datetime import date

from supervision.queries.trend import Month, Months
from wellbeing.domain.roles import JobRole
from wellbeing.presenters.dates import short_day

from .charts import Chart, Series, chart, percent


def shares(
    by_day: Months, days: Sequence[date], roles: Iterable[JobRole]
) -> list[float | None]:
    """Coverage on each day of these job roles together."""
    return [_share(by_day[day][role] for role in roles) for day in days]


def _share(months: Iterable[Month]) -> float | None:
    whole = Month()
    for one in months:
        whole.add(one.in_scope, one.present, one.in_cover)
    return whole.coverage


def both(by_day: Months, days: Sequence[date]) -> list[Series]:
    """Prosecutors beside all RASSO staff."""
    return [
        Series("Prosecutors", shares(by_day, days, [JobRole.PROSECUTOR])),
        Series("All staff", shares(by_day, days, list(JobRole))),
    ]


def trend_chart(by_day: Months, days: Sequence[date]) -> Chart | None:
    """None where there is no figure at all."""
    series = both(by_day, days)
    if all(share is None for one in series for share in one.shares):
        return None
    return chart(f"In cover at month-ends, to {short_day(days[-1])}", days, series)


def forecast_words(
    now: float | None, ahead: Sequence[float | None], days: Sequence[date]
) -> str:
    """`On what is booked so far, 76.6% of prosecutors in cover becomes 41.2% by 3 August 2026.`"""
    last = ahead[-1] if ahead else None
    if now is None or last is None:
        return "There is nobody in scope and at work to forecast."
    lowest = min((s, day) for s, day in zip(ahead, days, strict=True) if s is not None)
    words = (
        f"{percent(now)} of prosecutors are in cover today. With what is booked so far it is"
        f" {percent(last)} on {short_day(days[-1])}"
    )
    if lowest[0] < min(now, last):
        words += f", and lowest on {short_day(lowest[1])}: {percent(lowest[0])}"
    return f"{words}."
