"""A supervisor's hours: of the week, of one day, and days off."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings

from supervision.models import WorkingHours
from supervision.operations.hours import Line, OtherHours
from supervision.operations.publishing import MOST_WEEKS
from supervision.presenters.hours import WEEKDAYS
from wellbeing.domain.roles import Mode
from wellbeing.forms.govuk import (
    ActionForm,
    ClockField,
    GovukForm,
    NearDateField,
    WholeNumberField,
    choices_of,
)
from wellbeing.models import Person

from .sessions import MODES

LIKE_THIS = "For example, 12/5/2026"


class SessionsForm(GovukForm):
    """From when to when, and what sessions stand within."""

    starts = ClockField(
        what="the start", label="From", help_text="For example, 9:30am or 14:00. UK time"
    )
    ends = ClockField(what="the end", label="To")
    minutes = WholeNumberField(
        what="the length in minutes", least=15, most=480, label="Length of a session in minutes"
    )
    pause_minutes = WholeNumberField(
        what="the break in minutes",
        least=0,
        most=240,
        label="Break between sessions in minutes",
        help_text="0 for none",
    )
    mode = forms.ChoiceField(
        label="How are they held?",
        choices=MODES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they are held"},
    )
    place = forms.CharField(
        label="Room, or link to join",
        max_length=200,
        required=False,
        help_text="Shown only to those who have a place, to you and to leads",
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        usual = {
            "minutes": settings.ONE_TO_ONE_MINUTES,
            "pause_minutes": 0,
            "mode": Mode.VIDEO,
        }
        super().__init__(data, initial=usual | (initial or {}))

    def sessions(self) -> dict[str, Any]:
        """What an hour's sessions are, as the operations name it."""
        names = ("starts", "ends", "minutes", "pause_minutes", "place")
        return {n: self.cleaned_data[n] for n in names} | {
            "mode": Mode(self.cleaned_data["mode"])
        }


class AddHoursForm(SessionsForm):
    """Hours of one weekday or several, every week."""

    submit = "Add these hours"

    weekdays = forms.MultipleChoiceField(
        label="Which days?",
        choices=list(enumerate(WEEKDAYS)),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one day"},
    )
    first_on = NearDateField(
        what="the first day", label="From which date?", help_text=LIKE_THIS
    )
    last_on = NearDateField(
        what="the last day",
        label="Until which date?",
        help_text="Leave empty if there is no end",
        required=False,
    )
    field_order = ("weekdays",)

    def lines(self) -> list[Line]:
        """A line for each weekday chosen."""
        dates = {n: self.cleaned_data[n] for n in ("first_on", "last_on")}
        return [
            Line(weekday=int(day), **dates, **self.sessions())
            for day in self.cleaned_data["weekdays"]
        ]


class ChangeHoursForm(SessionsForm):
    """The same weekday with other hours, from a day on."""

    submit = "Change these hours"

    first_on = NearDateField(
        what="the first day", label="From which date?", help_text=LIKE_THIS
    )
    last_on = NearDateField(
        what="the last day",
        label="Until which date?",
        help_text="Leave empty if there is no end",
        required=False,
    )
    field_order = ("first_on", "last_on")

    def __init__(self, data: Any, *, row: WorkingHours, on: date) -> None:
        names = ("starts", "ends", "minutes", "pause_minutes", "mode", "place", "last_on")
        initial = {n: getattr(row, n) for n in names} | {"first_on": max(on, row.first_on)}
        super().__init__(data, initial=initial)

    def line(self, weekday: int) -> Line:
        """What the line becomes."""
        dates = {n: self.cleaned_data[n] for n in ("first_on", "last_on")}
        return Line(weekday=weekday, **dates, **self.sessions())


class EndHoursForm(GovukForm):
    """The last day on which the hours stand."""

    submit = "End these hours"

    last_on = NearDateField(what="the last day", label="Last day", help_text=LIKE_THIS)


class OtherHoursForm(SessionsForm):
    """Other hours on one day."""

    submit = "Add these hours"

    on = NearDateField(what="the date", label="Date", help_text=LIKE_THIS)
    instead = forms.ChoiceField(
        label="What about your usual hours on that day?",
        choices=[("no", "These are beside them"), ("yes", "These are instead of them")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose beside or instead"},
    )
    field_order = ("on", "instead")

    def hours(self) -> OtherHours:
        """What that day has."""
        values = self.cleaned_data
        return OtherHours(
            on=values["on"], instead=values["instead"] == "yes", **self.sessions()
        )


class LeaveForm(GovukForm):
    """First and last day off; never why."""

    submit = "Add days off"

    first_on = NearDateField(what="the first day", label="First day off", help_text=LIKE_THIS)
    last_on = NearDateField(
        what="the last day",
        label="Last day off",
        help_text="Leave empty for one day",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        return values | {"last_on": values.get("last_on") or values.get("first_on")}


class PublishNowForm(ActionForm):
    """The button below a preview: it sends what the preview was of."""

    host = forms.CharField(widget=forms.HiddenInput, required=False)
    first = forms.CharField(widget=forms.HiddenInput)
    weeks = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, shown: dict[str, Any], *, sessions: int) -> None:
        # Its boxes are those of the form above; they are hidden and need no ids.
        super().__init__(initial=shown, auto_id=False)
        words = "this session" if sessions == 1 else f"these {sessions} sessions"
        self.helper.inputs[0].value = f"Publish {words}"


class PeriodForm(GovukForm):
    """For which weeks hours are published; a lead says whose."""

    submit = "Show what would be published"
    method = "get"

    host = forms.ChoiceField(
        label="Clinical supervisor", error_messages={"required": "Choose a supervisor"}
    )
    first = NearDateField(what="the first day", label="From", help_text=LIKE_THIS)
    weeks = WholeNumberField(
        what="the number of weeks", least=1, most=MOST_WEEKS, label="For how many weeks?"
    )

    def __init__(self, data: Any, *, hosts: Iterable[Person], own: bool, on: date) -> None:
        initial = {"first": on + timedelta(days=1), "weeks": 4}
        super().__init__(data, initial=initial)
        self.hosts = {str(h.pk): h for h in hosts}
        if own:
            del self.fields["host"]
        else:
            choices = choices_of(self.hosts.values(), "Choose a supervisor")
            self.fields["host"].choices = choices  # type: ignore[attr-defined]

    def shown(self) -> dict[str, Any]:
        """What was asked for, as hidden boxes send it."""
        return {**self.cleaned_data, "first": self.cleaned_data["first"].isoformat()}

    def chosen(self) -> Person:
        """Whose hours; there is one only where there is nothing to choose."""
        if "host" in self.fields:
            return self.hosts[self.cleaned_data["host"]]
        return next(iter(self.hosts.values()))
