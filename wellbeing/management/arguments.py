"""Values on a command line, read strictly."""

import re
from argparse import ArgumentTypeError
from datetime import UTC, date, datetime

from wellbeing.domain.local_time import NoSuchTime, end_of_day, instant

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


MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<clock>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(?P<zone>Z|[+-]\d{2}:\d{2})?)?",
    re.ASCII,
)


def moment(text: str) -> datetime:
    """An instant, in UTC, of `2026-05-12T10:00`, with an offset or as UK time, or of a date alone: its end.

    ArgumentTypeError, and so exit 2, for anything else, and for a UK time that does not exist
    or occurs twice.
    """
    parts = MOMENT.fullmatch(text)
    if parts is None:
        raise ArgumentTypeError(
            f"{text!r} is not a time like 2026-05-12T10:00, nor a date like 2026-05-12"
        )
    on = day(parts["day"])
    if parts["clock"] is None:
        return end_of_day(on)
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is not None:
            return found.astimezone(UTC)
        return instant(found.date(), found.time())
    except NoSuchTime as error:
        raise ArgumentTypeError(
            f"{text!r} {error}. Give the offset too, like {text}+01:00"
        ) from None
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a time of day") from None


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
