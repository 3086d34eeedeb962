"""Looks up who answers the ground's questions, each time one is asked.

No cache of our own: `import_string` takes a microsecond, and tests override the setting.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from wellbeing.domain.ports import (
    Bar,
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


def facts_changed(*, people: Collection[int], since: date, at: datetime) -> None:
    """Announces that facts of these people changed, from `since` on."""
    if people:
        cast(FactsChanged, answerer("facts_changed"))(people=people, since=since, at=at)


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
