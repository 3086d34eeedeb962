"""The frame of every page, and the pieces that pages are made of."""

from typing import Any

import pytest
from django.contrib import messages
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from supervision.presenters.navigation import NavigationItem
from tests.wellbeing.page import Page
from wellbeing.forms.govuk import ActionForm


def piece(source: str, **context: Any) -> Page:
    return Page.of(Template("{% load govuk %}" + source).render(Context(context)))


def frame(**context: Any) -> Page:
    return Page.of(render_to_string("base.html", context))


def title(page: Page) -> str:
    return page.texts[0]


def test_the_page_can_be_skipped_into_and_helps_without_anybody_signed_in() -> None:
    page = frame()
    first, *_ = page.all("a")
    assert first["href"] == "#main-content"
    assert page.by_id("main-content")["class"] == "govuk-main-wrapper"
    assert [a["href"] for a in page.all("a")] == ["#main-content", "/", "/help-now/"]
    assert page.all("html")[0]["lang"] == "en-GB"


def test_everything_the_frame_loads_is_our_own() -> None:
    page = frame()
    loaded = [
        a.get("src") or a.get("href", "") for t in ("link", "script") for a in page.all(t)
    ]
    assert [path for path in loaded if path and not path.startswith("/static/")] == []
    assert [attrs for _, attrs in page.elements if "style" in attrs] == []


def test_the_title_says_when_something_is_wrong() -> None:
    form = ActionForm({})
    assert title(frame(form=form)) == "– RASSO wellbeing and supervision"
    form.add_error(None, "This place has just been taken")
    page = frame(form=form)
    assert title(page) == "Error: – RASSO wellbeing and supervision"
    assert "This place has just been taken" in page.texts


def test_the_navigation_shows_what_it_is_given_and_where_one_is() -> None:
    items = [NavigationItem("Home", "/", False), NavigationItem("Team <x>", "/team/", True)]
    links = [
        a
        for a in frame(navigation=items).all("a")
        if "service-navigation" in a.get("class", "")
    ]
    assert [(a["href"], a.get("aria-current")) for a in links] == [
        ("/", None),
        ("/team/", "true"),
    ]
    assert "Team <x>" in frame(navigation=items).texts
    assert frame(navigation=[]).all("nav") == []


@pytest.mark.parametrize(
    ("level", "heading", "role"),
    [
        (messages.SUCCESS, "Done", "alert"),
        (messages.INFO, "Please note", "region"),
        (messages.WARNING, "Please note", "region"),
    ],
)
def test_a_banner_says_what_was_done(level: int, heading: str, role: str) -> None:
    message = messages.storage.base.Message(level, "Booked <once>.")
    page = frame(messages=[message])
    (banner,) = [
        a for _, a in page.elements if "data-module" in a and "banner" in a["data-module"]
    ]
    assert banner["role"] == role
    assert page.by_id(banner["aria-labelledby"])
    assert [text for text in page.texts if text in {heading, "Booked <once>."}] == [
        heading,
        "Booked <once>.",
    ]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, ["1", "2", "⋯", "9"]),
        (5, ["1", "⋯", "4", "5", "6", "⋯", "9"]),
        (9, ["1", "⋯", "8", "9"]),
    ],
)
def test_pages_are_numbered_and_keep_the_filter(
    number: int, shown: list[str], rf: RequestFactory
) -> None:
    context = {
        "request": rf.get("/people/", {"q": "a&b", "page": number}),
        "page": Paginator(range(90), 10).page(number),
    }
    page = piece('{% include "components/pagination.html" %}', **context)
    assert [text for text in page.texts if text in {"⋯", *"123456789"}] == shown
    assert {a["href"].rpartition("=")[0] for a in page.all("a")} == {"?q=a%26b&page"}
    (here,) = [a for a in page.all("a") if a.get("aria-current")]
    assert here["aria-label"] == f"Page {number}"


def test_one_page_needs_no_numbers(rf: RequestFactory) -> None:
    context = {"request": rf.get("/"), "page": Paginator(range(3), 10).page(1)}
    assert piece('{% include "components/pagination.html" %}', **context).elements == []


def test_a_scroll_region_is_named_and_reachable() -> None:
    page = piece(
        "{% scroll_region label %}<table></table>{% end_scroll_region %}", label='A "b"'
    )
    (region,) = page.all("div")
    assert (region["role"], region["tabindex"], region["aria-label"]) == (
        "region",
        "0",
        'A "b"',
    )
    assert len(page.all("table")) == 1


def test_a_bar_is_as_long_as_its_share_and_silent() -> None:
    page = piece('{% include "components/bar.html" with width=81.8 %}')
    assert [a["width"] for a in page.all("rect")] == ["100", "81.8"]
    assert page.all("svg")[0]["aria-hidden"] == "true"
