"""Which report a lead is told of each month."""

from django import forms

from supervision.presenters.coverage_page import STRANDS
from wellbeing.domain.roles import Strand
from wellbeing.forms.govuk import GovukForm


class AnnouncementForm(GovukForm):
    """One strand, or nothing."""

    submit = "Save"

    strand = forms.ChoiceField(
        label="Which report",
        required=False,
        choices=[("", "None: do not write to me"), *STRANDS.items()],
        widget=forms.RadioSelect,
    )

    def chosen(self) -> Strand | None:
        """Of a valid form."""
        strand = self.cleaned_data["strand"]
        return Strand(strand) if strand else None
