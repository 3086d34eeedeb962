"""Reading a CSV file strictly: every fault with its row and column, and never a traceback.

Row 1 is the header. What a cell may hold is the columns' to say (csv_values.py).
"""

import csv
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import TextIOWrapper
from typing import Any

from .pieces import Pieces

LONGEST_LINE = 1_000_000
csv.field_size_limit(LONGEST_LINE)
NOT_UTF_8 = "has bytes that are not UTF-8. Save the file as CSV in UTF-8."

# A cell's text to its value; ValueError with a sentence about what is wrong.
Parser = Callable[[str], Any]
Progress = Callable[[Iterable[Any], str], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, what, and what to do. Row 0: the file as a whole."""

    row: int
    column: str
    problem: str

    def __str__(self) -> str:
        where = [f"row {self.row}"] if self.row else []
        where += [self.column] if self.column else []
        return f"{', '.join(where)}: {self.problem}" if where else self.problem


class FileFaults(Exception):
    """The file cannot be taken as it is; nothing has been written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = sorted(faults, key=lambda f: (f.row, f.column, f.problem))


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells that could be read, by column."""

    number: int
    values: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def has(self, *columns: str) -> bool:
        """True where each of these cells could be read."""
        return all(column in self.values for column in columns)


@dataclass(slots=True)
class Table:
    """The rows that could be read, what is wrong so far, and each column's raw text.

    `rows` are read in every cell. `all_rows` are also those that are spoilt in one: what
    else is wrong with them is told at the same time.
    """

    columns: Sequence[str]
    rows: list[Row] = field(default_factory=list)
    all_rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    raw: list[list[str]] = field(default_factory=list)

    def fault(self, row: Row | int, column: str, problem: str) -> None:
        """Notes a fault; the file is read on, so that all of them are told at once."""
        number = row if isinstance(row, int) else row.number
        self.faults.append(Fault(number, column, problem))

    def having(self, *columns: str) -> list[Row]:
        """Every row in which these cells could be read."""
        if len(self.rows) == len(self.all_rows):
            return self.rows
        return [row for row in self.all_rows if row.has(*columns)]

    def mentioned(self, column: str) -> set[str]:
        """Everything that stands in a column, in rows with other faults too."""
        at = self.columns.index(column)
        return {cells[at] for cells in self.raw if len(cells) == len(self.columns)}

    def raise_faults(self) -> None:
        """FileFaults where anything is wrong."""
        if self.faults:
            raise FileFaults(self.faults)


def read(data: bytes, parsers: dict[str, Parser], progress: Progress) -> Table:
    """Reads a whole file. FileFaults at once where it is no CSV of these columns at all."""
    table = Table(list(parsers))
    remembering = {column: _remembering(parse) for column, parse in parsers.items()}
    for number, cells in _cells(Pieces(data), table, progress):
        table.raw.append(cells)
        row = _row(table, remembering, number, cells)
        table.all_rows.append(row)
        if len(row.values) == len(parsers):
            table.rows.append(row)
    return table


def stream(
    pieces: Pieces, parsers: dict[str, Parser], table: Table, progress: Progress
) -> Iterator[Row]:
    """The same row by row, each with the cells that could be read: `table` keeps faults only."""
    remembering = {column: _remembering(parse) for column, parse in parsers.items()}
    for number, cells in _cells(pieces, table, progress):
        yield _row(table, remembering, number, cells)


class _Counted:
    """Lines of which about the number is known, for whoever draws a bar."""

    def __init__(self, lines: Iterable[list[str]], number: int) -> None:
        self._lines, self._number = lines, number

    def __iter__(self) -> Iterator[list[str]]:
        return iter(self._lines)

    def __len__(self) -> int:
        return self._number


def _cells(pieces: Pieces, table: Table, progress: Progress) -> Iterator[tuple[int, list[str]]]:
    """Every row with as many cells as the header, and its number; what is not, is told."""
    number_of_lines = _looked_over(pieces)
    lines = _Counted(_records(csv.reader(_text(pieces), strict=True)), number_of_lines)
    for number, cells in enumerate(progress(lines, "Reading"), start=1):
        if number == 1:
            _check_header(cells, table.columns)
        elif len(cells) == len(table.columns):
            yield number, cells
        else:
            table.fault(
                number,
                "",
                f"this row has {len(cells)} cells, and the header {len(table.columns)}."
                " Look for a missing or an extra comma.",
            )


def _records(lines: Iterable[list[str]]) -> Iterable[list[str]]:
    number = 0
    try:
        for number, cells in enumerate(lines, start=1):  # noqa: B007 -- told when it fails
            yield cells
    except csv.Error as error:
        raise FileFaults([Fault(number + 1, "", _csv_problem(error))]) from error
    except OSError as error:
        raise _unreadable(error) from error


def _unreadable(error: OSError) -> FileFaults:
    return FileFaults([Fault(0, "", f"cannot be read to its end ({error.strerror}).")])


def _csv_problem(error: csv.Error) -> str:
    if "field larger" in str(error):
        return "this line is over 1 MB. A quotation mark may be missing."
    return f"this line is not CSV ({error}). Look at its quotation marks."


def _looked_over(pieces: Pieces) -> int:
    """About how many lines there are. FileFaults where it is no text, or a line of it too long."""
    try:
        look = pieces.look_over(LONGEST_LINE)
    except OSError as error:
        raise _unreadable(error) from error
    if look.begins[:2] in (b"\xff\xfe", b"\xfe\xff"):
        faults = [Fault(0, "", "this file is UTF-16. Save it as CSV in UTF-8.")]
    elif look.begins == b"PK\x03\x04":
        problem = "this is a zip file or a workbook, not CSV. Save the sheet as CSV in UTF-8."
        faults = [Fault(0, "", problem)]
    elif look.is_blank:
        faults = [Fault(0, "", "the file is empty: it has no header row.")]
    else:
        faults = [Fault(line, "", "this line is over 1 MB.") for line in look.too_long]
    if faults:
        raise FileFaults(faults)
    return look.line_feeds


def _text(pieces: Pieces) -> TextIOWrapper:
    """The file's text, decoded as it is read: a large one is never held whole."""
    # What is not UTF-8 is told cell by cell: it is kept as lone surrogates until then.
    return TextIOWrapper(pieces.opened(), "utf-8-sig", "surrogateescape", newline="")


def _check_header(cells: list[str], columns: Sequence[str]) -> None:
    if any(map(_is_escaped, "".join(cells))):
        raise FileFaults([Fault(1, "", f"this row {NOT_UTF_8}")])
    if cells != list(columns):
        problem = f"the header must be exactly {','.join(columns)}."
        raise FileFaults([Fault(1, "", problem)])


# Of a column's different cells, so many are parsed once however often they occur.
REMEMBERED = 50_000


def _remembering(parse: Parser) -> Parser:
    return lru_cache(REMEMBERED)(lambda text: parse(_plain(text)))


def _row(table: Table, parsers: dict[str, Parser], number: int, cells: list[str]) -> Row:
    values: dict[str, Any] = {}
    for (column, parse), text in zip(parsers.items(), cells, strict=True):
        try:
            values[column] = parse(text)
        except ValueError as error:
            table.fault(number, column, str(error))
    return Row(number, values)


def _is_escaped(c: str) -> bool:
    """A byte that is not UTF-8, as `surrogateescape` keeps it."""
    return "\udc80" <= c <= "\udcff"


def _plain(text: str) -> str:
    # Of a text that is printable ASCII, as nearly all are, there is nothing to look for.
    for c in "" if text.isascii() and text.isprintable() else text:
        if " " <= c < "\x7f":
            continue
        if _is_escaped(c):
            raise ValueError(NOT_UTF_8)
        if unicodedata.category(c) in ("Cc", "Zl", "Zp"):
            raise ValueError(f"has a control character (U+{ord(c):04X}). Take it out.")
    if text != text.strip():
        raise ValueError("has a blank before or after it. Take it out.")
    return text


def quiet(rows: Iterable[Any], label: str) -> Iterable[Any]:
    """The progress of something that nobody watches."""
    return rows
