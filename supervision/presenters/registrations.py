"""Registrations in words: what is held, and when it ends."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from supervision.domain.endings import Ending, What
from supervision.models import Registration
from supervision.queries.registrations import SupervisorEnding, ToRelieve
from wellbeing.presenters.dates import away, counted, short_day

ENDS = {What.REGISTRATION: "registration", What.INDEMNITY: "indemnity"}


@dataclass(frozen=True, slots=True)
class RegistrationLine:
    """One row as its own supervisor sees it."""

    register: str
    number: str
    first: str
    last: str
    indemnity: str


def registration_line(row: Registration) -> RegistrationLine:
    return RegistrationLine(
        register=row.register,
        number=row.number,
        first=short_day(row.start_on),
        last=short_day(row.end_on) if row.end_on else "No end given",
        indemnity=short_day(row.indemnity_to) if row.indemnity_to else "No end given",
    )


def own_words(ending: Ending | None, on: date) -> str:
    """What it means for the supervisor, in one sentence or two."""
    if ending is None:
        return "No end is entered for what we hold."
    what = ENDS[ending.what]
    if ending.last < on:
        return (
            f"Your {what} ended {away(ending.last, on)}. Until we hold a new one nothing of"
            " yours can be published."
        )
    return f"Your {what} ends {away(ending.last, on)}. Nothing can be published after that day."


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A supervisor whose sessions are to be moved, and where that is done."""

    name: str
    words: str
    href: str


def move_line(one: ToRelieve) -> MoveLine:
    """`3 sessions, the first on 12 May 2026`."""
    return MoveLine(
        name=one.person.name,
        words=f"{counted(one.sessions, 'session')}, the first on {short_day(one.first)}",
        href=reverse("sessions_move", args=[one.person.public_id]),
    )


@dataclass(frozen=True, slots=True)
class EndingLine:
    """A supervisor whose registration ends, as a lead sees it."""

    name: str
    what: str
    when: str
    tag: str
    colour: str


def ending_line(one: SupervisorEnding, on: date) -> EndingLine:
    ending = one.ending
    over = ending.last < on
    return EndingLine(
        name=one.person.name,
        what=ENDS[ending.what].capitalize(),
        when=away(ending.last, on),
        tag="Ended" if over else f"Within {ending.within} days",
        colour="yellow" if over or ending.within <= 30 else "grey",
    )
