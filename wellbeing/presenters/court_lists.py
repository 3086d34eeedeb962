"""Court-list days in words."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from wellbeing.models import CourtListDays
from wellbeing.presenters.dates import counted, day, short_day


@dataclass(frozen=True, slots=True)
class CourtLine:
    """A line of a lead's list: whose team, how many people it has today, when."""

    manager: str
    size: str
    days: str
    take_back: str


def court_line(days: CourtListDays, size: int) -> CourtLine:
    """`size`: how many people have this manager today."""
    return CourtLine(
        manager=days.manager.name,
        size=counted(size, "person", "people"),
        days=days_words(days.start_on, days.end_on),
        take_back=reverse("court_list_take_back", args=[days.public_id]),
    )


def days_words(start: date, end: date) -> str:
    """`Tuesday 12 May 2026`, `12 May 2026 to 14 May 2026`."""
    return day(start) if start == end else f"{short_day(start)} to {short_day(end)}"
