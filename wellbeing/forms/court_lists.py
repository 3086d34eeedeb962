"""Which team is in court, and when."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from wellbeing.models import Person

from .govuk import GovukForm, NearDateField, choices_of


class CourtDaysForm(GovukForm):
    """A team by its manager, a first day and a last."""

    submit = "Mark these days"

    manager = forms.ChoiceField(
        label="Whose team?", error_messages={"required": "Choose a manager"}
    )
    start_on = NearDateField(
        what="the first day", label="First day", help_text="For example, 12/5/2026"
    )
    end_on = NearDateField(
        what="the last day",
        label="Last day",
        help_text="Leave empty for one day",
        required=False,
    )

    def __init__(self, *args: Any, teams: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(manager.pk): manager for manager in teams}
        choices = choices_of(self.teams.values(), "Choose a manager")
        self.fields["manager"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> Person:
        """The manager whose team it is."""
        return self.teams[self.cleaned_data["manager"]]

    def days(self) -> tuple[date, date]:
        """First and last day."""
        start = self.cleaned_data["start_on"]
        return start, self.cleaned_data["end_on"] or start
