"""`manage.py availability`: a folder of CSV files to the contract's JSON."""

import json
from datetime import date, time
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import OutputWrapper
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.management.commands.availability import Command
from tests import factories as make
from tests.agreements import make_exclusion
from tests.files import Importing, importing
from tests.wellbeing.busy import during, make_busy
from wellbeing.domain.booking import EventStatus
from wellbeing.domain.working_days import from_names
from wellbeing.models import Event, Person

__all__ = ["importing"]

# A Monday. Everybody below is never seen, from this day on due on 28 June.
FIRST = date(2026, 6, 1)
TUESDAY = date(2026, 6, 9)
JOINED = date(2026, 6, 1)


def run(*argv: str) -> tuple[int, str, str]:
    """As from a shell: the exit code, and what was printed on each stream."""
    out, err = StringIO(), StringIO()
    command = Command(stdout=OutputWrapper(out), stderr=OutputWrapper(err), no_color=True)
    command._called_from_command_line = True
    code = 0
    try:
        options = vars(command.create_parser("manage.py", "availability").parse_args(argv))
        command.execute(*options.pop("args", ()), **options | {"skip_checks": True})
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, out.getvalue(), err.getvalue()


ASKED = ("--from", "2026-06-01", "--weeks", "4", "--strand", "supervision")


def found(*argv: str) -> dict[str, Any]:
    code, out, err = run(*ASKED, "--format", "json", *argv)
    assert (code, err) == (0, "")
    return dict(json.loads(out))


TUESDAYS = [
    f"T{n},Tess {n},t{n}@test.example,prosecutor,West,One,,tue,2026-06-01," for n in range(7)
]
OTHERS = [
    # Away for all of the weeks but the first day.
    "A1,Al Away,a1@test.example,prosecutor,West,One,,wed,2026-06-01,",
    # Comes in the second week.
    "J1,Jo Joiner,j1@test.example,prosecutor,East,Two,,,2026-06-08,",
    # Seen in time: due after these weeks.
    "S1,Sam Seen,s1@test.example,prosecutor,East,Two,,,2020-01-01,",
]
ABSENT = ["A1,2026-06-02,2026-06-30"]
SUPERVISORS = ["dr@test.example,Dr Who,,6,24,BACP,B1,2020-01-01,,"]
EVENTS = [
    "supervision,dr@test.example,2026-06-09,10:00,60,4,video,,",
    # Nobody's: on a Thursday, of somebody else's Area, and after their deadline.
    "supervision,dr@test.example,2026-06-11,10:00,60,9,video,,",
    "supervision,dr@test.example,2026-06-16,10:00,60,3,video,,East",
    "supervision,dr@test.example,2026-06-30,10:00,60,3,video,,",
]
SESSIONS = ["S1,supervision,2026-05-11,10:00,60,attended,dr@test.example"]


@pytest.fixture
def tuesdays(importing: Importing) -> None:
    for kind, rows in (
        ("people", TUESDAYS + OTHERS),
        ("supervisors", SUPERVISORS),
        ("absences", ABSENT),
        ("policy", ["supervision,,56,28,14,0,2020-01-01"]),
        ("events", EVENTS),
        ("sessions", SESSIONS),
    ):
        code, _, faults = importing.rows(kind, rows)
        assert (code, faults) == (0, [])


SEVEN = [f"T{n}" for n in range(7)]


def test_json_is_exactly_the_contracts(tuesdays: None) -> None:
    assert found("--make-it-fit") == {
        "from": "2026-06-01",
        "to": "2026-06-28",
        # Seven, and not who is away until 30 June and so has days left.
        "due": 7,
        "placed": 0,
        "available": 4,
        "short": 3,
        "joining_or_returning": 1,
        "cannot_be_placed": [],
        "bottlenecks": [
            {
                "people": SEVEN,
                "seats": 4,
                "why": "Seven people in One (West) who work only on Tuesdays,"
                " all due by 28 June 2026, share four places.",
            }
        ],
        "make_it_fit": [{"date": "2026-06-09", "area": "West", "mode": "video", "seats": 3}],
    }


def test_whom_no_seat_can_help_is_said_and_no_seat_is_added_for_them(
    tuesdays: None,
) -> None:
    """28 days at work, of which one is past, are over on 27 July."""
    code, out, _ = run(*ASKED[:3], "9", *ASKED[4:], "--make-it-fit", "--format", "json")
    answer = json.loads(out)
    # In nine weeks that include July they come back: a place on a Wednesday can help.
    assert (code, answer["cannot_be_placed"], answer["due"]) == (0, [], 9)
    make.make_absence(Person.objects.get(staff_number="T0"), date(2026, 6, 2), date(2026, 6, 2))
    make.make_absence(Person.objects.get(staff_number="T0"), date(2026, 6, 9), date(2026, 6, 9))
    assert found()["cannot_be_placed"] == []


def test_somebody_due_today_who_does_not_work_today_cannot_be_placed(tuesdays: None) -> None:
    code, out, _ = run(
        "--from", "2026-06-28", "--weeks", "1", "--strand", "supervision", "--make-it-fit",
        "--format", "json",
    )  # fmt: skip
    answer = json.loads(out)
    assert (code, answer["due"], answer["short"]) == (0, 7, 7)
    assert answer["cannot_be_placed"] == SEVEN
    assert answer["make_it_fit"] == []
    assert answer["bottlenecks"][0] == {
        "people": ["T0"],
        "seats": 0,
        "why": "One person in One (West) has no working day on 28 June 2026.",
    }


def test_area_narrows_by_the_posting_of_the_first_day(tuesdays: None) -> None:
    assert found("--area", "West") == {**found(), "joining_or_returning": 0}
    east = found("--area", "East")
    assert (east["due"], east["short"], east["joining_or_returning"]) == (0, 0, 1)


def test_without_being_asked_no_seats_are_added(tuesdays: None) -> None:
    assert found()["make_it_fit"] == []


def test_table_says_the_same(tuesdays: None) -> None:
    code, out, err = run(*ASKED, "--make-it-fit")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "2026-06-01 to 2026-06-28",
        "Due                        7",
        "Already placed             0",
        "Can be placed              4",
        "Short                      3",
        "Joining or returning       1",
        "No seat can help           0",
        "",
        "Seven people in One (West) who work only on Tuesdays, all due by 28 June 2026,"
        " share four places.",
        "  T0, T1, T2, T3, T4, T5, T6",
        "",
        "Seats to add, by video:",
        "  2026-06-09     3  West",
    ]


WRONG = [
    (("--from", "1/6/2026"), 2),
    (("--from", "2026-02-30"), 2),
    (("--weeks", "0"), 2),
    (("--weeks", "105"), 2),
    (("--weeks", "-1"), 2),
    (("--weeks", "x"), 2),
    (("--weeks", "9" * 5000), 2),
    (("--strand", "training"), 2),
    (("--format", "csv"), 2),
    (("--area", ""), 2),
    (("--area", "North"), 1),
]


@pytest.mark.parametrize(("argv", "code"), WRONG)
def test_wrong_usage_is_two_and_an_unknown_area_one(
    db: None, argv: tuple[str, ...], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    given, out, err = run(*ASKED, *argv)
    assert (given, out) == (code, "")
    if code == 1:
        assert err == "No Area is called 'North'.\n"


def test_nobody_at_all(db: None) -> None:
    assert found("--make-it-fit") == {
        "from": "2026-06-01",
        "to": "2026-06-28",
        "due": 0,
        "placed": 0,
        "available": 0,
        "short": 0,
        "joining_or_returning": 0,
        "cannot_be_placed": [],
        "bottlenecks": [],
        "make_it_fit": [],
    }


def test_a_bank_holiday_is_no_working_day(db: None) -> None:
    make.make_policy()
    monday = make.make_staff(
        "Mon", make.make_unit(), start_on=date(2026, 8, 24), working_days=from_names(["mon"])
    )
    assert monday
    make.make_event(make.make_supervisor("Dr Host"), date(2026, 8, 31))
    asked = ("--from", "2026-08-25", "--weeks", "4", "--strand", "supervision")
    code, out, _ = run(*asked, "--make-it-fit", "--format", "json")
    answer = json.loads(out)
    assert (code, answer["available"], answer["short"]) == (0, 0, 1)
    assert answer["make_it_fit"] == [
        {"date": "2026-09-07", "area": "West", "mode": "video", "seats": 1}
    ]


@pytest.fixture(params=[1, 3])
def some(request: pytest.FixtureRequest, db: None) -> int:
    """So many people short, as many placed, as many seats; each hindered by something."""
    make.make_policy()
    host = make.make_supervisor("Dr Host")
    for n in range(request.param):
        unit = make.make_unit(f"Area {n}", "One")
        short = make.make_staff("Short", unit, start_on=date(2026, 5, 25))
        held = make.make_staff("Placed", unit, start_on=JOINED)
        make.make_booking(make.make_event(host, TUESDAY, time(8 + n)), held)
        event = make.make_event(host, TUESDAY, time(12 + n), areas=(unit.area,))
        make_exclusion(short, host)
        make_busy(short, during(event))
        make.make_court_days(host, date(2026, 6, 10 + n))
        make.make_absence(short, date(2026, 6, 3), date(2026, 6, 4))
    return int(request.param)


@pytest.mark.parametrize(("argv", "queries"), [((), 21), (("--area", "Area 0"), 23)])
def test_queries_are_as_many_for_one_as_for_three(
    some: int, argv: tuple[str, ...], queries: int
) -> None:
    make.build_cover()
    with CaptureQueriesContext(connection) as seen:
        answer = found("--make-it-fit", *argv)
    assert len(seen) == queries
    assert answer["short"] == (1 if argv else some)


def test_a_past_first_day_counts_seats_free_by_todays_facts(tuesdays: None) -> None:
    """Also those of an event that has closed since."""
    Event.objects.filter(local_on=TUESDAY).update(status=EventStatus.CLOSED)
    assert found()["available"] == 4


def test_runs_by_its_name(db: None) -> None:
    out = StringIO()
    call_command(
        "availability", first=FIRST, weeks=1, strand="supervision", format="json", stdout=out
    )
    assert json.loads(out.getvalue())["to"] == "2026-06-07"
