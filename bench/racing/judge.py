"""Looks at a heat from outside when it is over: plain SQL on events and bookings, no guard asked."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import connection

from wellbeing.domain.booking import HOLDS_SEAT
from wellbeing.guards.guard import quoted

from .crew import Outcome
from .races import Heat
from .world import Slot

SEATS = quoted(HOLDS_SEAT)
# What may never happen; the columns of the report.
NEVER = ("oversold", "double-booked", "lost", "errors", "left empty", "overtaken")
# The status that an act's success says its booking, or its event, now has.
SAID = {"book": "booked", "accept": "booked", "cancel": "cancelled", "session": "published"}


def judged(heat: Heat, slot: Slot, outcomes: Iterable[Outcome]) -> Counter[str]:
    """How often each thing that must not happen did, and how many calls were made and won."""
    found = _seats(slot)
    taken = [o for o in outcomes if o.how == "done" and _act(o) != "expire"]
    tally = Counter(
        {
            "calls": len(heat.jobs),
            "won": len(taken),
            "oversold": sum(max(0, held - capacity) for capacity, held in found),
            "double-booked": _overlaps(slot),
            "lost": sum(not _is_there(o) for o in taken),
            "errors": sum(o.how == "error" for o in outcomes),
            "left empty": not any(held for _, held in found) and not _was_published(outcomes),
        }
    )
    if heat.first is not None:
        tally["overtaken"] = _who_has_it(slot) != [(heat.first, "offered")]
    return tally


def errors(outcomes: Iterable[Outcome]) -> set[str]:
    """The unexpected, in words."""
    return {f"{o.job.act}: {o.value}" for o in outcomes if o.how == "error"}


def _act(outcome: Outcome) -> str:
    return outcome.job.act.removeprefix("defeated ")


def _was_published(outcomes: Iterable[Outcome]) -> bool:
    return any(_act(o) == "session" and o.how == "done" for o in outcomes)


def _rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _here(slot: Slot) -> tuple[Any, ...]:
    return tuple(connection.ops.adapt_datetimefield_value(at) for at in slot.instants)


def _seats(slot: Slot) -> list[tuple[int, int]]:
    """Of each event of the slot: its capacity, and how many seats are held."""
    return _rows(
        "SELECT e.capacity, (SELECT count(*) FROM wellbeing_booking b WHERE b.event_id = e.id"
        f" AND b.status IN ({SEATS})) FROM wellbeing_event e"
        " WHERE e.start_at >= %s AND e.start_at < %s",
        *_here(slot),
    )


def _overlaps(slot: Slot) -> int:
    """Pairs of events of the slot at which one person is at the same time, as host or in a seat."""
    times = "e.id, e.start_at, e.end_at FROM wellbeing_event e"
    here = "e.start_at >= %s AND e.start_at < %s"
    busy = (
        f"SELECT e.host_id AS person, {times} WHERE {here} UNION ALL"
        f" SELECT b.person_id, {times} JOIN wellbeing_booking b ON b.event_id = e.id"
        f" WHERE b.status IN ({SEATS}) AND {here}"
    )
    found = _rows(
        f"WITH busy AS ({busy}) SELECT count(*) FROM busy a JOIN busy b"
        " ON b.person = a.person AND a.id < b.id"
        " AND a.start_at < b.end_at AND b.start_at < a.end_at",
        *_here(slot),
        *_here(slot),
    )
    live = _rows(
        "SELECT count(*) FROM (SELECT 1 FROM wellbeing_booking b"
        " JOIN wellbeing_event e ON e.id = b.event_id"
        f" WHERE b.status IN ({SEATS}) AND {here}"
        " GROUP BY b.event_id, b.person_id HAVING count(*) > 1) twice",
        *_here(slot),
    )
    return int(found[0][0] + live[0][0])


def _is_there(outcome: Outcome) -> bool:
    """What a call said it did is so."""
    act = _act(outcome)
    table = "wellbeing_event" if act == "session" else "wellbeing_booking"
    found = _rows(f"SELECT status FROM {table} WHERE id = %s", outcome.value)
    return found == [(SAID[act],)]


def _who_has_it(slot: Slot) -> list[tuple[int, str]]:
    return _rows(
        "SELECT b.person_id, b.status FROM wellbeing_booking b"
        " JOIN wellbeing_event e ON e.id = b.event_id"
        f" WHERE b.status IN ({SEATS}) AND e.start_at >= %s AND e.start_at < %s",
        *_here(slot),
    )
