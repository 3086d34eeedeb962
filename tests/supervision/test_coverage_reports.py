"""The reports beside the main page: a unit and its people, the forecast, two days side by side."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from tests.pages import page_of
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.roles import JobRole
from wellbeing.models import Person

As = Callable[[Person], Visitor]


def seen(cast: Cast, name: str, days_ago: int, **posting: Any) -> Person:
    person = make.make_staff(name, cast.unit, **posting)
    at = time(9 + Person.objects.count() % 8)
    make.make_held(person, cast.supervisor, TODAY - timedelta(days=days_ago), at)
    return person


def names(page: Any) -> list[str]:
    return [line.name for line in page.context["page"].object_list]


def test_a_unit_has_its_job_roles_and_its_people_by_what_needs_doing(
    cast: Cast, as_: As
) -> None:
    seen(cast, "In date", 3)
    seen(cast, "Long overdue", 90)
    seen(cast, "Overdue", 60)
    seen(cast, "Due soon", 30, job_role=JobRole.PARALEGAL)
    away = seen(cast, "Away", 10)
    make.make_absence(away, TODAY, None)
    page = as_(cast.area_lead).get("coverage_unit", cast.unit.public_id)
    mine = [
        n
        for n in names(page)
        if n in {"In date", "Long overdue", "Overdue", "Due soon", "Away"}
    ]
    assert mine == ["Long overdue", "Overdue", "Due soon", "In date", "Away"]
    roles = {name: line.shown.in_scope for name, line in page.context["roles"]}
    assert roles == {"Managers": 1, "Paralegal staff": 2, "Prosecutors": 5}
    assert page.context["total"].shown.away == 1
    only = as_(cast.area_lead).get("coverage_unit", cast.unit.public_id, job_role="paralegal")
    assert names(only) == ["Joe Paralegal", "Due soon"]


def test_names_need_the_relation_to_hold_today_and_figures_do_not(cast: Cast, as_: As) -> None:
    gone = make.make_staff("Gone east", cast.unit, end_on=TODAY - timedelta(days=1))
    make.make_posting(gone, cast.elsewhere, start_on=TODAY)
    day = (TODAY - timedelta(days=80)).isoformat()
    page = as_(cast.area_lead).get("coverage_unit", cast.unit.public_id, on=day)
    assert "Gone east" not in page_of(page)
    assert "1 more is counted above and not named" in page_of(page)
    page = as_(cast.lead).get("coverage_unit", cast.unit.public_id, on=day)
    assert "Gone east" in names(page)


def test_forecast_counts_what_is_booked_and_nothing_else(cast: Cast, as_: As) -> None:
    person = seen(cast, "P", 40)
    make.build_cover()
    event = make.make_event(cast.supervisor, TODAY + timedelta(days=20))
    page = as_(cast.lead).get("coverage_forecast")
    shares = [cells[0] for _, cells in page.context["chart"].rows]
    # Of two prosecutors one is in cover today, and 42 days after the session no more.
    assert shares == ["50.0%"] + ["0.0%"] * 13
    make.make_booking(event, person)
    page = as_(cast.lead).get("coverage_forecast")
    shares = [cells[0] for _, cells in page.context["chart"].rows]
    assert shares == ["50.0%"] + ["0.0%"] * 2 + ["50.0%"] * 7 + ["0.0%"] * 4
    assert "it is 0.0% on 10 August 2026" in page.context["words"]


def test_two_days_side_by_side_name_who_fell_out_and_who_came_back(cast: Cast, as_: As) -> None:
    seen(cast, "Fell", 60)
    back = seen(cast, "Back", 100)
    make.make_held(back, cast.supervisor, TODAY - timedelta(days=5))
    asked = {"before_on": (TODAY - timedelta(days=50)).isoformat(), "on": TODAY.isoformat()}
    page = as_(cast.area_lead).get("coverage_area_compared", cast.area.public_id, **asked)
    lists = {one.title: [name for _, name in one.people] for one in page.context["people"]}
    assert lists == {"Fell out of cover": ["Fell"], "Came back into cover": ["Back"]}
    west, whole = page.context["lines"]
    assert (west.name, west.fell_out, west.came_back) == ("West One", 1, 1)
    assert whole.name == "West"
    wrong = as_(cast.lead).get("coverage_compared", before_on="1/6/2026", on="1/5/2026")
    assert "The earlier date must be before the other one" in page_of(wrong)


def test_finding_and_order_say_what_needs_doing_first(cast: Cast, as_: As) -> None:
    for i in range(4):
        seen(cast, f"W{i}", 3)
    make.make_staff("East", cast.elsewhere)
    page = as_(cast.lead).get("coverage")
    assert [line.name for line in page.context["lines"]] == ["East", "West"]
    assert page.context["finding"] == "1 of 2 Areas is below 80% for prosecutors"


def test_a_job_role_may_be_asked_for_beside_prosecutors(cast: Cast, as_: As) -> None:
    seen(cast, "Para", 3, job_role=JobRole.PARALEGAL)
    page = as_(cast.lead).get("coverage", job_role="paralegal")
    west = next(line for line in page.context["lines"] if line.name == "West")
    assert (west.prosecutors.in_scope, west.shown.in_scope, west.shown.in_date) == (1, 2, 1)
    assert "Paralegal staff" in page_of(page)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("coverage_unit", 18),
        ("coverage_area_forecast", 8),
    ],
)
def test_pages_take_the_same_queries_for_any_number(
    cast: Cast, as_: As, number: int, address: str, queries: int
) -> None:
    for i in range(number):
        seen(cast, f"P{i}", 60 + i)
        ahead = make.make_event(cast.supervisor, TODAY + timedelta(days=9 + i))
        make.make_booking(ahead, cast.prosecutor, BookingStatus.BOOKED)
    make.build_cover()
    make.add_up(NOW)
    which = cast.unit if address == "coverage_unit" else cast.area
    visitor = as_(cast.area_lead)
    with CaptureQueriesContext(connection) as found:
        page = visitor.get(address, which.public_id)
    assert page.status_code == 200
    assert len(found) == queries


@pytest.mark.parametrize("number", [1, 3])
def test_two_days_side_by_side_name_a_page_at_a_time(
    cast: Cast, as_: As, settings: Any, number: int
) -> None:
    settings.COVER_LIST_PER_PAGE = 3
    for i in range(number):
        seen(cast, f"Fell {i}", 60)
        back = seen(cast, f"Back {i}", 100)
        make.make_held(back, cast.supervisor, TODAY - timedelta(days=5 + i))
    make.build_cover()
    asked = {"before_on": (TODAY - timedelta(days=50)).isoformat(), "on": TODAY.isoformat()}
    visitor = as_(cast.area_lead)
    with CaptureQueriesContext(connection) as found:
        page = visitor.get("coverage_area_compared", cast.area.public_id, **asked)
    assert len(found) == 11
    lists = {one.title: (one.number, len(one.people)) for one in page.context["people"]}
    here = number if number == 1 else 0
    assert lists == {
        "Fell out of cover": (number, number),
        "Came back into cover": (number, here),
    }
    if number == 3:
        page = visitor.get("coverage_area_compared", cast.area.public_id, page=2, **asked)
        shown = [[name for _, name in one.people] for one in page.context["people"]]
        assert shown == [[], ["Back 0", "Back 1", "Back 2"]]


@pytest.mark.parametrize("on", ["x", "1/1/1900", "31/12/2199", "\x00", "2026-02-30"])
def test_any_day_is_a_clean_page(cast: Cast, as_: As, on: str) -> None:
    visitor = as_(cast.area_lead)
    for address in ("coverage_area", "coverage_area_forecast", "coverage_area_compared"):
        assert visitor.get(address, cast.area.public_id, on=on).status_code == 200
    assert visitor.get("coverage_unit", cast.unit.public_id, on=on).status_code == 200


def test_nobody_in_scope_is_said(cast: Cast, as_: As) -> None:
    page = as_(cast.lead).get("coverage_unit", cast.unit.public_id, on=date(1990, 1, 1))
    assert "Nobody of this unit was in scope" in page_of(page)
