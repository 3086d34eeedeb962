"""Availability ahead as a page: the finding as a sentence, figures, who is stuck and why, seats to add."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from supervision.operations.extra_seats import Planned
from supervision.queries.ahead import Ahead, Extra
from supervision.queries.ahead_groups import Shown
from wellbeing.presenters.dates import counted, day, hours, short_day

from .ahead_words import why

ANYBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Named:
    """A name, and the person's page."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """People who are stuck together, in words; the names that the reader may see, and how many more."""

    why: str
    short: int
    names: tuple[Named, ...]
    more: int
    unnamed: int


@dataclass(frozen=True, slots=True)
class Seats:
    """A day and an Area for which seats are to be added."""

    day: str
    area: str
    seats: int
    # Why they cannot be published from the page; empty where they can.
    reason: str


def headline(found: Ahead) -> str:
    """`48 people are due by 22 June 2026: 12 have a place, 30 more can have one, 6 are short.`"""
    if not found.due:
        return ""
    people = counted(found.due, "person is", "people are")
    if not found.short:
        rest = "everybody has a place or can have one"
    else:
        placed = counted(found.placed, "has", "have")
        short = counted(found.short, "is", "are")
        rest = f"{placed} a place, {found.available:,} more can have one, {short} short"
    return f"{people} due by {short_day(found.asked.last)}: {rest}."


def groups(stuck: Sequence[Shown], first: date) -> list[Group]:
    """Those of a page."""
    address = reverse("person", args=[ANYBODY])
    return [
        Group(
            why=why(one.common, one.seats, first, one.unnamed),
            short=one.common.number + one.unnamed - one.seats,
            # Looked up once and not for each of a thousand names.
            names=tuple(
                Named(name, address.replace(str(ANYBODY), str(public_id)))
                for name, public_id in one.names
            ),
            more=one.more,
            unnamed=one.unnamed,
        )
        for one in stuck
    ]


def seats_to_add(fit: Sequence[Extra], led: Collection[int] | None, today: date) -> list[Seats]:
    """`led`: the Areas for which the reader may publish; None: all."""
    return [Seats(day(e.on), e.area_name, e.seats, _reason(e, led, today)) for e in fit]


def publishable(fit: Sequence[Extra], led: Collection[int] | None, today: date) -> list[Extra]:
    """Those that the reader may publish."""
    return [e for e in fit if not _reason(e, led, today)]


def _reason(extra: Extra, led: Collection[int] | None, today: date) -> str:
    if extra.on < today:
        return "That day is past"
    if led is not None and extra.area not in led:
        return f"For a lead of {extra.area_name} to publish"
    return ""


@dataclass(frozen=True, slots=True)
class Line:
    """What would be published for one day and Area, or was; and what not and why."""

    day: str
    area: str
    host: str
    times: tuple[str, ...]
    missing: int
    reason: str


def lines(planned: Sequence[Planned], rows: Sequence[Extra]) -> list[Line]:
    """One a day and Area for which somebody was chosen."""
    names = {row.area: row.area_name for row in rows}
    return [
        Line(
            day=day(one.wanted.on),
            area=names[one.wanted.area],
            host=one.wanted.host.name,
            times=tuple(hours(slot.start_at, slot.end_at) for slot in one.slots),
            missing=one.wanted.seats - len(one.slots),
            reason=one.reason,
        )
        for one in planned
    ]


def published(planned: Sequence[Planned]) -> str:
    """The banner: how many sessions, and the first reasons why not all."""
    made = sum(len(one.slots) for one in planned)
    missing = sum(one.wanted.seats - len(one.slots) for one in planned)
    words = f"{counted(made, 'session')} published. They can be booked now." if made else ""
    if not missing:
        return words
    reasons = list(dict.fromkeys(one.reason for one in planned if one.reason))
    left = f"{counted(missing, 'place is', 'places are')} not: {' '.join(reasons[:3])}"
    return f"{words} {left}".strip()
