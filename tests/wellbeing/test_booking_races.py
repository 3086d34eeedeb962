"""Races of the operations on real connections: a file of SQLite's, or PostgreSQL.

Each has two controls. With the operation's order defeated (looked first, wrote later, no
lock) the guards alone must hold; with the guards taken away too it must go wrong, or the
race proves nothing.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import time, timedelta
from pathlib import Path
from threading import Barrier, local
from typing import Any

import pytest
from django.db import connection, connections

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing import guards
from wellbeing.domain.booking import HOLDS_SEAT, BookingStatus
from wellbeing.domain.refusals import Busy, Refused
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import Booking, ClaimedTime, Event
from wellbeing.operations import bookings, events
from wellbeing.operations import seats as seat_locks
from wellbeing.operations.bookings import book
from wellbeing.operations.cancelling import cancel_event
from wellbeing.operations.events import Details, publish

pytestmark = pytest.mark.django_db(transaction=True)
RACERS = 8
AHEAD = TODAY + timedelta(days=1)
# Every wait of a race ends by then, so that a fault is a failure and never a standstill.
PATIENCE = 15
Racer = Callable[[], object]


@contextmanager
def without_guards() -> Iterator[None]:
    guards.remove(connection)
    try:
        yield
    finally:
        guards.install(connection)


def race(racers: list[Racer]) -> list[object]:
    """Runs all at once, each on a connection of its own; their results or their refusals."""
    start = Barrier(len(racers))

    def run(racer: Racer) -> object:
        try:
            start.wait(timeout=PATIENCE)
            return racer()
        except (Refused, Busy) as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(racers)) as pool:
        return [f.result(timeout=PATIENCE) for f in [pool.submit(run, r) for r in racers]]


@pytest.fixture
def defeated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody looks, and only when all have looked does anybody write; nothing is locked."""
    looked, mine = Barrier(RACERS), local()

    def once(check: Callable[..., None]) -> Callable[..., None]:
        def look(*args: Any, **kwargs: Any) -> None:
            if not getattr(mine, "has_looked", False):
                mine.has_looked = True
                check(*args, **kwargs)
                looked.wait(timeout=PATIENCE)

        return look

    check_host = once(events.check_host)

    def publish_late(details: Details, **kwargs: Any) -> Event:
        start_at, end_at = events.times(details, kwargs["at"])
        check_host(details, kwargs["host"], start_at, end_at)
        return publish(details, **kwargs)

    monkeypatch.setattr(bookings, "check_bookable", once(bookings.check_bookable))
    monkeypatch.setattr(seat_locks, "lock_event", lambda pk: Event.objects.get(pk=pk))
    monkeypatch.setattr(seat_locks, "lock_people", lambda people: None)
    monkeypatch.setattr(events, "check_host", lambda *args: None)
    monkeypatch.setattr(events, "lock_people", lambda people: None)
    monkeypatch.setitem(globals(), "publish_now", publish_late)


def publish_now(details: Details, **kwargs: Any) -> Event:
    """`publish`, or what the fixture makes of it."""
    return publish(details, **kwargs)


def codes(results: list[object]) -> set[str]:
    """Why the others were turned away; Busy is none of the answers a race may give."""
    assert not [r for r in results if isinstance(r, Busy)]
    return {r.code for r in results if isinstance(r, Refused)}


def is_deadlock(busy: Busy) -> bool:
    """PostgreSQL's own word for it; SQLite, where one writes at a time, has none."""
    cause = busy.__cause__.__cause__ if busy.__cause__ else None
    return getattr(cause, "sqlstate", "") == "40P01"


def last_seat(cast: Cast) -> list[Racer]:
    event = make.make_event(cast.supervisor, AHEAD)
    people = [make.make_staff(f"Racer {i}", cast.unit) for i in range(RACERS)]
    return [lambda p=p: book(event, person=p, by=p, at=NOW) for p in people]  # type: ignore[misc]


def same_hour(cast: Cast) -> list[Racer]:
    """One person at as many sessions as there are racers, all at the same time."""
    hosts = [make.make_supervisor(f"Dr {i}") for i in range(RACERS)]
    sessions = [make.make_event(host, AHEAD, capacity=2) for host in hosts]
    person = cast.prosecutor
    return [lambda e=e: book(e, person=person, by=person, at=NOW) for e in sessions]  # type: ignore[misc]


def same_host(cast: Cast) -> list[Racer]:
    """One host's sessions of an hour, five minutes apart: each overlaps all the others."""

    def racer(i: int) -> Racer:
        details = Details(
            kind=EventKind.SUPERVISION,
            on=AHEAD,
            at=time(10, 5 * i),
            minutes=60,
            capacity=1,
            mode=Mode.VIDEO,
        )
        host = cast.supervisor
        return lambda: publish_now(details, host=host, by=cast.lead, at=NOW)

    return [racer(i) for i in range(RACERS)]


def seats() -> int:
    return Booking.objects.filter(status__in=HOLDS_SEAT).count()


def live_events() -> int:
    return Event.objects.filter(status="published").count()


# Who races, what is counted afterwards, and why the others are turned away.
RACES = [
    pytest.param(last_seat, seats, "event_capacity", id="the last seat"),
    pytest.param(same_hour, seats, "claim_overlap", id="one person at one time"),
    pytest.param(same_host, live_events, "claim_overlap", id="one host at one time"),
]
Field = Callable[[Cast], list[Racer]]


def test_races_run_on_a_database_that_many_can_open(cast: Cast) -> None:
    name = str(connection.settings_dict["NAME"])
    assert connection.vendor == "postgresql" or Path(name).is_file()


@pytest.mark.parametrize(("field", "count", "code"), RACES)
def test_one_wins_and_the_others_are_told_why(
    cast: Cast, field: Field, count: Callable[[], int], code: str
) -> None:
    results = race(field(cast))
    assert (count(), codes(results)) == (1, {code})


@pytest.mark.usefixtures("defeated")
@pytest.mark.parametrize(("field", "count", "code"), RACES)
def test_the_guards_alone_let_one_win(
    cast: Cast, field: Field, count: Callable[[], int], code: str
) -> None:
    """Nothing is locked here, so PostgreSQL may break a deadlock of the guards, twice running:
    whoever it breaks is told to try again, which is no place given twice.
    """
    results = race(field(cast))
    broken = [r for r in results if isinstance(r, Busy)]
    assert all(is_deadlock(busy) for busy in broken)
    told = codes([r for r in results if not isinstance(r, Busy)])
    assert (count(), told) == (1, {code} if len(broken) < RACERS - 1 else set())
    assert sum(isinstance(r, Refused | Busy) for r in results) == RACERS - 1


@pytest.mark.usefixtures("defeated")
@pytest.mark.parametrize(("field", "count", "code"), RACES)
def test_without_order_and_guards_it_goes_wrong(
    cast: Cast, field: Field, count: Callable[[], int], code: str
) -> None:
    racers = field(cast)
    with without_guards():
        race(racers)
        assert count() == RACERS


def test_the_order_alone_lets_one_win(cast: Cast) -> None:
    """Of seats only: whose time is taken is written by the guards themselves."""
    racers = last_seat(cast)
    with without_guards():
        results = race(racers)
        assert (seats(), codes(results)) == (1, {"event_capacity"})


def test_many_seats_are_filled_and_none_is_left_empty(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, AHEAD, capacity=3)
    people = [make.make_staff(f"Racer {i}", cast.unit) for i in range(RACERS)]
    results = race([lambda p=p: book(event, person=p, by=p, at=NOW) for p in people])  # type: ignore[misc]
    won = {r.person_id for r in results if isinstance(r, Booking)}
    claimed = ClaimedTime.objects.filter(kind="seat").values_list("person", flat=True)
    assert (len(won), set(claimed)) == (3, won)
    assert codes(results) == {"event_capacity"}


def test_nobody_holds_a_place_at_a_session_cancelled_meanwhile(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, AHEAD, capacity=RACERS)
    people = [make.make_staff(f"Racer {i}", cast.unit) for i in range(RACERS - 1)]
    racers: list[Racer] = [lambda p=p: book(event, person=p, by=p, at=NOW) for p in people]  # type: ignore[misc]
    racers.insert(2, lambda: cancel_event(event, by=cast.supervisor, at=NOW))
    results = race(racers)
    event.refresh_from_db()
    assert (event.status, seats(), ClaimedTime.objects.count()) == ("cancelled", 0, 0)
    booked = sum(isinstance(r, Booking) for r in results)
    left = Booking.objects.filter(status=BookingStatus.CANCELLED_BY_SERVICE).count()
    assert booked == left == results[2]
    assert codes(results) <= {"event_open"}


def test_a_supervisor_who_is_staff_is_not_in_two_places(cast: Cast) -> None:
    both = make.make_staff("Dr Both", cast.unit)
    make.make_supervisor("", person=both)
    elsewhere = make.make_event(cast.supervisor, AHEAD, time(10, 30))
    details = Details(EventKind.SUPERVISION, AHEAD, time(10), 60, 1, Mode.VIDEO)
    results = race(
        [
            lambda: publish(details, host=both, by=both, at=NOW),
            lambda: book(elsewhere, person=both, by=both, at=NOW),
        ]
    )
    assert codes(results) == {"claim_overlap"}
    assert ClaimedTime.objects.filter(person=both).count() == 1
