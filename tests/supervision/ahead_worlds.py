"""Worlds of availability: part-timers, hosts of one Area, published events crowded on few days."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.domain.slow_cover import Slow
from tests.domain.worlds import BASE, HOSTS, STATES, Row, worlds

from .slow_ahead import HOLDS, AheadWorld, minute

DAYS = ("", "", "tue", "mon;tue", "wed;thu;fri", "sat;sun")
EVENT_COLUMNS = "strand,host,date,start,minutes,capacity,mode,place,areas"
Question = tuple[AheadWorld, date, int, str]


@st.composite
def questions(draw: Any) -> Question:
    """A world, a first day, weeks, and an Area or none."""
    drawn = AheadWorld(draw(worlds()))
    world, is_crowded = drawn.world, draw(st.booleans())
    for row in world.people:
        row["working_days"] = draw(st.sampled_from(DAYS))
    if is_crowded:
        # All alike, so that they share what there is.
        for row in world.people:
            row |= {"area": "West", "unit": "One", "working_days": ""}
    served = {host: draw(st.sampled_from(["", "", "West", "East;West"])) for host in HOSTS}
    known = {row["area"] for row in world.people}
    for row in world.supervisors:
        row["areas"] = ";".join(a for a in served[row["email"]].split(";") if a in known)
    first = draw(st.sampled_from([day for day in world.days() if day >= BASE] or [BASE]))
    first += timedelta(days=draw(st.sampled_from([-1, 0, 1, 5])))
    weeks = draw(st.integers(1, 4))
    for _ in range(draw(st.integers(1, 2 if is_crowded else 8))):
        _event(draw, drawn, first, weeks, sorted(known))
    return drawn, first, weeks, draw(st.sampled_from(["", "", *sorted(known)]))


def _event(draw: Any, drawn: AheadWorld, first: date, weeks: int, known: list[str]) -> None:
    """One that the importer takes: registered, and nobody in two places at once."""
    event = {
        "strand": "supervision",
        "host": draw(st.sampled_from(HOSTS)),
        "date": first + timedelta(days=draw(st.integers(-1, 7 * weeks))),
        "start": f"{draw(st.integers(8, 20)):02}:{draw(st.sampled_from(['00', '30']))}",
        "minutes": 60,
        "capacity": draw(st.sampled_from([1, 1, 2, 3])),
        "mode": "video",
        "place": "",
        "areas": draw(st.sampled_from(["", "", *known])),
    }
    slow = Slow(drawn.world, "supervision")
    as_staff = slow.emails.get(event["host"])
    if not slow.registered(event["host"], event["date"]) or not _is_free(
        drawn, event, as_staff
    ):
        return
    drawn.events.append(event)
    guests = draw(st.sampled_from([0, 0, 1, 3]))
    for number in draw(st.permutations(drawn.world.numbers))[:guests]:
        outcome = draw(st.sampled_from(["booked", "booked", "booked", "offered", *STATES[5:]]))
        held = sum(_at(s, event) and s["outcome"] in HOLDS for s in drawn.world.sessions)
        takes = outcome in HOLDS
        if number == as_staff or (takes and held >= event["capacity"]):
            continue
        if takes and not _is_free(drawn, event, number, but_for=event):
            continue
        names = ("strand", "host", "date", "start", "minutes")
        row = {name: event[name] for name in names}
        drawn.world.sessions.append({"staff_number": number, **row, "outcome": outcome})


def _at(row: Row, event: Row) -> bool:
    return all(row[n] == event[n] for n in ("strand", "host", "date", "start", "minutes"))


def _is_free(
    drawn: AheadWorld, event: Row, number: str | None, *, but_for: Row | None = None
) -> bool:
    """The host has no other event then, and neither host nor person sits or hosts elsewhere."""
    emails = {row["email"]: row["staff_number"] for row in drawn.world.people}
    for row in (*drawn.events, *drawn.world.sessions):
        if row is but_for or row["date"] != event["date"] or not row["start"]:
            continue
        a, b = minute(row["start"]), minute(event["start"])
        if a >= b + event["minutes"] or b >= a + (row["minutes"] or 0):
            continue
        hosts = row["host"] == event["host"] if but_for is None else False
        also_hosts = number is not None and emails.get(row["host"]) == number
        sits = row.get("staff_number") == number and row.get("outcome") in HOLDS
        if hosts or also_hosts or (number is not None and sits):
            return False
    return True
