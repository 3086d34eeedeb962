"""Reads a file of sessions into a temporary table, with all that a row alone tells of itself."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from wellbeing.domain import csv_values as value
from wellbeing.domain.booking import OUTCOMES, BookingStatus
from wellbeing.domain.csv_file import Row, Table, stream
from wellbeing.domain.local_time import local_day
from wellbeing.domain.pieces import Pieces
from wellbeing.domain.roles import Strand
from wellbeing.models import Person
from wellbeing.operations.bulk import bulk_load
from wellbeing.operations.imports.frame import Taking
from wellbeing.operations.temporary import analyse, create, database_value

from .timed import Hosts, times

PARSERS = {
    "staff_number": value.staff_number,
    "strand": value.one_of(Strand),
    "date": value.day,
    "start": value.optional(value.clock),
    "minutes": value.optional(value.whole(1)),
    "outcome": value.one_of(BookingStatus),
    "host": value.email,
}
KEY = ("strand", "host", "date", "start", "minutes", "staff_number")
ROWS = "import_row"
# People and hosts by primary key; of whom nobody knows, by numbers below nought. The local
# start in minutes of the day, as the file has it; whether a key could be read; whether all could.
COLUMNS = {
    "number": "integer PRIMARY KEY",
    "person": "bigint",
    "host": "bigint",
    "kind": "varchar(16)",
    "local_on": "date",
    "clock": "integer",
    "minutes": "integer",
    "start_at": "instant",
    "end_at": "instant",
    "outcome": "varchar(24)",
    "has_key": "boolean",
    "is_whole": "boolean",
}


def stage(pieces: Pieces, table: Table, taking: Taking) -> None:
    """Makes the table ROWS; `table` holds the faults found on the way."""
    create(ROWS, ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items()))
    bulk_load(ROWS, list(COLUMNS), _staged(pieces, table, taking))
    analyse(ROWS)


def _staged(pieces: Pieces, table: Table, taking: Taking) -> Iterator[tuple[Any, ...]]:
    reader = _Reader(table, taking.at)
    for row in stream(pieces, PARSERS, table, taking.progress):
        yield reader.read(row)


class _Reader:
    """Rows one by one; remembers who is known, and who was named though nobody knows them."""

    def __init__(self, table: Table, at: datetime) -> None:
        self._table, self._at, self._today = table, at, local_day(at)
        numbered = Person.objects.filter(staff_number__isnull=False)
        self._people = dict(numbered.values_list("staff_number", "pk").iterator())
        self._hosts = Hosts()
        self._unknown: dict[str, int] = {}
        self._value = lru_cache(50_000)(database_value)

    def read(self, row: Row) -> tuple[Any, ...]:
        """The row's cells by COLUMNS; notes every fault that it alone shows."""
        get = row.values.get
        person = self._people.get(get("staff_number"))
        if person is None and row.has("staff_number"):
            self._table.fault(
                row, "staff_number", "is not known. Import the person first (import_people)."
            )
        host = self._hosts.find(self._table, row)
        has_times = self._has_times(row)
        start, end = times(self._table, row)
        self._check_past(row, start)
        is_whole = has_times and None not in (person, host) and len(row.values) == len(PARSERS)
        if is_whole and person == host:
            self._table.fault(row, "host", "is the person themself. Correct one of the two.")
        clock = get("start")
        return (
            row.number,
            person or self._alias(get("staff_number")),
            host or self._alias(get("host")),
            get("strand"),
            self._value(row["date"]) if row.has("date") else None,
            clock.hour * 60 + clock.minute if clock else None,
            get("minutes"),
            self._value(start) if start else None,
            self._value(end) if end else None,
            get("outcome"),
            row.has(*KEY),
            is_whole,
        )

    def _alias(self, name: str | None) -> int | None:
        """Somebody unknown is told from somebody else unknown: a key twice is told of them too."""
        if name is None:
            return None
        return self._unknown.setdefault(name, -1 - len(self._unknown))

    def _has_times(self, row: Row) -> bool:
        """Only a check-in may leave its start and its minutes empty."""
        if row.values.get("strand") in (None, Strand.CHECK_IN):
            return True
        empty = [c for c in ("start", "minutes") if row.has(c) and row[c] is None]
        for column in empty:
            self._table.fault(row, column, "is empty. Only a check-in may leave it so.")
        return not empty

    def _check_past(self, row: Row, start: datetime | None) -> None:
        if not row.has("date", "start", "outcome") or row["outcome"] not in OUTCOMES:
            return
        ahead = start > self._at if start else row["date"] > self._today
        if ahead:
            self._table.fault(
                row, "outcome", f"is {row['outcome'].value} at a start that is still to come."
            )
