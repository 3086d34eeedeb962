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
    """`Tuesday 12 May 2026, 2pm to 3pm`."""
    return f"{day(start.astimezone(LONDON).date())}, {hours(start, end)}"


def away(on: date, today: date) -> str:
    """`today`, `tomorrow`, `in 9 days, on 12 May 2026`, `9 days ago, on 12 May 2026`."""
    days = (on - today).days
    named = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days)
    if named:
        return f"{named}, {short_day(on)}"
    if days > 0:
        return f"in {days} days, on {short_day(on)}"
    return f"{-days} days ago, on {short_day(on)}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 session`, `3 sessions`; `many` where the plural is not one plus s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
