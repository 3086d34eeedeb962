"""The guards as SQLite triggers; a refusal is RAISE(ABORT, 'guard:<name>')."""

from django.db.backends.base.base import BaseDatabaseWrapper

from wellbeing.domain.booking import CLAIMING_EVENTS, HOLDS_SEAT, OUTCOMES
from wellbeing.models.fact import Fact

from .guard import Guard, append_only_tables, fact_models, legal_pairs, quoted

SEATS = quoted(HOLDS_SEAT)
LIVE_EVENTS = quoted(CLAIMING_EVENTS)
BOOKING, EVENT = "wellbeing_booking", "wellbeing_event"


def _trigger(name: str, table: str, when: str, condition: str, body: str) -> Guard:
    clause = f"WHEN {condition} " if condition else ""
    sql = f"CREATE TRIGGER guard_{name} {when} ON {table} {clause}BEGIN {body} END"
    return Guard(f"guard_{name}", table, (sql,), (f"DROP TRIGGER IF EXISTS guard_{name}",))


def _refuse(guard: str, condition: str = "1") -> str:
    return f"SELECT RAISE(ABORT, 'guard:{guard}') WHERE {condition};"


def _overlap(name: str, when: str) -> Guard:
    """Claims of a person never overlap, so of those there the last to begin tells of all.

    Looking at each of them would take a host with thousands of events as long again for each.
    """
    return _trigger(
        name,
        "wellbeing_claimedtime",
        when,
        "",
        _refuse(
            "claim_overlap",
            "(SELECT c.to_at FROM wellbeing_claimedtime c WHERE c.person_id = NEW.person_id"
            " AND c.from_at < NEW.to_at AND c.id IS NOT NEW.id"
            " ORDER BY c.from_at DESC LIMIT 1) > NEW.from_at",
        ),
    )


CLAIM_SEAT = (
    "INSERT INTO wellbeing_claimedtime (person_id, event_id, from_at, to_at, kind)"
    " SELECT NEW.person_id, e.id, e.start_at, e.end_at, 'seat' FROM wellbeing_event e"
    f" WHERE e.id = NEW.event_id AND e.end_at IS NOT NULL AND e.status IN ({LIVE_EVENTS});"
)
DROP_SEAT = (
    "DELETE FROM wellbeing_claimedtime WHERE person_id = NEW.person_id"
    " AND event_id = NEW.event_id AND kind = 'seat';"
)
CLAIM_HOST = (
    "INSERT INTO wellbeing_claimedtime (person_id, event_id, from_at, to_at, kind)"
    " SELECT NEW.host_id, NEW.id, NEW.start_at, NEW.end_at, 'host'"
    " WHERE NEW.host_id IS NOT NULL AND NEW.end_at IS NOT NULL"
    f" AND NEW.status IN ({LIVE_EVENTS});"
)
CLAIM_SEATS = (
    "INSERT INTO wellbeing_claimedtime (person_id, event_id, from_at, to_at, kind)"
    " SELECT b.person_id, NEW.id, NEW.start_at, NEW.end_at, 'seat' FROM wellbeing_booking b"
    f" WHERE b.event_id = NEW.id AND b.status IN ({SEATS})"
    f" AND NEW.end_at IS NOT NULL AND NEW.status IN ({LIVE_EVENTS});"
)
SEATS_HELD = (
    "(SELECT count(*) FROM wellbeing_booking b WHERE b.event_id = {event}"
    f" AND b.status IN ({SEATS}))"
)
TAKES_SEAT = f"NEW.status IN ({SEATS}) AND OLD.status NOT IN ({SEATS})"


def _claims() -> list[Guard]:
    return [
        _overlap("claim_overlap_insert", "BEFORE INSERT"),
        _overlap("claim_overlap_update", "BEFORE UPDATE"),
        _trigger(
            "booking_claims",
            BOOKING,
            "AFTER INSERT",
            f"NEW.status IN ({SEATS})",
            CLAIM_SEAT,
        ),
        _trigger(
            "booking_reclaims",
            BOOKING,
            "AFTER UPDATE OF status",
            TAKES_SEAT,
            CLAIM_SEAT,
        ),
        _trigger(
            "booking_frees",
            BOOKING,
            "AFTER UPDATE OF status",
            f"OLD.status IN ({SEATS}) AND NEW.status NOT IN ({SEATS})",
            DROP_SEAT,
        ),
        *_event_claims(),
    ]


def _event_claims() -> list[Guard]:
    moved = (
        "OLD.host_id IS NOT NEW.host_id OR OLD.start_at IS NOT NEW.start_at"
        " OR OLD.end_at IS NOT NEW.end_at"
        f" OR (OLD.status IN ({LIVE_EVENTS})) <> (NEW.status IN ({LIVE_EVENTS}))"
    )
    return [
        _trigger("event_claims", EVENT, "AFTER INSERT", "", CLAIM_HOST),
        _trigger(
            "event_reclaims",
            EVENT,
            "AFTER UPDATE OF status, host_id, start_at, end_at",
            moved,
            "DELETE FROM wellbeing_claimedtime WHERE event_id = NEW.id;"
            + CLAIM_HOST
            + CLAIM_SEATS,
        ),
    ]


def _seats() -> list[Guard]:
    full = _refuse(
        "event_capacity",
        "EXISTS (SELECT 1 FROM wellbeing_event e WHERE e.id = NEW.event_id AND e.is_bookable"
        " AND e.capacity <= " + SEATS_HELD.format(event="e.id") + ")",
    )
    closed = _refuse(
        "event_open",
        "EXISTS (SELECT 1 FROM wellbeing_event e WHERE e.id = NEW.event_id"
        f" AND e.status NOT IN ({LIVE_EVENTS}))",
    )
    return [
        _trigger(
            "seat_insert",
            BOOKING,
            "BEFORE INSERT",
            f"NEW.status IN ({SEATS})",
            closed + full,
        ),
        _trigger("seat_update", BOOKING, "BEFORE UPDATE OF status", TAKES_SEAT, closed + full),
    ]


def _moves() -> list[Guard]:
    pairs = ",".join(f"('{a}','{b}')" for a, b in legal_pairs())
    return [
        _trigger(
            "booking_moves",
            BOOKING,
            "BEFORE UPDATE OF status",
            f"OLD.status <> NEW.status AND (OLD.status, NEW.status) NOT IN (VALUES {pairs})",
            _refuse("booking_move"),
        ),
        _trigger(
            "booking_stays",
            BOOKING,
            "BEFORE UPDATE OF event_id, person_id",
            "OLD.event_id <> NEW.event_id OR OLD.person_id <> NEW.person_id",
            _refuse("booking_stays"),
        ),
    ]


def _event_changes() -> list[Guard]:
    return [
        _trigger(
            "event_shrinks",
            EVENT,
            "BEFORE UPDATE OF capacity, is_bookable",
            "NEW.is_bookable",
            _refuse("event_capacity", "NEW.capacity < " + SEATS_HELD.format(event="NEW.id")),
        ),
        _trigger(
            "event_leaves",
            EVENT,
            "BEFORE UPDATE OF status",
            f"NEW.status NOT IN ({LIVE_EVENTS})",
            _refuse("event_has_bookings", SEATS_HELD.format(event="NEW.id") + " > 0"),
        ),
        _trigger(
            "outcome_after_start",
            "wellbeing_bookingmove",
            "BEFORE INSERT",
            f"NEW.after IN ({quoted(OUTCOMES)})",
            _refuse(
                "outcome_before_start",
                "EXISTS (SELECT 1 FROM wellbeing_booking b JOIN wellbeing_event e"
                " ON e.id = b.event_id WHERE b.id = NEW.booking_id"
                " AND e.start_at > NEW.recorded_at)",
            ),
        ),
    ]


def _fact(model: type[Fact]) -> list[Guard]:
    table = model._meta.db_table
    closing = {"superseded_at", "superseded_by_id"}
    kept = [f.column for f in model._meta.local_concrete_fields if f.column not in closing]
    changed = " OR ".join(f'OLD."{c}" IS NOT NEW."{c}"' for c in kept)
    return [
        _trigger(
            f"{table}_kept",
            table,
            "BEFORE UPDATE",
            f"OLD.superseded_at IS NOT NULL OR {changed}",
            _refuse("fact_kept"),
        ),
        _trigger(f"{table}_stays", table, "BEFORE DELETE", "", _refuse("fact_kept")),
    ]


def _append_only(table: str) -> list[Guard]:
    refuse = _refuse("row_kept")
    return [
        _trigger(f"{table}_kept", table, "BEFORE UPDATE", "", refuse),
        _trigger(f"{table}_stays", table, "BEFORE DELETE", "", refuse),
    ]


def _posting_overlap() -> Guard:
    return _trigger(
        "posting_overlap",
        "wellbeing_posting",
        "BEFORE INSERT",
        "NEW.superseded_at IS NULL",
        _refuse(
            "posting_overlap",
            "EXISTS (SELECT 1 FROM wellbeing_posting p WHERE p.person_id = NEW.person_id"
            " AND p.superseded_at IS NULL"
            " AND (NEW.end_on IS NULL OR p.start_on <= NEW.end_on)"
            " AND (p.end_on IS NULL OR p.end_on >= NEW.start_on))",
        ),
    )


def guards() -> list[Guard]:
    """Every guard of SQLite."""
    audit = "wellbeing_auditrow"
    return [
        *_claims(),
        *_seats(),
        *_moves(),
        *_event_changes(),
        *[g for model in fact_models() for g in _fact(model)],
        *[g for table in append_only_tables() for g in _append_only(table)],
        _posting_overlap(),
        _trigger("audit_kept", audit, "BEFORE UPDATE", "", _refuse("audit_kept")),
        _trigger("audit_stays", audit, "BEFORE DELETE", "", _refuse("audit_kept")),
    ]


def installed(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Name to digest of the guards that are there; the SQL itself is what SQLite keeps."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'guard_*'"
        )
        return {name: Guard(name, "", (sql,), ()).digest for name, sql in cursor.fetchall()}
