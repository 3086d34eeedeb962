"""Files that people take away: harmless text, real types, the same bytes twice."""

import csv
import io
import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from wellbeing.presenters.excel import workbook
from wellbeing.presenters.tables import (
    Column,
    Kind,
    Table,
    csv_lines,
    neutral,
)

COLUMNS = [
    Column("name", Kind.TEXT, "Whose row it is"),
    Column("people", Kind.NUMBER, "How many"),
    Column("share", Kind.SHARE, "Of those at work"),
    Column("due_on", Kind.DAY, "The day"),
    Column("offered", Kind.YES_NO, "Whether"),
]
ROWS: list[list[Any]] = [
    ["=1+1", 1092, 2 / 3, date(2026, 4, 30), True],
    ["Zoë", None, "suppressed", None, False],
]


def read_csv(table: Table) -> list[list[str]]:
    text = "".join(csv_lines(table))
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def test_csv_has_iso_days_and_whole_fractions() -> None:
    assert read_csv(Table("Report", COLUMNS, ROWS)) == [
        ["name", "people", "share", "due_on", "offered"],
        ["'=1+1", "1092", "0.6666666666666666", "2026-04-30", "yes"],
        ["Zoë", "", "suppressed", "", "no"],
    ]


def test_a_table_without_rows_has_its_header() -> None:
    assert read_csv(Table("Report", COLUMNS, [])) == [[c.name for c in COLUMNS]]


def test_excel_has_real_types_a_frozen_header_and_definitions() -> None:
    made = workbook(Table("A: [report]", COLUMNS, ROWS), [("Day", "30 April 2026")])
    book = load_workbook(io.BytesIO(made))
    sheet, definitions = book.worksheets
    assert sheet.title == "A   report "
    assert sheet.freeze_panes == definitions.freeze_panes == "A2"
    first = [sheet.cell(2, c) for c in range(1, 6)]
    assert [c.data_type for c in first] == ["s", "n", "n", "d", "s"]
    assert [c.value for c in first][:3] == ["=1+1", 1092, 2 / 3]
    assert (first[2].number_format, first[3].value.date()) == ("0.0%", date(2026, 4, 30))
    assert [sheet.cell(3, c).value for c in range(1, 6)] == [
        "Zoë",
        None,
        "suppressed",
        None,
        "no",
    ]
    assert sheet.cell(1, 1).font.bold
    told = [[cell.value for cell in row] for row in definitions.iter_rows(min_row=2)]
    assert told[:2] == [["Day", "30 April 2026"], ["name", "Whose row it is"]]


def test_the_same_rows_give_the_same_bytes() -> None:
    table = Table("Report", COLUMNS, ROWS)
    assert workbook(table, []) == workbook(table, [])
    other = Table("Report", COLUMNS, ROWS[:1])
    assert workbook(table, []) != workbook(other, [])


@pytest.mark.parametrize(
    "text",
    [
        "=1",
        "+1",
        "-1",
        "@x",
        "\t=1",
        "\rx",
        "  =1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "\u00a0=1",
        "\u200b=1",
        "\ufeff+1",
        "\u200b \t@x",
        "\ufe66" + "1",
        "\ufe62" + "1",
        "\ufe63" + "1",
        "\ufe6b" + "x",
        "\n=1",
        "\nx",
    ],
)
def test_what_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    assert neutral(text) == "'" + text


@pytest.mark.parametrize("value", ["", "a=1", -3, 0.5, None, "O'Brien", "Anne-Marie"])
def test_what_is_harmless_stays(value: object) -> None:
    assert neutral(value) == value


TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_any_text_comes_back_and_none_begins_a_formula(text: str) -> None:
    table = Table("Report", [Column("name", Kind.TEXT)], [[text]])
    rows = read_csv(table)
    cell = rows[1][0] if rows[1] else ""
    assert cell in {text, "'" + text}
    assert neutral(cell) == cell
    seen = unicodedata.normalize("NFKC", "".join(c for c in cell if c.isprintable())).strip()
    assert not seen.startswith(("=", "+", "-", "@"))
    assert not cell.startswith(("\t", "\r", "\n"))
    sheet = load_workbook(io.BytesIO(workbook(table, []))).worksheets[0]
    assert sheet.cell(2, 1).data_type != "f"
