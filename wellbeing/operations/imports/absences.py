"""Absences from a file: staff number, first and last day, and never why."""

from wellbeing import ports
from wellbeing.domain import csv_values as value
from wellbeing.domain.csv_file import Table
from wellbeing.domain.ports import Changed
from wellbeing.models import Absence, Person
from wellbeing.operations.facts import close_all

from .frame import Counts, Taking, check_once, take_in

PARSERS = {
    "staff_number": value.staff_number,
    "start": value.day,
    "end": value.optional(value.day),
}


def import_absences(data: bytes, *, taking: Taking, dry_run: bool = False) -> Counts:
    """Takes absences in; one that is open is ended by the next file's row of the same start."""
    return take_in("absences", data, PARSERS, _write, taking=taking, dry_run=dry_run)


def _write(table: Table, taking: Taking) -> Counts:
    people = dict(
        Person.objects.filter(staff_number__isnull=False).values_list("staff_number", "pk")
    )
    for row in table.having("staff_number"):
        if row["staff_number"] not in people:
            table.fault(
                row, "staff_number", "is not known. Import the person first (import_people)."
            )
    for row in table.having("start", "end"):
        if row["end"] and row["end"] < row["start"]:
            table.fault(row, "end", "is before start.")
    check_once(table, ("staff_number", "start"), "This staff number with this start")
    table.raise_faults()
    return _write_rows(table, people, taking)


def _write_rows(table: Table, people: dict[str | None, int], taking: Taking) -> Counts:
    held = {(a.person_id, a.start_on): a for a in Absence.objects.all()}
    counts = Counts()
    closed: list[Absence] = []
    fresh: list[Absence] = []
    for row in table.rows:
        person = people[row["staff_number"]]
        before = held.get((person, row["start"]))
        if before is not None and before.end_on == row["end"]:
            counts.unchanged += 1
            continue
        counts.added += before is None
        counts.changed += before is not None
        if before is not None:
            closed.append(before)
        fresh.append(
            Absence(
                person_id=person,
                start_on=row["start"],
                end_on=row["end"],
                recorded_at=taking.at,
                recorded_by=taking.by,
            )
        )
    close_all(closed, by=taking.by, at=taking.at)
    Absence.objects.bulk_create(fresh, batch_size=500)
    if fresh:
        ports.facts_changed(
            people={a.person_id for a in fresh},
            what=Changed.ABSENCES,
            since=min(a.start_on for a in fresh),
            at=taking.at,
        )
    return counts
