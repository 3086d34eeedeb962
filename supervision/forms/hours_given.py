"""Of which month hours are asked about."""

from datetime import date, timedelta
from typing import Any

from django import forms

from supervision.presenters.hours_given import month_words
from wellbeing.forms.govuk import GovukForm

MONTHS = 36


class MonthForm(GovukForm):
    """This month or one of the last three years; the last whole one unless said otherwise."""

    submit = "Show"
    method = "get"

    month = forms.ChoiceField(label="Month", required=False)

    def __init__(self, data: Any, *, on: date) -> None:
        self.months = _months(on)
        self.usual = self.months[1]
        super().__init__(data or None, initial={"month": f"{self.usual:%Y-%m}"})
        self.fields["month"].choices = [  # type: ignore[attr-defined]
            (f"{first:%Y-%m}", month_words(first)) for first in self.months
        ]

    def first(self) -> date | None:
        """The first day of the month; None while something is wrong."""
        if not self.is_bound:
            return self.usual
        if not self.is_valid():
            return None
        chosen = self.cleaned_data["month"]
        return date.fromisoformat(f"{chosen}-01") if chosen else self.usual


def _months(on: date) -> list[date]:
    """First days, the latest first."""
    found = [on.replace(day=1)]
    while len(found) < MONTHS + 1:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found
