"""Days and times in GOV.UK's words, always UK time, the same on every page and in every message."""

from datetime import date, datetime, time

from wellbeing.domain.local_time import LONDON


def day(on: date) -> str:
    """`Tuesday 12 May 2026`."""
    return f"{on:%A} {on.day} {on:%B %Y}"


def short_day(on: date) -> str:
    """`12 May 2026`."""
    return f"{on.day} {on:%B %Y}"


def clock(at: datetime | time) -> str:
    """`9:30am`, `2pm`, `midday`, `midnight`; an instant is read in UK time."""
    local = at.astimezone(LONDON).time() if isinstance(at, datetime) else at
    if (local.hour, local.minute) == (0, 0):
        return "midnight"
    if (local.hour, local.minute) == (12, 0):
        return "midday"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{(local.hour - 1) % 12 + 1}{minutes}{'am' if local.hour < 12 else 'pm'}"


def hours(start: datetime, end: datetime) -> str:
    """`2pm to 3pm`."""
    return f"{clock(start)} to {clock(end)}"


def when(start: datetime, end: datetime) -> str:
    """`Tuesday 12 May 2026, 2pm to 3pm`; both days where the end is on another one."""
    first, last = (at.astimezone(LONDON).date() for at in (start, end))
    if first == last or _is_midnight_after(end, first):
        return f"{day(first)}, {hours(start, end)}"
    return f"{day(first)}, {clock(start)} to {day(last)}, {clock(end)}"


def _is_midnight_after(at: datetime, first: date) -> bool:
    """What ends at midnight ends on the day it began on."""
    return clock(at) == "midnight" and (at.astimezone(LONDON).date() - first).days == 1


def away(on: date, today: date) -> str:
    """`today, 3 May`, `in 9 days, on 12 May`, `9 days ago, on 24 April`; the year if another."""
    days = (on - today).days
    named = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days)
    written = f"{on.day} {on:%B}" if on.year == today.year else short_day(on)
    if named:
        return f"{named}, {written}"
    if days > 0:
        return f"in {counted(days, 'day')}, on {written}"
    return f"{counted(-days, 'day')} ago, on {written}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 session`, `3 sessions`; `many` where the plural is not one plus s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
