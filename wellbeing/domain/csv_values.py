"""What a cell may hold: each parser gives a value, or ValueError with what is wrong."""

import re
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from . import working_days
from .csv_file import Parser
from .roles import JobRole

LARGEST = 2_147_483_647
LONGEST_EMAIL = 254
LONGEST_QUOTED = 60
E = TypeVar("E", bound=StrEnum)


def text(least: int, most: int) -> Parser:
    """Text of `least` to `most` characters."""

    def parse(cell: str) -> str:
        if not least <= len(cell) <= most:
            raise ValueError(
                "is empty. Enter a value."
                if not cell
                else f"has {len(cell)} characters; it may have {least} to {most}."
            )
        return cell

    return parse


name = text(1, 200)
staff_number = text(1, 32)


def email(cell: str) -> str:
    """An address in lower case: e-mails are compared without case."""
    # Lower case first: it may be longer (İ).
    address = cell.lower()
    local, at, domain = address.partition("@")
    if not (at and local and domain) or "@" in domain:
        raise ValueError(f"{_quoted(cell)} is not an email address with exactly one @.")
    if len(address) > LONGEST_EMAIL:
        raise ValueError(f"has more than {LONGEST_EMAIL} characters. Shorten it.")
    if " " in address or not address.isprintable():
        raise ValueError(f"{_quoted(cell)} holds a blank or a control character. Take it out.")
    return address


def optional(parse: Parser) -> Parser:
    """An empty cell is None."""
    return lambda cell: parse(cell) if cell else None


def day(cell: str) -> date:
    """An ISO date, YYYY-MM-DD."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell, re.ASCII):
        try:
            return date.fromisoformat(cell)
        except ValueError:
            pass
    raise ValueError(f"{_quoted(cell)} is not a date. Write it like 2026-05-12.")


def clock(cell: str) -> time:
    """A local time, HH:MM."""
    if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", cell, re.ASCII):
        return time.fromisoformat(cell)
    raise ValueError(f"{_quoted(cell)} is not a time. Write it like 09:30.")


def whole(least: int) -> Parser:
    """A whole number from `least`."""

    def parse(cell: str) -> int:
        if re.fullmatch(r"\d{1,10}", cell, re.ASCII) and least <= int(cell) <= LARGEST:
            return int(cell)
        raise ValueError(f"{_quoted(cell)} is not a whole number from {least}.")

    return parse


def hours(most: int) -> Parser:
    """Hours above 0, and no more than the day or the week has; at most two decimals."""

    def parse(cell: str) -> Decimal:
        if re.fullmatch(r"\d{1,3}(\.\d{1,2})?", cell, re.ASCII) and 0 < Decimal(cell) <= most:
            return Decimal(cell)
        raise ValueError(
            f"{_quoted(cell)} is not a number of hours above 0 and up to {most}, like 7.5."
        )

    return parse


def one_of(kind: type[E]) -> Parser:
    """One of a short list of words."""
    words = [member.value for member in kind]

    def parse(cell: str) -> E:
        if cell in words:
            return kind(cell)
        raise ValueError(f"{_quoted(cell)} is not one of {_listed(words)}.")

    return parse


def days_of_week(cell: str) -> int:
    """`mon;tue`, empty for Monday to Friday, as a number (working_days.py)."""
    names = cell.split(";") if cell else []
    for one in names:
        if one not in working_days.NAMES:
            raise ValueError(f"{_quoted(one)} is not one of {_listed(working_days.NAMES)}.")
    return working_days.from_names(names)


def job_roles(cell: str) -> frozenset[JobRole]:
    """`prosecutor;manager`, empty for all."""
    parse = one_of(JobRole)
    return frozenset(parse(one) for one in cell.split(";")) if cell else frozenset(JobRole)


def area_names(cell: str) -> frozenset[str]:
    """Areas separated by `;`, empty for all (an empty set)."""
    names = cell.split(";") if cell else []
    for one in names:
        name(one)
    return frozenset(names)


def _quoted(cell: str) -> str:
    """A cell as a fault names it: a whole line of 1 MB would be no sentence."""
    return repr(cell if len(cell) <= LONGEST_QUOTED else cell[:LONGEST_QUOTED] + "…")


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"
