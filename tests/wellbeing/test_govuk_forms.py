"""Forms in GOV.UK's way: what is drawn, what is understood, where each error leads."""

import pytest
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.http import QueryDict

from tests.wellbeing.drawn import drawn, summary
from tests.wellbeing.page import Page
from wellbeing.domain.refusals import Refused
from wellbeing.forms.govuk import (
    ClockField,
    DateBoxesField,
    GovukForm,
    NearDateField,
    WholeNumberField,
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
