"""Hours given in a month as files: a supervisor's own for the invoice, and a lead's of them all."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from supervision.queries.hours_given import MonthGiven, SessionGiven
from wellbeing.domain.local_time import local_day, local_time
from wellbeing.presenters.tables import Column, Kind, Table

from .hours_given import BECAME, KINDS, month_words
from .take_away import Taken

OWN = (
    Column("date", Kind.DAY, "The day of the session, UK time"),
    Column("start", Kind.TEXT, "UK time"),
    Column("end", Kind.TEXT, "UK time"),
    Column("kind", Kind.TEXT, "Supervision or training; they are never added together"),
    Column("size", Kind.TEXT, "For one person, or for a group"),
    Column("became", Kind.TEXT, "What became of it: " + "; ".join(f"{k}: {v}" for k, v in BECAME.items())),
    Column("minutes", Kind.NUMBER, "How long it was published for"),
)  # fmt: skip
ALL = (
    Column("supervisor", Kind.TEXT, "The supervisor's name"),
    Column("email", Kind.TEXT, "The supervisor's e-mail"),
    Column("month", Kind.TEXT, "Year and month"),
    Column("contracted_minutes", Kind.NUMBER, "By the week's hours of the contract; empty where the reader leads some Areas only"),
    *(
        Column(f"{kind}_{what}_minutes", Kind.NUMBER, f"{KINDS[kind]}, minutes: {words}")
        for kind in KINDS
        for what, words in BECAME.items()
    ),
)  # fmt: skip


def own_taken(sessions: Iterable[SessionGiven], first: date, *, known: str) -> Taken:
    """A row a session: London's day and times, minutes."""
    rows = [
        [
            local_day(one.start_at),
            f"{local_time(one.start_at):%H:%M}",
            f"{local_time(one.end_at):%H:%M}",
            one.kind.value,
            "group" if one.is_group else "one_to_one",
            one.became.value,
            one.minutes,
        ]
        for one in sessions
    ]
    return _taken("hours-given", Table("Sessions", OWN, rows), first, known)


def all_taken(months: Iterable[MonthGiven], first: date, *, known: str) -> Taken:
    """A row a supervisor; whole minutes, so that nothing is rounded."""
    return _taken("supervisors-hours", Table("Hours", ALL, _rows(months, first)), first, known)


def _rows(months: Iterable[MonthGiven], first: date) -> Iterator[list[Any]]:
    for one in months:
        yield [
            one.name,
            one.email,
            f"{first:%Y-%m}",
            one.contract.minutes if one.contract else None,
            *(one.given.of(kind, what) for kind in KINDS for what in BECAME),
        ]


def _taken(name: str, table: Table, first: date, known: str) -> Taken:
    report = f"Hours given in {month_words(first)}"
    month = f"{first:%Y-%m}"
    return Taken(
        f"{name}-{month}", [table], [("Report", report), ("Known", known)], {"month": month}
    )
