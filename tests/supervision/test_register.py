"""Who came: one tap a person, and putting a slip right."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from wellbeing.domain.booking import BookingStatus
from wellbeing.models import BookingMove, Event, Person

As = Callable[[Person], Visitor]
TOMORROW = TODAY + timedelta(days=1)


def errors(answer: Any) -> list[str]:
    form = answer.context["form"]
    return [str(e) for messages in form.errors.values() for e in messages]


def test_one_tap_a_person_and_one_for_all(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TODAY, time(9), capacity=3)
    first, second = (make.make_booking(event, p) for p in (cast.prosecutor, cast.paralegal))
    visitor = as_(cast.supervisor)
    visitor.post("session_register", event.public_id, tap=f"{first.public_id}:missed")
    visitor.post("session_register", event.public_id, tap="all:came")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("missed", "attended")
    visitor.post("session_register", event.public_id, tap=f"{first.public_id}:came")
    first.refresh_from_db()
    assert first.status == "attended"
    moves = BookingMove.as_recorded.filter(booking=first).order_by("pk")
    assert [m.after for m in moves] == ["booked", "missed", "attended"]
    assert [m.superseded_at is None for m in moves] == [False, False, True]


# Hours after the first recording -> may the host, may a lead put it right.
PUT_RIGHT = [(47, True, True), (49, False, True)]


@pytest.mark.parametrize(("hours", "host_may", "lead_may"), PUT_RIGHT)
def test_host_puts_a_slip_right_within_48_hours(
    cast: Cast, as_: As, clock: Any, hours: float, host_may: bool, lead_may: bool
) -> None:
    event = make.make_event(cast.supervisor, TODAY, time(9))
    booking = make.make_booking(event, cast.prosecutor)
    tap = {"tap": f"{booking.public_id}:came"}
    as_(cast.supervisor).post("session_register", event.public_id, **tap)
    clock(NOW + timedelta(hours=hours))
    tap = {"tap": f"{booking.public_id}:missed"}
    as_(cast.supervisor).post("session_register", event.public_id, **tap)
    booking.refresh_from_db()
    assert (booking.status == "missed") == host_may
    as_(cast.lead).post("session_register", event.public_id, **tap)
    booking.refresh_from_db()
    assert (booking.status == "missed") == lead_may


def test_names_go_when_the_session_is_closed_but_for_who_still_may(cast: Cast, as_: As) -> None:
    leaves = TODAY - timedelta(days=20)
    moved = make.make_staff("Moved Away", cast.unit, end_on=leaves)
    make.make_posting(moved, cast.elsewhere, start_on=leaves + timedelta(days=1))
    event = make.make_event(
        cast.supervisor, TODAY - timedelta(days=30), capacity=3, areas=(cast.area,)
    )
    first = make.make_booking(event, cast.prosecutor, BookingStatus.ATTENDED)
    make.make_booking(event, moved, BookingStatus.MISSED)
    assert named(as_, cast.supervisor, event) == []
    assert named(as_, cast.area_lead, event) == ["Amira Prosecutor"]
    assert named(as_, cast.lead, event) == ["Amira Prosecutor", "Moved Away"]
    tap = {"tap": f"{first.public_id}:missed"}
    answer = as_(cast.supervisor).post("session_register", event.public_id, **tap)
    assert answer.status_code == 404


def test_names_stay_while_an_outcome_is_open_or_may_be_put_right(
    cast: Cast, as_: As, clock: Any
) -> None:
    event = make.make_event(cast.supervisor, TODAY - timedelta(days=30))
    booking = make.make_booking(event, cast.prosecutor)
    host = as_(cast.supervisor)
    for came in ("missed", "came"):
        assert named(as_, cast.supervisor, event) == ["Amira Prosecutor"]
        host.post("session_register", event.public_id, tap=f"{booking.public_id}:{came}")
    booking.refresh_from_db()
    assert booking.status == "attended"
    clock(NOW + timedelta(hours=49))
    assert named(as_, cast.supervisor, event) == []


def named(as_: As, who: Person, event: Event) -> list[str]:
    page = as_(who).get("session_register", event.public_id)
    lines = [line.name for line in page.context["lines"]]
    everybody = ("Amira Prosecutor", "Moved Away")
    assert [name for name in everybody if name in page.content.decode()] == lines
    return lines


def test_nobody_is_recorded_before_the_start(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TODAY, time(10, 1))
    booking = make.make_booking(event, cast.prosecutor)
    answer = as_(cast.supervisor).post(
        "session_register", event.public_id, tap=f"{booking.public_id}:came"
    )
    assert errors(answer) == ["You can record who came once the session has started."]
    assert (
        as_(cast.supervisor).post("session_register", event.public_id, tap="x").status_code
        == 200
    )
