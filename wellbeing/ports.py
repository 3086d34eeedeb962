"""Looks up who answers the ground's questions, each time one is asked.

No cache of our own: `import_string` takes a microsecond, and tests override the setting.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from wellbeing.domain.ports import (
    Bar,
    Changed,
    FactsChanged,
    Hosting,
    MayAttend,
    MayHost,
    Seat,
    Turn,
    WhoFirst,
)
from wellbeing.domain.roles import EventKind

NAMES = ("facts_changed", "may_attend", "may_host", "who_first")


def answerer(name: str) -> object:
    """The function behind a port. ImportError where the setting names nothing."""
    return import_string(settings.PORTS[name])


@dataclass(slots=True)
class _Announced:
    """What was announced of one kind since a transaction began."""

    people: set[int]
    since: date
    at: datetime


_gathered: ContextVar[dict[Changed, _Announced] | None] = ContextVar("gathered", default=None)


def facts_changed(*, people: Collection[int], what: Changed, since: date, at: datetime) -> None:
    """Announces that facts of these people changed, from `since` on.

    Within `gathering` it is heard at its end, once for all that was announced.
    """
    if not people:
        return
    gathered = _gathered.get()
    if gathered is None:
        _announce(what, _Announced(set(people), since, at))
    elif known := gathered.get(what):
        known.people |= set(people)
        known.since, known.at = min(known.since, since), max(known.at, at)
    else:
        gathered[what] = _Announced(set(people), since, at)


def _announce(what: Changed, said: _Announced) -> None:
    hear = cast(FactsChanged, answerer("facts_changed"))
    hear(people=said.people, what=what, since=said.since, at=said.at)


@contextmanager
def gathering() -> Iterator[None]:
    """Holds announcements back until the end of what is within; inside another, until its end.

    For one transaction: what failed, or is to be undone as in a dry run, has changed nothing,
    so nothing is announced.
    """
    if _gathered.get() is not None:
        yield
        return
    token = _gathered.set({})
    try:
        yield
        said = _gathered.get() or {}
    finally:
        _gathered.reset(token)
    if not connection.needs_rollback:
        for what, announced in said.items():
            _announce(what, announced)


def may_attend(seats: Collection[Seat]) -> Mapping[Seat, Bar]:
    """Which of these seats may not be taken, and why."""
    return cast(MayAttend, answerer("may_attend"))(seats=seats) if seats else {}


def may_host(hostings: Collection[Hosting]) -> Mapping[Hosting, Bar]:
    """Which of these sessions may not be held, and why."""
    return cast(MayHost, answerer("may_host"))(hostings=hostings) if hostings else {}


def who_first(people: Collection[int], kind: EventKind, on: date) -> Mapping[int, Turn]:
    """How soon these people need an event of this kind; who has no clock is left out."""
    if not people:
        return {}
    return cast(WhoFirst, answerer("who_first"))(people=people, kind=kind, on=on)
