"""An installation small enough to work out by hand, and the coverage command as from a shell."""

import json
from datetime import date, time
from io import StringIO
from typing import Any

import pytest
from django.core.management.base import OutputWrapper

from supervision.management.commands.coverage import Command
from tests import factories as make
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.roles import JobRole
from wellbeing.models import Person, Unit

START = date(2026, 1, 5)
ON = date(2026, 5, 12)
NIGHT = time(20)


def d(month: int, day: int) -> date:
    return date(2026, month, day)


def run(*argv: str) -> tuple[int, str, str]:
    """As from a shell: the exit code, and what was printed on each stream."""
    out, err = StringIO(), StringIO()
    command = Command(stdout=OutputWrapper(out), stderr=OutputWrapper(err), no_color=True)
    command._called_from_command_line = True
    code = 0
    try:
        options = vars(command.create_parser("manage.py", "coverage").parse_args(argv))
        command.execute(*options.pop("args", ()), **options | {"skip_checks": True})
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, out.getvalue(), err.getvalue()


def report(*argv: str, on: date = ON) -> dict[str, Any]:
    code, out, err = run("--on", str(on), "--strand", "supervision", "--format", "json", *argv)
    assert (code, err) == (0, "")
    return dict(json.loads(out))


def staff(number: str, unit: Unit, role: JobRole, manager: Person | None = None) -> Person:
    person = make.make_person(number, staff=True)
    person.staff_number = number
    person.save()
    make.make_posting(person, unit, job_role=role, manager=manager, start_on=START)
    return person


@pytest.fixture
def people(db: None) -> dict[str, Person]:
    """Four in West, one in East, on a policy of 42 days, 28 for the first, due soon at 14."""
    one, two = make.make_unit("West", "One"), make.make_unit("West", "Two")
    make.make_policy()
    boss = staff("S1", one, JobRole.MANAGER)
    found = {
        "S1": boss,
        "S2": staff("S2", one, JobRole.PROSECUTOR, boss),
        "S3": staff("S3", one, JobRole.PARALEGAL, boss),
        "S4": staff("S4", two, JobRole.PROSECUTOR, boss),
        "S5": staff("S5", make.make_unit("East", "One"), JobRole.PROSECUTOR),
        "host": make.make_supervisor("Dr Host"),
        "lapsed": make.make_supervisor("Dr Lapsed", indemnity_to=d(5, 4)),
    }
    make.make_absence(found["S1"], d(5, 1), None)
    make.make_absence(found["S3"], d(4, 1), d(4, 5))
    _sessions(found)
    return found


def _sessions(people: dict[str, Person]) -> None:
    host = people["host"]
    make.make_held(people["S2"], host, d(4, 20))
    make.make_held(people["S4"], host, d(4, 10))
    group = make.make_event(host, d(3, 25), minutes=91, capacity=None)
    for number in ("S3", "S5"):
        make.make_booking(group, people[number], BookingStatus.ATTENDED)
    missed = make.make_event(host, d(4, 20), NIGHT, capacity=None)
    make.make_booking(missed, people["S3"], BookingStatus.MISSED)
    make.make_held(people["S5"], people["lapsed"], d(5, 5))


GROUP = (
    "in_scope",
    "absent",
    "in_date",
    "due_soon",
    "overdue",
    "never_seen",
    "coverage",
    "offered",
    "taken_up",
)
PERSON = (
    "staff_number",
    "status",
    "never_seen",
    "last_counted_on",
    "due_on",
    "elapsed_days",
    "longest_gap_days",
    "longest_gap_calendar_days",
    "offered",
    "taken_up",
    "credited_minutes",
)


def group(name: str, *counts: object, **more: object) -> dict[str, object]:
    return {"name": name, **dict(zip(GROUP, counts, strict=True)), **more}


EAST = group("East", 1, 0, 0, 0, 1, 0, 0.0, 1, 0)
WEST = group("West", 4, 1, 1, 1, 1, 1, 2 / 3, 3, 2)
ALL = group("All RASSO staff", 5, 1, 1, 1, 2, 1, 0.5, 4, 2)
PROSECUTORS = group("Prosecutors", 3, 0, 1, 1, 1, 0, 2 / 3, 3, 2)
WHOLE = {
    "on": "2026-05-12",
    "strand": "supervision",
    "groups": [EAST, WEST],
    "total": ALL,
    "prosecutors": PROSECUTORS,
    "provisional": False,
}
LINES = [
    # Away for good from 1 May: 116 days at work from 5 January to 30 April, 128 in all.
    ("S1", "absent", True, None, "2026-02-01", 116, 116, 128, False, False, 0),
    ("S2", "in_date", False, "2026-04-20", "2026-06-01", 22, 106, 106, True, True, 60),
    # 48 days after 25 March, not counting 5 away; half of a group's 91 minutes.
    ("S3", "overdue", False, "2026-03-25", "2026-05-11", 43, 80, 80, True, False, 45),
    ("S4", "due_soon", False, "2026-04-10", "2026-05-22", 32, 96, 96, True, True, 60),
    # Seen on 5 May too, by somebody whose indemnity had lapsed the day before.
    ("S5", "overdue", False, "2026-03-25", "2026-05-06", 48, 80, 80, True, False, 45),
]
