"""Uptake, bookings, court, equity and the other offers taken away: what their pages say."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.bookings import ended, session
from tests.conftest import TODAY, Cast, Visitor
from tests.pages import page_of
from tests.supervision.taken import book, content, definitions, rows, said
from wellbeing.domain.booking import BookingStatus as S
from wellbeing.domain.booking import CancelReason
from wellbeing.domain.roles import EventKind, JobRole
from wellbeing.models import AuditRow, Person

As = Callable[[Person], Visitor]
FIGURES = ("uptake", "bookings", "court", "equity", "offers", "gaps", "never_seen")


@pytest.fixture
def busy(cast: Cast) -> Cast:
    """Six bookings of which five were given up for court; somebody seen; somebody in the East."""
    make.make_held(cast.prosecutor, cast.supervisor, TODAY - timedelta(days=41))
    for i in range(5):
        ended(session(cast, 15 + i), cast.paralegal, S.CANCELLED, reason=CancelReason.COURT)
    make.make_booking(session(cast, 20), cast.manager, S.DECLINED)
    make.make_staff("Elsewhere", cast.elsewhere)
    return cast


def test_uptake_is_what_the_page_says(busy: Cast, as_: As) -> None:
    lead = as_(busy.lead)
    found = rows(lead.get("uptake_file", "csv"))
    page = lead.get("coverage_uptake").context
    for line, row in zip([*page["lines"], page["total"]], found, strict=True):
        assert row["name"] == line.name
        for before, one in (("", line.everyone), ("prosecutors_", line.prosecutors)):
            assert [row[f"{before}{name}"] for name in ("in_scope", "offered", "taken_up")] == [
                one.in_scope.text,
                one.offered.text,
                one.taken_up.text,
            ]
    assert [row["offered_share"] for row in found] == ["0.0", "1.0", "0.75"]
    (west, total) = rows(
        lead.get("uptake_file", "csv", area=busy.area.public_id, on="2026-05-12")
    )
    assert (west["name"], west["in_scope"], total["name"]) == ("West One", "3", "All")


def test_bookings_are_what_the_page_says_and_excel_has_why_and_when(
    busy: Cast, as_: As
) -> None:
    lead = as_(busy.lead)
    page = lead.get("coverage_uptake").context
    found = rows(lead.get("bookings_file", "csv"))
    grid, offers = page["outcomes"], page["offers"]
    for row, one, other in zip(
        found, [*grid.rows, grid.total], [*offers.rows, offers.total], strict=True
    ):
        assert list(row.values()) == [one.name, *one.numbers, *other.numbers]
    made = book(lead.get("bookings_file", "xlsx"))
    assert made.sheetnames == ["Bookings", "By the person", "By the service", "Definitions"]
    assert [cell.value for cell in made["By the person"][2]] == ["Court", 5, None, 5]
    told = definitions(lead.get("bookings_file", "xlsx", since="12/5/2026"))
    assert told["Bookings"] == "2026-05-12 to 2026-05-12"
    object_ = said(lead.get("bookings_file", "json", since="13/4/2026"))
    assert object_["since"] == "2026-04-13"
    assert object_["by_the_person"][0] == {
        "reason": "Court", "in_time": 5, "late": None, "in_all": 5
    }  # fmt: skip


def test_court_is_by_unit_and_names_nobody(busy: Cast, as_: As) -> None:
    assert rows(as_(busy.lead).get("court_file", "csv")) == [
        {
            "unit": "West One", "area": "West", "booked": "6", "because_of_court": "5",
            "share": "0.85", "stands_in_the_way": "yes",
        }
    ]  # fmt: skip


def test_equity_has_every_group_of_the_page(busy: Cast, as_: As) -> None:
    make.make_staff("Part", busy.unit, working_days=0b11, job_role=JobRole.MANAGER)
    lead = as_(busy.lead)
    found = rows(lead.get("equity_file", "csv"))
    wanted = [
        (dimension.column.lower(), line.name, who, one.in_scope, one.shares)
        for dimension in lead.get("coverage_equity").context["dimensions"]
        for line in dimension.lines
        for who, one in (("All RASSO staff", line.everyone), ("Prosecutors", line.prosecutors))
        if one
    ]
    shares = ("coverage", "offered_share", "taken_up_share", "never_seen_share")
    assert [
        (r["by"].lower(), r["name"], r["who"], r["in_scope"], [percent(r[s]) for s in shares])
        for r in found
    ] == wanted
    assert {row["by"] for row in found} == {"working pattern", "job role", "Area"}


def percent(cell: str) -> str:
    return f"{float(cell):.1%}" if cell else "–"


def test_other_offers_are_counted_and_small_rounds_left_out(busy: Cast, as_: As) -> None:
    event = make.make_event(
        busy.manager, TODAY - timedelta(days=3), time(9), kind=EventKind.CHECK_IN, capacity=None
    )
    make.make_booking(event, busy.prosecutor, S.ATTENDED)
    round_ = make.make_event(
        None, TODAY - timedelta(days=9), kind=EventKind.ROUND, capacity=50, theme="A theme"
    )
    make.make_booking(round_, busy.prosecutor)
    answer = as_(busy.area_lead).get("offers_file", "json")
    assert said(answer) == {
        "from": "2025-05-13",
        "to": "2026-05-12",
        "areas": "West",
        "other_offers": [
            offer("Line-manager check-ins", 1, 1, 1, None),
            offer("Schwartz Rounds", 1, None, 0, 1),
            offer("RASSO Welfare Support Training", 0, 0, 0, None),
        ],
    }
    told = definitions(as_(busy.lead).get("offers_file", "xlsx"))
    assert told["Not counted: Counselling"].startswith("Not recorded, by design")
    assert "Areas" not in told


def offer(name: str, *numbers: int | None) -> dict[str, Any]:
    keys = ("held", "prosecutors", "all_staff", "left_out")
    return {"offer": name, **dict(zip(keys, numbers, strict=True))}


def test_bands_are_what_the_pages_say(busy: Cast, as_: As) -> None:
    lead = as_(busy.lead)
    for name in ("gaps", "never_seen"):
        bands = lead.get(f"coverage_{name}").context["bands"]
        found = rows(lead.get(f"{name}_file", "csv"))
        assert [list(row.values()) for row in found] == [[b.name, *b.numbers] for b in bands]
    assert definitions(lead.get("gaps_file", "xlsx"))["On record"].startswith("The first on")


@pytest.mark.parametrize("name", FIGURES)
def test_figures_of_a_wrong_question_or_format_are_not_there(
    cast: Cast, as_: As, name: str
) -> None:
    lead = as_(cast.lead)
    assert lead.get(f"{name}_file", "pdf").status_code == 404
    for query in ({"on": "x"}, {"area": "y"}, {"on": "\x00"}):
        assert lead.get(f"{name}_file", "csv", **query).status_code == 404


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_another_area_is_not_there_and_figures_name_nobody(
    busy: Cast, as_: As, name: str, kind: str
) -> None:
    lead = as_(busy.area_lead)
    elsewhere = busy.elsewhere.area
    other = elsewhere.pk if name == "offers" else elsewhere.public_id
    assert lead.get(f"{name}_file", kind, area=other).status_code == 404
    made = content(lead.get(f"{name}_file", kind))
    text = str([list(s.values) for s in book(lead.get(f"{name}_file", kind))]) if kind == "xlsx" else made.decode()  # fmt: skip
    for person in busy.everyone().values():
        assert person.name not in text
    assert "East" not in text
    assert not AuditRow.objects.filter(verb="coverage.people_taken").exists()


PAGES = {
    "coverage_uptake": ["uptake_file", "bookings_file"],
    "coverage_court": ["court_file"],
    "coverage_equity": ["equity_file"],
    "coverage_gaps": ["gaps_file", "gaps_people_file"],
    "coverage_never_seen": ["never_seen_file", "never_seen_people_file"],
    "coverage_list": ["list_people_file"],
    "offers": ["offers_file"],
}


@pytest.mark.parametrize("page", PAGES)
def test_pages_lead_to_their_files_of_the_same_question(busy: Cast, as_: As, page: str) -> None:
    visitor = as_(busy.area_lead)
    answer = visitor.get(page, on="11/5/2026", page="1")
    text = page_of(answer)
    lists = ("figure_files", "booking_files", "people_files")
    found = [link for name in lists for link in answer.context.get(name) or ()]
    assert [link.text for link in found] == ["CSV", "Excel", "JSON"] * len(PAGES[page])
    for link in found:
        assert link.href.endswith("?on=11%2F5%2F2026")
        assert f'href="{link.href}"' in text
        assert "2026-05-11" in visitor.client.get(link.href)["Content-Disposition"]
    named = any("people" in name for name in PAGES[page])
    assert ("That you took it is written down." in text) == named


# Queries of the same question for one and for three units, as CSV.
QUERIES = {"uptake": 9, "bookings": 11, "court": 10, "equity": 9, "offers": 7, "gaps": 10, "never_seen": 9}  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("name", FIGURES)
def test_figures_take_the_same_queries_for_any_number(
    cast: Cast, as_: As, name: str, number: int
) -> None:
    for i in range(number):
        unit = make.make_unit(f"Area {i}", "One")
        person = make.make_staff(f"P{i}", unit)
        make.make_booking(session(cast, 5 + i), person, S.MISSED)
    make.build_cover()
    visitor = as_(cast.lead)
    with CaptureQueriesContext(connection) as asked:
        content(visitor.get(f"{name}_file", "csv"))
    assert len(asked) == QUERIES[name]
