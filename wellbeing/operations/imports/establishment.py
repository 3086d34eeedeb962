"""What HR counts, from a file: how many of a job role each unit has, as of a day."""

from collections.abc import Sequence

from wellbeing.domain import csv_values as value
from wellbeing.domain.csv_file import Row, Table
from wellbeing.domain.roles import JobRole
from wellbeing.models import Area, Establishment
from wellbeing.operations.facts import BATCH, closed_at

from .frame import Counts, Taking, check_once, take_in

PARSERS = {
    "area": value.name,
    "unit": value.name,
    "job_role": value.one_of(JobRole),
    "headcount": value.whole(0),
    "as_of": value.day,
}
KEY = ("area", "unit", "job_role", "as_of")
Held = dict[tuple[object, ...], Establishment]


def import_establishment(data: bytes, *, taking: Taking, dry_run: bool = False) -> Counts:
    """Takes HR's counts in. The Area must be known from people; the unit need not be."""
    return take_in("establishment", data, PARSERS, _write, taking=taking, dry_run=dry_run)


def _write(table: Table, taking: Taking) -> Counts:
    areas = dict(Area.objects.values_list("name", "pk"))
    for row in table.having("area"):
        if row["area"] not in areas:
            table.fault(
                row,
                "area",
                f"{row['area']!r} is no Area known from people."
                " Import the people first, or correct it.",
            )
    check_once(table, KEY, "This Area, unit, job role and day")
    table.raise_faults()
    return _write_rows(table, areas, taking)


def _write_rows(table: Table, areas: dict[str, int], taking: Taking) -> Counts:
    held: Held = {
        (one.area_id, one.unit, one.job_role, one.as_of): one
        for one in Establishment.objects.all()
    }
    counts = Counts()
    closed: list[Establishment] = []
    fresh: list[Establishment] = []
    for row in table.rows:
        one = _counted(row, areas, taking)
        before = held.get((one.area_id, one.unit, one.job_role, one.as_of))
        if before is not None and before.headcount == one.headcount:
            counts.unchanged += 1
            continue
        counts.added += before is None
        counts.changed += before is not None
        if before is not None:
            closed.append(before)
        fresh.append(one)
    _close(closed, taking)
    Establishment.objects.bulk_create(fresh, batch_size=BATCH)
    return counts


def _counted(row: Row, areas: dict[str, int], taking: Taking) -> Establishment:
    return Establishment(
        area_id=areas[row["area"]],
        unit=row["unit"],
        job_role=row["job_role"],
        headcount=row["headcount"],
        as_of=row["as_of"],
        recorded_at=taking.at,
        recorded_by=taking.by,
    )


def _close(rows: Sequence[Establishment], taking: Taking) -> None:
    """Announces nothing, as `facts.close_all` asks one to: a count is nobody's fact of cover."""
    for start in range(0, len(rows), BATCH):
        batch = [one.pk for one in rows[start : start + BATCH]]
        Establishment.objects.filter(pk__in=batch).update(
            superseded_at=closed_at(taking.at), superseded_by=taking.by
        )
