"""Dates as people type them: three boxes for a known date, one for a near one."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

MONTHS = (
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
)
PARTS = ("day", "month", "year")
# The years that a date here can be in; further off it is a slip of the finger.
EARLIEST, LATEST = 1900, 2200


class DateBoxes(forms.MultiWidget):
    """Day, month and year in `NAME_day`, `NAME_month`, `NAME_year`, ids likewise.

    In an address `NAME=2026-05-12` does too, so that links to a date stay short.
    `wrong` is set before drawing: the part an error is about, "" for the whole date.
    """

    template_name = "wellbeing/widgets/date_boxes.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in PARTS}, attrs)
        self.wrong: str | None = None

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if isinstance(value, date) else [""] * 3

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Any]:
        whole = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", str(data.get(name, "")))
        if whole:
            year, month, day = whole.groups()
            return [day.lstrip("0"), month.lstrip("0"), year]
        return list(super().value_from_datadict(data, files, name))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and super().value_omitted_from_data(data, files, name)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, box in zip(PARTS, context["widget"]["subwidgets"], strict=True):
            box["attrs"]["id"] = f"{context['widget']['attrs']['id']}_{part}"
            box |= {
                "label": part.capitalize(),
                "width": 4 if part == "year" else 2,
                "numeric": part != "month",
                "wrong": self.wrong in ("", part),
            }
        return context


class DateBoxesField(forms.Field):
    """A known date; the month as a number or a word. Cleans to a date, or None if not required.

    `what` names it within a sentence: "the first day". The code of an error is the part
    that is wrong ("day", "month", "year"), so that the summary's link lands on its box.
    """

    widget = DateBoxes

    def __init__(self, *, what: str, **kwargs: Any) -> None:
        self.what = what
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        boxes = [str(v or "").strip() for v in value or [""] * 3]
        if not any(boxes):
            if self.required:
                raise ValidationError(f"Enter {self.what}", code="required")
            return None
        return self._date(boxes)

    def _date(self, boxes: list[str]) -> date:
        missing = [part for part, typed in zip(PARTS, boxes, strict=True) if not typed]
        if missing:
            wanted = " and ".join(f"a {part}" for part in missing)
            raise self._fault(missing[0], f"must include {wanted}")
        day, month, year = _whole(boxes[0], 2), _month(boxes[1]), _whole(boxes[2], 4)
        if month is None:
            raise self._fault("month", "must have a month from 1 to 12, or its name")
        if year is None or not EARLIEST <= year <= LATEST:
            raise self._fault("year", "must have a year of 4 numbers, like 2026")
        try:
            return date(year, month, day or 0)
        except ValueError:
            raise self._fault("day", "must be a real date") from None

    def _fault(self, part: str, what_is_wrong: str) -> ValidationError:
        return ValidationError(f"{sentence_case(self.what)} {what_is_wrong}", code=part)


class NearDate(forms.TextInput):
    """A text box, with MoJ's calendar beside it where there is JavaScript."""

    template_name = "wellbeing/widgets/near_date.html"

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, date):
            return f"{value.day}/{value.month}/{value.year}"
        return super().format_value(value)


class NearDateField(forms.Field):
    """A date not far off, as 12/5/2026, 12 May 2026 or 2026-05-12. `what` as above."""

    widget = NearDate

    def __init__(self, *, what: str, **kwargs: Any) -> None:
        self.what = what
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        text = str(value or "").strip()
        if not text and not self.required:
            return None
        if not text:
            raise ValidationError(f"Enter {self.what}", code="required")
        found = _near_date(text)
        if found is None:
            sentence = f"{sentence_case(self.what)} must be a real date, like 12/5/2026"
            raise ValidationError(sentence, code="invalid")
        return found


def sentence_case(what: str) -> str:
    """`The first day` of `the first day`: the first letter alone is changed."""
    return what[:1].upper() + what[1:]


def _whole(text: str, most_digits: int) -> int | None:
    return int(text) if re.fullmatch(rf"[0-9]{{1,{most_digits}}}", text) else None


def _month(text: str) -> int | None:
    number = _whole(text, 2)
    if number is not None:
        return number if 1 <= number <= 12 else None
    word = text.lower().rstrip(".")
    named = (i for i, name in enumerate(MONTHS, 1) if name.startswith(word))
    return next(named, None) if len(word) >= 3 else None


def _near_date(text: str) -> date | None:
    parts = [part for part in re.split(r"[\s/.,-]+", text) if part]
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
