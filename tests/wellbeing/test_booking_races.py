"""Races on real connections. Each has a control: without the guards it must go wrong."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections, transaction

from tests import factories as make
from tests.conftest import TODAY, Cast
from wellbeing import guards
from wellbeing.domain.booking import HOLDS_SEAT, BookingStatus
from wellbeing.domain.refusals import Busy, Refused
from wellbeing.models import Booking, ClaimedTime, Event, Person
from wellbeing.operations.bookings import book, seats_held

pytestmark = pytest.mark.django_db(transaction=True)
RACERS = 8
AHEAD = TODAY + timedelta(days=1)


@contextmanager
def without_guards() -> Iterator[None]:
    guards.remove(connection)
    try:
        yield
    finally:
        guards.install(connection)


def race(*racers: Callable[[], object]) -> list[object]:
    """Runs all at once, each on a connection of its own; their results or their refusals."""

    def run(racer: Callable[[], object]) -> object:
        try:
            return racer()
        except (Refused, Busy, IntegrityError) as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(racers)) as pool:
        return [f.result(timeout=60) for f in [pool.submit(run, r) for r in racers]]


def careless(event: Event, person: Person, barrier: Barrier) -> Booking:
    """What a mistaken path would do: look, lose time, write."""
    free = seats_held(event) < (event.capacity or 0)
    clash = ClaimedTime.objects.filter(person=person).exists()
    barrier.wait(timeout=30)
    if not free or clash:
        raise Refused("full")
    with transaction.atomic():
        return make.make_booking(event, person)


def last_seat(cast: Cast, racers: int = RACERS) -> tuple[Event, list[Person]]:
    event = make.make_event(cast.supervisor, AHEAD)
    return event, [make.make_staff(f"Racer {i}", cast.unit) for i in range(racers)]


def held(results: list[object]) -> int:
    assert Booking.objects.filter(status__in=HOLDS_SEAT).count() == sum(
        isinstance(r, Booking) for r in results
    )
    return sum(isinstance(r, Booking) for r in results)


def test_last_seat_is_booked_once(cast: Cast) -> None:
    event, people = last_seat(cast)
    at = event.created_at.replace(year=2026)
    results = race(*[lambda p=p: book(event, person=p, by=p, at=at) for p in people])  # type: ignore[misc]
    assert held(results) == 1
    others = {r.sentence for r in results if isinstance(r, Refused)}
    assert others == {"This place has just been taken. Choose another time."}


def test_last_seat_is_taken_once_even_by_a_path_that_does_not_lock(cast: Cast) -> None:
    event, people = last_seat(cast)
    barrier = Barrier(RACERS)
    assert held(race(*[lambda p=p: careless(event, p, barrier) for p in people])) == 1  # type: ignore[misc]


def test_last_seat_oversells_without_the_guards(cast: Cast) -> None:
    event, people = last_seat(cast)
    barrier = Barrier(RACERS)
    with without_guards():
        taken = held(race(*[lambda p=p: careless(event, p, barrier) for p in people]))  # type: ignore[misc]
        assert taken > 1


def overlapping(cast: Cast) -> list[Event]:
    hosts = [make.make_supervisor(f"Dr {i}") for i in range(RACERS)]
    return [make.make_event(host, AHEAD, capacity=2) for host in hosts]


def test_one_person_gets_one_of_many_at_the_same_time(cast: Cast) -> None:
    events = overlapping(cast)
    at = events[0].created_at.replace(year=2026)
    person = cast.prosecutor
    results = race(*[lambda e=e: book(e, person=person, by=person, at=at) for e in events])  # type: ignore[misc]
    assert held(results) == 1


def test_one_person_is_booked_once_even_by_a_path_that_does_not_lock(cast: Cast) -> None:
    events = overlapping(cast)
    barrier = Barrier(RACERS)
    results = race(*[lambda e=e: careless(e, cast.prosecutor, barrier) for e in events])  # type: ignore[misc]
    assert held(results) == 1


def test_one_person_is_double_booked_without_the_guards(cast: Cast) -> None:
    events = overlapping(cast)
    barrier = Barrier(RACERS)
    with without_guards():
        results = race(*[lambda e=e: careless(e, cast.prosecutor, barrier) for e in events])  # type: ignore[misc]
        assert held(results) > 1


def test_the_claims_are_those_of_the_bookings(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, AHEAD, capacity=RACERS)
    people = [make.make_staff(f"Racer {i}", cast.unit) for i in range(RACERS)]
    at = event.created_at.replace(year=2026)
    race(*[lambda p=p: book(event, person=p, by=p, at=at) for p in people])  # type: ignore[misc]
    claimed = set(ClaimedTime.objects.filter(kind="seat").values_list("person", flat=True))
    assert claimed == {p.pk for p in people}
    assert set(Booking.objects.values_list("status", flat=True)) == {BookingStatus.BOOKED}
