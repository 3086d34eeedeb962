"""What part of the schedule a lead takes away."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from wellbeing.models import Area, Person
from wellbeing.queries.schedule import Wanted

from .govuk import GovukForm, NearDateField, choices_of


class ScheduleForm(GovukForm):
    """Area, host and days; all of them may be left open."""

    submit = "Download the calendar file"
    method = "get"

    area = forms.ChoiceField(label="Area", required=False)
    host = forms.ChoiceField(label="Host", required=False)
    first = NearDateField(
        what="the first day", label="From", required=False, help_text="For example, 12/5/2026"
    )
    last = NearDateField(what="the last day", label="To", required=False)

    def __init__(
        self,
        *args: Any,
        areas: Iterable[Area],
        hosts: Iterable[Person],
        on: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial={"first": on}, **kwargs)
        self.fields["area"].choices = choices_of(areas, "Every Area I lead")  # type: ignore[attr-defined]
        self.fields["host"].choices = choices_of(hosts, "Everybody")  # type: ignore[attr-defined]
        self.helper.inputs[0].name = "download"

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day must be the same as or after the first day")
        return values

    def wanted(self, led: frozenset[int] | None) -> Wanted:
        """The choice, within the Areas led (None: everywhere)."""
        values = self.cleaned_data
        chosen = frozenset({int(values["area"])}) if values["area"] else led
        host = int(values["host"]) if values["host"] else None
        return Wanted(chosen, led, host, values["first"], values["last"])
