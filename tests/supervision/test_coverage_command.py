"""The coverage command's JSON on the worked example, and how many queries it takes (contracts.md)."""

import json
from datetime import date, datetime, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.models import Registration
from tests import factories as make
from tests.supervision.worked_example import (
    EAST,
    LINES,
    NIGHT,
    PERSON,
    START,
    WEST,
    WHOLE,
    d,
    group,
    people,
    report,
    run,
    staff,
)
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.models import Absence, Person, PolicyVersion, Posting, Unit
from wellbeing.operations.service import service_person

__all__ = ["people"]


def test_json_is_exactly_the_contracts(people: dict[str, Person]) -> None:
    assert report() == WHOLE


def test_people_of_the_report(people: dict[str, Person]) -> None:
    lines = [dict(zip(PERSON, line, strict=True)) for line in LINES]
    assert report("--people") == {**WHOLE, "people": lines}


def test_groups_by_unit_name_their_area(people: dict[str, Person]) -> None:
    assert report("--by", "unit")["groups"] == [
        group("One", 1, 0, 0, 0, 1, 0, 0.0, 1, 0, area="East"),
        group("One", 3, 1, 1, 0, 1, 1, 0.5, 2, 1, area="West"),
        group("Two", 1, 0, 0, 1, 0, 0, 1.0, 1, 1, area="West"),
    ]


def test_groups_by_job_role(people: dict[str, Person]) -> None:
    assert report("--by", "job_role")["groups"] == [
        group("manager", 1, 1, 0, 0, 0, 1, None, 0, 0),
        group("paralegal", 1, 0, 0, 0, 1, 0, 0.0, 1, 0),
        group("prosecutor", 3, 0, 1, 1, 1, 0, 2 / 3, 3, 2),
    ]


def test_area_and_unit_narrow_every_figure(people: dict[str, Person]) -> None:
    found = report("--area", "West", "--unit", "Two", "--people")
    only = group("West", 1, 0, 0, 1, 0, 0, 1.0, 1, 1)
    assert found["groups"] == [only]
    assert found["total"] == {**only, "name": "All RASSO staff"}
    assert found["prosecutors"] == {**only, "name": "Prosecutors"}
    assert [line["staff_number"] for line in found["people"]] == ["S4"]


def test_area_follows_the_posting_of_the_day_asked_about(people: dict[str, Person]) -> None:
    make.make_posting(people["host"], Unit.objects.get(name="Two"), start_on=d(5, 13))
    assert report("--area", "West")["total"]["in_scope"] == 4
    assert report("--area", "West", on=d(5, 13))["total"]["in_scope"] == 5


def test_period_is_of_person_days_both_ends_included(people: dict[str, Person]) -> None:
    """10 to 12 May: S2 and S4 in cover on each; S3 on 10 and 11 May; S5 on none; S1 away."""
    found = report("--from", "2026-05-10")
    west = {"person_days": 9, "in_cover_days": 8, "coverage": 8 / 9}
    assert found["groups"] == [
        {**EAST, "period": {"person_days": 3, "in_cover_days": 0, "coverage": 0.0}},
        {**WEST, "period": west},
    ]
    assert found["total"]["period"] == {
        "person_days": 12,
        "in_cover_days": 8,
        "coverage": 8 / 12,
    }
    assert found["prosecutors"]["period"] == {
        "person_days": 9,
        "in_cover_days": 6,
        "coverage": 6 / 9,
    }


def test_provisional_asks_about_events_of_the_area_of_that_day(
    people: dict[str, Person],
) -> None:
    unknown = make.make_event(people["host"], d(5, 10), NIGHT, capacity=None)
    make.make_booking(unknown, people["S5"])
    assert report()["provisional"] is True
    assert report("--area", "East")["provisional"] is True
    assert report("--area", "West")["provisional"] is False


@pytest.mark.parametrize(
    ("on", "provisional"),
    [(d(5, 11), False), (d(5, 12), True), (d(7, 6), True), (d(7, 7), False)],
)
def test_provisional_looks_from_57_to_2_days_back(
    people: dict[str, Person], on: date, provisional: bool
) -> None:
    unknown = make.make_event(people["host"], d(5, 10), NIGHT, capacity=None)
    make.make_booking(unknown, people["S5"])
    assert report(on=on)["provisional"] is provisional


def test_check_in_counts_whoever_was_host(people: dict[str, Person]) -> None:
    make.make_policy(Strand.CHECK_IN, interval_days=28, first_within_days=14, due_soon_days=7)
    talk = make.make_event(people["S1"], d(4, 14), kind=Strand.CHECK_IN, capacity=None)
    make.make_booking(talk, people["S2"], BookingStatus.ATTENDED)
    asked = "--on 2026-05-12 --strand check_in --people --format json"
    code, out, _ = run(*asked.split())
    line = next(x for x in json.loads(out)["people"] if x["staff_number"] == "S2")
    assert (code, line["status"], line["due_on"]) == (0, "due_soon", "2026-05-12")


def closed() -> dict[str, Any]:
    at = datetime(2026, 2, 1, 12, tzinfo=LONDON)
    return {**make.recorded(), "superseded_at": at, "superseded_by": service_person()}


def test_superseded_rows_never_count(people: dict[str, Person]) -> None:
    """Of each kind of fact one row that would change the answer, were it not closed."""
    before = report("--people", "--from", "2026-05-01")
    east = Unit.objects.get(area__name="East")
    Absence.objects.create(person=people["S2"], start_on=d(5, 1), end_on=None, **closed())
    Posting.objects.create(
        person=people["S2"],
        unit=east,
        job_role=JobRole.PARALEGAL,
        line_manager=people["host"],
        start_on=d(4, 1),
        **closed(),
    )
    Registration.objects.create(
        person=people["lapsed"], register="UKCP", number="1", start_on=START, **closed()
    )
    PolicyVersion.objects.create(
        strand=Strand.SUPERVISION,
        for_prosecutors=True,
        for_paralegals=True,
        for_managers=True,
        interval_days=7,
        first_within_days=7,
        due_soon_days=7,
        least_credited_minutes=500,
        effective_from=d(3, 1),
        **closed(),
    )
    assert report("--people", "--from", "2026-05-01") == before


def test_the_same_rows_count_where_they_are_current(people: dict[str, Person]) -> None:
    """What the test above plants does change answers."""
    before = report("--people")["people"]
    make.make_absence(people["S2"], d(5, 1), None)
    Registration.objects.create(
        person=people["lapsed"],
        register="UKCP",
        number="1",
        start_on=START,
        **make.recorded(),
    )
    after = report("--people")["people"]
    changed = [b["staff_number"] for b, a in zip(before, after, strict=True) if a != b]
    assert changed == ["S2", "S5"]


@pytest.fixture(params=[1, 3])
def some(request: pytest.FixtureRequest, db: None) -> int:
    """So many people, each seen once, with an absence."""
    make.make_policy()
    host = make.make_supervisor("Dr Host")
    for n in range(request.param):
        person = staff(f"S{n}", make.make_unit(f"Area {n}", "One"), JobRole.PROSECUTOR)
        make.make_absence(person, d(2, 1), d(2, 2))
        make.make_held(person, host, d(5, 1), time(9 + n))
    make.build_cover()
    return request.param


@pytest.mark.parametrize(
    ("argv", "queries"),
    [
        ([], 4),
        (["--people"], 8),
        (["--by", "job_role"], 4),
        (["--by", "unit", "--from", "2026-01-05"], 7),
        (["--area", "Area 0"], 5),
        (["--area", "Area 0", "--unit", "One"], 6),
    ],
)
def test_queries_are_as_many_for_one_person_as_for_three(
    some: int, argv: list[str], queries: int
) -> None:
    with CaptureQueriesContext(connection) as seen:
        found = report(*argv)
    assert len(seen) == queries
    assert found["total"]["in_scope"] == (1 if "--area" in argv else some)


def test_nobody_at_all_is_a_report_of_nobody(db: None) -> None:
    nobody = (0, 0, 0, 0, 0, 0, None, 0, 0)
    assert report("--people") == {
        **WHOLE,
        "groups": [],
        "total": group("All RASSO staff", *nobody),
        "prosecutors": group("Prosecutors", *nobody),
        "people": [],
    }
