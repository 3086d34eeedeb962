"""Who is due ahead, as a page: who reads what, in which words, and of whom."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.agreements import make_exclusion
from tests.conftest import TODAY, Cast, Visitor
from tests.pages import page_of
from wellbeing.domain.working_days import from_names
from wellbeing.models import Person

As = Callable[[Person], Visitor]

# The cast's three staff were never seen and are overdue. A Thursday a week and two days on.
DAY = TODAY + timedelta(days=9)
# With a week's notice, the Tuesday after this one.
FIT = TODAY + timedelta(days=7)


def main(answer: Any) -> str:
    page = page_of(answer)
    return page[page.index("<main") : page.index("</main>")]


def test_a_lead_reads_who_is_due_and_short_and_what_would_do(cast: Cast, as_: As) -> None:
    make.make_event(cast.supervisor, DAY, capacity=2)
    page = as_(cast.lead).get("coverage_ahead")
    assert page.context["headline"] == (
        "3 people are due by 22 June 2026: 0 have a place, 2 more can have one, 1 is short."
    )
    groups = [(g.why, g.short, [n.name for n in g.names]) for g in page.context["groups"]]
    names = ["Amira Prosecutor", "Helen Manager", "Joe Paralegal"]
    assert groups == [
        ("Three people in West One (West), all overdue already, share two places.", 1, names)
    ]
    seats = [(s.day, s.area, s.seats, s.reason) for s in page.context["seats"]]
    assert seats == [("Tuesday 19 May 2026", "West", 1, "")]
    text = main(page)
    assert "1 more place, by video, on these days would do, and no fewer." in text
    assert f'href="/people/{cast.prosecutor.public_id}/"' in text


def test_coverage_leads_here(cast: Cast, as_: As) -> None:
    assert 'href="/coverage/ahead/"' in main(as_(cast.lead).get("coverage"))
    assert 'href="/coverage/ahead/"' not in page_of(as_(cast.auditor).get("coverage"))


def test_who_reaches_no_place_is_put_together(cast: Cast, as_: As) -> None:
    page = as_(cast.lead).get("coverage_ahead")
    groups = [(g.why, g.short) for g in page.context["groups"]]
    assert groups == [
        (
            "Three people in West One (West), all overdue already, have no free place in these weeks.",
            3,
        )
    ]


def test_an_area_lead_reads_of_their_own_areas_alone(cast: Cast, as_: As) -> None:
    make.make_staff("Elsie Elsewhere", cast.elsewhere)
    page = as_(cast.area_lead).get("coverage_ahead")
    assert (page.context["found"].due, page.context["area"]) == (3, cast.area)
    assert "Elsie" not in page_of(page)
    assert "East" not in main(page)
    page = as_(cast.area_lead).get("coverage_ahead", area=str(cast.elsewhere.area.pk))
    assert page.context["found"].due == 3
    assert as_(cast.lead).get("coverage_ahead").context["found"].due == 4
    page = as_(cast.lead).get("coverage_ahead", area=str(cast.elsewhere.area.pk))
    assert page.context["found"].due == 1


def test_names_need_the_relation_to_hold_today(cast: Cast, as_: As) -> None:
    """Counted by the posting of the first day, which is past; named to nobody's lead of then."""
    gone = make.make_staff("Gone Elsewhere", cast.unit, end_on=TODAY - timedelta(days=1))
    make.make_posting(gone, cast.elsewhere, start_on=TODAY)
    asked = {"first": (TODAY - timedelta(days=7)).isoformat(), "weeks": "6"}
    page = as_(cast.area_lead).get("coverage_ahead", **asked)
    assert page.context["found"].due == 4
    assert [(g.unnamed, len(g.names)) for g in page.context["groups"]] == [(0, 3), (1, 0)]
    assert "Gone" not in page_of(page)
    assert "does not work in your Areas today" in main(page)
    assert "Gone" in page_of(as_(cast.lead).get("coverage_ahead", **asked))


def test_of_whom_a_reader_may_not_name_no_word_is_said(cast: Cast, as_: As) -> None:
    """Gone yesterday, on Tuesdays alone and nowhere else like them: counted, and that is all."""
    gone = make.make_staff(
        "Gone Tuesday", cast.unit, end_on=TODAY - timedelta(days=1), working_days=0b10
    )
    make.make_posting(gone, cast.elsewhere, start_on=TODAY, working_days=0b10)
    left = make.make_staff(
        "Left Service", cast.unit, end_on=TODAY - timedelta(days=1), working_days=0b100
    )
    first = TODAY - timedelta(days=7)
    asked = {"first": first.isoformat(), "weeks": "6"}
    west = "Three people in West One (West), all overdue already, have no free place in these weeks."
    groups = as_(cast.area_lead).get("coverage_ahead", **asked).context["groups"]
    two = "Two people have no free place in these weeks."
    assert [(g.why, g.short, g.unnamed) for g in groups] == [(west, 3, 0), (two, 2, 2)]
    page = as_(cast.lead).get("coverage_ahead", **asked)
    assert [(g.why, g.unnamed) for g in page.context["groups"]] == [
        (west, 0),
        (
            "One person in West One (West) who works only on Tuesdays, overdue already,"
            " has no free place in these weeks.",
            0,
        ),
        ("One person has no free place in these weeks.", 1),
    ]
    assert left.name not in page_of(page)
    # With places to share they are in one group, and only counted there.
    make.make_event(cast.supervisor, TODAY - timedelta(days=6), capacity=1)
    make.make_event(cast.supervisor, TODAY - timedelta(days=7), capacity=2)
    groups = as_(cast.area_lead).get("coverage_ahead", **asked).context["groups"]
    assert [(g.why, g.short, g.unnamed) for g in groups] == [
        (
            "Three people in West One (West), all overdue already, and two others share three"
            " places.",
            2,
            2,
        )
    ]


def test_that_no_place_can_help_is_said_of_whom_a_reader_may_name(cast: Cast, as_: As) -> None:
    """They left on the first day asked about, a Monday, and worked on Sundays."""
    monday = TODAY - timedelta(days=1)
    make.make_staff("Left Sunday", cast.unit, end_on=monday, working_days=0b1000000)
    asked = {"first": monday.isoformat(), "weeks": "1"}
    page = as_(cast.area_lead).get("coverage_ahead", **asked)
    assert len(page.context["found"].cannot_be_placed) == 1
    assert page.context["helpless"] == 0
    assert "no working day left, so" not in main(page)
    assert "no working day from" not in main(page)
    for person in (cast.prosecutor, cast.paralegal, cast.manager):
        make.make_absence(person, monday, None)
    page = as_(cast.area_lead).get("coverage_ahead", **asked)
    assert page.context["found"].short == 1
    assert "No more places can help." in main(page)


def test_a_past_first_day_says_so_and_past_days_cannot_be_published(
    cast: Cast, as_: As
) -> None:
    first = (TODAY - timedelta(days=28)).isoformat()
    page = as_(cast.lead).get("coverage_ahead", first=first, weeks="2")
    assert "The first day is past." in main(page)
    assert [s.reason for s in page.context["seats"]] == ["That day is past"]
    assert page.context["publish"] == ""
    page = as_(cast.lead).get("coverage_ahead_publish", first=first, weeks="2")
    assert "Nothing is needed that you could publish." in main(page)


def test_nobody_due_says_what_to_do(cast: Cast, as_: As) -> None:
    for person in (cast.prosecutor, cast.paralegal, cast.manager):
        make.make_absence(person, TODAY, None)
    page = as_(cast.lead).get("coverage_ahead")
    assert "Nobody is due between 12 May 2026 and 22 June 2026." in main(page)


def test_nobody_short_is_said_and_no_group_is_shown(cast: Cast, as_: As) -> None:
    make.make_event(cast.supervisor, DAY, capacity=3)
    page = as_(cast.lead).get("coverage_ahead")
    assert page.context["headline"] == (
        "3 people are due by 22 June 2026: everybody has a place or can have one."
    )
    assert "Make it fit" not in main(page)


def test_nobody_a_place_can_help(cast: Cast, as_: As) -> None:
    for person in (cast.prosecutor, cast.paralegal, cast.manager):
        make.make_absence(person, TODAY + timedelta(days=1), None)
    sunday = TODAY + timedelta(days=5)
    make.make_staff(
        "Due Sunday", cast.unit, start_on=sunday - timedelta(days=27),
        working_days=from_names(["tue"]),
    )  # fmt: skip
    page = as_(cast.lead).get(
        "coverage_ahead", first=(TODAY + timedelta(days=1)).isoformat(), weeks="1"
    )
    assert "has no working day left, so that no place can help" in main(page)
    assert "No more places can help" in main(page)


WRONG = [
    {"first": "x"},
    {"first": "30/2/2026"},
    {"weeks": "0"},
    {"weeks": "27"},
    {"weeks": "x"},
    {"area": "999999"},
    {"area": "\x00"},
    {"first": "31/12/2200", "weeks": "26"},
    {"page": "x"},
    {"host": "1"},
    {"host_2026-05-19_1": "x"},
]


@pytest.mark.parametrize("query", WRONG)
def test_wrong_parameters_are_a_clean_page(cast: Cast, as_: As, query: dict[str, str]) -> None:
    make.make_staff("Elsewhere", cast.elsewhere)
    for name in ("coverage_ahead", "coverage_ahead_publish"):
        assert as_(cast.lead).get(name, **query).status_code == 200
        assert as_(cast.lead).post(name, **query).status_code == 200


@pytest.mark.parametrize("people", [1, 3])
def test_pages_take_the_same_queries_for_any_number(cast: Cast, as_: As, people: int) -> None:
    for person in (cast.prosecutor, cast.paralegal, cast.manager)[people:]:
        make.make_absence(person, TODAY, None)
    for n in range(people):
        event = make.make_event(cast.supervisor, DAY, time(9 + n))
        make.make_booking(event, make.make_person("Other"))
        make.make_event(cast.supervisor, DAY, time(14 + n), areas=(cast.elsewhere.area,))
    make.build_cover()
    visitor = as_(cast.lead)
    with CaptureQueriesContext(connection) as queries:
        page = visitor.get("coverage_ahead")
    assert (page.context["found"].short, len(queries)) == (people, 28)


def test_an_exclusion_changes_no_byte_but_figures_that_a_taken_place_changes_too(
    cast: Cast, as_: As
) -> None:
    for person in (cast.paralegal, cast.manager):
        make.make_absence(person, TODAY, None)
    event = make.make_event(cast.supervisor, DAY)
    free = page_of(as_(cast.lead).get("coverage_ahead"))
    unwanted = make_exclusion(cast.prosecutor, cast.supervisor)
    excluded = page_of(as_(cast.lead).get("coverage_ahead"))
    unwanted.delete()
    make.make_booking(event, make.make_person("Other"))
    taken = page_of(as_(cast.lead).get("coverage_ahead"))
    assert excluded == taken != free
