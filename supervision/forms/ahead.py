"""From when and for how many weeks a lead looks ahead, and who is to hold the seats to add."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings

from supervision.operations.extra_seats import Wanted
from supervision.queries.ahead import Asked, Extra
from wellbeing.forms.govuk import (
    ActionForm,
    GovukForm,
    NearDateField,
    WholeNumberField,
    choices_of,
)
from wellbeing.models import Area, Person
from wellbeing.presenters.dates import counted, day

WEEKS, MOST_WEEKS = 6, 26
ALL_AREAS = "All Areas"


class AheadForm(GovukForm):
    """Any first day, some weeks, an Area of the reader's or all of them."""

    submit = "Show"
    method = "get"

    first = NearDateField(
        what="the first day", label="From", required=False, help_text="For example, 30/9/2026"
    )
    weeks = WholeNumberField(
        what="the number of weeks",
        least=1,
        most=MOST_WEEKS,
        label="For how many weeks?",
        required=False,
    )
    area = forms.ChoiceField(label="Area", required=False)

    def __init__(
        self, data: Any, *, on: date, areas: Iterable[Area], is_national: bool
    ) -> None:
        self.on, self.is_national = on, is_national
        self.areas = {str(area.pk): area for area in areas}
        asked = {name: data[name] for name in ("first", "weeks", "area") if name in data}
        super().__init__(asked or None, initial={"first": on, "weeks": WEEKS})
        every = ALL_AREAS if is_national else "All your Areas"
        self.fields["area"].choices = choices_of(self.areas.values(), every)  # type: ignore[attr-defined]
        if len(self.areas) < 2:
            del self.fields["area"]

    def asked(self) -> Asked | None:
        """The question; None while something is wrong."""
        if self.is_bound and not self.is_valid():
            return None
        values = self.cleaned_data if self.is_bound else {}
        area = self.chosen_area()
        every = None if self.is_national else frozenset(a.pk for a in self.areas.values())
        return Asked(
            first=values.get("first") or self.on,
            weeks=values.get("weeks") or WEEKS,
            areas=frozenset({area.pk}) if area else every,
            notice_days=settings.EXTRA_SEAT_NOTICE_DAYS,
        )

    def chosen_area(self) -> Area | None:
        """The one Area asked about; None for all of the reader's, where there are several."""
        if len(self.areas) == 1 and not self.is_national:
            return next(iter(self.areas.values()))
        chosen = self.cleaned_data.get("area") if self.is_bound and self.is_valid() else ""
        return self.areas[chosen] if chosen else None

    def sent(self) -> dict[str, str]:
        """What was asked for, as an address or hidden boxes send it."""
        asked, area = self.asked(), self.chosen_area()
        if asked is None:
            return {}
        named = {"area": str(area.pk)} if area and "area" in self.fields else {}
        return {"first": asked.first.isoformat(), "weeks": str(asked.weeks), **named}


class HoldersForm(GovukForm):
    """Who holds the seats: one supervisor for all, another on single days, or nobody yet."""

    submit = "Show what would be published"
    method = "get"

    first = forms.CharField(widget=forms.HiddenInput)
    weeks = forms.CharField(widget=forms.HiddenInput)
    area = forms.CharField(widget=forms.HiddenInput, required=False)
    host = forms.ChoiceField(
        label="Supervisor for every day below",
        required=False,
        help_text="Only those days on which you choose nobody else",
    )

    def __init__(
        self,
        data: Any,
        *,
        sent: Mapping[str, str],
        rows: Sequence[Extra],
        hosts: Mapping[tuple[date, int], list[Person]],
    ) -> None:
        self.rows = rows
        self.hosts = {str(h.pk): h for some in hosts.values() for h in some}
        names = {name: data.get(name, "") for name in data if name.startswith("host")}
        super().__init__({**sent, **names} if names else None, initial=sent)
        by_name = sorted(self.hosts.values(), key=lambda h: (h.name, h.pk))
        self.fields["host"].choices = choices_of(by_name, "Nobody")  # type: ignore[attr-defined]
        for row in rows:
            places = counted(row.seats, "place")
            self.fields[name_of(row)] = forms.ChoiceField(
                label=f"{day(row.on)}, {row.area_name}: {places}",
                choices=choices_of(hosts[row.on, row.area], "The one chosen for every day"),
                required=False,
            )
        # Boxes that are hidden need no label, and their ids would be there twice.
        for name in ("first", "weeks", "area"):
            self.fields[name].widget.attrs["id"] = f"holders_{name}"

    def wanted(self) -> list[Wanted]:
        """Rows that somebody is to hold; none while something is wrong or nobody is chosen."""
        if not self.is_bound or not self.is_valid():
            return []
        values = self.cleaned_data
        chosen = [(row, values[name_of(row)] or values["host"]) for row in self.rows]
        return [Wanted(r.on, r.area, r.seats, self.hosts[host]) for r, host in chosen if host]


class PublishSeatsForm(ActionForm):
    """The button below what would be published: it sends what was looked at."""

    def __init__(self, sent: Mapping[str, str], *, shown: str, sessions: int) -> None:
        super().__init__(auto_id=False)
        for name, value in {**sent, "shown": shown}.items():
            self.fields[name] = forms.CharField(widget=forms.HiddenInput, initial=value)
        words = "this session" if sessions == 1 else f"these {sessions} sessions"
        self.helper.inputs[0].value = f"Publish {words}"


def name_of(row: Extra) -> str:
    """What a row's choice is called when it is sent: the day and the Area, whatever their order."""
    return f"host_{row.on.isoformat()}_{row.area}"
