"""Forms in GOV.UK's way: dates in three boxes, times as people write them, errors that link."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError

from wellbeing.domain.refusals import Refused

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
EARLIEST, LATEST = 1900, 2200
DAY, MONTH, YEAR = 0, 1, 2


class GovukForm(forms.Form):
    """A form with its own button; `submit` is the button's words."""

    submit = "Continue"
    method = "post"
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = self.method
        self.helper.form_action = ""
        self.helper.add_input(Submit("", self.submit))

    def refuse(self, refused: Refused) -> None:
        """Shows an operation's refusal beside its field, or on the form as a whole."""
        field = refused.field if refused.field in self.fields else None
        self.add_error(field, refused.sentence)


class ActionForm(GovukForm):
    """Nothing to fill in: a button, and a place for a refusal."""


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """A line of the error summary."""

    text: str
    href: str


def error_links(form: forms.BaseForm) -> list[ErrorLink]:
    """Every error of a form in the order of its fields, each with where to mend it."""
    links = [ErrorLink(e, "") for e in form.non_field_errors()]
    for name in form.fields:
        field = form[name]
        links += [ErrorLink(str(e), f"#{_target(field)}") for e in field.errors]
    return links


def _target(field: forms.BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, DateBoxes):
        return f"{field.auto_id}_{widget.wrong or 0}"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    return str(field.auto_id)


class DateBoxes(forms.MultiWidget):
    """Day, month and year; `wrong` is the box that an error is about."""

    template_name = "wellbeing/widgets/date_boxes.html"

    def __init__(self) -> None:
        super().__init__([forms.TextInput(), forms.TextInput(), forms.TextInput()])
        self.wrong: int | None = None
        self.has_error = False

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if isinstance(value, date) else ["", "", ""]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        looks = (("Day", 2, True), ("Month", 2, False), ("Year", 4, True))
        parts = zip(context["widget"]["subwidgets"], looks, strict=True)
        for box, (part, (label, width, numeric)) in enumerate(parts):
            part["attrs"] |= {"label": label, "width": width, "numeric": numeric}
            part["attrs"]["wrong"] = self.has_error and self.wrong in (None, box)
        return context


class DateBoxesField(forms.Field):
    """A known date, typed into three boxes; the month as a number or a word."""

    widget = DateBoxes

    def __init__(self, *, what: str, **kwargs: Any) -> None:
        # `what` begins no sentence: "the first day".
        self.what = what
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        try:
            return self._read([str(v or "").strip() for v in value or ["", "", ""]])
        except ValidationError:
            self.widget.has_error = True
            raise

    def _read(self, boxes: list[str]) -> date | None:
        if not any(boxes):
            if self.required:
                raise ValidationError(f"Enter {self.what}")
            return None
        for box, name in enumerate(("day", "month", "year")):
            if not boxes[box]:
                self._wrong(box, f"{self._named} must include a {name}")
        month = _month(boxes[MONTH])
        if month is None:
            self._wrong(MONTH, f"{self._named} must have a month from 1 to 12, or its name")
        day, year = _whole(boxes[DAY], 2), _whole(boxes[YEAR], 4)
        if year is None or not EARLIEST <= year <= LATEST:
            self._wrong(YEAR, f"{self._named} must have a year of 4 numbers, like 2026")
        assert month is not None and year is not None  # _wrong raises
        try:
            return date(year, month, day or 0)
        except ValueError:
            self._wrong(DAY, f"{self._named} must be a real date")
            return None

    @property
    def _named(self) -> str:
        return self.what[0].upper() + self.what[1:]

    def _wrong(self, box: int, sentence: str) -> None:
        self.widget.wrong = box
        raise ValidationError(sentence)


def _whole(text: str, most_digits: int) -> int | None:
    return int(text) if re.fullmatch(rf"[0-9]{{1,{most_digits}}}", text) else None


def _month(text: str) -> int | None:
    number = _whole(text, 2)
    if number is not None:
        return number if 1 <= number <= 12 else None
    word = text.lower().rstrip(".")
    names = [i for i, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    return names[0] if names else None


class NearDate(forms.TextInput):
    """A text box with MoJ's calendar beside it where there is JavaScript."""

    template_name = "wellbeing/widgets/near_date.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["attrs"]
        shown["describedby"] = shown.get("aria-describedby", "")
        shown["wrong"] = shown.get("aria-invalid") == "true"
        return context

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, date):
            return f"{value.day}/{value.month}/{value.year}"
        return super().format_value(value)


class NearDateField(forms.Field):
    """A date not far off, as 12/5/2026 or 12 May 2026."""

    widget = NearDate

    def __init__(self, *, what: str, **kwargs: Any) -> None:
        self.what = what
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        text = str(value or "").strip()
        if not text:
            if self.required:
                raise ValidationError(f"Enter {self.what}")
            return None
        found = _near_date(text)
        if found is None:
            raise ValidationError(
                f"{self.what[0].upper() + self.what[1:]} must be a real date, like 12/5/2026"
            )
        return found


def _near_date(text: str) -> date | None:
    parts = re.split(r"[\s/.,-]+", text)
    if len(parts) != 3:
        return None
    if len(parts[0]) == 4:
        parts.reverse()
    day, month, year = _whole(parts[0], 2), _month(parts[1]), _whole(parts[2], 4)
    if day is None or month is None or year is None or not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


class ClockField(forms.CharField):
    """A time of day as people write it: 9:30am, 14:00, 2pm, midday."""

    def clean(self, value: Any) -> Any:
        text = str(value or "").strip().lower().replace(" ", "").replace(".", ":")
        if not text:
            raise ValidationError("Enter a time, like 9:30am")
        if text in {"midday", "noon"}:
            return time(12)
        found = re.fullmatch(r"([0-9]{1,2})(?::([0-9]{2}))?(am|pm)?", text)
        if not found or not (found[2] or found[3]):
            raise ValidationError("Enter a time like 9:30am or 14:00")
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3] and not 1 <= hour <= 12:
            raise ValidationError("Enter a time like 9:30am or 14:00")
        if found[3]:
            hour = hour % 12 + (12 if found[3] == "pm" else 0)
        if hour > 23 or minute > 59:
            raise ValidationError("Enter a time like 9:30am or 14:00")
        return time(hour, minute)


class WholeNumberField(forms.IntegerField):
    """A whole number in a text box: spinners surprise, and swallow what they do not like."""

    widget = forms.TextInput

    def __init__(self, *, what: str, least: int, most: int, **kwargs: Any) -> None:
        sentence = f"{what[0].upper() + what[1:]} must be a whole number from {least} to {most}"
        super().__init__(
            min_value=least,
            max_value=most,
            error_messages={
                "required": f"Enter {what}",
                "invalid": sentence,
                "min_value": sentence,
                "max_value": sentence,
            },
            **kwargs,
        )
        self.widget.attrs |= {"inputmode": "numeric", "class": "govuk-input--width-4"}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


def choices_of(rows: Iterable[Any], blank: str = "") -> list[tuple[str, str]]:
    """(primary key, words) of rows, with an empty choice first where `blank` names it."""
    head = [("", blank)] if blank else []
    return head + [(str(row.pk), str(row)) for row in rows]
