"""What an auditor's sample is drawn of."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings

from supervision.domain.sampling import Question
from wellbeing.domain.roles import Strand
from wellbeing.forms.govuk import GovukForm, WholeNumberField
from wellbeing.presenters.dates import short_day

from .coverage import CHOICES, month_ends

SEED_MOST = 999_999


class SampleForm(GovukForm):
    """A strand, a month-end that is past, how many people, and a number to draw by."""

    submit = "Draw the sample"

    strand = forms.ChoiceField(label="What is counted", choices=CHOICES)
    on = forms.ChoiceField(label="Month-end")
    size = WholeNumberField(
        what="the number of people",
        least=settings.SAMPLE_LEAST,
        most=settings.SAMPLE_MOST,
        label="Number of people",
        help_text=f"From {settings.SAMPLE_LEAST} to {settings.SAMPLE_MOST}. All that you draw of one month-end together are about half of those in scope at most; a question for too many counts as a sample",
    )
    seed = WholeNumberField(
        what="the number to draw by",
        least=1,
        most=SEED_MOST,
        label="Number to draw by",
        help_text="Any whole number. The same number draws the same people; another one draws others",
    )

    def __init__(
        self, data: Any, *, on: date, figure: tuple[date, Strand] | None = None
    ) -> None:
        """`figure`: the month-end and strand of the figure that a reader comes from."""
        days = month_ends(on)
        day, strand = figure or (days[0], Strand.SUPERVISION)
        initial = {"strand": strand, "on": day.isoformat(), "size": 25, "seed": 1}
        super().__init__(data, initial=initial)
        self.fields["on"].choices = [(d.isoformat(), short_day(d)) for d in days]  # type: ignore[attr-defined]

    def question(self) -> Question:
        """Of a valid form."""
        values = self.cleaned_data
        return Question(
            strand=Strand(values["strand"]),
            on=date.fromisoformat(values["on"]),
            size=values["size"],
            seed=values["seed"],
        )
