"""Forms in GOV.UK's way: what is drawn, what is understood, where each error leads."""

from datetime import date, time
from typing import Any

import pytest
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from tests.wellbeing.page import Page
from wellbeing.domain.refusals import Refused
from wellbeing.forms.govuk import (
    ClockField,
    DateBoxesField,
    GovukForm,
    NearDateField,
    WholeNumberField,
    error_links,
)

SLOTS = [
    ("Tuesday 12 May 2026", [("a", "9:30am to 10:30am"), ("b", "midday to 1pm")]),
    ("Wednesday 13 May 2026", [("c", "2pm to 3pm")]),
]


class EveryKind(GovukForm):
    """One field of every kind that the pack draws."""

    submit = "Save it"
    name = forms.CharField(label="Name <b>in full</b>", help_text="As on <i>the list</i>")
    email = forms.EmailField(label="Work email address")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    known_on = DateBoxesField(label="First day away", what="the first day away")
    near_on = NearDateField(label="From", what="the first day", help_text="Like 12/5/2026")
    start = ClockField(label="Start", what="the start time")
    places = WholeNumberField(label="Places", what="the number of places", least=1, most=8)
    mode = forms.ChoiceField(
        label="How",
        widget=forms.RadioSelect,
        choices=[("video", "Video"), ("phone", "Phone <b>call</b>")],
        error_messages={"required": "Select how you will meet"},
    )
    slot = forms.ChoiceField(label="Time", widget=forms.RadioSelect, choices=SLOTS)
    days = forms.MultipleChoiceField(
        label="Working days",
        widget=forms.CheckboxSelectMultiple,
        choices=[("mon", "Monday"), ("tue", "Tuesday")],
    )
    agreed = forms.BooleanField(label="I have read it")
    area = forms.ChoiceField(label="Area", choices=[("", "Choose"), ("1", "Cymru-Wales")])
    note = forms.CharField(label="Note", widget=forms.Textarea, max_length=5)
    key = forms.CharField(widget=forms.HiddenInput)


def drawn(form: forms.Form, template: str = "{% crispy form %}") -> str:
    source = "{% load govuk crispy_forms_tags %}{% error_summary form %}" + template
    return Template(source).render(Context({"form": form, "csrf_token": "t"}))


def summary(form: forms.Form) -> list[tuple[str, str]]:
    return [(link.text, link.href) for link in error_links(form)]


def test_an_empty_form_names_every_field_in_its_order() -> None:
    assert summary(EveryKind({})) == [
        ("Enter name <b>in full</b>", "#id_name"),
        ("Enter work email address", "#id_email"),
        ("Enter password", "#id_secret"),
        ("Enter the first day away", "#id_known_on_day"),
        ("Enter the first day", "#id_near_on"),
        ("Enter the start time, like 9:30am", "#id_start"),
        ("Enter the number of places", "#id_places"),
        ("Select how you will meet", "#id_mode_0"),
        ("Select time", "#id_slot_0_0"),
        ("Select working days", "#id_days_0"),
        ("Select “I have read it”", "#id_agreed"),
        ("Select area", "#id_area"),
        ("Enter note", "#id_note"),
        ("Part of this page is missing. Go back and open it again", ""),  # a hidden field
    ]


@pytest.mark.parametrize("template", ["{% crispy form %}", "{{ form|crispy }}"])
def test_every_error_link_leads_to_an_input(template: str) -> None:
    page = Page.of(drawn(EveryKind({}), template))
    inputs = {
        attrs.get("id") for tag in ("input", "select", "textarea") for attrs in page.all(tag)
    }
    targets = [a["href"].removeprefix("#") for a in page.all("a")]
    assert len(targets) == 13
    assert [target for target in targets if target not in inputs] == []


def test_ids_are_unique_and_everything_pointed_at_exists() -> None:
    page = Page.of(drawn(EveryKind({})))
    assert len(page.ids) == len(set(page.ids))
    pointed_at = [
        target
        for _, attrs in page.elements
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls")
        for target in attrs.get(name, "").split()
    ]
    assert [target for target in pointed_at if target not in page.ids] == []
    assert (
        page.by_id("id_near_on")["aria-describedby"] == "id_near_on_helptext id_near_on_error"
    )


def test_labels_hints_and_choices_are_escaped() -> None:
    html = drawn(EveryKind())
    assert [tag for tag, _ in Page.of(html).elements if tag in {"b", "i"}] == []
    assert "Name &lt;b&gt;in full&lt;/b&gt;" in html
    assert "As on &lt;i&gt;the list&lt;/i&gt;" in html
    assert "Phone &lt;b&gt;call&lt;/b&gt;" in html


def test_the_browser_checks_nothing_itself() -> None:
    page = Page.of(drawn(EveryKind({})))
    assert [attrs for _, attrs in page.elements if "required" in attrs] == []
    assert [attrs for _, attrs in page.elements if "placeholder" in attrs] == []
    (form,) = page.all("form")
    assert "novalidate" in form
    kinds = {attrs["type"] for attrs in page.all("input")}
    assert kinds == {"hidden", "text", "email", "password", "radio", "checkbox"}


def test_no_element_has_an_inline_style_or_script() -> None:
    page = Page.of(drawn(EveryKind({})))
    assert [attrs for _, attrs in page.elements if "style" in attrs] == []
    assert page.all("script") == []


def test_the_button_says_what_it_does() -> None:
    page = Page.of(drawn(EveryKind()))
    (button,) = [attrs for attrs in page.all("button") if attrs["type"] == "submit"]
    assert button["class"].split() == ["govuk-button"]
    assert "name" not in button
    assert "Save it" in page.texts


def test_a_get_form_has_no_token_in_its_address() -> None:
    class Filter(GovukForm):
        method = "get"
        q = forms.CharField(required=False)

    page = Page.of(drawn(Filter()))
    assert page.all("form")[0]["method"] == "get"
    assert [attrs["name"] for attrs in page.all("input")] == ["q"]


def test_radios_stand_in_a_fieldset_with_their_groups_named() -> None:
    page = Page.of(drawn(EveryKind()))
    groups = [a for _, a in page.elements if a.get("role") == "group"]
    assert [g["aria-labelledby"] for g in groups] == ["id_slot_0_0_group", "id_slot_1_0_group"]
    assert page.texts.count("Tuesday 12 May 2026") == 1
    assert "Time" in page.texts


def test_what_was_typed_comes_back() -> None:
    data = QueryDict(mutable=True)
    data.update(
        {"name": "Ada <x>", "known_on_day": "31", "known_on_month": "february", "mode": "phone"}
    )
    data.setlist("days", ["tue"])
    data.update({"known_on_year": "2026", "secret": "not shown again", "agreed": "on"})
    html = drawn(EveryKind(data))
    page = Page.of(html)
    assert page.by_id("id_name")["value"] == "Ada <x>"
    assert [page.by_id(f"id_known_on_{p}")["value"] for p in ("day", "month", "year")] == [
        "31",
        "february",
        "2026",
    ]
    chosen = [attrs["id"] for attrs in page.all("input") if "checked" in attrs]
    assert chosen == ["id_mode_1", "id_days_1", "id_agreed"]
    assert "not shown again" not in html


def test_choices_that_are_all_gone_give_an_error_without_a_link() -> None:
    form = EveryKind({})
    form.fields["mode"].choices = []
    assert ("Select how you will meet", "") in summary(form)


def test_a_prefix_reaches_the_links() -> None:
    form = EveryKind({}, prefix="first")
    page = Page.of(drawn(form))
    targets = [a["href"].removeprefix("#") for a in page.all("a")]
    assert targets[3] == "id_first-known_on_day"
    assert [target for target in targets if target not in page.ids] == []


def test_a_layout_of_crispy_is_drawn_in_a_fieldset() -> None:
    form = EveryKind()
    form.helper.layout = Layout(Fieldset("Who you are", "name", "email"))
    page = Page.of(drawn(form))
    assert page.texts[0] == "Who you are"
    assert [attrs["id"] for attrs in page.all("input") if "id" in attrs] == [
        "id_name",
        "id_email",
    ]


def test_a_refusal_stands_at_its_field_or_on_the_form() -> None:
    form = EveryKind({})
    form.refuse(Refused("That day is taken", field="known_on"))
    form.refuse(Refused("This place has just been taken"))
    assert summary(form)[0] == ("This place has just been taken", "")
    assert ("That day is taken", "#id_known_on_day") in summary(form)


def test_too_long_a_text_is_said_with_its_limit() -> None:
    assert ("Note must be 5 characters or fewer", "#id_note") in summary(
        EveryKind({"note": "123456"})
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
