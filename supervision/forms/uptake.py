"""What the pages of uptake, gaps, equity and their lists are asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from supervision.domain.cover import YEAR
from supervision.queries.cover_lists import Measure, Order
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.forms.govuk import GovukForm, NearDateField
from wellbeing.models import Area

from .coverage import CHOICES

MEASURES = {
    Measure.IN_SCOPE: "Everybody in scope",
    Measure.IN_COVER: "In cover",
    Measure.IN_DATE: "In date",
    Measure.DUE_SOON: "Due soon",
    Measure.OVERDUE: "Overdue",
    Measure.NEVER_SEEN: "Not yet seen",
    Measure.ABSENT: "Away",
    Measure.OFFERED: "Offered",
    Measure.NOT_OFFERED: "Not offered",
    Measure.TAKEN_UP: "Taken up",
    Measure.NOT_TAKEN_UP: "Not taken up",
}
ROLES = [("", "Everybody"), (JobRole.PROSECUTOR.value, "Prosecutors")]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A day, a strand and an Area among those led; None: all of them."""

    on: date
    strand: Strand
    area: Area | None


class PartForm(GovukForm):
    """Any day, one strand, and one Area or all that the reader leads."""

    submit = "Show"
    method = "get"

    on = NearDateField(
        what="the date", label="Date", required=False, help_text="For example, 30/9/2026"
    )
    strand = forms.ChoiceField(label="What is counted", choices=CHOICES, required=False)
    area = forms.ChoiceField(label="Area", required=False)

    def __init__(self, data: Any, *, on: date, areas: Iterable[Area]) -> None:
        self.today = on
        self.areas = {str(area.public_id): area for area in areas}
        if data:
            # A link to another part of the page shows the day that it is of.
            data = data.copy()
            data.setdefault("on", f"{on.day}/{on.month}/{on.year}")
        super().__init__(data or None, initial={"on": on, "strand": Strand.SUPERVISION})
        names = [(key, area.name) for key, area in self.areas.items()]
        self.fields["area"].choices = [("", "All"), *names]  # type: ignore[attr-defined]

    def chosen(self) -> Chosen | None:
        """None while something is wrong. The only Area that is led is chosen by itself."""
        if not self.is_bound:
            return Chosen(self.today, Strand.SUPERVISION, self._area(""))
        if not self.is_valid():
            return None
        values = self.cleaned_data
        return Chosen(
            values["on"] or self.today,
            Strand(values["strand"] or Strand.SUPERVISION),
            self._area(values["area"]),
        )

    def _area(self, chosen: str) -> Area | None:
        if len(self.areas) == 1:
            return next(iter(self.areas.values()))
        return self.areas.get(chosen)


class PeriodForm(PartForm):
    """The same with the first day of the period; without one, the 365 days to the date."""

    since = NearDateField(
        what="the first day",
        label="Bookings from",
        required=False,
        help_text="Empty: the 12 months to the date",
    )

    field_order = ("since", "on", "strand", "area")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        since, on = values.get("since"), values.get("on") or self.today
        if since and since > on and "on" not in self.errors:
            self.add_error("since", "The first day must be the same as or before the date")
        return values

    def first(self, on: date) -> date:
        """The first day of the period that ends on the day."""
        given = self.cleaned_data.get("since") if self.is_bound else None
        return given or on - YEAR


class GapForm(PartForm):
    """The same with the kind of days by which the list is sorted."""

    days = forms.ChoiceField(
        label="Longest first, by",
        required=False,
        choices=[
            (Order.GAP.value, "Days not away"),
            (Order.CALENDAR_GAP.value, "Calendar days"),
        ],
    )

    def order(self) -> Order:
        given = self.cleaned_data.get("days") if self.is_bound else None
        return Order(given or Order.GAP)


class ListForm(PartForm):
    """The people behind one number."""

    measure = forms.ChoiceField(
        label="Who", required=False, choices=[(m.value, words) for m, words in MEASURES.items()]
    )
    role = forms.ChoiceField(label="Job role", required=False, choices=ROLES)
    unit = forms.UUIDField(required=False, widget=forms.HiddenInput)

    field_order = ("measure", "role", "on", "strand", "area", "unit")

    def measured(self) -> Measure:
        given = self.cleaned_data.get("measure") if self.is_bound else None
        return Measure(given or Measure.IN_SCOPE)

    def job_role(self) -> JobRole | None:
        given = self.cleaned_data.get("role") if self.is_bound else None
        return JobRole(given) if given else None

    def unit_id(self) -> Any:
        """The public id of a unit, or None."""
        return self.cleaned_data.get("unit") if self.is_bound else None
