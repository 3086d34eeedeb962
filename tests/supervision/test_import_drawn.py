"""Drawn files of sessions, crowded so that they clash: all or nothing, the same twice, nothing broken."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supervision.operations.imports.sessions import import_sessions
from tests.files import NOW, PEOPLE, Importing, importing
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.csv_file import FileFaults
from wellbeing.models import Booking, BookingMove, ClaimedTime, Event
from wellbeing.operations.imports.frame import Counts, Taking
from wellbeing.operations.service import service_person
from wellbeing.queries.invariants import broken

__all__ = ["importing"]
HEADER = "staff_number,strand,date,start,minutes,outcome,host"
PUBLISHED = [
    "supervision,dr@test.example,2026-04-01,09:00,60,1,video,,",
    "supervision,dr@test.example,2026-05-20,10:00,60,2,video,,",
]
WHAT = [
    f"{strand},{day},{time},{host}"
    for strand, host in (
        ("supervision", "dr@test.example"),
        ("supervision", "ed@test.example"),
        ("training", "ada@test.example"),
        ("check_in", "ada@test.example"),
    )
    for day in ("2026-04-01", "2026-05-11")
    for time in ("09:00,60", "09:30,60", "10:00,60", ",")
    if time != "," or strand == "check_in"
] + ["supervision,2026-05-20,10:00,60,dr@test.example"]
KEYS = st.tuples(st.sampled_from(["S2", "S3"]), st.sampled_from(WHAT))
OPEN = [BookingStatus.BOOKED, BookingStatus.OFFERED]
Rows = dict[tuple[str, str], BookingStatus]


@st.composite
def drawn_files(draw: Any) -> list[Rows]:
    """Files about the same few sessions, most of whose outcomes are open at first."""
    keys = draw(st.lists(KEYS, min_size=1, max_size=4, unique=True))
    outcomes = [st.sampled_from(OPEN * 4 + list(BookingStatus)), st.sampled_from(BookingStatus)]
    return [
        {
            key: draw(outcomes[min(number, 1)])
            for key in keys
            if number == 0 or draw(st.booleans())
        }
        for number in range(draw(st.integers(1, 4)))
    ]


def content(rows: Rows) -> bytes:
    lines = [HEADER]
    for (number, what), outcome in rows.items():
        strand, day, start, minutes, host = what.split(",")
        lines.append(f"{number},{strand},{day},{start},{minutes},{outcome.value},{host}")
    return "\n".join([*lines, ""]).encode()


def held() -> list[Any]:
    models: list[Any] = [Event, Booking, BookingMove, ClaimedTime]
    return [list(m._base_manager.order_by("pk").values_list()) for m in models]


@pytest.fixture
def installation(importing: Importing, tmp_path: Path) -> None:
    importing.rows("people", PEOPLE)
    for who in ("dr@test.example,Dr Who", "ed@test.example,Dr Ed"):
        importing.rows("supervisors", [f"{who},,6,24,BACP,{who[:3]},2020-01-01,,"])
    assert importing.rows("events", PUBLISHED)[0] == 0


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(files=drawn_files())
def test_any_files_are_taken_wholly_or_not_at_all_and_the_same_twice(
    installation: None, files: list[Rows]
) -> None:
    point = transaction.savepoint()
    taking = Taking(by=service_person(), at=NOW)
    for rows in filter(None, files):
        before = held()
        try:
            counts = import_sessions(content(rows), taking=taking)
        except FileFaults:
            assert held() == before
            continue
        assert counts.added + counts.changed + counts.unchanged == len(rows)
        after = held()
        assert (after != before) == counts.wrote
        assert import_sessions(content(rows), taking=taking) == Counts(0, 0, len(rows))
        assert held() == after
        # An offer of the past has ended, and waits for the job that says so.
        assert [line for line in broken(NOW) if "is offered and has no end" not in line] == []
    transaction.savepoint_rollback(point)
