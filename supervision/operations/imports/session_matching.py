"""Which events and bookings a staged file of sessions means, and what differs from what is held.

Compared by joins; what is held as the file has it goes no further, so that the same file
again is quick. CHANGES has the rows that differ, TARGETS the events they are about.
"""

from datetime import timedelta

from django.conf import settings

from wellbeing.domain.booking import AHEAD, CLAIMING_EVENTS, HOLDS_SEAT, MOVED_ON
from wellbeing.domain.local_time import local_day
from wellbeing.domain.roles import Strand
from wellbeing.guards.guard import quoted
from wellbeing.models import Booking, Event
from wellbeing.operations.imports.frame import Counts, Taking
from wellbeing.operations.temporary import database_value, fill, fresh_key, run, same, select

from .session_staging import ROWS

HELD, MATCHES, CHANGES, TARGETS = (
    "import_held",
    "import_match",
    "import_change",
    "import_target",
)
SEATS, LIVE_EVENTS = quoted(HOLDS_SEAT), quoted(CLAIMING_EVENTS)
SUMS = (
    "sum(CASE WHEN {status} IN (" + SEATS + ") THEN 1 ELSE 0 END) AS seats,"
    " sum(CASE WHEN {status} IN (" + quoted(AHEAD) + ") THEN 1 ELSE 0 END) AS ahead,"
    " sum(CASE WHEN {status} = 'cancelled_by_service' THEN 0 ELSE 1 END) AS kept"
)
MOVED = " OR ".join(
    f"(r.outcome = '{said.value}' AND m.before IN ({quoted(since)}))"
    for said, since in MOVED_ON.items()
)
# What a file's own event is: cancelled for everybody, closed, or open to be recorded.
STATE = (
    "CASE WHEN {0}.kept = 0 THEN 'cancelled'"
    " WHEN {0}.local_on < %(closing)s AND {0}.ahead = 0 THEN 'closed' ELSE 'published' END"
)


def match(taking: Taking) -> Counts:
    """Makes CHANGES and TARGETS of the staged rows; how many rows are new, differ, or do not."""
    _find_events()
    _find_bookings()
    _find_changes()
    _find_targets(taking)
    ((whole,),) = select(f"SELECT count(*) FROM {ROWS} WHERE is_whole")
    ((rows, changed),) = select(f"SELECT count(*), count(before) FROM {CHANGES}")
    return Counts(rows - changed, changed, whole - rows)


def _find_events() -> None:
    """HELD: the events of these hosts in the days of the file."""
    days = f"SELECT {{}}(local_on) FROM {ROWS} WHERE is_whole"
    fill(
        HELD,
        "SELECT e.id, e.kind, e.host_id AS host, e.local_on, e.start_at, e.minutes, e.status,"
        " e.is_bookable, e.capacity FROM wellbeing_event e"
        f" WHERE e.kind IN ({quoted(s.value for s in Strand)})"
        f" AND e.local_on >= ({days.format('min')}) AND e.local_on <= ({days.format('max')})"
        f" AND e.host_id IN (SELECT host FROM {ROWS} WHERE is_whole)",
        "(host, local_on, kind, start_at, minutes)",
    )


def _find_bookings() -> None:
    """MATCHES: by row where the person has a booking already; else the event that takes it.

    Of several bookings one that says the same tells, else one that holds a seat, else the
    latest; of events the published one, else the file's own. A check-in is one event a row.
    """
    fill(
        MATCHES,
        "SELECT number, event, booking, before FROM (SELECT r.number, h.id AS event,"
        " b.id AS booking, b.status AS before, row_number() OVER (PARTITION BY r.number"
        " ORDER BY CASE WHEN b.id IS NULL THEN 3 WHEN b.status = r.outcome THEN 0"
        f" WHEN b.status IN ({SEATS}) THEN 1 ELSE 2 END,"
        " CASE WHEN h.is_bookable THEN 0 ELSE 1 END, h.id, b.id DESC) AS place"
        f" FROM {ROWS} r JOIN {HELD} h ON h.host = r.host AND h.local_on = r.local_on"
        f" AND h.kind = r.kind AND {same('h.start_at', 'r.start_at')}"
        f" AND {same('h.minutes', 'r.minutes')}"
        " LEFT JOIN wellbeing_booking b ON b.event_id = h.id AND b.person_id = r.person"
        " WHERE r.is_whole AND (b.id IS NOT NULL OR (r.kind <> 'check_in'"
        f" AND (NOT h.is_bookable OR h.status IN ({LIVE_EVENTS}))))) found WHERE place = 1",
        "(number)",
    )


def _find_changes() -> None:
    """CHANGES: rows without a booking, or whose booking says otherwise (one may have moved on).

    `target` is the number of the first row about the same event.
    """
    alone = "CASE WHEN m.event IS NULL AND r.kind = 'check_in' THEN r.person ELSE 0 END"
    booking = fresh_key(Booking, "c.number")
    fill(
        CHANGES,
        "SELECT c.number, c.person, c.host, c.kind, c.local_on, c.start_at, c.end_at, c.minutes,"
        " c.outcome, c.held, c.before, c.target,"
        f" CASE WHEN c.known IS NULL THEN {booking} ELSE c.known END AS booking FROM"
        " (SELECT r.*, m.event AS held, m.before, m.booking AS known,"
        " min(r.number) OVER (PARTITION BY m.event, r.host, r.local_on, r.start_at, r.minutes,"
        f" r.kind, {alone}) AS target"
        f" FROM {ROWS} r LEFT JOIN {MATCHES} m ON m.number = r.number"
        " WHERE r.is_whole AND (m.before IS NULL OR NOT"
        f" (m.before = r.outcome OR {MOVED})) ORDER BY r.number) c",
        "(number)",
        "(target)",
        # Of most rows nothing is held: an index that had them would be taken for them all.
        "(held, person) WHERE held IS NOT NULL",
    )


def _find_targets(taking: Taking) -> None:
    """TARGETS: events with what everybody at them will be, and what that makes of the event."""
    event = fresh_key(Event, "c.id")
    fill(
        TARGETS,
        "SELECT c.id, c.held, c.host, c.kind, c.local_on, c.start_at, c.end_at, c.minutes,"
        " coalesce(h.is_bookable, false) AS is_bookable, h.status, h.capacity,"
        f" CASE WHEN c.held IS NULL THEN {event} ELSE c.held END AS event,"
        f" c.seats, c.ahead, c.kept, {STATE.format('c')} AS state"
        " FROM (SELECT target AS id, min(held) AS held, min(host) AS host, min(kind) AS kind,"
        " min(local_on) AS local_on, min(start_at) AS start_at, min(end_at) AS end_at,"
        f" min(minutes) AS minutes, {SUMS.format(status='outcome')}"
        f" FROM {CHANGES} GROUP BY target ORDER BY target) c LEFT JOIN {HELD} h ON h.id = c.held",
        "(id)",
        "(held) WHERE held IS NOT NULL",
        closing=_closing(taking),
    )
    run(
        f"UPDATE {TARGETS} SET seats = {TARGETS}.seats + o.seats,"
        f" ahead = {TARGETS}.ahead + o.ahead, kept = {TARGETS}.kept + o.kept"
        " FROM (SELECT told.event_id, " + SUMS.format(status="told.status") + " FROM"
        " (SELECT b.event_id, b.person_id, b.status, row_number() OVER"
        " (PARTITION BY b.event_id, b.person_id"
        f" ORDER BY CASE WHEN b.status IN ({SEATS}) THEN 0 ELSE 1 END, b.id DESC) AS place"
        f" FROM wellbeing_booking b JOIN {TARGETS} t ON t.held = b.event_id) told"
        " WHERE told.place = 1 AND NOT EXISTS (SELECT 1 FROM"
        f" {CHANGES} c WHERE c.held = told.event_id AND c.person = told.person_id)"
        f" GROUP BY told.event_id) o WHERE o.event_id = {TARGETS}.held"
    )
    run(
        f"UPDATE {TARGETS} SET state = {STATE.format(TARGETS)} WHERE held IS NOT NULL",
        closing=_closing(taking),
    )


def _closing(taking: Taking) -> object:
    """Events of days before this one are closed once everybody's outcome is known."""
    days = timedelta(days=settings.CLOSING_DAYS)
    return database_value(local_day(taking.at) - days)
