"""Which people of a lead's *Today* are asked for: why they need a place, where, which job roles."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms

from supervision.queries.parts import Part
from supervision.queries.today import Need
from wellbeing.domain.roles import JobRole
from wellbeing.forms.govuk import GovukForm

NEEDS = {
    Need.OVERDUE: "Overdue, nothing booked or offered",
    Need.NEVER_SEEN: "Not yet seen, nothing booked or offered",
    Need.BACK: "Back from an absence, nothing booked or offered",
}
ROLES = [("", "All RASSO staff"), (JobRole.PROSECUTOR.value, "Prosecutors")]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The people of one need; a unit's public id, or None for all that are led."""

    need: Need
    unit: UUID | None
    role: JobRole | None

    def query(self) -> dict[str, str]:
        """The same as the address of a page bears it."""
        asked = {"need": self.need.value, "unit": str(self.unit or ""), "role": self.role or ""}
        return {name: value for name, value in asked.items() if value}


class NeedForm(GovukForm):
    """One need, one of the lead's units or all of them, everybody or prosecutors."""

    submit = "Show"
    method = "get"

    need = forms.ChoiceField(
        label="Who", required=False, choices=[(n.value, words) for n, words in NEEDS.items()]
    )
    unit = forms.ChoiceField(label="Unit", required=False)
    role = forms.ChoiceField(label="Job role", required=False, choices=ROLES)

    def __init__(self, data: Any, *, part: Part) -> None:
        super().__init__(data or None)
        named = sorted(part.named.values(), key=lambda one: (one.area_name, one.name))
        choices = [(str(part.units[u.unit]), f"{u.name}, {u.area_name}") for u in named]
        self.fields["unit"].choices = [("", "All units"), *choices]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted | None:
        """None while something is wrong."""
        if self.is_bound and not self.is_valid():
            return None
        values = self.cleaned_data if self.is_bound else {}
        unit, role = values.get("unit"), values.get("role")
        return Wanted(
            Need(values.get("need") or Need.OVERDUE),
            UUID(unit) if unit else None,
            JobRole(role) if role else None,
        )
