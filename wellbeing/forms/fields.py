"""Times and numbers as people type them, in plain text boxes."""

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from .date_fields import sentence_case

WORDS = {"midday": time(12), "noon": time(12), "midnight": time(0)}


class ClockField(forms.CharField):
    """A time of day: 9:30am, 9.30 am, 14:00, 2pm, midday. Cleans to a time, or None.

    `what` names it within a sentence: "the start time".
    """

    def __init__(self, *, what: str = "a time", **kwargs: Any) -> None:
        self.what = what
        super().__init__(**kwargs)
        self.widget.attrs |= {"class": "govuk-input--width-5", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        text = re.sub(r"\s", "", str(value or "").lower()).replace(".", ":")
        if not text and not self.required:
            return None
        if not text:
            raise ValidationError(f"Enter {self.what}, like 9:30am", code="required")
        found = WORDS.get(text) or _clock(text)
        if found is None:
            sentence = f"{sentence_case(self.what)} must be a time, like 9:30am or 14:00"
            raise ValidationError(sentence, code="invalid")
        return found

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


def _clock(text: str) -> time | None:
    """A bare number without am or pm is refused: 9 may be either."""
    found = re.fullmatch(r"([0-9]{1,2})(?::([0-9]{2}))?(am|pm)?", text)
    if not found or not (found[2] or found[3]):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


class WholeNumberField(forms.IntegerField):
    """A whole number of `least` to `most`: spinners surprise, and swallow what they do not like."""

    widget = forms.TextInput

    def __init__(self, *, what: str, least: int, most: int, **kwargs: Any) -> None:
        sentence = f"{sentence_case(what)} must be a whole number from {least} to {most}"
        messages = dict.fromkeys(("invalid", "min_value", "max_value"), sentence)
        super().__init__(
            min_value=least,
            max_value=most,
            error_messages={"required": f"Enter {what}", **messages},
            **kwargs,
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "class": "govuk-input--width-4"}
