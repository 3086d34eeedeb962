"""Files that people take away: harmless text, real types, the same bytes twice."""

import csv
import io
import json
import os
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from wellbeing.presenters.excel import workbook
from wellbeing.presenters.tables import (
    ROWS_A_PIECE,
    Column,
    Kind,
    Table,
    csv_lines,
    json_lines,
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

ROWS_OF_ONE = [["Zoë"]]


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
    made = workbook([Table("A: [report]", COLUMNS, ROWS)], [("Day", "30 April 2026")])
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
    assert workbook([table], []) == workbook([table], [])
    other = Table("Report", COLUMNS, ROWS[:1])
    assert workbook([table], []) != workbook([other], [])


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
    sheet = load_workbook(io.BytesIO(workbook([table], []))).worksheets[0]
    assert sheet.cell(2, 1).data_type != "f"


def test_json_says_what_it_is_and_has_an_object_a_row() -> None:
    text = "".join(json_lines({"on": "2026-05-12"}, [Table("Two words", COLUMNS, ROWS)]))
    assert json.loads(text) == {
        "on": "2026-05-12",
        "two_words": [
            {
                "name": "=1+1",
                "people": 1092,
                "share": 2 / 3,
                "due_on": "2026-04-30",
                "offered": True,
            },
            {
                "name": "Zoë",
                "people": None,
                "share": "suppressed",
                "due_on": None,
                "offered": False,
            },
        ],
    }


@pytest.mark.parametrize("head", [{}, {"on": 1}, {"groups": [{"name": "}"}]}])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_json_of_any_number_of_tables_is_json(head: dict[str, Any], number: int) -> None:
    tables = [Table(f"T{i}", COLUMNS[:1], [["a"]] * i) for i in range(number)]
    text = "".join(json_lines(head, tables))
    assert json.loads(text) == head | {f"t{i}": [{"name": "a"}] * i for i in range(number)}
    if not tables and head:
        assert text == json.dumps(head, indent=2)


@pytest.mark.parametrize(
    "lines", [csv_lines, lambda table: json_lines({}, [table])], ids=["csv", "json"]
)
@pytest.mark.parametrize("number", [0, 1, ROWS_A_PIECE, 2 * ROWS_A_PIECE + 1])
def test_rows_are_made_as_they_are_sent(
    lines: Callable[[Table], Iterator[str]], number: int
) -> None:
    made: list[int] = []

    def rows() -> Iterator[list[str]]:
        for i in range(number):
            made.append(i)
            yield [str(i)]

    pieces = lines(Table("Long", [Column("name", Kind.TEXT)], rows()))
    assert made == []
    while len(made) < min(number, ROWS_A_PIECE):
        next(pieces)
    assert len(made) <= ROWS_A_PIECE
    list(pieces)
    assert made == list(range(number))


def test_each_table_has_a_sheet_and_its_columns_are_told_apart() -> None:
    tables = [Table("One", COLUMNS[:1], ROWS_OF_ONE), Table("Two", COLUMNS[:1], [])]
    book = load_workbook(io.BytesIO(workbook(tables, [("Day", "today")])))
    assert book.sheetnames == ["One", "Two", "Definitions"]
    assert book["One"]["A2"].value == "Zoë"
    assert [row[0] for row in book["Definitions"].values] == [
        "what", "Day", "One: name", "Two: name"
    ]  # fmt: skip


def test_a_workbook_that_fails_leaves_nothing_on_the_disk(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def rows() -> Iterator[list[Any]]:
        yield ["Zoë"]
        assert os.listdir(tmp_path), "the library keeps sheets elsewhere now"
        raise LookupError

    with pytest.raises(LookupError):
        workbook([Table("Wrong", COLUMNS[:1], rows())], [])
    assert os.listdir(tmp_path) == []
