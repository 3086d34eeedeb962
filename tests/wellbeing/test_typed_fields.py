"""Dates, times and numbers as people type them: what is understood, what is said when not."""

from datetime import date, time
from typing import Any

import pytest

from tests.wellbeing.drawn import drawn, summary
from tests.wellbeing.page import Page
from wellbeing.forms.govuk import (
    ClockField,
    DateBoxesField,
    GovukForm,
    NearDateField,
    WholeNumberField,
)


def typed(day: str, month: str, year: str) -> dict[str, str]:
    return {"on_day": day, "on_month": month, "on_year": year}


class OneDate(GovukForm):
    """A date, which may be left out."""

    on = DateBoxesField(what="the first day", required=False)


@pytest.mark.parametrize(
    ("data", "on"),
    [
        (typed("12", "5", "2026"), date(2026, 5, 12)),
        (typed(" 12 ", "05", "2026"), date(2026, 5, 12)),
        (typed("1", "march", "2026"), date(2026, 3, 1)),
        (typed("1", "MAR", "2026"), date(2026, 3, 1)),
        (typed("1", "Sept.", "2026"), date(2026, 9, 1)),
        (typed("29", "2", "2028"), date(2028, 2, 29)),
        (typed("", "", ""), None),
        ({}, None),
        ({"on": "2026-05-02"}, date(2026, 5, 2)),
    ],
)
def test_a_date_is_understood(data: dict[str, str], on: date | None) -> None:
    form = OneDate(data)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == on


@pytest.mark.parametrize(
    ("data", "sentence", "part"),
    [
        (typed("", "5", "2026"), "The first day must include a day", "day"),
        (typed("12", "", "2026"), "The first day must include a month", "month"),
        (typed("12", "5", ""), "The first day must include a year", "year"),
        (typed("12", "", ""), "The first day must include a month and a year", "month"),
        (typed("12", "13", "2026"), "The first day must have a month from 1 to 12, or its name", "month"),
        (typed("12", "ma", "2026"), "The first day must have a month from 1 to 12, or its name", "month"),
        (typed("12", "5", "26"), "The first day must have a year of 4 numbers, like 2026", "year"),
        (typed("12", "5", "20266"), "The first day must have a year of 4 numbers, like 2026", "year"),
        (typed("31", "2", "2026"), "The first day must be a real date", "day"),
        (typed("0", "2", "2026"), "The first day must be a real date", "day"),
        (typed("x", "2", "2026"), "The first day must be a real date", "day"),
        (typed("²", "2", "2026"), "The first day must be a real date", "day"),
        ({"on": "2026-02-31"}, "The first day must be a real date", "day"),
    ],
)  # fmt: skip
def test_a_wrong_date_leads_to_the_wrong_box(
    data: dict[str, str], sentence: str, part: str
) -> None:
    form = OneDate(data)
    assert summary(form) == [(sentence, f"#id_on_{part}")]
    page = Page.of(drawn(form))
    red = [a["id"] for a in page.all("input") if "govuk-input--error" in a.get("class", "")]
    assert red == [f"id_on_{part}"]


def test_an_error_about_the_whole_date_marks_all_three_boxes() -> None:
    form = OneDate(typed("12", "5", "2026"))
    form.add_error("on", "The first day must be after today")
    page = Page.of(drawn(form))
    red = [a["id"] for a in page.all("input") if "govuk-input--error" in a.get("class", "")]
    assert red == ["id_on_day", "id_on_month", "id_on_year"]


def test_one_forms_wrong_date_does_not_mark_the_next_ones() -> None:
    drawn(OneDate(typed("", "5", "2026")))
    assert "govuk-input--error" not in drawn(OneDate(typed("12", "5", "2026")))


def test_a_date_held_fills_the_boxes() -> None:
    page = Page.of(drawn(OneDate(initial={"on": date(2026, 5, 2)})))
    assert [a["value"] for a in page.all("input") if "value" in a and "id" in a] == [
        "2",
        "5",
        "2026",
    ]


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("12/5/2026", date(2026, 5, 12)),
        ("12 May 2026", date(2026, 5, 12)),
        ("12-05-2026", date(2026, 5, 12)),
        ("2026-05-12", date(2026, 5, 12)),
        ("12.5.2026.", date(2026, 5, 12)),
        ("31/2/2026", None),
        ("12/5", None),
        ("12/5/26", None),
        ("soon", None),
    ],
)
def test_a_near_date_is_understood_or_refused(text: str, on: date | None) -> None:
    class Near(GovukForm):
        on = NearDateField(what="the first day")

    form = Near({"on": text})
    assert (form.cleaned_data["on"] if form.is_valid() else None) == on
    assert on or summary(form) == [
        ("The first day must be a real date, like 12/5/2026", "#id_on")
    ]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9:30am", time(9, 30)),
        ("9.30 AM", time(9, 30)),
        ("09:30", time(9, 30)),
        ("14:00", time(14)),
        ("2pm", time(14)),
        ("12am", time(0)),
        ("12:30pm", time(12, 30)),
        ("midday", time(12)),
        ("midnight", time(0)),
        ("9", None),  # morning or evening?
        ("24:00", None),
        ("13pm", None),
        ("0am", None),
        ("9:60", None),
        ("9:5", None),
        ("later", None),
    ],
)
def test_a_time_is_understood_or_refused(text: str, at: time | None) -> None:
    class Clock(GovukForm):
        at = ClockField(what="the start time")

    form = Clock({"at": text})
    assert (form.cleaned_data["at"] if form.is_valid() else None) == at
    assert at is not None or summary(form) == [
        ("The start time must be a time, like 9:30am or 14:00", "#id_at")
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        (" 8 ", 8),
        ("0", None),
        ("9", None),
        ("2.5", None),
        ("three", None),
        ("-1", None),
    ],
)
def test_a_number_is_whole_and_within_its_bounds(text: str, number: int | None) -> None:
    class Places(GovukForm):
        n = WholeNumberField(what="the number of places", least=1, most=8)

    form = Places({"n": text})
    assert (form.cleaned_data["n"] if form.is_valid() else None) == number
    said = "The number of places must be a whole number from 1 to 8"
    assert number or summary(form) == [(said, "#id_n")]
    box: dict[str, Any] = Page.of(drawn(Places())).by_id("id_n")
    assert (box["type"], box["inputmode"]) == ("text", "numeric")
