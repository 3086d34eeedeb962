"""What the page of somebody's clock is asked for."""

from datetime import date
from typing import Any

from django import forms

from supervision.domain.timeline import Reader
from supervision.presenters.coverage_page import STRANDS
from wellbeing.domain.roles import Strand
from wellbeing.forms.govuk import GovukForm, NearDateField

# A line manager reads of these; no page tells them of anybody's training.
MANAGERS = (Strand.SUPERVISION, Strand.CHECK_IN)


class RecordForm(GovukForm):
    """One strand and, but for a line manager, any day."""

    submit = "Show"
    method = "get"

    strand = forms.ChoiceField(label="What is counted", required=False)
    on = NearDateField(
        what="the date", label="Date", required=False, help_text="For example, 30/9/2026"
    )

    def __init__(self, data: Any, *, on: date, reader: Reader) -> None:
        self.today = on
        initial = {"on": on, "strand": Strand.SUPERVISION}
        super().__init__(data or None, initial=initial)
        strands = MANAGERS if reader == Reader.MANAGER else tuple(Strand)
        self.fields["strand"].choices = [(s.value, STRANDS[s]) for s in strands]  # type: ignore[attr-defined]
        if reader == Reader.MANAGER:
            # The status, the due day and the last day of today, and of no other day.
            del self.fields["on"]

    def asked(self) -> tuple[Strand, date] | None:
        """The strand and the day; None while something is wrong."""
        if not self.is_bound:
            return Strand.SUPERVISION, self.today
        if not self.is_valid():
            return None
        values = self.cleaned_data
        return Strand(values["strand"] or Strand.SUPERVISION), values.get("on") or self.today
