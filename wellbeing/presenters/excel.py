"""Tables as an Excel workbook: real types, a frozen header, definitions; the same rows, the same bytes.

Imported where a workbook is made and nowhere else: the library takes 16 MB of a process.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from .tables import Column, Kind, Table, plain
from .zipping import zipped

MOST_OF_A_SHEET_NAME = 31
WIDEST = 60
MADE_AT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def workbook(tables: Sequence[Table], said: Sequence[tuple[str, str]]) -> bytes:
    """An Excel file: a sheet a table with its rows under a frozen header, and one of definitions.

    `said`: what the report is (its day, strand, what it leaves out) as pairs of words; what each
    column means follows it.
    """
    book = Workbook(write_only=True)
    words = [Column("what", Kind.TEXT), Column("means", Kind.TEXT)]
    out = io.BytesIO()
    try:
        for table in tables:
            _sheet(book, table)
        _sheet(book, Table("Definitions", words, [*said, *_meanings(tables)]))
        book.save(out)
    except BaseException:
        _discard(book)
        raise
    return _settled(out.getvalue())


def _meanings(tables: Sequence[Table]) -> Iterator[tuple[str, str]]:
    """Each column once; of several tables with the name of its own."""
    for table in tables:
        for column in table.columns:
            if column.means:
                of = f"{table.title}: " if len(tables) > 1 else ""
                yield f"{of}{column.name}", column.means


def _discard(book: Any) -> None:
    """Takes half-written sheets off the disk, where the library keeps them until they are saved."""
    for sheet in book.worksheets:
        if not sheet.closed:
            sheet.close()
        with suppress(FileNotFoundError):
            sheet._writer.cleanup()


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
        return _text(sheet, plain(value))
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
