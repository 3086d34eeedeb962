"""Values on a command line, read strictly."""

import re
from argparse import ArgumentTypeError
from datetime import date

EARLIEST, LATEST = 1900, 2200


def day(text: str) -> date:
    """A date as YYYY-MM-DD, of the years 1900 to 2200. ArgumentTypeError, and so exit 2, for anything else."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        try:
            found = date.fromisoformat(text)
        except ValueError:
            found = date.min
        if EARLIEST <= found.year <= LATEST:
            return found
    raise ArgumentTypeError(f"{text!r} is not a date like 2026-05-12")


def name(value: str) -> str:
    """A name as it stands. ArgumentTypeError, and so exit 2, for none or for bytes that are no text.

    A cron line whose variable is empty must not quietly ask about everybody.
    """
    if not value.strip():
        raise ArgumentTypeError("is empty: leave the option out, or give a name")
    return text(value)


def text(value: str) -> str:
    """Any text. ArgumentTypeError, and so exit 2, for bytes that are none."""
    try:
        value.encode()
    except UnicodeEncodeError as not_text:
        raise ArgumentTypeError("is not UTF-8 text") from not_text
    return value
