"""A coverage report as JSON, CSV or a table for a terminal (contracts.md, Reports out)."""

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

from supervision.queries.coverage import Group, Line, Report
from wellbeing.domain.local_time import local_day
from wellbeing.presenters.dates import clock, day
from wellbeing.presenters.tables import neutral

Values = dict[str, Any]
COUNTS = (
    "in_scope",
    "absent",
    "in_date",
    "due_soon",
    "overdue",
    "never_seen",
    "coverage",
    "offered",
    "taken_up",
)
PERSON = (
    "staff_number",
    "status",
    "never_seen",
    "last_counted_on",
    "due_on",
    "elapsed_days",
    "longest_gap_days",
    "longest_gap_calendar_days",
    "offered",
    "taken_up",
    "credited_minutes",
)


def group_values(group: Group) -> Values:
    """One G of the contract; fractions from 0 to 1 are not rounded."""
    values: Values = {"name": group.name}
    if group.area:
        values["area"] = group.area
    values |= {name: getattr(group.counts, name) for name in COUNTS}
    if group.period is not None:
        values["period"] = {
            "person_days": group.period.person_days,
            "in_cover_days": group.period.in_cover_days,
            "coverage": group.period.coverage,
        }
    return values


def person_values(line: Line) -> Values:
    """One P of the contract."""
    one = line.standing
    return {
        "staff_number": line.staff_number,
        "status": one.status.value,
        "never_seen": one.never_seen,
        "last_counted_on": _day(one.last_counted_on),
        "due_on": _day(one.due_on),
        "elapsed_days": one.elapsed_days,
        "longest_gap_days": line.gap.days,
        "longest_gap_calendar_days": line.gap.calendar_days,
        "offered": one.offered,
        "taken_up": one.taken_up,
        "credited_minutes": line.credited_minutes,
    }


def _utc(at: datetime) -> str:
    """`2026-05-12T09:00:00Z`; with its fraction of a second where it has one."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def report_values(report: Report, *, with_people: bool) -> Values:
    """The contract's object."""
    known_at = report.asked.known_at
    values: Values = {
        "on": report.asked.on.isoformat(),
        "strand": report.asked.strand.value,
        **({"known_at": _utc(known_at)} if known_at else {}),
        "groups": [group_values(g) for g in report.groups],
        "total": group_values(report.total),
        "prosecutors": group_values(report.prosecutors),
        "provisional": report.provisional,
    }
    if with_people:
        values["people"] = [person_values(line) for line in report.people]
    return values


def as_json(values: Values) -> str:
    """The contract's JSON text."""
    return json.dumps(values, indent=2, ensure_ascii=False)


def _rows(values: Values) -> tuple[list[str], list[Values]]:
    """The columns and the rows; the columns of people stand though there is nobody."""
    if "people" in values:
        return list(PERSON), values["people"]
    rows = [_flat(g) for g in (*values["groups"], values["total"], values["prosecutors"])]
    return list(dict.fromkeys(name for row in rows for name in row)), rows


def _flat(row: Values) -> Values:
    period = row.get("period") or {}
    return {name: value for name, value in row.items() if name != "period"} | {
        f"period_{name}": value for name, value in period.items()
    }


def as_csv(values: Values) -> str:
    """One row a group, then all staff and prosecutors; or one row a person."""
    names, rows = _rows(values)
    out = io.StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\r\n", restval="")
    writer.writeheader()
    writer.writerows({k: neutral(v) for k, v in row.items()} for row in rows)
    return out.getvalue()


def as_table(values: Values) -> str:
    """Columns lined up for a terminal, coverage as a percentage."""
    names, rows = _rows(values)
    cells = [names] + [[_cell(name, row.get(name)) for name in names] for row in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(names))]
    lines = [
        "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    if values["provisional"]:
        lines.append("Provisional: more than 5% of recent outcomes are not yet recorded.")
    if "known_at" in values:
        lines.append(f"As known on {known_words(datetime.fromisoformat(values['known_at']))}.")
    return "\n".join(lines)


def known_words(at: datetime) -> str:
    """`Tuesday 12 May 2026, 10am UK time`."""
    return f"{day(local_day(at))}, {clock(at)} UK time"


def _cell(name: str, value: Any) -> str:
    if value is None:
        return "-"
    if name.endswith("coverage") and not isinstance(value, str):
        return f"{value:.1%}"
    return (
        {True: "yes", False: "no"}.get(value, str(value))
        if isinstance(value, bool)
        else str(value)
    )
