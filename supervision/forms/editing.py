"""Changing a session that is published, and giving sessions to another supervisor."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from django import forms

from supervision.presenters.sessions import kind_words, session_hours
from wellbeing.domain.local_time import local_time
from wellbeing.domain.roles import EventKind
from wellbeing.forms.govuk import GovukForm, choices_of
from wellbeing.models import Area, Event, Person
from wellbeing.operations.events import Details
from wellbeing.presenters.dates import counted, day

from .sessions import PublishForm

THIS, FOLLOWING = "this", "following"


class EditForm(PublishForm):
    """What a session was published with; of a series, also how far the change reaches."""

    submit = "Save the change"

    reach = forms.ChoiceField(
        label="Which sessions?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which sessions to change"},
    )
    field_order = ("reach",)

    def __init__(
        self,
        data: Any,
        *,
        event: Event,
        areas: frozenset[int],
        later: int,
        has_people: bool,
        areas_to_choose: Iterable[Area],
        **more: Any,
    ) -> None:
        self.event = event
        initial = _as_published(event, areas)
        super().__init__(data, initial=initial, areas=areas_to_choose, **more)
        if has_people:
            # While somebody is booked the Areas stay: there is nothing to choose.
            del self.fields["areas"]
        if later:
            also = f"This one and {counted(later, 'later one')} of the same working hours"
            self.fields["reach"].choices = [(THIS, "This one only"), (FOLLOWING, also)]  # type: ignore[attr-defined]
        else:
            del self.fields["reach"]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        return values if "areas" in self.fields else values | {"areas": self.initial["areas"]}

    def new_details(self) -> Details:
        """What is to be, of the kind it is."""
        return replace(self.details(), kind=EventKind(self.event.kind), theme=self.event.theme)

    @property
    def reaches_later(self) -> bool:
        return self.cleaned_data.get("reach") == FOLLOWING


def _as_published(event: Event, areas: frozenset[int]) -> dict[str, Any]:
    is_group = (event.capacity or 1) > 1
    return {
        "host": event.host_id,
        "size": "group" if is_group else "one",
        "on": event.local_on,
        "at": local_time(event.start_at) if event.start_at else None,
        "minutes": event.minutes,
        "capacity": event.capacity if is_group else None,
        "mode": event.mode,
        "place": event.place,
        "areas": [str(area) for area in areas],
        "reach": THIS,
    }


class HandOverForm(GovukForm):
    """Which sessions go to whom; all of them unless somebody says otherwise."""

    submit = "Move these sessions"

    sessions = forms.MultipleChoiceField(
        label="Which sessions?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one session"},
    )
    to = forms.ChoiceField(
        label="To which supervisor?", error_messages={"required": "Choose a supervisor"}
    )

    def __init__(self, data: Any, *, events: Sequence[Event], takers: Iterable[Person]) -> None:
        self.events = {str(e.public_id): e for e in events}
        super().__init__(data, initial={"sessions": list(self.events)})
        self.takers = {str(p.pk): p for p in takers}
        self.fields["sessions"].choices = _by_day(events)  # type: ignore[attr-defined]
        choices = choices_of(self.takers.values(), "Choose a supervisor")
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> list[Event]:
        return [self.events[key] for key in self.cleaned_data["sessions"]]

    def taker(self) -> Person:
        return self.takers[self.cleaned_data["to"]]


def _by_day(events: Sequence[Event]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (day(on), [(str(e.public_id), _words(e)) for e in group])
        for on, group in groupby(events, key=lambda e: e.local_on)
    ]


def _words(event: Event) -> str:
    taken = counted(event.held, "place") + " taken"  # type: ignore[attr-defined]
    return f"{session_hours(event)}. {kind_words(event)}, {taken}"
