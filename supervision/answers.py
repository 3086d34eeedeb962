"""The service's answers to the ground's questions (wellbeing/domain/ports.py).

The last lines make mypy compare each answer with its question.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from wellbeing.domain.ports import (
    Bar,
    FactsChanged,
    Hosting,
    MayAttend,
    MayHost,
    Seat,
)


def facts_changed(*, people: Collection[int], since: date, at: datetime) -> None:
    """Nothing is stored of cover yet: every page computes it from the facts."""


def may_attend(*, seats: Collection[Seat]) -> Mapping[Seat, Bar]:
    """Registered that day, serving the person's Area, outside their management chain."""
    from .queries import eligibility  # models load after the ports' names

    return eligibility.barred_seats(seats)


def may_host(*, hostings: Collection[Hosting]) -> Mapping[Hosting, Bar]:
    """A known supervisor, registered that day, serving the event's Areas."""
    from .queries import eligibility  # models load after the ports' names

    return eligibility.barred_hostings(hostings)


_facts: FactsChanged = facts_changed
_attend: MayAttend = may_attend
_host: MayHost = may_host
