"""Finding, publishing and recording sessions."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings

from supervision.queries.sessions import Search
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

MODES = [(Mode.IN_PERSON, "In person"), (Mode.VIDEO, "Video"), (Mode.PHONE, "Phone")]
LONGEST_SEARCH = timedelta(days=92)


class SearchForm(GovukForm):
    """What may be booked: two weeks from today and one's own working days unless said otherwise."""

    submit = "Show sessions"
    method = "get"

    first = NearDateField(what="the first day", label="From", required=False)
    last = NearDateField(what="the last day", label="To", required=False)
    host = forms.ChoiceField(label="Supervisor", required=False)
    mode = forms.ChoiceField(label="How", required=False, choices=[("", "Any way"), *MODES])
    size = forms.ChoiceField(
        label="One-to-one or group",
        required=False,
        choices=[("", "Either"), ("one", "One-to-one"), ("group", "Group")],
    )
    own_days = forms.BooleanField(label="My working days only", required=False)
    leave_out_busy = forms.BooleanField(
        label="Leave out times when I am busy",
        required=False,
        help_text="By the calendar of your own that you gave us",
    )
    full_too = forms.BooleanField(
        label="Full sessions too",
        required=False,
        help_text="You can join the waiting list of one that is full",
    )

    def __init__(
        self, data: Any, *, hosts: Iterable[Person], on: date, has_calendar: bool = False
    ) -> None:
        self.on = on
        last = on + timedelta(days=13)
        initial = {"first": on, "last": last, "own_days": True, "leave_out_busy": True}
        super().__init__(data if "search" in data else None, initial=initial)
        self.fields["host"].choices = choices_of(hosts, "Anyone")  # type: ignore[attr-defined]
        self.helper.inputs[0].name = "search"
        if not has_calendar:
            del self.fields["leave_out_busy"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first = values.get("first") or self.on
        last = values.get("last") or first + timedelta(days=13)
        if last < first:
            self.add_error("last", "The last day must be the same as or after the first day")
        elif last - first > LONGEST_SEARCH:
            self.add_error("last", "Choose three months at most")
        return values | {"first": first, "last": last}

    def host_name(self) -> str:
        """The supervisor chosen; empty for anyone."""
        chosen = self.cleaned_data["host"] if self.is_bound and self.is_valid() else ""
        return dict(self.fields["host"].choices)[chosen] if chosen else ""  # type: ignore[attr-defined]

    def search(self) -> Search | None:
        """What to look for; None while something is wrong with the form."""
        if not self.is_bound:
            leave_out = "leave_out_busy" in self.fields
            return Search(self.on, self.on + timedelta(days=13), leave_out_busy=leave_out)
        if not self.is_valid():
            return None
        values = self.cleaned_data
        return Search(
            first=values["first"],
            last=values["last"],
            host=int(values["host"]) if values["host"] else None,
            mode=values["mode"],
            group={"one": False, "group": True}.get(values["size"]),
            own_days_only=values["own_days"],
            full_too=values.get("full_too", False),
            leave_out_busy=values.get("leave_out_busy", False),
        )

    def only_free(self) -> None:
        """Where a waiting list is of no use: moving a booking, or finding one for another."""
        del self.fields["full_too"]

    def for_another(self) -> None:
        """For a lead who looks on somebody's behalf."""
        self.fields["own_days"].label = "Their working days only"
        self.only_free()


class BookForm(ActionForm):
    """Nothing to fill in: taking the place."""

    submit = "Book this place"


class PublishForm(GovukForm):
    """A new session: one-to-one or group."""

    submit = "Publish session"

    host = forms.ChoiceField(
        label="Clinical supervisor", error_messages={"required": "Choose a supervisor"}
    )
    size = forms.ChoiceField(
        label="What kind of session is it?",
        choices=[("one", "One-to-one"), ("group", "Group")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one-to-one or group"},
    )
    on = NearDateField(what="the date", label="Date", help_text="For example, 12/5/2026")
    at = ClockField(
        what="the start time", label="Start time", help_text="For example, 9:30am or 14:00"
    )
    minutes = WholeNumberField(
        what="the length in minutes",
        least=15,
        most=480,
        label="Length in minutes",
        help_text=f"Usually {settings.ONE_TO_ONE_MINUTES} for one-to-one and {settings.GROUP_MINUTES} for a group",
    )
    capacity = WholeNumberField(
        what="the number of places",
        least=2,
        most=100,
        label="Places in a group",
        help_text=f"Usually {settings.GROUP_LEAST} to {settings.GROUP_MOST}. Leave empty for one-to-one",
        required=False,
    )
    mode = forms.ChoiceField(
        label="How is it held?",
        choices=MODES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is held"},
    )
    place = forms.CharField(
        label="Room, or link to join",
        max_length=200,
        required=False,
        help_text="Shown only to those who have a place, to the supervisor and to leads",
    )
    areas = forms.MultipleChoiceField(
        label="For which Areas?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Choose none for all Areas",
    )

    def __init__(
        self,
        *args: Any,
        hosts: Iterable[Person],
        areas: Iterable[Area],
        must_name_area: bool,
        only_host: Person | None = None,
        **kwargs: Any,
    ) -> None:
        initial = {"size": "one", "minutes": settings.ONE_TO_ONE_MINUTES, "mode": Mode.VIDEO}
        initial |= kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)
        self.only_host = only_host
        self.must_name_area = must_name_area
        self.hosts = {str(h.pk): h for h in hosts}
        self.fields["areas"].choices = choices_of(areas)  # type: ignore[attr-defined]
        if must_name_area:
            self.fields["areas"].help_text = "Choose at least one of your Areas"
        if only_host is not None:
            # A supervisor publishes for themself: there is nothing to choose.
            del self.fields["host"]
        else:
            choices = choices_of(self.hosts.values(), "Choose a supervisor")
            self.fields["host"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "capacity" not in self.errors:
            self._check_places(values)
        if self.must_name_area and not values.get("areas") and "areas" not in self.errors:
            self.add_error("areas", "Choose at least one Area")
        return values

    def _check_places(self, values: dict[str, Any]) -> None:
        if values.get("size") == "group" and not values.get("capacity"):
            self.add_error("capacity", "Enter the number of places in the group")
        if values.get("size") == "one" and values.get("capacity"):
            self.add_error("capacity", "Leave the places empty for one-to-one, or choose group")

    def chosen_host(self) -> Person:
        """The chosen supervisor, or the only one."""
        return self.only_host or self.hosts[self.cleaned_data["host"]]

    def details(self) -> Details:
        """What is to be published."""
        values = self.cleaned_data
        return Details(
            kind=EventKind.SUPERVISION,
            on=values["on"],
            at=values["at"],
            minutes=values["minutes"],
            capacity=values["capacity"] if values["size"] == "group" else 1,
            mode=Mode(values["mode"]),
            place=values["place"],
            areas=frozenset(int(a) for a in values["areas"]),
        )


class ScheduleFilter(GovukForm):
    """Which of the published sessions a lead looks at."""

    submit = "Show sessions"
    method = "get"

    first = NearDateField(what="the first day", label="From", required=False)
    last = NearDateField(what="the last day", label="To", required=False)
    area = forms.ChoiceField(label="Area", required=False)
    host = forms.ChoiceField(label="Supervisor", required=False)

    def __init__(
        self, data: Any, *, areas: Iterable[Area], hosts: Iterable[Person], on: date
    ) -> None:
        self.on = on
        initial = {"first": on, "last": on + timedelta(days=13)}
        super().__init__(data if "search" in data else None, initial=initial)
        self.fields["area"].choices = choices_of(areas, "Every Area")  # type: ignore[attr-defined]
        self.fields["host"].choices = choices_of(hosts, "Everybody")  # type: ignore[attr-defined]
        self.helper.inputs[0].name = "search"

    def wanted(self) -> dict[str, Any] | None:
        """Keyword arguments of the query; None while something is wrong."""
        default = {"first": self.on, "last": self.on + timedelta(days=13)}
        if not self.is_bound:
            return {**default, "area": None, "host": None}
        if not self.is_valid():
            return None
        values = self.cleaned_data
        first = values["first"] or self.on
        return {
            "first": first,
            "last": values["last"] or first + timedelta(days=13),
            "area": int(values["area"]) if values["area"] else None,
            "host": int(values["host"]) if values["host"] else None,
        }


class UnbookedForm(WhoForm):
    """Who came without having booked."""

    submit = "Add and record as came"


class TapForm(GovukForm):
    """One tap in a register: a booking and whether the person came, or everybody at once."""

    tap = forms.CharField(error_messages={"required": "Choose came or did not come"})

    def clean_tap(self) -> tuple[UUID | None, bool]:
        found = re.fullmatch(r"([0-9a-f-]{36}|all):(came|missed)", self.cleaned_data["tap"])
        if not found:
            raise forms.ValidationError("Choose came or did not come")
        try:
            who = None if found[1] == "all" else UUID(found[1])
        except ValueError as error:
            raise forms.ValidationError("Choose came or did not come") from error
        return who, found[2] == "came"
