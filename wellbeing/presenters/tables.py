"""Tables that people take away: the same rows as CSV and as an Excel workbook.

A cell is text, a whole number, a share from 0 to 1, a day, yes or no, or nothing; and in any
column the word that stands for a withheld figure. Text that a spreadsheet would take for a
formula is made harmless. The same rows give the same bytes.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

# Without it Excel takes UTF-8 for something else and spoils names.
BYTE_ORDER_MARK = "\ufeff"
FORMULA = frozenset("=+-@＝＋－＠\t\r")
MOST_OF_A_SHEET_NAME = 31
WIDEST = 60
# The earliest time that a zip file can hold: no file says when it was made.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
MADE_AT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


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
    """Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, str) and any(
        text and text[0] in FORMULA for text in (value, value.strip())
    ):
        return "'" + value
    return value


def csv_lines(table: Table) -> Iterator[str]:
    """The file line by line (RFC 4180), a header first; to be streamed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    out.write(BYTE_ORDER_MARK)
    writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        writer.writerow([neutral(_plain(value)) for value in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def csv_text(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A small file as a whole: a header and rows of text and numbers."""
    return "".join(csv_lines(Table("", [Column(name, Kind.TEXT) for name in names], rows)))


def _plain(value: Any) -> Any:
    """A day as ISO writes it, yes or no in words, nothing as nothing."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value


def workbook(table: Table, said: Sequence[tuple[str, str]]) -> bytes:
    """An Excel file: the rows under a frozen header, and a sheet of what the report and its columns say.

    `said`: what the report is (its day, strand, what it leaves out) as pairs of words.
    """
    book = Workbook(write_only=True)
    _sheet(book, table)
    columns = [(column.name, column.means) for column in table.columns if column.means]
    words = [Column("what", Kind.TEXT), Column("means", Kind.TEXT)]
    _sheet(book, Table("Definitions", words, [*said, *columns]))
    out = io.BytesIO()
    book.save(out)
    return _settled(out.getvalue())


def _sheet(book: Any, table: Table) -> None:
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\']", " ", table.title)[:MOST_OF_A_SHEET_NAME])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(table.columns, 1):
        width = 24 if column.kind == Kind.TEXT else max(12, len(column.name) + 2)
        sheet.column_dimensions[get_column_letter(number)].width = min(width, WIDEST)
    sheet.append([_text(sheet, column.name, bold=True) for column in table.columns])
    kinds = [column.kind for column in table.columns]
    for row in table.rows:
        sheet.append([_cell(sheet, k, v) for k, v in zip(kinds, row, strict=True)])


def _text(sheet: Any, value: str, *, bold: bool = False) -> Any:
    """Text whatever it begins with; characters that no XML may hold are left out."""
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, kind: Kind, value: Any) -> Any:
    if isinstance(value, bool):
        return _text(sheet, _plain(value))
    if isinstance(value, str):
        return _text(sheet, value)
    cell = WriteOnlyCell(sheet, value=value)
    if kind == Kind.SHARE:
        cell.number_format = "0.0%"
    elif kind == Kind.DAY:
        cell.number_format = "yyyy-mm-dd"
    return cell


def _settled(book: bytes) -> bytes:
    """The same workbook without the times at which it was made."""
    with zipfile.ZipFile(io.BytesIO(book)) as made:
        return zipped(
            (name, MADE_AT.sub(rb"\g<1>1980-01-01T00:00:00Z", made.read(name)))
            for name in made.namelist()
        )


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip file of these, in this order, that says of none when it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()
