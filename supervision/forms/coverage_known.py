"""What the page of figures known now and then is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from supervision.presenters.coverage_page import STRANDS
from wellbeing.domain.roles import Strand
from wellbeing.forms.govuk import GovukForm, NearDateField
from wellbeing.models import Area

from .coverage import month_ends


@dataclass(frozen=True, slots=True)
class KnownAsked:
    """`known_on`: a day, at whose end it was known; `area`: None for all of them."""

    on: date
    strand: Strand
    known_on: date
    area: Area | None


class CoverageKnownForm(GovukForm):
    """A day, a strand, an Area, and the day at whose end the figures were known.

    `all_areas`: the reader may ask about all of them at once.
    """

    submit = "Show"
    method = "get"

    on = NearDateField(
        what="the date", label="Date", required=False, help_text="For example, 30/9/2026"
    )
    strand = forms.ChoiceField(
        label="What is counted", choices=list(STRANDS.items()), required=False
    )
    area = forms.ChoiceField(label="Area", required=False)
    known_on = NearDateField(
        what="the day of “known at”",
        label="Known at",
        required=False,
        help_text="The end of this day, UK time",
    )

    def __init__(self, data: Any, *, on: date, areas: Sequence[Area], all_areas: bool) -> None:
        self.today = on
        self.month_end = month_ends(on, 1)[0]
        self.areas = {str(area.public_id): area for area in areas}
        self.all_areas = all_areas
        initial = {
            "on": self.month_end,
            "strand": Strand.SUPERVISION,
            "known_on": self.month_end,
        }
        super().__init__(data or None, initial=initial)
        head = [("", "All Areas")] if all_areas else []
        choices = head + [(key, area.name) for key, area in self.areas.items()]
        self.fields["area"].choices = choices  # type: ignore[attr-defined]

    def clean_known_on(self) -> date | None:
        """What will be known on a day to come is not known."""
        known_on: date | None = self.cleaned_data["known_on"]
        if known_on and known_on > self.today:
            raise forms.ValidationError("The day of “known at” must be today or in the past")
        return known_on

    def asked(self) -> KnownAsked | None:
        """What is asked; None while something is wrong. Nothing asked: the last month-end."""
        if not self.is_bound:
            return self._asked(self.month_end, Strand.SUPERVISION, self.month_end, "")
        if not self.is_valid():
            return None
        values = self.cleaned_data
        on = values["on"] or self.month_end
        known_on = values["known_on"] or min(on, self.today)
        strand = Strand(values["strand"] or Strand.SUPERVISION)
        return self._asked(on, strand, known_on, values["area"])

    def _asked(self, on: date, strand: Strand, known_on: date, area: str) -> KnownAsked:
        chosen = self.areas.get(area)
        if chosen is None and not self.all_areas:
            chosen = next(iter(self.areas.values()))
        return KnownAsked(on, strand, known_on, chosen)
