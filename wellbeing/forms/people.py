"""Finding a person, and what is entered about one."""

from datetime import date
from typing import Any

from django import forms

from .govuk import DateBoxesField, GovukForm


class FindForm(GovukForm):
    """A name, an e-mail or a staff number, or part of one."""

    submit = "Find"
    method = "get"

    q = forms.CharField(
        label="Name, email address or staff number", max_length=100, required=False
    )


class WhoForm(GovukForm):
    """Somebody named by the whole of what they themself give: nobody is looked up."""

    who = forms.CharField(
        label="Their work email address or staff number",
        help_text="The whole of it, as they give it to you",
        max_length=254,
        error_messages={"required": "Enter their work email address or staff number"},
    )


class AbsenceForm(GovukForm):
    """First and last day; never why."""

    submit = "Enter absence"

    start_on = DateBoxesField(
        what="the first day", label="First day away", help_text="For example, 12 5 2026"
    )
    end_on = DateBoxesField(
        what="the last day",
        label="Last day away",
        help_text="Leave empty if it is not known yet",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        start, end = values.get("start_on"), values.get("end_on")
        if start and end and end < start:
            self.add_error("end_on", "The last day must be the same as or after the first day")
        return values


class EndAbsenceForm(GovukForm):
    """The last day of an absence."""

    submit = "Save last day"

    end_on = DateBoxesField(what="the last day", label="Last day away")


class CheckInForm(GovukForm):
    """The day of a check-in, and nothing of what was said."""

    submit = "Record check-in"

    held_on = DateBoxesField(what="the date", label="When did you have the check-in?")

    def __init__(self, data: Any = None, *, on: date) -> None:
        super().__init__(data, initial={"held_on": on})
