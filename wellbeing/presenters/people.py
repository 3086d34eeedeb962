"""A person's postings and absences as they stand on a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from wellbeing.domain.working_days import MONDAY_TO_FRIDAY, to_names
from wellbeing.models import Absence, Person, Posting
from wellbeing.presenters.dates import day, short_day

DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


@dataclass(frozen=True, slots=True)
class PostingLine:
    """Strings of one posting."""

    days: str
    unit: str
    area: str
    job_role: str
    manager: str
    working_days: str


def posting_lines(postings: Iterable[Posting]) -> list[PostingLine]:
    """The latest first, as they come."""
    return [
        PostingLine(
            days=_run(p.start_on, p.end_on),
            unit=p.unit.name,
            area=p.unit.area.name,
            job_role=p.job_role.capitalize(),
            manager=p.line_manager.name if p.line_manager else "None",
            working_days=_working(p.working_days),
        )
        for p in postings
    ]


def _working(days: int) -> str:
    if days == MONDAY_TO_FRIDAY:
        return "Monday to Friday"
    return ", ".join(DAYS[name] for name in to_names(days))


def _run(first: date, last: date | None) -> str:
    return f"{short_day(first)} to {short_day(last)}" if last else f"From {short_day(first)}"


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """Strings and addresses of one absence."""

    days: str
    is_now: bool
    end: str
    take_back: str


def absence_lines(absences: Iterable[Absence], person: Person, on: date) -> list[AbsenceLine]:
    """The latest first, as they come."""
    return [
        AbsenceLine(
            days=_run(a.start_on, a.end_on),
            is_now=a.start_on <= on and (a.end_on is None or a.end_on >= on),
            end=reverse("absence_end", args=[person.public_id, a.start_on.isoformat()]),
            take_back=reverse(
                "absence_take_back", args=[person.public_id, a.start_on.isoformat()]
            ),
        )
        for a in absences
    ]


def nothing_here(posting: Posting, on: date) -> str:
    """Why a page of the staff is empty for whoever has this posting, and none today."""
    if posting.start_on > on:
        starts = f"Your RASSO posting begins on {day(posting.start_on)}"
        return f"{starts}, so there is nothing here for you before that day."
    assert posting.end_on is not None  # one that goes on would be today's
    return (
        f"Your RASSO posting ended on {day(posting.end_on)},"
        " so there is nothing here for you any more."
    )
