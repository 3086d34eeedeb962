"""Time: what hosts and people hold, from events and bookings themselves, and what is claimed of it."""

from collections.abc import Iterator
from datetime import datetime

from .sql import LIVE_EVENTS, SEATS, public, select

HOSTED = (
    "SELECT host_id AS person_id, id AS event_id, start_at AS from_at, end_at AS to_at,"
    " 'host' AS kind FROM wellbeing_event WHERE host_id IS NOT NULL AND end_at IS NOT NULL"
    f" AND status IN ({LIVE_EVENTS})"
)
SEATED = (
    "SELECT b.person_id, e.id AS event_id, e.start_at AS from_at, e.end_at AS to_at,"
    " 'seat' AS kind FROM wellbeing_booking b JOIN wellbeing_event e ON e.id = b.event_id"
    f" WHERE b.status IN ({SEATS}) AND e.end_at IS NOT NULL AND e.status IN ({LIVE_EVENTS})"
)
# Whoever has no seat can have no overlap with one: the time of most hosts is left alone.
HOSTED_BY_SEATED = f"{HOSTED} AND host_id IN (SELECT person_id FROM wellbeing_booking WHERE status IN ({SEATS}))"
# Who has any overlap at all is told by one sort: then some time begins before the one that
# began last before it has ended. Pairs, and ids, are looked for among theirs only: to join
# for the ids would have PostgreSQL read every event twice.
OVERLAPS = (
    "WITH busy AS ({busy}),"
    " clashing AS (SELECT DISTINCT person_id FROM (SELECT person_id, from_at,"
    " lag(to_at) OVER (PARTITION BY person_id ORDER BY from_at) AS busy_to FROM busy) w"
    " WHERE from_at < busy_to)"
    " SELECT (SELECT public_id FROM wellbeing_person WHERE id = a.person_id),"
    " (SELECT public_id FROM wellbeing_event WHERE id = a.event_id), a.kind,"
    " (SELECT public_id FROM wellbeing_event WHERE id = b.event_id), b.kind FROM clashing c"
    " JOIN busy a ON a.person_id = c.person_id"
    " JOIN busy b ON b.person_id = a.person_id AND a.from_at < b.to_at AND b.from_at < a.to_at"
    " AND (a.event_id, a.kind) < (b.event_id, b.kind)"
    " WHERE {pairs} ORDER BY a.person_id, a.event_id, b.event_id"
)
# Claims of a kind that are not, or are otherwise, as the events and bookings say.
CLAIMED = (
    "SELECT c.person_id, c.event_id, c.kind, e.public_id FROM wellbeing_claimedtime c"
    " JOIN wellbeing_event e ON e.id = c.event_id {held} WHERE {kind} AND ({missing}"
    f" OR e.status NOT IN ({LIVE_EVENTS}) OR e.end_at IS NULL"
    " OR e.start_at <> c.from_at OR e.end_at <> c.to_at)"
)
CLAIMED_BY_NOBODY = "{} UNION ALL {}".format(
    CLAIMED.format(
        held="", kind="c.kind = 'host'", missing="coalesce(e.host_id, 0) <> c.person_id"
    ),
    CLAIMED.format(
        held="LEFT JOIN wellbeing_booking b ON b.event_id = c.event_id"
        f" AND b.person_id = c.person_id AND b.status IN ({SEATS})",
        kind="c.kind <> 'host'",
        missing="b.id IS NULL",
    ),
)
DOES = {"host": "holds", "seat": "has a seat at"}


def overlapping_events_of_a_host(at: datetime) -> Iterator[str]:
    """Two live events of one host at the same time."""
    for host, one, _, other, _ in select(OVERLAPS.format(busy=HOSTED, pairs="1 = 1")):
        yield f"person {public(host)} holds events {public(one)} and {public(other)}"


def overlapping_time_of_a_person(at: datetime) -> Iterator[str]:
    """Two seats of a person at the same time, or a seat and an event they hold."""
    busy = f"{HOSTED_BY_SEATED} UNION ALL {SEATED}"
    pairs = "NOT (a.kind = 'host' AND b.kind = 'host')"
    for person, one, does, other, also in select(OVERLAPS.format(busy=busy, pairs=pairs)):
        yield (
            f"person {public(person)} {DOES[does]} event {public(one)}"
            f" and {DOES[also]} event {public(other)}"
        )


def time_not_claimed(at: datetime) -> Iterator[str]:
    """A seat or an event whose person's time is not claimed, or not as it is now."""
    found = select(
        f"SELECT p.public_id, e.public_id, b.kind FROM ({HOSTED} UNION ALL {SEATED}) b"
        " LEFT JOIN wellbeing_claimedtime c ON c.person_id = b.person_id"
        " AND c.event_id = b.event_id AND c.kind = b.kind"
        " AND c.from_at = b.from_at AND c.to_at = b.to_at"
        " JOIN wellbeing_event e ON e.id = b.event_id"
        " JOIN wellbeing_person p ON p.id = b.person_id WHERE c.id IS NULL ORDER BY p.id, e.id"
    )
    for person, event, kind in found:
        yield f"person {public(person)} {DOES[kind]} event {public(event)}"


def seat_held_by_nobody(at: datetime) -> Iterator[str]:
    """Time claimed for a seat that nobody has, or for an event that they do not hold then."""
    found = select(
        "SELECT (SELECT public_id FROM wellbeing_person WHERE id = c.person_id),"
        f" c.public_id, c.kind FROM ({CLAIMED_BY_NOBODY}) c ORDER BY c.person_id, c.event_id"
    )
    for person, event, kind in found:
        yield f"time of person {public(person)} is claimed as {kind} of event {public(event)}"
