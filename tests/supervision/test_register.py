"""Who came: one tap a person, and putting a slip right."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from wellbeing.models import BookingMove, Person

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
