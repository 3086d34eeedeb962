"""Values on a command line, read strictly."""

import re
from argparse import ArgumentTypeError
from datetime import date


def day(text: str) -> date:
    """A date as YYYY-MM-DD. ArgumentTypeError, and so exit 2, for anything else."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise ArgumentTypeError(f"{text!r} is not a date like 2026-05-12")
