"""A host's own diary: today first, names to the host alone, and as many queries for any number."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.conftest import TODAY, Cast, Visitor
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.roles import Role
from wellbeing.models import Person

As = Callable[[Person], Visitor]


def day(days: int) -> Any:
    return TODAY + timedelta(days=days)


def test_diary_has_today_the_week_and_later(cast: Cast, as_: As) -> None:
    other = make.make_supervisor("Dr Other")
    make.make_event(other, TODAY, time(11))
    make.make_event(cast.supervisor, TODAY, time(15), status=EventStatus.CANCELLED)
    for days in (8, 7, 1, 0):
        make.make_event(cast.supervisor, day(days))
    context = as_(cast.supervisor).get("diary").context
    assert [line.on for line in context["today"]] == [TODAY]
    assert [line.on for group in context["week"] for line in group.lines] == [day(1), day(7)]
    assert [line.on for group in context["later"] for line in group.lines] == [day(8)]


def test_diary_asks_for_what_nobody_has_recorded(cast: Cast, as_: As) -> None:
    make.make_booking(make.make_event(cast.supervisor, day(-2)), cast.prosecutor)
    came = make.make_event(cast.supervisor, day(-1))
    make.make_booking(came, cast.prosecutor, BookingStatus.ATTENDED)
    context = as_(cast.supervisor).get("diary").context
    assert [(line.on, line.state) for line in context["to_record"]] == [(day(-2), "To record")]


def test_host_sees_who_has_a_place_and_not_who_gave_one_up(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, day(1), capacity=4)
    make.make_booking(event, cast.prosecutor)
    make.make_booking(event, cast.paralegal)
    make.make_booking(event, cast.manager, BookingStatus.CANCELLED)
    page = as_(cast.supervisor).get("diary").content.decode()
    assert "2 of 4 taken: Amira Prosecutor, Joe Paralegal" in page
    assert "Helen Manager" not in page
    schedule = as_(cast.lead).get("session_schedule").content.decode()
    assert "2 of 4" in schedule
    assert "Joe Paralegal" not in schedule


def test_fifty_sessions_a_page_later_on(cast: Cast, as_: As) -> None:
    for i in range(51):
        make.make_event(cast.supervisor, day(9 + i))
    visitor = as_(cast.supervisor)
    sizes = {
        page: sum(len(g.lines) for g in visitor.get("diary", page=page).context["later"])
        for page in ("1", "2", "9" * 30, "x", "\x00")
    }
    assert sizes == {"1": 50, "2": 1, "9" * 30: 1, "x": 50, "\x00": 50}


@pytest.mark.parametrize("size", [1, 3])
def test_diary_takes_the_same_queries_for_any_number(
    cast: Cast, as_: As, django_assert_num_queries: Any, size: int
) -> None:
    for days in (-1, 0, 1, 9):
        for i in range(size):
            event = make.make_event(cast.supervisor, day(days), time(12 + i), capacity=4)
            for j in range(size):
                make.make_booking(event, make.make_staff(f"P{days}{i}{j}", cast.unit))
    visitor = as_(cast.supervisor)
    with django_assert_num_queries(11):
        context = visitor.get("diary").context
    assert len(context["today"]) == len(context["to_record"]) == size


@pytest.mark.parametrize("size", [1, 3])
def test_register_takes_the_same_queries_for_any_number(
    cast: Cast, as_: As, django_assert_num_queries: Any, size: int
) -> None:
    event = make.make_event(cast.supervisor, TODAY, time(9), capacity=4)
    for i in range(size):
        make.make_booking(event, make.make_staff(f"P{i}", cast.unit))
    visitor = as_(cast.supervisor)
    with django_assert_num_queries(10):
        assert len(visitor.get("session_register", event.public_id).context["lines"]) == size


def taps(answer: Any) -> list[tuple[bool, bool]]:
    return [(bool(line.came), bool(line.missed)) for line in answer.context["lines"]]


# Status, hours since it was recorded -> (came, did not come) open to the host, to a lead.
TAPS = [
    ("booked", 0, (True, True), (True, True)),
    ("attended", 48, (False, True), (False, True)),
    ("attended", 48.1, (False, False), (False, True)),
    ("missed", 47, (True, False), (True, False)),
    ("missed", 49, (False, False), (True, False)),
    ("disputed", 1, (False, False), (True, True)),
    ("offered", 0, (False, False), (False, False)),
]


@pytest.mark.parametrize(("status", "hours", "host", "lead"), TAPS)
def test_register_shows_only_taps_that_are_still_open(
    cast: Cast, as_: As, clock: Any, status: str, hours: float, host: Any, lead: Any
) -> None:
    event = make.make_event(cast.supervisor, TODAY, time(9))
    # The factory records the move at the event's start.
    make.make_booking(event, cast.prosecutor, BookingStatus(status))
    assert event.start_at is not None
    clock(event.start_at + timedelta(hours=hours))
    assert taps(as_(cast.supervisor).get("session_register", event.public_id)) == [host]
    assert taps(as_(cast.lead).get("session_register", event.public_id)) == [lead]


def test_a_lead_who_holds_the_session_corrects_as_a_lead(
    cast: Cast, as_: As, clock: Any
) -> None:
    make.make_grant(cast.supervisor, Role.LEAD)
    event = make.make_event(cast.supervisor, TODAY, time(9))
    booking = make.make_booking(event, cast.prosecutor, BookingStatus.DISPUTED)
    clock(event.start_at + timedelta(days=30))  # type: ignore[operator]
    tap = f"{booking.public_id}:came"
    as_(cast.supervisor).post("session_register", event.public_id, tap=tap)
    booking.refresh_from_db()
    assert booking.status == "attended"


# What a browser never sends: the page again with an error, or nothing there.
ODD = [("x", 200), ("", 200), ("all:maybe", 200), ("\x00:came", 200), ("-" * 36 + ":came", 200)]


@pytest.mark.parametrize(("tap", "status"), ODD)
def test_an_odd_tap_is_a_clean_page(cast: Cast, as_: As, tap: str, status: int) -> None:
    event = make.make_event(cast.supervisor, TODAY, time(9))
    booking = make.make_booking(event, cast.prosecutor)
    visitor = as_(cast.supervisor)
    answer = visitor.post("session_register", event.public_id, tap=tap)
    assert answer.status_code == status
    assert "There is a problem" in answer.content.decode()
    elsewhere = make.make_booking(make.make_event(cast.supervisor, day(-1)), cast.prosecutor)
    stray = visitor.post("session_register", event.public_id, tap=f"{elsewhere.public_id}:came")
    assert stray.status_code == 404
    booking.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (booking.status, elsewhere.status) == ("booked", "booked")
