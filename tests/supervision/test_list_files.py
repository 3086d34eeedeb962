"""Lists of people taken away: in the list's order, whoever may be named today, and written down."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.operations.files import PEOPLE_TAKEN
from supervision.queries.cover_lists import Listing, Measure, Order
from supervision.queries.coverage import Asked, By, coverage
from supervision.queries.parts import part
from supervision.queries.people_files import with_minutes
from supervision.queries.stored_cover import StoredCover
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from tests.pages import page_of
from tests.supervision.taken import book, content, definitions, rows, said
from tests.supervision.test_cover_lists import DAYS, populate_and_build
from wellbeing.domain.roles import Role, Strand
from wellbeing.models import AuditRow, Person
from wellbeing.presenters.tables import neutral

As = Callable[[Person], Visitor]
DAY = timedelta(days=1)
LISTS = ("gaps_people_file", "never_seen_people_file", "list_people_file")
ALL_LISTS = (*LISTS, "people_file")


# Whether what is stored is built, and how many are read at once.
STREAMS = [("stale", 7), ("built", 7), ("mixed", 7), ("mixed", 1), ("mixed", 500)]


@pytest.mark.parametrize(("build", "at_once"), STREAMS)
def test_a_stream_is_the_list_in_its_order(
    cast: Cast, settings: Any, build: str, at_once: int
) -> None:
    settings.FILE_ROWS_AT_ONCE = at_once
    populate_and_build(cast, 1, build)
    numbers()
    whole = part(TODAY, Strand.SUPERVISION, None, by=By.AREA)
    cover = StoredCover(whole.where)
    orders = [(Measure.IN_SCOPE, order) for order in Order]
    for measure, order in [*orders, *((measure, Order.DUE) for measure in Measure)]:
        found = Listing(cover, whole, measure, order)
        assert list(found.streamed()) == found[0 : found.count()], (measure, order)
        assert found.count() > 0


@pytest.mark.parametrize(("build", "at_once"), STREAMS[:4])
def test_the_people_are_what_the_rules_say_by_staff_number(
    cast: Cast, settings: Any, build: str, at_once: int
) -> None:
    settings.FILE_ROWS_AT_ONCE = at_once
    populate_and_build(cast, 2, build)
    numbers()
    for on in DAYS:
        lines = coverage(Asked(on=on, strand=Strand.SUPERVISION), with_people=True).people
        lines.sort(key=lambda line: (line.staff_number, line.standing.person))
        whole = part(on, Strand.SUPERVISION, None, by=By.AREA)
        cover = StoredCover(whole.where)
        found = Listing(cover, whole, Measure.IN_SCOPE, Order.STAFF_NUMBER)
        assert [
            (one.staff_number, one.standing, one.gap, one.minutes)
            for one in with_minutes(found)
        ] == [(x.staff_number, x.standing, x.gap, x.credited_minutes) for x in lines]


def numbers() -> None:
    """Numbers that databases sort otherwise than by bytes; the last have none."""
    people = list(Person.objects.filter(staff_number__isnull=False).order_by("pk"))
    for i, person in enumerate(people):
        number = ["a", "B", "é", "-1", "Z 2", "b"][i % 6] + str(i)
        Person.objects.filter(pk=person.pk).update(staff_number=number)
    Person.objects.filter(pk__in=[p.pk for p in people[-3:]]).update(staff_number=None)


def test_longest_gaps_come_first(cast: Cast, as_: As) -> None:
    populate_and_build(cast, 3, "mixed")
    lead = as_(cast.lead)
    for query, column in (
        ({}, "longest_gap_days"),
        ({"days": "calendar_gap"}, "longest_gap_calendar_days"),
    ):
        found = [int(row[column]) for row in rows(lead.get("gaps_people_file", "csv", **query))]
        assert found == sorted(found, reverse=True)
        assert len(found) > 20


def test_not_yet_seen_by_when_they_joined(cast: Cast, as_: As) -> None:
    for person in (cast.prosecutor, cast.paralegal, cast.manager):
        make.make_held(person, make.make_supervisor("Dr"), TODAY - 5 * DAY)
    for name, days in (("In time", 27), ("Far over", 112)):
        make.make_staff(name, cast.unit, start_on=TODAY - days * DAY)
    found = rows(as_(cast.area_lead).get("never_seen_people_file", "csv"))
    assert [
        (row["person"], row["joined_on"], row["days_over"], row["limit_days"]) for row in found
    ] == [("Far over", "2026-01-20", "85", "28"), ("In time", "2026-04-15", "0", "28")]


def test_the_people_behind_a_number_of_a_unit(cast: Cast, as_: As) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, TODAY - 35 * DAY)
    asked = {"measure": "due_soon", "role": "prosecutor", "unit": cast.unit.public_id}
    answer = said(as_(cast.area_lead).get("list_people_file", "json", **asked))
    assert answer == {
        "on": "2026-05-12",
        "strand": "supervision",
        "area": "West",
        "unit": "West One",
        "who": "Due soon: prosecutors",
        "provisional": False,
        "people": [
            {
                "staff_number": cast.prosecutor.staff_number,
                "person": "Amira Prosecutor",
                "area": "West",
                "unit": "West One",
                "job_role": "prosecutor",
                "status": "due_soon",
                "never_seen": False,
                "last_counted_on": "2026-04-07",
                "due_on": "2026-05-19",
                "offered": True,
                "taken_up": True,
            }
        ],
    }
    sheet = book(as_(cast.area_lead).get("list_people_file", "xlsx", **asked))["People"]
    row = dict(zip([c.value for c in sheet[1]], sheet[2], strict=True))
    assert (row["due_on"].is_date, row["due_on"].value.date()) == (True, date(2026, 5, 19))
    elsewhere = {"unit": cast.elsewhere.public_id}
    answer = as_(cast.area_lead).get("list_people_file", "csv", **elsewhere)
    assert answer.status_code == 404


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("is_built", [True, False])
@pytest.mark.parametrize("also", [None, Role.ADMINISTRATOR])
def test_names_need_the_relation_to_hold_today(
    cast: Cast, as_: As, name: str, is_built: bool, also: Role | None
) -> None:
    moved = make.make_person("Moved Away", staff=True)
    make.make_posting(moved, cast.unit, end_on=TODAY - 10 * DAY)
    make.make_posting(moved, cast.elsewhere, start_on=TODAY - 9 * DAY)
    if is_built:
        make.build_cover()
    if also:
        make.make_grant(cast.area_lead, also)
    asked = {"on": (TODAY - 20 * DAY).isoformat()}
    lead = as_(cast.area_lead)
    assert len(rows(lead.get(name, "csv", **asked))) == 3
    assert said(lead.get(name, "json", **asked))["unnamed"] == 1
    for kind in ("csv", "json"):
        assert b"Moved Away" not in content(lead.get(name, kind, **asked))
    told = definitions(lead.get(name, "xlsx", **asked))
    assert told["Not in this file"] == (
        "1 person is counted and not named: today they are outside your Areas."
    )
    everybody = as_(cast.lead).get(name, "csv", **asked)
    assert b"Moved Away" in content(everybody)


def test_a_lead_names_their_own_reports_who_have_moved_away(cast: Cast, as_: As) -> None:
    """One rule of names for the list, the unit's page and the files."""
    moved = make.make_person("Moved Away", staff=True)
    make.make_posting(moved, cast.unit, end_on=TODAY - 10 * DAY)
    make.make_posting(moved, cast.elsewhere, start_on=TODAY - 9 * DAY, manager=cast.area_lead)
    asked = {"on": (TODAY - 20 * DAY).isoformat()}
    lead = as_(cast.area_lead)
    for answer in (
        lead.get("coverage_list", **asked),
        lead.get("coverage_unit", cast.unit.public_id, **asked),
        lead.get("list_people_file", "csv", **asked),
        lead.get("unit_people_file", cast.unit.public_id, "csv", **asked),
    ):
        assert "Moved Away" in page_of(answer)


@pytest.mark.parametrize("name", ALL_LISTS)
def test_each_taking_is_written_down_before_it_is_sent(cast: Cast, as_: As, name: str) -> None:
    lead, kind = as_(cast.lead), "json"
    answer = lead.get(name, kind, on="1/5/2026", strand="check_in")
    row = AuditRow.objects.get(verb=PEOPLE_TAKEN)
    assert answer.status_code == 200
    assert (row.by, row.at, row.about) == (cast.lead, NOW, None)
    details = row.details
    assert details.pop("file") in {
        "longest-gaps", "people-not-yet-seen", "people-in-scope", "people"
    }  # fmt: skip
    assert details == {"kind": "json", "number": 3, "on": "2026-05-01", "strand": "check_in"}
    assert len(said(answer)["people"]) == 3


@pytest.mark.parametrize("name", ALL_LISTS)
def test_what_is_not_there_is_not_written_down(cast: Cast, as_: As, name: str) -> None:
    lead = as_(cast.lead)
    assert lead.get(name, "pdf").status_code == 404
    for query in ({"on": "x"}, {"strand": "y"}, {"on": "\x00"}):
        assert lead.get(name, "csv", **query).status_code == 404
    assert not AuditRow.objects.filter(verb=PEOPLE_TAKEN).exists()


def test_no_name_is_a_formula_in_any_file(cast: Cast, as_: As) -> None:
    bad = make.make_unit("=1+1", "@SUM(A1)")
    person = make.make_staff("-1", bad)
    Person.objects.filter(pk=person.pk).update(staff_number="+44")
    lead = as_(cast.lead)
    for name in (*ALL_LISTS, "uptake_file", "bookings_file", "equity_file"):
        texts = [v for row in rows(lead.get(name, "csv")) for v in row.values()]
        assert [t for t in texts if neutral(t) != t] == [], name
        if name != "bookings_file":
            assert any(text.startswith("'") for text in texts), name
        cells = [c for sheet in book(lead.get(name, "xlsx")) for row in sheet for c in row]
        assert [c.value for c in cells if c.data_type == "f"] == [], name


# Queries for one and for three people, as CSV.
QUERIES = {"gaps_people_file": 14, "never_seen_people_file": 14, "list_people_file": 14}


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_the_same_queries_for_any_number(
    cast: Cast, as_: As, name: str, number: int
) -> None:
    for i in range(number):
        make.make_staff(f"P{i}", cast.unit)
    make.build_cover()
    visitor = as_(cast.lead)
    with CaptureQueriesContext(connection) as asked:
        content(visitor.get(name, "csv"))
    assert len(asked) == QUERIES[name]


def test_of_the_people_each_part_takes_one_query_more(
    cast: Cast, as_: As, settings: Any
) -> None:
    make.build_cover()
    counts = []
    for size in (1, 3):
        settings.FILE_ROWS_AT_ONCE = size
        with CaptureQueriesContext(connection) as asked:
            assert len(rows(as_(cast.lead).get("people_file", "csv"))) == 3
        counts.append(len(asked))
    assert counts[0] == counts[1] + 2
