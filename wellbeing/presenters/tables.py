"""Tables that people take away, written as CSV and as JSON; excel.py writes the same as a workbook.

A cell is text, a whole number, a share from 0 to 1, a day, yes or no, or nothing; and in any
column the word that stands for a withheld figure. Text that a spreadsheet would take for a
formula is made harmless. Rows are asked for while the file is sent, so that a file of any
length takes the memory of one piece of it.
"""

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Any

# Without it Excel takes UTF-8 for something else and spoils names.
BYTE_ORDER_MARK = "\ufeff"
# So many rows are sent at once: each piece that is sent costs as much as some ten rows do.
ROWS_A_PIECE = 200


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    DAY = "day"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is the header in files; `means` what it says, for the sheet of definitions."""

    name: str
    kind: Kind = Kind.NUMBER
    means: str = ""


@dataclass(frozen=True)
class Table:
    """Rows in the order of the columns; they may be made while they are written."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]

    @property
    def key(self) -> str:
        """What the table is called in JSON: `Offered and taken up` is `offered_and_taken_up`."""
        return "_".join(self.title.lower().split())


def neutral(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it.

    That is a sign at the beginning, of any width, also behind blanks and characters that
    nobody sees; and a tab or a line's end there, which moves the rest into a cell of its own.
    """
    if not isinstance(value, str) or (value[:1].isascii() and value[:1].isalnum()):
        return value  # nearly every cell: a file of people is mostly words and numbers
    first = next((c for c in value if c.isprintable() and not c.isspace()), "")
    begins = unicodedata.normalize("NFKC", first)[:1]
    is_formula = bool(begins) and begins in "=+-@"
    return "'" + value if is_formula or value.startswith(("\t", "\r", "\n")) else value


def csv_lines(table: Table) -> Iterator[str]:
    """The file piece by piece (RFC 4180), a header first; each piece is made when it is asked for."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    out.write(BYTE_ORDER_MARK)
    writer.writerow([column.name for column in table.columns])
    for rows in _pieces(table.rows):
        writer.writerows([neutral(plain(value)) for value in row] for row in rows)
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _pieces(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    left = iter(rows)
    while piece := list(islice(left, ROWS_A_PIECE)):
        yield piece


def json_lines(head: Mapping[str, Any], tables: Iterable[Table]) -> Iterator[str]:
    """One object piece by piece: what `head` says, then a list a table, an object a row.

    Days are as ISO writes them, shares are not rounded, nothing is null.
    """
    begun = json.dumps(head, indent=2, ensure_ascii=False)
    yield begun.removesuffix("\n}").removesuffix("}")
    empty = not head
    for table in tables:
        yield f"{'' if empty else ','}\n  {json.dumps(table.key)}: ["
        yield from _json_rows(table)
        empty = False
    yield "\n}"


def _json_rows(table: Table) -> Iterator[str]:
    names = [column.name for column in table.columns]
    comma = ""
    for rows in _pieces(table.rows):
        objects = [
            json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=plain)
            for row in rows
        ]
        yield f"{comma}\n    " + ",\n    ".join(objects)
        comma = ","
    yield "\n  ]" if comma else "]"


def csv_text(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A small file as a whole: a header and rows of text and numbers."""
    return "".join(csv_lines(Table("", [Column(name, Kind.TEXT) for name in names], rows)))


def plain(value: Any) -> Any:
    """A day as ISO writes it, yes or no in words, nothing as nothing."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value
