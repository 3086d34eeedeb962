"""Choosing a supervisor, signing, "not this person", and closed groups."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings

from supervision.forms.sessions import MODES
from supervision.operations.groups import Draft
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.forms.govuk import (
    ActionForm,
    ClockField,
    GovukForm,
    NearDateField,
    WholeNumberField,
    choices_of,
)
from wellbeing.forms.people import WhoForm
from wellbeing.models import Area, Person
from wellbeing.operations.events import Details

MOST_MEMBERS = 12


class ConfirmForm(ActionForm):
    """Nothing to fill in: a button with words of its own."""

    def __init__(self, data: Any, *, button: str) -> None:
        super().__init__(data)
        self.helper.inputs[0].value = button


class SupervisorForm(GovukForm):
    """One of several supervisors."""

    supervisor = forms.ChoiceField(
        label="Supervisor",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a supervisor"},
    )

    def __init__(
        self, data: Any, *, hosts: Iterable[Person], label: str, button: str, hint: str = ""
    ) -> None:
        super().__init__(data)
        self.hosts = {str(host.pk): host for host in hosts}
        field = self.fields["supervisor"]
        field.choices = choices_of(self.hosts.values())  # type: ignore[attr-defined]
        field.label, field.help_text = label, hint
        self.helper.inputs[0].value = button

    def chosen(self) -> Person:
        """The supervisor chosen; of a valid form."""
        return self.hosts[self.cleaned_data["supervisor"]]


class SignForm(GovukForm):
    """The person has read the agreement and agrees to it."""

    submit = "Sign the agreement"

    agrees = forms.BooleanField(
        label="I have read this, its limits too, and agree to it",
        error_messages={"required": "Tick the box if you have read this and agree to it"},
    )

    def __init__(self, data: Any, *, button: str = "") -> None:
        super().__init__(data)
        self.helper.inputs[0].value = button or self.submit


class AnswerForm(GovukForm):
    """Yes or no; nobody asks why."""

    submit = "Send my answer"

    answer = forms.ChoiceField(
        label="Your answer",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no"},
    )

    def __init__(self, data: Any, *, question: str) -> None:
        super().__init__(data)
        self.fields["answer"].label = question

    def is_yes(self) -> bool:
        """True for a yes; of a valid form."""
        return bool(self.cleaned_data["answer"] == "yes")


class GroupForm(GovukForm):
    """A new closed group."""

    submit = "Make the group"

    name = forms.CharField(
        label="Name of the group",
        help_text="Its members see it. Name no case and nobody, like “Thursday group”",
        max_length=80,
        error_messages={"required": "Enter a name for the group"},
    )
    supervisor = forms.ChoiceField(
        label="Clinical supervisor", error_messages={"required": "Choose a supervisor"}
    )
    area = forms.ChoiceField(
        label="For people of", error_messages={"required": "Choose an Area"}, required=False
    )
    least = WholeNumberField(
        what="the least number of members",
        least=2,
        most=MOST_MEMBERS,
        label="Least number of members",
        help_text="With fewer, no session can be published",
    )
    most = WholeNumberField(
        what="the most members", least=2, most=MOST_MEMBERS, label="Most members"
    )

    def __init__(
        self,
        data: Any,
        *,
        hosts: Iterable[Person],
        areas: Iterable[Area],
        only_host: Person | None,
        must_name_area: bool,
    ) -> None:
        super().__init__(
            data, initial={"least": settings.GROUP_LEAST, "most": settings.GROUP_MOST}
        )
        self.only_host = only_host
        self.hosts = {str(h.pk): h for h in hosts}
        self.areas = {str(a.pk): a for a in areas}
        blank = "Choose an Area" if must_name_area else "Every Area the supervisor serves"
        self.fields["area"].choices = choices_of(self.areas.values(), blank)  # type: ignore[attr-defined]
        self.fields["area"].required = must_name_area
        if only_host is not None:
            del self.fields["supervisor"]
        else:
            choices = choices_of(self.hosts.values(), "Choose a supervisor")
            self.fields["supervisor"].choices = choices  # type: ignore[attr-defined]

    def draft(self) -> Draft:
        """What is to be made; of a valid form."""
        values = self.cleaned_data
        return Draft(
            name=values["name"],
            supervisor=self.only_host or self.hosts[values["supervisor"]],
            area=self.areas.get(values["area"]),
            least=values["least"],
            most=values["most"],
        )


class InviteForm(WhoForm):
    """Whom to invite to a group."""

    submit = "Invite"


class WithdrawForm(WhoForm):
    """Whose invitation to take back."""

    submit = "Withdraw the invitation"


class GroupSessionForm(GovukForm):
    """When and how the group meets; who comes is known."""

    submit = "Publish and book the members"

    on = NearDateField(what="the date", label="Date", help_text="For example, 12/5/2026")
    at = ClockField(
        what="the start time", label="Start time", help_text="For example, 9:30am or 14:00"
    )
    minutes = WholeNumberField(
        what="the length in minutes", least=10, most=480, label="Length in minutes"
    )
    mode = forms.ChoiceField(
        label="How will you meet?",
        choices=MODES,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how you will meet"},
    )
    place = forms.CharField(
        label="Room or link", required=False, max_length=200, help_text="Only members see it"
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, initial={"minutes": settings.GROUP_MINUTES, "mode": Mode.VIDEO})

    def details(self, *, capacity: int, areas: frozenset[int]) -> Details:
        """What is to be published; of a valid form."""
        values = self.cleaned_data
        return Details(
            kind=EventKind.SUPERVISION,
            on=values["on"],
            at=values["at"],
            minutes=values["minutes"],
            capacity=capacity,
            mode=Mode(values["mode"]),
            place=values["place"],
            areas=areas,
        )
