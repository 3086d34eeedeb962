"""Publishing a Schwartz Round."""

from typing import Any

from django import forms

from wellbeing.domain.roles import EventKind, Mode
from wellbeing.operations.events import Details

from .govuk import ClockField, GovukForm, NearDateField, WholeNumberField


class RoundForm(GovukForm):
    """Theme, when, how many places, where."""

    submit = "Publish Round"

    theme = forms.CharField(
        label="Theme",
        max_length=200,
        error_messages={"required": "Enter a theme, like “The case I still think about”"},
    )
    on = NearDateField(what="the date", label="Date", help_text="For example, 12/5/2026")
    at = ClockField(what="the start time", label="Start time", help_text="For example, 12:30")
    minutes = WholeNumberField(
        what="the length in minutes", least=15, most=480, label="Length in minutes"
    )
    capacity = WholeNumberField(what="the number of places", least=1, most=2000, label="Places")
    mode = forms.ChoiceField(
        label="How is it held?",
        choices=[(Mode.IN_PERSON, "In person"), (Mode.VIDEO, "Video")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is held"},
    )
    place = forms.CharField(
        label="Room, or link to join",
        max_length=200,
        required=False,
        help_text="Shown only to those who say they are coming, facilitators and leads",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = {"minutes": 60, "capacity": 100, "mode": Mode.VIDEO}
        super().__init__(*args, initial=initial, **kwargs)

    def details(self, areas: frozenset[int]) -> Details:
        """What is to be published; no Area named is for all."""
        values = self.cleaned_data
        return Details(
            kind=EventKind.ROUND,
            on=values["on"],
            at=values["at"],
            minutes=values["minutes"],
            capacity=values["capacity"],
            mode=Mode(values["mode"]),
            place=values["place"],
            theme=values["theme"],
            areas=areas,
        )
