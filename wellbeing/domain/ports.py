"""The questions the ground asks of whatever stands on it, as types.

Each is answered by a function that settings.PORTS names (wellbeing/ports.py looks it
up). They ask and answer in sets: one call for a page of events, never one a row.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from .roles import EventKind


class Bar(StrEnum):
    """Why a host may not hold an event, or a person not attend it."""

    NOT_REGISTERED = "not_registered"
    IN_CHAIN = "in_chain"
    AREA_NOT_SERVED = "area_not_served"
    NOT_A_SUPERVISOR = "not_a_supervisor"
    # A session of a closed group, and the person is not in it.
    CLOSED_GROUP = "closed_group"
    # The person has said "not this person"; nobody else may ever learn it.
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Seat:
    """A place asked about: who, at which event, held by whom on which day, from which Area."""

    person: int
    event: int
    host: int
    on: date
    area: int


@dataclass(frozen=True, slots=True)
class Hosting:
    """An event somebody would hold: who, on which day, for which Areas (none: all)."""

    host: int
    on: date
    areas: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Turn:
    """How soon somebody needs a place: their due day (None: none to come), and never seen."""

    due_on: date | None
    never_seen: bool


class Changed(StrEnum):
    """Which of a person's facts changed; whom it touches besides depends on it."""

    BOOKINGS = "bookings"
    POSTINGS = "postings"
    ABSENCES = "absences"
    POLICY = "policy"
    # Of the people as supervisors.
    REGISTRATIONS = "registrations"
    # Days on which a team is in court; no clock reads them.
    COURT_LISTS = "court_lists"


class FactsChanged(Protocol):
    """Told, inside the operation's transaction, whose facts changed, which, and since which day.

    The ground names whose fact it was; whom that touches besides is the hearer's to
    work out.
    """

    def __call__(
        self, *, people: Collection[int], what: Changed, since: date, at: datetime
    ) -> None: ...


class MayAttend(Protocol):
    """For each seat at a supervision session, why not; a seat left out may be taken."""

    def __call__(self, *, seats: Collection[Seat]) -> Mapping[Seat, Bar]: ...


class MayHost(Protocol):
    """For each session of supervision somebody would hold, why not; left out: may."""

    def __call__(self, *, hostings: Collection[Hosting]) -> Mapping[Hosting, Bar]: ...


class WhoFirst(Protocol):
    """For each of these people, how soon they need an event of this kind, as on a day.

    Whoever has no clock for it is left out.
    """

    def __call__(
        self, *, people: Collection[int], kind: EventKind, on: date
    ) -> Mapping[int, Turn]: ...
