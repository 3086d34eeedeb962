"""Tables that people take away, and how they are written as CSV; excel.py writes the same as a workbook.

A cell is text, a whole number, a share from 0 to 1, a day, yes or no, or nothing; and in any
column the word that stands for a withheld figure. Text that a spreadsheet would take for a
formula is made harmless.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

# Without it Excel takes UTF-8 for something else and spoils names.
BYTE_ORDER_MARK = "\ufeff"


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


def neutral(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it.

    That is a sign at the beginning, of any width, also behind blanks and characters that
    nobody sees; and a tab or a line's end there, which moves the rest into a cell of its own.
    """
    if not isinstance(value, str):
        return value
    first = next((c for c in value if c.isprintable() and not c.isspace()), "")
    begins = unicodedata.normalize("NFKC", first)[:1]
    is_formula = bool(begins) and begins in "=+-@"
    return "'" + value if is_formula or value.startswith(("\t", "\r", "\n")) else value


def csv_lines(table: Table) -> Iterator[str]:
    """The file line by line (RFC 4180), a header first; to be streamed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    out.write(BYTE_ORDER_MARK)
    writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        writer.writerow([neutral(plain(value)) for value in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


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
