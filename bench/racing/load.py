"""How fast: everybody books place after place, beside the same rows by plain inserts."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from wellbeing.domain.public_id import new_public_id
from wellbeing.models import Event, Person
from wellbeing.operations.bookings import book

from .crew import Crew, Job
from .world import Slot, World

# Sessions of a block; everybody books each, beginning at another one.
SESSIONS, BLOCKS = 10, 4


@dataclass(frozen=True, slots=True)
class Speed:
    """Of one way of writing: how many, how many a second, and the 95th percentile in seconds."""

    number: int
    per_second: float
    p95: float


def book_all(events: Sequence[int], person: int) -> Callable[[], list[float]]:
    """Books the person's place at each; how long each took."""
    who, wanted = Person.objects.get(pk=person), Event.objects.in_bulk(events)
    return lambda: [
        _timed(lambda e=wanted[pk]: book(e, person=who, by=who, at=timezone.now()))  # type: ignore[misc]
        for pk in events
    ]


def insert_all(events: Sequence[int], person: int) -> Callable[[], list[float]]:
    """The booking, its move and its audit row, in one transaction, with nothing looked at."""
    return lambda: [_timed(lambda e=pk: _insert(e, person)) for pk in events]  # type: ignore[misc]


LOADS: dict[str, Callable[..., Any]] = {"book all": book_all, "insert all": insert_all}


def _timed(write: Callable[[], object]) -> float:
    began = time.perf_counter()
    write()
    return time.perf_counter() - began


def _insert(event: int, person: int) -> None:
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    uid = new_public_id()
    public_id = uid if connection.features.has_native_uuid_field else uid.hex
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO wellbeing_booking (public_id, event_id, person_id, status, created_at)"
            " VALUES (%s, %s, %s, 'booked', %s) RETURNING id",
            [public_id, event, person, now],
        )
        (booking,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO wellbeing_bookingmove (booking_id, before, after, reason, is_late,"
            " recorded_at, recorded_by_id) VALUES (%s, '', 'booked', '', %s, %s, %s)",
            [booking, False, now, person],
        )
        cursor.execute(
            "INSERT INTO wellbeing_auditrow (at, by_id, verb, about_id, details)"
            " VALUES (%s, %s, 'booking.book', %s, '{}')",
            [now, person, person],
        )


def measured(crew: Crew, world: World, days: Iterator[date]) -> dict[str, Speed]:
    """Both ways in turn, block by block, so that a busy machine slows both."""
    calls: dict[str, list[float]] = {name: [] for name in LOADS}
    spent = dict.fromkeys(LOADS, 0.0)
    for name in [*LOADS] * BLOCKS:
        slots = [Slot(next(days), 9) for _ in range(SESSIONS)]
        outcomes = crew.race(_block(name, world, slots, crew.size))
        wrong = [o.value for o in outcomes if o.how != "done"]
        if wrong:
            raise SystemExit(f"The load went wrong: {wrong[0]}")
        spent[name] += max(o.ended for o in outcomes) - min(o.began for o in outcomes)
        calls[name] += [seconds for o in outcomes for seconds in o.value]
    return {name: speed_of(times, spent[name]) for name, times in calls.items()}


def speed_of(times: list[float], spent: float) -> Speed:
    """Of calls that took so long each, and `spent` seconds together."""
    return Speed(len(times), len(times) / spent, sorted(times)[int(len(times) * 0.95)])


def _block(name: str, world: World, slots: Sequence[Slot], processes: int) -> list[Job]:
    """A session a day, with room for all."""
    events = [slot.session(world.hosts[0], capacity=processes).pk for slot in slots]
    return [
        Job(name, {"events": events[k:] + events[:k], "person": world.staff[i].pk})
        for i in range(processes)
        for k in [i % SESSIONS]
    ]
