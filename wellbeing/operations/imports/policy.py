"""Policy versions from a file; one that is in force is never edited."""

from datetime import date

from wellbeing import ports
from wellbeing.domain import csv_values as value
from wellbeing.domain.csv_file import Row, Table
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.ports import Changed
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.models import PolicyVersion, Posting
from wellbeing.operations.facts import close_all

from .frame import Counts, Taking, check_once, take_in

PARSERS = {
    "strand": value.one_of(Strand),
    "job_roles": value.job_roles,
    "interval_days": value.whole(1),
    "first_within_days": value.whole(1),
    "due_soon_days": value.whole(0),
    "least_credited_minutes": value.whole(0),
    "effective_from": value.day,
}
LENGTHS = ("interval_days", "first_within_days", "due_soon_days", "least_credited_minutes")
Key = tuple[Strand, frozenset[JobRole], date]


def import_policy(data: bytes, *, taking: Taking, dry_run: bool = False) -> Counts:
    """Takes policy versions in. A new one may take effect on any day, past ones included."""
    return take_in("policy", data, PARSERS, _write, taking=taking, dry_run=dry_run)


def _key(row: Row) -> Key:
    return row["strand"], row["job_roles"], row["effective_from"]


def _write(table: Table, taking: Taking) -> Counts:
    held: dict[Key, PolicyVersion] = {
        (Strand(v.strand), v.job_roles, v.effective_from): v
        for v in PolicyVersion.objects.all()
    }
    check_once(
        table, ("strand", "job_roles", "effective_from"), "This strand, job roles and day"
    )
    _check_roles(table, set(held))
    changed = [r for r in table.rows if _key(r) in held and not _same(held[_key(r)], r)]
    today = taking.at.astimezone(LONDON).date()
    for row in changed:
        if row["effective_from"] <= today:
            table.fault(
                row,
                "effective_from",
                "is in force already, and such a version is never edited."
                " Add a version with a later day.",
            )
    table.raise_faults()
    fresh = [r for r in table.rows if _key(r) not in held]
    close_all([held[_key(r)] for r in changed], by=taking.by, at=taking.at)
    PolicyVersion.objects.bulk_create(_version(row, taking) for row in (*fresh, *changed))
    _announce([*fresh, *changed], taking)
    return Counts(len(fresh), len(changed), len(table.rows) - len(fresh) - len(changed))


def _check_roles(table: Table, held: set[Key]) -> None:
    """Two versions of a strand for one job role with the same effective day are a fault."""
    rows = table.having("strand", "job_roles", "effective_from")
    keys = held | {_key(row) for row in rows}
    for row in rows:
        strand, roles, day = _key(row)
        if any(s == strand and d == day and r != roles and r & roles for s, r, d in keys):
            table.fault(
                row,
                "job_roles",
                "another version of this strand for one of these job roles has the same day.",
            )


def _same(held: PolicyVersion, row: Row) -> bool:
    return all(getattr(held, name) == row[name] for name in LENGTHS)


def _version(row: Row, taking: Taking) -> PolicyVersion:
    roles = row["job_roles"]
    return PolicyVersion(
        strand=row["strand"],
        for_prosecutors=JobRole.PROSECUTOR in roles,
        for_paralegals=JobRole.PARALEGAL in roles,
        for_managers=JobRole.MANAGER in roles,
        effective_from=row["effective_from"],
        recorded_at=taking.at,
        recorded_by=taking.by,
        **{name: row[name] for name in LENGTHS},
    )


def _announce(rows: list[Row], taking: Taking) -> None:
    """A policy touches everyone who has a posting."""
    if rows:
        people = set(Posting.objects.values_list("person", flat=True))
        since = min(row["effective_from"] for row in rows)
        ports.facts_changed(people=people, what=Changed.POLICY, since=since, at=taking.at)
