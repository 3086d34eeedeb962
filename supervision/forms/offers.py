"""Of which twelve months, and where, the other offers are counted."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from wellbeing.forms.govuk import GovukForm, NearDateField, choices_of
from wellbeing.models import Area


class OffersForm(GovukForm):
    """Any day up to today, in all Areas that are the reader's or one of them."""

    submit = "Show"
    method = "get"

    on = NearDateField(
        what="the date",
        label="Twelve months to",
        required=False,
        help_text="For example, 30/9/2026",
    )
    area = forms.ChoiceField(label="Area", required=False)

    def __init__(self, data: Any, *, areas: Iterable[Area], on: date) -> None:
        self.today = on
        super().__init__(data or None, initial={"on": on})
        self.fields["area"].choices = choices_of(areas, "All Areas")  # type: ignore[attr-defined]

    def clean_on(self) -> date | None:
        """What is still to come has not been held."""
        chosen: date | None = self.cleaned_data["on"]
        if chosen and chosen > self.today:
            raise forms.ValidationError("The date must be today or earlier")
        return chosen

    def asked(self) -> tuple[date, int | None] | None:
        """The last day and the Area (None: all); None while something is wrong."""
        if not self.is_bound:
            return self.today, None
        if not self.is_valid():
            return None
        area = self.cleaned_data["area"]
        return self.cleaned_data["on"] or self.today, int(area) if area else None
