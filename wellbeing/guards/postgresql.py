"""The guards as PostgreSQL triggers and exclusion constraints.

A refusal is a check violation that carries the guard's name as its constraint.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from wellbeing.domain.booking import CLAIMING_EVENTS, HOLDS_SEAT, OUTCOMES

from .guard import Guard, append_only_tables, fact_models, legal_pairs, quoted

SEATS = quoted(HOLDS_SEAT)
LIVE_EVENTS = quoted(CLAIMING_EVENTS)


def _refuse(guard: str) -> str:
    return (
        f"RAISE EXCEPTION 'guard:{guard}'"
        f" USING ERRCODE = 'check_violation', CONSTRAINT = '{guard}';"
    )


def _trigger(name: str, table: str, when: str, body: str, declare: str = "") -> Guard:
    """A row trigger `guard_<name>` with a function of the same name."""
    guard = f"guard_{name}"
    function = (
        f"CREATE OR REPLACE FUNCTION {guard}() RETURNS trigger LANGUAGE plpgsql AS $guard$"
        f" {declare} BEGIN {body} END $guard$"
    )
    trigger = (
        f"CREATE TRIGGER {guard} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {guard}()"
    )
    drop = (
        f"DROP TRIGGER IF EXISTS {guard} ON {table}",
        f"DROP FUNCTION IF EXISTS {guard}()",
    )
    return _signed(guard, table, (function, trigger), drop, f"TRIGGER {guard} ON {table}")


def _exclusion(name: str, table: str, what: str) -> Guard:
    guard = f"guard_{name}"
    create = (
        "CREATE EXTENSION IF NOT EXISTS btree_gist",
        f"ALTER TABLE {table} ADD CONSTRAINT {guard} EXCLUDE USING gist ({what}",
    )
    drop = (f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {guard}",)
    return _signed(guard, table, create, drop, f"CONSTRAINT {guard} ON {table}")


def _signed(
    name: str, table: str, create: tuple[str, ...], drop: tuple[str, ...], what: str
) -> Guard:
    """Adds a comment that holds the digest, by which a changed guard is told."""
    digest = Guard(name, table, create, drop).digest
    return _Signed(name, table, (*create, f"COMMENT ON {what} IS '{digest}'"), drop)


class _Signed(Guard):
    """Its digest leaves out the comment that holds it."""

    @property
    def digest(self) -> str:
        return Guard(self.name, self.table, self.create[:-1], self.drop).digest


LOCK_EVENT = "SELECT * INTO e FROM wellbeing_event WHERE id = NEW.event_id FOR NO KEY UPDATE;"
SEATS_HELD = (
    "(SELECT count(*) FROM wellbeing_booking b WHERE b.event_id = {event}"
    f" AND b.status IN ({SEATS}))"
)
BOOKING, EVENT = "wellbeing_booking", "wellbeing_event"
CLAIM = "INSERT INTO wellbeing_claimedtime (person_id, event_id, from_at, to_at, kind)"


def _claims() -> list[Guard]:
    claim_seat = (
        f"IF e.end_at IS NOT NULL AND e.status IN ({LIVE_EVENTS}) THEN {CLAIM} VALUES"
        " (NEW.person_id, e.id, e.start_at, e.end_at, 'seat'); END IF;"
    )
    return [
        _exclusion(
            "claim_overlap",
            "wellbeing_claimedtime",
            "person_id WITH =, tstzrange(from_at, to_at, '[)') WITH &&)",
        ),
        _trigger(
            "booking_claims",
            BOOKING,
            "AFTER INSERT OR UPDATE OF status",
            f"IF TG_OP = 'UPDATE' THEN IF (OLD.status IN ({SEATS})) = (NEW.status IN ({SEATS}))"
            " THEN RETURN NULL; END IF; END IF;"
            f" IF NEW.status IN ({SEATS}) THEN {LOCK_EVENT} {claim_seat}"
            " ELSE DELETE FROM wellbeing_claimedtime WHERE person_id = NEW.person_id"
            " AND event_id = NEW.event_id AND kind = 'seat'; END IF; RETURN NULL;",
            "DECLARE e wellbeing_event;",
        ),
        _trigger("event_claims", EVENT, "AFTER INSERT OR UPDATE", _EVENT_CLAIMS),
    ]


_EVENT_CLAIMS = (
    "IF TG_OP = 'UPDATE' THEN"
    " IF OLD.host_id IS NOT DISTINCT FROM NEW.host_id"
    " AND OLD.start_at IS NOT DISTINCT FROM NEW.start_at"
    " AND OLD.end_at IS NOT DISTINCT FROM NEW.end_at"
    f" AND (OLD.status IN ({LIVE_EVENTS})) = (NEW.status IN ({LIVE_EVENTS}))"
    " THEN RETURN NULL; END IF;"
    " DELETE FROM wellbeing_claimedtime WHERE event_id = NEW.id; END IF;"
    f" IF NEW.end_at IS NULL OR NEW.status NOT IN ({LIVE_EVENTS})"
    " THEN RETURN NULL; END IF;"
    f" IF NEW.host_id IS NOT NULL THEN {CLAIM}"
    " VALUES (NEW.host_id, NEW.id, NEW.start_at, NEW.end_at, 'host'); END IF;"
    f" IF TG_OP = 'UPDATE' THEN {CLAIM} SELECT b.person_id, NEW.id, NEW.start_at,"
    " NEW.end_at, 'seat' FROM wellbeing_booking b WHERE b.event_id = NEW.id"
    f" AND b.status IN ({SEATS}); END IF; RETURN NULL;"
)


def _seats() -> list[Guard]:
    return [
        _trigger(
            "seat",
            BOOKING,
            "BEFORE INSERT OR UPDATE OF status",
            f"IF NEW.status NOT IN ({SEATS}) THEN RETURN NEW; END IF;"
            f" IF TG_OP = 'UPDATE' THEN IF OLD.status IN ({SEATS}) THEN RETURN NEW; END IF;"
            f" END IF; {LOCK_EVENT}"
            f" IF e.status NOT IN ({LIVE_EVENTS}) THEN {_refuse('event_open')} END IF;"
            f" IF e.is_bookable AND e.capacity <= {SEATS_HELD.format(event='e.id')}"
            f" THEN {_refuse('event_capacity')} END IF; RETURN NEW;",
            "DECLARE e wellbeing_event;",
        ),
    ]


def _changes() -> list[Guard]:
    pairs = ",".join(f"('{a}','{b}')" for a, b in legal_pairs())
    return [
        _trigger(
            "booking_moves",
            BOOKING,
            "BEFORE UPDATE",
            "IF OLD.event_id <> NEW.event_id OR OLD.person_id <> NEW.person_id"
            f" THEN {_refuse('booking_stays')} END IF;"
            " IF OLD.status <> NEW.status AND (OLD.status, NEW.status)"
            f" NOT IN ({pairs}) THEN {_refuse('booking_move')} END IF; RETURN NEW;",
        ),
        _trigger(
            "event_changes",
            EVENT,
            "BEFORE UPDATE",
            "IF NEW.is_bookable AND (NEW.capacity IS DISTINCT FROM OLD.capacity"
            " OR NOT OLD.is_bookable)"
            f" AND NEW.capacity < {SEATS_HELD.format(event='NEW.id')}"
            f" THEN {_refuse('event_capacity')} END IF;"
            f" IF NEW.status NOT IN ({LIVE_EVENTS}) AND OLD.status <> NEW.status"
            f" AND {SEATS_HELD.format(event='NEW.id')} > 0"
            f" THEN {_refuse('event_has_bookings')} END IF; RETURN NEW;",
        ),
        _trigger(
            "outcome_after_start",
            "wellbeing_bookingmove",
            "BEFORE INSERT",
            f"IF NEW.after IN ({quoted(OUTCOMES)}) AND EXISTS (SELECT 1"
            " FROM wellbeing_booking b JOIN wellbeing_event e ON e.id = b.event_id"
            " WHERE b.id = NEW.booking_id AND e.start_at > NEW.recorded_at)"
            f" THEN {_refuse('outcome_before_start')} END IF; RETURN NEW;",
        ),
    ]


def _fact(table: str) -> Guard:
    closing = "'{superseded_at,superseded_by_id}'::text[]"
    return _trigger(
        f"{table}_kept",
        table,
        "BEFORE UPDATE OR DELETE",
        f"IF TG_OP = 'DELETE' THEN {_refuse('fact_kept')} END IF;"
        f" IF OLD.superseded_at IS NOT NULL OR to_jsonb(OLD) - {closing}"
        f" IS DISTINCT FROM to_jsonb(NEW) - {closing}"
        f" THEN {_refuse('fact_kept')} END IF; RETURN NEW;",
    )


def guards() -> list[Guard]:
    """Every guard of PostgreSQL."""
    return [
        *_claims(),
        *_seats(),
        *_changes(),
        *[_fact(model._meta.db_table) for model in fact_models()],
        *[
            _trigger(f"{table}_kept", table, "BEFORE UPDATE OR DELETE", _refuse("row_kept"))
            for table in append_only_tables()
        ],
        _exclusion(
            "posting_overlap",
            "wellbeing_posting",
            "person_id WITH =, daterange(start_on, end_on, '[]') WITH &&)"
            " WHERE (superseded_at IS NULL)",
        ),
        _trigger(
            "audit_kept",
            "wellbeing_auditrow",
            "BEFORE UPDATE OR DELETE",
            _refuse("audit_kept"),
        ),
    ]


def installed(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Name to digest, from the comments on triggers and constraints of this schema."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, coalesce(obj_description(t.oid, 'pg_trigger'), '')"
            " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname LIKE 'guard\\_%' AND t.tgenabled <> 'D'"
            " AND c.relnamespace = current_schema()::regnamespace"
            " UNION ALL SELECT conname, coalesce(obj_description(oid, 'pg_constraint'), '')"
            " FROM pg_constraint WHERE conname LIKE 'guard\\_%'"
            " AND connamespace = current_schema()::regnamespace"
        )
        return dict(cursor.fetchall())
