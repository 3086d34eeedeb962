"""London's wall clock and instants: times that do not exist or occur twice are refused."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def local_day(at: datetime) -> date:
    """London's day of an instant."""
    return at.astimezone(LONDON).date()


def local_time(at: datetime) -> time:
    """London's wall clock of an instant."""
    return at.astimezone(LONDON).time()


class NoSuchTime(ValueError):
    """The local time is skipped, or occurs twice, on a Sunday of the clock change."""


def instant(on: date, at: time) -> datetime:
    """The UTC instant of a London wall-clock time. NoSuchTime where there is not just one."""
    earlier = datetime.combine(on, at, LONDON)
    later = earlier.replace(fold=1)
    if earlier.utcoffset() == later.utcoffset():
        return earlier.astimezone(UTC)
    if earlier.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != datetime.combine(
        on, at
    ):
        raise NoSuchTime("does not exist on that day: the clocks go forward")
    raise NoSuchTime("occurs twice on that day: the clocks go back")


def end_of_day(on: date) -> datetime:
    """The last microsecond of London's day, in UTC; midnight is never skipped and never twice."""
    return instant(on + timedelta(days=1), time(0)) - timedelta(microseconds=1)


def span(on: date, at: time, minutes: int) -> tuple[datetime, datetime]:
    """Start and end in UTC; the end is counted in real minutes."""
    start = instant(on, at)
    return start, start + timedelta(minutes=minutes)
