"""Recurrence rules before anything is expanded: those that would go on for ever are refused."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from .busy_file import Line
from .busy_values import When, when
from .ical import clean
from .refusals import Refused

FREQUENCIES = {"HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
TOO_OFTEN = {"SECONDLY", "MINUTELY"}
NUMBERS = {
    "BYSECOND", "BYMINUTE", "BYHOUR", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH",
    "BYSETPOS",
}  # fmt: skip
LIST_OF_NUMBERS = re.compile(r"[+-]?\d{1,3}(,[+-]?\d{1,3})*", re.ASCII)
WEEKDAY = re.compile(r"MO|TU|WE|TH|FR|SA|SU")
ONE_DAY = rf"([+-]?\d{{1,2}})?({WEEKDAY.pattern})"
LIST_OF_DAYS = re.compile(rf"{ONE_DAY}(,{ONE_DAY})*", re.ASCII)
COUNT = re.compile(r"0*[1-9]\d{0,8}", re.ASCII)
LAST_SECOND = timedelta(hours=23, minutes=59, seconds=59)
# How a rule's UNTIL reads on the wall clock of its series.
OnTheWall = Callable[[When], datetime]


def rule(line: Line, wall: OnTheWall) -> str:
    """The rule as the library wants it, its UNTIL on the wall clock. Refused where it is none."""
    given = dict(_pairs(line))
    frequency = given.get("FREQ", "")
    if frequency in TOO_OFTEN:
        raise Refused("The calendar has an entry that repeats every second or minute.")
    if frequency not in FREQUENCIES or not all(_reads(*pair) for pair in given.items()):
        raise _not_read(line)
    if "UNTIL" in given:
        given["UNTIL"] = f"{_end(line, given['UNTIL'], wall):%Y%m%dT%H%M%S}".zfill(15)
    given.pop("RSCALE", None)
    return ";".join(f"{key}={value}" for key, value in given.items())


def _pairs(line: Line) -> list[tuple[str, str]]:
    parts = [part for part in line.value.strip().upper().replace(" ", "").split(";") if part]
    pairs = [(key, value) for key, _, value in (part.partition("=") for part in parts)]
    if len({key for key, _ in pairs}) < len(pairs):
        raise _not_read(line)
    return pairs


def _reads(key: str, value: str) -> bool:
    """Whether a part of a rule is one that the library understands as RFC 5545 means it."""
    if key in NUMBERS:
        return bool(LIST_OF_NUMBERS.fullmatch(value))
    if key == "BYDAY":
        return bool(LIST_OF_DAYS.fullmatch(value))
    if key in {"COUNT", "INTERVAL"}:
        return bool(COUNT.fullmatch(value))
    if key == "RSCALE":
        return value == "GREGORIAN"
    return key in {"FREQ", "UNTIL"} or (key == "WKST" and bool(WEEKDAY.fullmatch(value)))


def until(text: str) -> datetime | None:
    """When such a rule ends, on the wall clock of its series; None where it does not say."""
    found = re.search(r"UNTIL=(\d{8}T\d{6})", text)
    # Not strptime, which knows no years below 1000.
    return datetime.fromisoformat(found[1]) if found else None


def _end(line: Line, text: str, wall: OnTheWall) -> datetime:
    # One without a zone is on the wall clock of its series already.
    end = when(text, Line(line.name, {}, line.value), ZoneInfo)
    # A date is the whole of that day (RFC 5545 §3.3.10: the rule is bound inclusively).
    return end.wall + LAST_SECOND if end.is_date else wall(end)


def _not_read(line: Line) -> Refused:
    shown = clean(line.value.strip())[:60]
    return Refused(f"The calendar has a repeating rule that is not understood: “{shown}”.")
