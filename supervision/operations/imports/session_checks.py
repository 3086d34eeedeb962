"""What is wrong with a staged file of sessions, asked of all its rows at once."""

from itertools import groupby
from operator import itemgetter

from wellbeing.domain.booking import IMPORT_FOLLOWS
from wellbeing.domain.csv_file import Table
from wellbeing.guards.guard import quoted
from wellbeing.operations.temporary import fill, run, select

from .session_matching import CHANGES, LIVE_EVENTS, SEATS, TARGETS
from .session_staging import ROWS
from .timed import Claim, check_overlaps

CLAIMS = "import_claim"
# A seat that a row begins to take, one that it gives up, and an event that frees its host.
TAKES = f"outcome IN ({SEATS}) AND (before IS NULL OR before NOT IN ({SEATS}))"
GIVES_UP = f"before IN ({SEATS}) AND outcome NOT IN ({SEATS})"
GIVEN_UP = "NOT is_bookable AND kept = 0"


def check_keys(table: Table) -> None:
    """Notes each row whose key stands in the file before."""
    found = select(
        "SELECT number, first FROM (SELECT number, min(number) OVER (PARTITION BY"
        " host, local_on, clock, minutes, kind, person) AS first"
        f" FROM {ROWS} WHERE has_key) keys WHERE number <> first"
    )
    for number, first in found:
        problem = f"This person at this event stands in row {first} already. Keep one of them."
        table.fault(number, "strand", problem)


def check_changes(table: Table) -> None:
    """Notes each row that changes an outcome which a file may not change."""
    allowed = " OR ".join(
        f"(before = '{before.value}' AND outcome IN ({quoted(afters)}))"
        for before, afters in IMPORT_FOLLOWS.items()
    )
    found = select(
        f"SELECT number, before FROM {CHANGES} WHERE before IS NOT NULL AND NOT ({allowed})"
    )
    for number, before in found:
        table.fault(
            number,
            "outcome",
            f"is {before} already, and only booked or offered can be changed by a file.",
        )


def check_seats(table: Table) -> None:
    """Notes each row that takes a seat of a published event which has too few."""
    found = select(
        f"SELECT c.number, t.seats, t.capacity FROM {TARGETS} t"
        f" JOIN {CHANGES} c ON c.target = t.id WHERE t.is_bookable AND t.seats > t.capacity"
        f" AND c.before IS NULL AND c.outcome IN ({SEATS})"
    )
    for number, seats, capacity in found:
        problem = f"takes a seat too many: {seats} at an event of {capacity}."
        table.fault(number, "outcome", problem)


def check_time(table: Table) -> None:
    """Notes each row whose time overlaps other time of the same person, held or in the file.

    One sort tells who has any overlap at all; only theirs is looked at one by one.
    """
    _find_claims()
    clashing = (
        "SELECT person FROM (SELECT person, from_at, max(to_at) OVER (PARTITION BY person"
        " ORDER BY from_at, to_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_to"
        f" FROM {CLAIMS}) times WHERE from_at < busy_to"
    )
    found = select(
        f"SELECT person, event, from_at, to_at, number, is_host FROM {CLAIMS}"
        f" WHERE person IN ({clashing})"
        " ORDER BY person, coalesce(number, 0) > 0, target, is_host, number"
    )
    for _, rows in groupby(found, key=itemgetter(0)):
        check_overlaps(table, (Claim(*row) for row in rows))


def _find_claims() -> None:
    """CLAIMS: time that the file begins to take, and what else these people's is taken by."""
    takes = (
        "SELECT person, 0 AS event, start_at AS from_at, end_at AS to_at, number, false AS is_host,"
        f" target FROM {CHANGES} WHERE {TAKES} AND end_at IS NOT NULL AND person <> host"
        " UNION ALL SELECT host, 0, start_at, end_at, id, true, id"
        f" FROM {TARGETS} WHERE end_at IS NOT NULL AND NOT ({GIVEN_UP})"
        f" AND (held IS NULL OR status NOT IN ({LIVE_EVENTS}))"
    )
    fill(CLAIMS, takes)
    people = f"SELECT person FROM {CLAIMS}"
    held = (
        "SELECT c.person_id AS person, c.event_id AS event, c.from_at, c.to_at,"
        " CAST(NULL AS integer) AS number, c.kind = 'host' AS is_host,"
        " CAST(NULL AS integer) AS target FROM wellbeing_claimedtime c"
        f" WHERE c.person_id IN ({people})"
        f" AND NOT EXISTS (SELECT 1 FROM {CHANGES} r WHERE r.held = c.event_id"
        f" AND r.person = c.person_id AND {GIVES_UP})"
        f" AND NOT EXISTS (SELECT 1 FROM {TARGETS} t WHERE t.held = c.event_id"
        f" AND t.host = c.person_id AND {GIVEN_UP})"
    )
    run(f"INSERT INTO {CLAIMS} (person, event, from_at, to_at, number, is_host, target) {held}")
