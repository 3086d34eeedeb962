"""Of which months reasons are told: the same for everybody, or two questions could tell one person's."""

from datetime import date, timedelta

from supervision.domain.outcomes import Outcomes, together
from supervision.queries.outcomes import outcomes
from supervision.queries.trend import month_ends

from .parts import Asking


def reason_months(on: date, today: date) -> tuple[date, date]:
    """First and last day of the twelve months to the month-end at or before both days."""
    before, *_, last = month_ends(min(on, today), 13)
    return before + timedelta(days=1), last


def reasons_of(asked: Asking, today: date) -> Outcomes:
    """How bookings of those months ended that nobody attended, of all that was asked about."""
    months = reason_months(asked.chosen.on, today)
    return together(outcomes(asked.cover, *months, with_attended=False).values())
