"""The staff list: one row a posting (contracts.md, people)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from wellbeing import ports
from wellbeing.domain import csv_values as value
from wellbeing.domain.csv_file import Row, Table
from wellbeing.domain.intervals import ordinal
from wellbeing.domain.ports import Changed
from wellbeing.domain.roles import JobRole
from wellbeing.models import Area, Posting, Unit
from wellbeing.operations.facts import close_all

from .accounts import Accounts
from .frame import Counts, Taking, check_once, take_in
from .manager_loops import looping

PARSERS = {
    "staff_number": value.staff_number,
    "name": value.name,
    "email": value.email,
    "job_role": value.one_of(JobRole),
    "area": value.name,
    "unit": value.name,
    "line_manager": value.optional(value.staff_number),
    "working_days": value.days_of_week,
    "posting_start": value.day,
    "posting_end": value.optional(value.day),
}


def import_people(data: bytes, *, taking: Taking, dry_run: bool = False) -> Counts:
    """Takes the staff list in: people, Areas, units and postings."""
    return take_in("people", data, PARSERS, _write, taking=taking, dry_run=dry_run)


def _write(table: Table, taking: Taking) -> Counts:
    accounts = Accounts(table)
    for row in table.having("posting_start", "posting_end"):
        if row["posting_end"] and row["posting_end"] < row["posting_start"]:
            table.fault(row, "posting_end", "is before posting_start.")
    check_once(table, ("staff_number", "posting_start"), "This staff number with this start")
    _check_managers(table, accounts)
    plan = _Plan(table, accounts)
    _check_overlaps(table, plan)
    _check_loops(table, plan)
    table.raise_faults()
    renamed = accounts.write(taking)
    units = _units(table)
    return _write_postings(table, plan, accounts, units, renamed, taking)


def _check_managers(table: Table, accounts: Accounts) -> None:
    known = accounts.held_numbers() | table.mentioned("staff_number")
    for row in table.having("line_manager"):
        if row["line_manager"] and row["line_manager"] not in known:
            table.fault(
                row,
                "line_manager",
                f"{row['line_manager']!r} is no staff number in this file or held before."
                " Add the manager's own row.",
            )


@dataclass(frozen=True, slots=True)
class Span:
    """A posting as it will stand: its row in the file, or None where it is held and stays."""

    first: int
    last: int
    manager: str | None
    row: Row | None


class _Plan:
    """Everybody's postings as they will be, and the held row that each row of the file meets."""

    def __init__(self, table: Table, accounts: Accounts) -> None:
        self.held: dict[tuple[str, date], Posting] = {}
        numbers = accounts.number_of
        for posting in Posting.objects.select_related("unit__area"):
            number = numbers.get(posting.person_id)
            if number is not None:
                self.held[number, posting.start_on] = posting
        self.spans: dict[str, list[Span]] = defaultdict(list)
        key = ("staff_number", "posting_start")
        named = {(row["staff_number"], row["posting_start"]) for row in table.having(*key)}
        for row in table.having(*key, "posting_end", "line_manager"):
            span = Span(
                row["posting_start"].toordinal(),
                ordinal(row["posting_end"]),
                row["line_manager"],
                row,
            )
            self.spans[row["staff_number"]].append(span)
        for (number, start), posting in self.held.items():
            if (number, start) not in named:
                manager = posting.line_manager_id
                self.spans[number].append(
                    Span(
                        start.toordinal(),
                        ordinal(posting.end_on),
                        numbers.get(manager) if manager else None,
                        None,
                    )
                )


def _check_overlaps(table: Table, plan: _Plan) -> None:
    for spans in plan.spans.values():
        ordered = sorted(spans, key=lambda s: (s.first, s.last))
        longest = ordered[0]
        for span in ordered[1:]:
            row = span.row or longest.row
            # Two of one start are the same key twice, which is told already.
            if span.first <= longest.last and row and span.first != longest.first:
                table.fault(
                    row,
                    "posting_start",
                    "overlaps another posting of the same person. End the earlier one first.",
                )
            longest = max(longest, span, key=lambda s: s.last)


def _check_loops(table: Table, plan: _Plan) -> None:
    changed = [
        (number, span.first, span.last, span.manager, span.row)
        for number, spans in plan.spans.items()
        for span in spans
        if span.row is not None and span.manager is not None
    ]
    chains = {
        n: [(s.first, s.last, s.manager) for s in spans] for n, spans in plan.spans.items()
    }
    for row in looping(changed, chains):
        table.fault(
            row,
            "line_manager",
            "makes somebody their own manager, directly or through others, on one and the same day.",
        )


def _units(table: Table) -> dict[tuple[str, str], Unit]:
    areas = {a.name: a for a in Area.objects.all()}
    names = {row["area"] for row in table.rows} - areas.keys()
    for area in Area.objects.bulk_create(Area(name=name) for name in sorted(names)):
        areas[area.name] = area
    units = {(u.area.name, u.name): u for u in Unit.objects.select_related("area")}
    wanted = {(row["area"], row["unit"]) for row in table.rows} - units.keys()
    fresh = [Unit(area=areas[area], name=name) for area, name in sorted(wanted)]
    for unit in Unit.objects.bulk_create(fresh):
        units[unit.area.name, unit.name] = unit
    return units


def _write_postings(
    table: Table,
    plan: _Plan,
    accounts: Accounts,
    units: dict[tuple[str, str], Unit],
    renamed: set[str],
    taking: Taking,
) -> Counts:
    counts = Counts()
    fresh: list[Posting] = []
    closed: list[Posting] = []
    for row in table.rows:
        posting = Posting(recorded_at=taking.at, recorded_by=taking.by)
        for name, wanted in _wanted(row, accounts, units).items():
            setattr(posting, name, wanted)
        held = plan.held.get((row["staff_number"], row["posting_start"]))
        if held is not None and _same(held, posting):
            is_renamed = row["staff_number"] in renamed
            counts.changed += is_renamed
            counts.unchanged += not is_renamed
            continue
        if held is not None:
            closed.append(held)
        counts.added += held is None
        counts.changed += held is not None
        fresh.append(posting)
    close_all(closed, by=taking.by, at=taking.at)
    Posting.objects.bulk_create(fresh, batch_size=500)
    if fresh:
        people = {p.person_id for p in fresh}
        ports.facts_changed(
            people=people,
            what=Changed.POSTINGS,
            since=min(p.start_on for p in fresh),
            at=taking.at,
        )
    return counts


def _wanted(row: Row, accounts: Accounts, units: dict[tuple[str, str], Unit]) -> dict[str, Any]:
    manager = row["line_manager"]
    return {
        "person_id": accounts.person_of[row["staff_number"]].pk,
        "unit_id": units[row["area"], row["unit"]].pk,
        "job_role": row["job_role"],
        "line_manager_id": accounts.person_of[manager].pk if manager else None,
        "working_days": row["working_days"],
        "start_on": row["posting_start"],
        "end_on": row["posting_end"],
    }


COMPARED = ("unit_id", "job_role", "line_manager_id", "working_days", "end_on")


def _same(held: Posting, wanted: Posting) -> bool:
    return all(getattr(held, name) == getattr(wanted, name) for name in COMPARED)
