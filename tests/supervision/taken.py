"""Files as their reader opens them."""

import csv
import io
import json
from typing import Any

from openpyxl import load_workbook


def content(answer: Any) -> bytes:
    """The bytes of a file that is kept by no cache, however it was sent."""
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith("attachment; ")
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def rows(answer: Any) -> list[dict[str, str]]:
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = content(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def said(answer: Any) -> Any:
    """What a file of JSON says."""
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    return json.loads(content(answer))


def book(answer: Any) -> Any:
    return load_workbook(io.BytesIO(content(answer)))


def definitions(answer: Any) -> dict[str, Any]:
    """What an Excel file says of itself and of its columns."""
    return {row[0].value: row[1].value for row in book(answer)["Definitions"].iter_rows()}
