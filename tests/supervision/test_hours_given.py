"""Hours given in a month: a supervisor's own page and file, a lead's, and who is in neither."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from supervision.models import Supervisor
from supervision.operations.files import PEOPLE_TAKEN
from tests import factories as make
from tests.conftest import TODAY, Cast, Visitor
from tests.pages import page_of
from tests.supervision.taken import book, rows
from wellbeing.domain.booking import BookingStatus as S
from wellbeing.domain.booking import EventStatus
from wellbeing.domain.roles import EventKind
from wellbeing.models import AuditRow, Person

As = Callable[[Person], Visitor]
APRIL = date(2026, 4, 15)


def world(cast: Cast) -> None:
    """April of the cast's supervisor: each thing that can become of a session, of its own length."""
    host = cast.supervisor

    def session(day: int, minutes: int, *statuses: S, **more: object) -> None:
        event = make.make_event(
            host, date(2026, 4, day), time(9), minutes=minutes, capacity=6, areas=(cast.area,), **more
        )  # type: ignore[arg-type]  # fmt: skip
        people = (cast.prosecutor, cast.paralegal, cast.manager)
        for person, status in zip(people, statuses, strict=False):
            make.make_booking(event, person, status)

    session(1, 60, S.ATTENDED)
    session(2, 90, S.ATTENDED, S.MISSED, S.BOOKED)
    session(7, 50, S.MISSED, S.MISSED)
    session(8, 40, S.BOOKED, S.MISSED)
    session(9, 30, S.DISPUTED)
    session(10, 20)
    session(13, 25, S.CANCELLED, S.EXPIRED)
    session(14, 120, S.ATTENDED, kind=EventKind.TRAINING)
    # In no column: cancelled, not published, a check-in, a Round, another month.
    session(15, 1000, S.CANCELLED_BY_SERVICE, status=EventStatus.CANCELLED)
    session(16, 1000, status=EventStatus.DRAFT)
    session(17, 1000, S.ATTENDED, kind=EventKind.CHECK_IN)
    session(20, 1000, S.ATTENDED, kind=EventKind.ROUND)
    make.make_held(cast.prosecutor, host, date(2026, 3, 31))
    make.make_held(cast.prosecutor, host, date(2026, 5, 1))


CELLS = [
    ("Held", ["2 hours 30 minutes", "2 hours"]),
    ("Nobody came", ["50 minutes", "0 hours"]),
    ("Nobody had booked", ["45 minutes", "0 hours"]),
    ("Not recorded or settled yet", ["1 hour 10 minutes", "0 hours"]),
    ("To come", ["0 hours", "0 hours"]),
]


def test_own_month_by_what_became_of_the_sessions(cast: Cast, as_: As) -> None:
    world(cast)
    page = as_(cast.supervisor).get("hours_given")
    assert [(line.name, line.cells) for line in page.context["lines"]] == CELLS
    assert page.context["kinds"] == ["Clinical supervision", "Welfare training"]
    assert page.context["contract"] == (
        "Contracted for April 2026: 96 hours (24 hours a week × 20 working days ÷ 5)."
    )
    text = page_of(page)
    assert "8 sessions" in text
    for person in (cast.prosecutor, cast.paralegal, cast.manager):
        assert person.name not in text
        assert person.email not in text


def test_own_file_has_a_row_a_session(cast: Cast, as_: As) -> None:
    world(cast)
    answer = as_(cast.supervisor).get("hours_given_file", "csv", month="2026-04")
    assert answer["Content-Disposition"] == 'attachment; filename="hours-given-2026-04.csv"'
    found = rows(answer)
    assert [(r["date"], r["became"], r["minutes"]) for r in found] == [
        ("2026-04-01", "held", "60"),
        ("2026-04-02", "held", "90"),
        ("2026-04-07", "nobody_came", "50"),
        ("2026-04-08", "not_recorded", "40"),
        ("2026-04-09", "not_recorded", "30"),
        ("2026-04-10", "not_booked", "20"),
        ("2026-04-13", "not_booked", "25"),
        ("2026-04-14", "held", "120"),
    ]
    assert found[0] == {
        "date": "2026-04-01",
        "start": "09:00",
        "end": "10:00",
        "kind": "supervision",
        "size": "group",
        "became": "held",
        "minutes": "60",
    }


def test_the_month_that_runs_has_sessions_to_come(cast: Cast, as_: As) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, date(2026, 5, 1))
    make.make_event(cast.supervisor, TODAY, time(9, 30))
    make.make_event(cast.supervisor, date(2026, 5, 29))
    page = as_(cast.supervisor).get("hours_given", month="2026-05")
    cells = {line.name: line.cells for line in page.context["lines"]}
    assert (cells["Held"], cells["To come"]) == (["1 hour"], ["2 hours"])
    assert page.context["kinds"] == ["Clinical supervision"]
    assert "The month is not over yet." in page_of(page)


def test_lead_sees_every_supervisor_against_the_contract(cast: Cast, as_: As) -> None:
    world(cast)
    make.make_supervisor("Dr Ended", end_on=date(2026, 3, 31))
    idle = make.make_supervisor("Dr Idle", start_on=date(2026, 4, 30))
    Supervisor.objects.filter(person=idle).update(hours_per_week="7.5")
    page = as_(cast.lead).get("supervisors_hours")
    assert [
        (x.name, x.contracted, x.supervision, x.training) for x in page.context["lines"]
    ] == [
        ("Dr Idle", "1.5", ["0", "0", "0", "0", "0"], "0"),
        ("Dr Megan Hughes", "96", ["2.5", "0.83", "0.75", "1.17", "0"], "2"),
    ]
    total = page.context["total"]
    assert (total.contracted, total.supervision[0], total.training) == ("97.5", "2.5", "2")
    assert "Prosecutor" not in page_of(page).partition("<main")[2]


def test_leads_file_is_in_minutes_and_holds_no_formula(cast: Cast, as_: As) -> None:
    world(cast)
    Person.objects.filter(pk=cast.supervisor.pk).update(name='=HYPERLINK("x")')
    (row,) = rows(as_(cast.lead).get("supervisors_hours_file", "csv", month="2026-04"))
    assert row == {
        "supervisor": '\'=HYPERLINK("x")',
        "email": cast.supervisor.email,
        "month": "2026-04",
        "contracted_minutes": "5760",
        "supervision_held_minutes": "150",
        "supervision_nobody_came_minutes": "50",
        "supervision_not_booked_minutes": "45",
        "supervision_not_recorded_minutes": "70",
        "supervision_to_come_minutes": "0",
        "training_held_minutes": "120",
        "training_nobody_came_minutes": "0",
        "training_not_booked_minutes": "0",
        "training_not_recorded_minutes": "0",
        "training_to_come_minutes": "0",
    }


def test_area_lead_sees_what_is_for_their_areas_alone(cast: Cast, as_: As) -> None:
    world(cast)
    elsewhere = make.make_supervisor("Dr Elsewhere")
    for areas in ((), (cast.elsewhere.area,), (cast.area, cast.elsewhere.area)):
        at = time(8 + 2 * len(areas) + bool(areas))
        make.make_event(elsewhere, APRIL, at, areas=areas)
    page = as_(cast.area_lead).get("supervisors_hours")
    assert [(x.name, x.contracted, x.supervision[0]) for x in page.context["lines"]] == [
        ("Dr Megan Hughes", "", "2.5")
    ]
    assert "Contracted" not in page_of(page).partition("<table")[2].partition("</table")[0]
    text = page_of(as_(cast.area_lead).get("supervisors_hours", month="2026-03"))
    assert "No session that is for your Areas alone was published in this month." in text
    (row,) = rows(as_(cast.area_lead).get("supervisors_hours_file", "csv"))
    assert row["contracted_minutes"] == ""


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("who", "name", "queries"),
    [("supervisor", "hours_given", 7), ("lead", "supervisors_hours", 7)],
)
def test_pages_take_the_same_queries_for_any_number(
    cast: Cast, as_: As, who: str, name: str, queries: int, number: int
) -> None:
    for i in range(number):
        make.make_held(cast.prosecutor, cast.supervisor, APRIL, time(8 + i))
        make.make_held(cast.paralegal, make.make_supervisor(f"Dr {i}"), APRIL, time(8 + i))
    visitor = as_(getattr(cast, who))
    with CaptureQueriesContext(connection) as taken:
        visitor.get(name)
    assert len(taken) == queries


@pytest.mark.parametrize("month", ["x", "2026-13", "1900-01", "2030-01", "\x00"])
def test_a_month_that_is_none_is_a_clean_page_and_no_file(
    cast: Cast, as_: As, month: str
) -> None:
    for who, page in ((cast.supervisor, "hours_given"), (cast.lead, "supervisors_hours")):
        answer = as_(who).get(page, month=month)
        assert list(answer.context["form"].errors) == ["month"]
        assert as_(who).get(f"{page}_file", "csv", month=month).status_code == 404


def test_a_leads_file_names_supervisors_and_is_written_down(cast: Cast, as_: As) -> None:
    world(cast)
    as_(cast.supervisor).get("hours_given_file", "csv", month="2026-04")
    assert not AuditRow.objects.filter(verb=PEOPLE_TAKEN).exists()
    made = book(as_(cast.area_lead).get("supervisors_hours_file", "xlsx", month="2026-04"))
    assert made.sheetnames == ["Hours", "Definitions"]
    held = [cell.value for cell in made["Hours"][1]].index("supervision_held_minutes")
    assert made["Hours"][2][held].value == 150
    row = AuditRow.objects.get(verb=PEOPLE_TAKEN)
    assert (row.by, row.details) == (
        cast.area_lead,
        {"file": "supervisors-hours", "kind": "xlsx", "number": 1, "month": "2026-04"},
    )


def test_own_file_as_excel_has_days_and_numbers(cast: Cast, as_: As) -> None:
    world(cast)
    sheet = book(as_(cast.supervisor).get("hours_given_file", "xlsx", month="2026-04"))[
        "Sessions"
    ]
    first = [cell.value for cell in sheet[2]]
    assert (first[0].date(), first[-1]) == (date(2026, 4, 1), 60)


@pytest.mark.parametrize(
    ("who", "name"), [("supervisor", "hours_given"), ("lead", "supervisors_hours")]
)
def test_pages_lead_to_the_files_of_the_month_shown(
    cast: Cast, as_: As, who: str, name: str
) -> None:
    world(cast)
    visitor = as_(getattr(cast, who))
    text = page_of(visitor.get(name))
    for kind in ("csv", "xlsx", "json"):
        href = f"{reverse(f'{name}_file', args=[kind])}?month=2026-04"
        assert f'href="{href}"' in text
        assert visitor.client.get(href).status_code == 200
