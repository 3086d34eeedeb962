"""Tables that a spreadsheet opens: text that it would take for a formula is made harmless."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from supervision.presenters.coverage_out import neutral

# Without it Excel takes UTF-8 for something else and spoils names.
BYTE_ORDER_MARK = "\ufeff"


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A header row and the rows, in RFC 4180's lines."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + out.getvalue()
