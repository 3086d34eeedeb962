"""Every move in every order, against a simple model, compared after each step.

A small and crowded world: three sessions of which two overlap, four people, one seat
each. Faults planted in the operations must be caught, or the machine proves nothing.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    run_state_machine_as_test,
)

from tests.conftest import Cast
from tests.wellbeing.booking_machine import Bookings, World, happened
from tests.wellbeing.booking_model import HOUR
from wellbeing.models import Booking
from wellbeing.operations import bookable, seats


def run(cast: Cast, examples: int) -> None:
    run_state_machine_as_test(
        type("Bookings", (Bookings,), {"world": World(cast)}),
        settings=settings(
            max_examples=examples,
            stateful_step_count=50,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


# What must have happened, and often, for the run to mean anything.
WANTED = {
    "book", "book refused", "wait", "offer", "accept", "accept refused", "decline", "cancel",
    "leave", "reschedule", "reschedule refused", "change", "change refused", "cancel event",
    "record", "record refused", "dispute", "add unbooked", "in offered", "in expired",
    "in attended", "in missed", "in disputed", "in cancelled_by_service", "in declined",
}  # fmt: skip


def test_operations_agree_with_the_model(cast: Cast, record_property: Any) -> None:
    happened.clear()
    run(cast, 60)
    record_property("worlds", json.dumps(dict(sorted(happened.items()))))
    assert {name for name in WANTED if happened[name] < 5} == set()


def _nobody_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seats, "_offer_to_waiters", lambda event, *, at: None)


def _last_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    order = seats.in_order
    monkeypatch.setattr(seats, "in_order", lambda *args: order(*args)[::-1])


def _capacity_is_not_freed(monkeypatch: pytest.MonkeyPatch) -> None:
    held = bookable.HOLDS_SEAT
    monkeypatch.setattr(bookable, "HOLDS_SEAT", held | {"cancelled"})


def _clash_blocks_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    busy = seats.busy
    everybody = set(range(100_000))
    monkeypatch.setattr(seats, "busy", lambda *args: everybody if busy(*args) else set())


def _offers_never_end(monkeypatch: pytest.MonkeyPatch) -> None:
    none = Booking.objects.none
    monkeypatch.setattr(seats, "offers_ended", lambda at: none())
    monkeypatch.setattr(bookable, "_has_ended", lambda *offer, at: False)


def _offer_lasts_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = seats.offer_ends
    monkeypatch.setattr(seats, "offer_ends", lambda **more: ends(**more) + HOUR)


def _list_never_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seats, "is_list_open", lambda event, at: True)


@pytest.mark.parametrize(
    "fault",
    [
        _nobody_is_offered,
        _last_comes_first,
        _capacity_is_not_freed,
        _clash_blocks_the_queue,
        _offers_never_end,
        _offer_lasts_too_long,
        _list_never_closes,
    ],
)
def test_planted_fault_is_caught(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: Callable[..., None]
) -> None:
    fault(monkeypatch)
    with pytest.raises((AssertionError, ExceptionGroup)):
        run(cast, 200)
