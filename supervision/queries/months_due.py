"""From which day on a month-end is released, and leads are told that its report is there."""

from datetime import date, timedelta

from django.conf import settings

from wellbeing.domain.working_days import working_days_after
from wellbeing.queries.bank_holidays import bank_holidays


def month_end_due(today: date) -> date | None:
    """The month-end before today's month, from its working day on (RELEASE_WORKING_DAY)."""
    month_end = today.replace(day=1) - timedelta(days=1)
    first = working_days_after(month_end, settings.RELEASE_WORKING_DAY, bank_holidays())
    return month_end if today >= first else None
