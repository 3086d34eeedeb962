"""What a coverage page is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms

from supervision.presenters.coverage_page import ROLES, STRANDS
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.forms.govuk import GovukForm, NearDateField
from wellbeing.presenters.dates import short_day

CHOICES = list(STRANDS.items())
A_YEAR = timedelta(days=365)
EVERYBODY = ("", "All RASSO staff")


@dataclass(frozen=True, slots=True)
class PageAsked:
    """A day, a strand, and a job role beside prosecutors and all staff (None: none)."""

    on: date
    strand: Strand
    job_role: JobRole | None = None
    # Of the page that holds two days side by side.
    before: date | None = None


class CoverageForm(GovukForm):
    """Any day, one strand, any job role."""

    submit = "Show"
    method = "get"

    on = NearDateField(
        what="the date", label="Date", required=False, help_text="For example, 30/9/2026"
    )
    strand = forms.ChoiceField(label="What is counted", choices=CHOICES, required=False)
    job_role = forms.ChoiceField(
        label="Job role", choices=[EVERYBODY, *ROLES.items()], required=False
    )

    def __init__(self, data: Any, *, on: date) -> None:
        self.today = on
        initial = {"on": on, "strand": Strand.SUPERVISION, "job_role": ""}
        super().__init__(data or None, initial=initial)

    def asked(self) -> PageAsked | None:
        """What is asked for; None while something is wrong."""
        if not self.is_bound:
            return PageAsked(self.today, Strand.SUPERVISION, before=self.earlier(self.today))
        if not self.is_valid():
            return None
        values = self.cleaned_data
        on = values.get("on") or self.today
        role = values.get("job_role")
        return PageAsked(
            on,
            Strand(values.get("strand") or Strand.SUPERVISION),
            JobRole(role) if role else None,
            values.get("before_on") or self.earlier(on),
        )

    def earlier(self, on: date) -> date | None:
        """The earlier of two days, where none is given."""
        return None


class ComparedForm(CoverageForm):
    """Two days side by side; the earlier is the same day a year before, unless it is said."""

    before_on = NearDateField(
        what="the earlier date", label="Earlier date", required=False, help_text="A year before"
    )
    field_order = ("before_on", "on", "strand")

    def __init__(self, data: Any, *, on: date) -> None:
        super().__init__(data, on=on)
        del self.fields["job_role"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        before, on = values.get("before_on"), values.get("on") or self.today
        if before and before >= on:
            self.add_error("before_on", "The earlier date must be before the other one")
        return values

    def earlier(self, on: date) -> date | None:
        return on - A_YEAR


class ForecastForm(CoverageForm):
    """From today on: there is no day to choose."""

    def __init__(self, data: Any, *, on: date) -> None:
        super().__init__(data, on=on)
        del self.fields["on"], self.fields["job_role"]


@dataclass(frozen=True, slots=True)
class ReleaseAsked:
    """A released month-end, a strand, and the name of an Area whose units are asked for."""

    on: date
    strand: Strand
    area: str = ""


class ReleaseForm(GovukForm):
    """For readers who may not see the names: released month-ends only."""

    submit = "Show"
    method = "get"

    on = forms.ChoiceField(label="Month-end", required=False)
    strand = forms.ChoiceField(label="What is counted", choices=CHOICES, required=False)
    area = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, days: Sequence[date]) -> None:
        """`days`: the released month-ends, at least one, the latest first."""
        self.days = days
        initial = {"on": days[0].isoformat(), "strand": Strand.SUPERVISION, "area": ""}
        super().__init__(data or None, initial=initial)
        self.fields["on"].choices = [(d.isoformat(), short_day(d)) for d in days]  # type: ignore[attr-defined]

    def asked(self) -> ReleaseAsked | None:
        """What is asked for; None while something is wrong."""
        if not self.is_bound:
            return ReleaseAsked(self.days[0], Strand.SUPERVISION)
        if not self.is_valid():
            return None
        values = self.cleaned_data
        on = date.fromisoformat(values["on"]) if values["on"] else self.days[0]
        return ReleaseAsked(
            on, Strand(values["strand"] or Strand.SUPERVISION), values.get("area") or ""
        )


def month_ends(today: date, months: int = 60) -> list[date]:
    """Month-ends that are past, the latest first."""
    ends: list[date] = []
    day = today.replace(day=1) - timedelta(days=1)
    while len(ends) < months:
        ends.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    return ends
