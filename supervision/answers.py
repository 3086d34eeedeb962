"""The service's answers to the ground's questions (wellbeing/domain/ports.py).

The last lines make mypy compare each answer with its question.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime

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
from wellbeing.domain.roles import EventKind, Strand


def facts_changed(*, people: Collection[int], what: Changed, since: date, at: datetime) -> None:
    """What is stored of their cover is built anew, or marked as stale."""
    from .operations import cover  # models load after the ports' names

    cover.refresh(people=people, what=what, since=since, at=at)


def may_attend(*, seats: Collection[Seat]) -> Mapping[Seat, Bar]:
    """Registered that day, serving the person's Area, outside their chain, and wanted by them."""
    from .queries import eligibility  # models load after the ports' names

    return eligibility.barred_seats(seats)


def may_host(*, hostings: Collection[Hosting]) -> Mapping[Hosting, Bar]:
    """A known supervisor, registered that day, serving the event's Areas."""
    from .queries import eligibility  # models load after the ports' names

    return eligibility.barred_hostings(hostings)


def soonest_due(*, people: Collection[int], kind: EventKind, on: date) -> Mapping[int, Turn]:
    """The due day of everybody in scope of the strand; a kind that is none has no clock."""
    from .queries import standings  # models load after the ports' names

    if kind not in set(Strand):
        return {}
    found = standings.standings_on(on, Strand(kind), people)
    return {p: Turn(one.due_on, one.never_seen) for p, one in found.items()}


_facts: FactsChanged = facts_changed
_attend: MayAttend = may_attend
_host: MayHost = may_host
_first: WhoFirst = soonest_due
