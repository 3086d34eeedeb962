"""One's own calendar elsewhere in words: where it is, and how the last reading went."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from wellbeing.domain.local_time import local_day
from wellbeing.models import BusyCalendar
from wellbeing.presenters.dates import clock, counted, short_day


@dataclass(frozen=True, slots=True)
class BusyLine:
    """What the owner's page says; `place` is the server alone, for the rest is a secret."""

    place: str
    read: str
    good: str
    fault: str
    kept: str
    is_awaited: bool


def busy_line(held: BusyCalendar, *, count: int) -> BusyLine:
    """`count`: how many busy times are kept that are still to come."""
    return BusyLine(
        place=urlsplit(held.address).hostname or "",
        read=_moment(held.fetched_at) if held.fetched_at else "",
        good=_moment(held.good_at) if held.good_at else "",
        fault=held.fault,
        kept=counted(count, "busy time") if held.good_at else "",
        is_awaited=held.is_awaited,
    )


def _moment(at: datetime) -> str:
    return f"{clock(at)} on {short_day(local_day(at))}"
