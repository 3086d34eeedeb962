"""What a coverage page is asked for."""

from datetime import date, timedelta
from typing import Any

from django import forms

from supervision.presenters.coverage_page import STRANDS
from wellbeing.domain.roles import Strand
from wellbeing.forms.govuk import GovukForm, NearDateField
from wellbeing.presenters.dates import short_day

CHOICES = list(STRANDS.items())


class CoverageForm(GovukForm):
    """Any day, one strand."""

    submit = "Show"
    method = "get"

    on = NearDateField(
        what="the date", label="Date", required=False, help_text="For example, 30/9/2026"
    )
    strand = forms.ChoiceField(label="What is counted", choices=CHOICES, required=False)

    def __init__(self, data: Any, *, on: date) -> None:
        self.today = on
        super().__init__(data or None, initial={"on": on, "strand": Strand.SUPERVISION})

    def asked(self) -> tuple[date, Strand] | None:
        """The day and the strand; None while something is wrong."""
        if not self.is_bound:
            return self.today, Strand.SUPERVISION
        if not self.is_valid():
            return None
        values = self.cleaned_data
        return values["on"] or self.today, Strand(values["strand"] or Strand.SUPERVISION)


class MonthEndForm(GovukForm):
    """For readers who may not see the names: month-ends only."""

    submit = "Show"
    method = "get"

    on = forms.ChoiceField(label="Month-end", required=False)
    strand = forms.ChoiceField(label="What is counted", choices=CHOICES, required=False)

    def __init__(self, data: Any, *, on: date) -> None:
        self.days = month_ends(on)
        initial = {"on": self.days[0].isoformat(), "strand": Strand.SUPERVISION}
        super().__init__(data or None, initial=initial)
        self.fields["on"].choices = [(d.isoformat(), short_day(d)) for d in self.days]  # type: ignore[attr-defined]

    def asked(self) -> tuple[date, Strand] | None:
        """The month-end and the strand; None while something is wrong."""
        if not self.is_bound:
            return self.days[0], Strand.SUPERVISION
        if not self.is_valid():
            return None
        values = self.cleaned_data
        on = date.fromisoformat(values["on"]) if values["on"] else self.days[0]
        return on, Strand(values["strand"] or Strand.SUPERVISION)


def month_ends(today: date, months: int = 60) -> list[date]:
    """Month-ends that are past, the latest first."""
    ends: list[date] = []
    day = today.replace(day=1) - timedelta(days=1)
    while len(ends) < months:
        ends.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    return ends
