"""What is asked for of actions: whose coverage, who has it in hand and by when, why it is withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings

from supervision.domain.actions import Population, Withdrawal
from supervision.presenters.actions import POPULATIONS, REASONS
from supervision.queries.parts import Part
from wellbeing.domain.roles import Strand
from wellbeing.forms.govuk import GovukForm, NearDateField, WholeNumberField, choices_of
from wellbeing.models import Person

from .coverage import CHOICES

OPEN, CLOSED = "open", "closed"
NATIONAL = "all"


class StateForm(GovukForm):
    """Open actions, closed ones, or all."""

    submit = "Show"
    method = "get"

    state = forms.ChoiceField(
        label="Which",
        required=False,
        choices=[("", "All"), (OPEN, "Open"), (CLOSED, "Closed")],
    )

    def is_open(self) -> bool | None:
        """None: either."""
        state = self.cleaned_data.get("state") if self.is_bound and self.is_valid() else ""
        return {OPEN: True, CLOSED: False}.get(state or "")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A measure as it was chosen: a unit or an Area by public id, or neither: all Areas."""

    strand: Strand
    population: Population
    unit: UUID | None = None
    area: UUID | None = None


class MeasureForm(GovukForm):
    """Whose coverage, of the units and Areas that the reader leads."""

    submit = "Continue"
    method = "get"

    strand = forms.ChoiceField(label="What is counted", choices=CHOICES)
    population = forms.ChoiceField(label="Of whom", choices=list(POPULATIONS.items()))
    place = forms.ChoiceField(label="Where")

    def __init__(self, data: Any, *, part: Part, is_national: bool) -> None:
        super().__init__(data or None)
        named = sorted(part.named.values(), key=lambda one: (one.area_name, one.name))
        areas = {f"area-{part.areas[u.area]}": u.area_name for u in named}
        units = [(f"unit-{part.units[u.unit]}", f"{u.name}, {u.area_name}") for u in named]
        whole = [(NATIONAL, "All Areas")] if is_national else []
        self.fields["place"].choices = [*whole, *areas.items(), *units]  # type: ignore[attr-defined]

    def chosen(self) -> Chosen | None:
        """None while nothing is chosen, or something is wrong."""
        if not self.is_bound or not self.is_valid():
            return None
        values = self.cleaned_data
        kind, _, public_id = values["place"].partition("-")
        return Chosen(
            Strand(values["strand"]),
            Population(values["population"]),
            unit=UUID(public_id) if kind == "unit" else None,
            area=UUID(public_id) if kind == "area" else None,
        )


class ChargeForm(GovukForm):
    """Who has it in hand, and by when."""

    submit = "Save"

    owner = forms.ChoiceField(
        label="Who looks after it?", error_messages={"required": "Select who looks after it"}
    )
    due_on = NearDateField(
        what="the date", label="By when?", help_text="For example, 30/9/2026"
    )

    def __init__(
        self, data: Any, *, owners: Sequence[Person], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self._owners = {str(person.pk): person for person in owners}
        self.fields["owner"].choices = choices_of(owners, "Choose somebody")  # type: ignore[attr-defined]

    def owner_chosen(self) -> Person:
        return self._owners[self.cleaned_data["owner"]]

    def due(self) -> date:
        due: date = self.cleaned_data["due_on"]
        return due


class OpenActionForm(ChargeForm):
    """The same with the target."""

    submit = "Open the action"

    target_percent = WholeNumberField(
        what="the target",
        least=0,
        most=100,
        label="Target: at least how many per cent in cover?",
        help_text="It closes by itself when two month-ends in a row reach the target",
    )
    field_order = ("target_percent", "owner", "due_on")

    def __init__(self, data: Any, *, owners: Sequence[Person]) -> None:
        initial = {"target_percent": settings.LOW_COVERAGE_PERCENT}
        super().__init__(data, owners=owners, initial=initial)


class WithdrawForm(GovukForm):
    """One of a few reasons."""

    submit = "Withdraw the action"

    reason = forms.ChoiceField(
        label="Why is it withdrawn?",
        choices=list(REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Select why it is withdrawn"},
    )

    def chosen(self) -> Withdrawal:
        return Withdrawal(self.cleaned_data["reason"])
