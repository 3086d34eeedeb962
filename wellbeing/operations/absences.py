"""A person's days away: entered, ended, taken back; never why, never overwritten."""

from datetime import date, datetime

from wellbeing import ports
from wellbeing.domain.ports import Changed
from wellbeing.domain.refusals import Refused
from wellbeing.models import Absence, Person

from . import audit
from .facts import close
from .locks import lock_people
from .transaction import operation


@operation
def enter_absence(
    person: Person, *, start_on: date, end_on: date | None, by: Person, at: datetime
) -> Absence:
    """Records an absence; with no last day it runs on until it is ended."""
    lock_people([person.pk])
    _check_order(start_on, end_on)
    if Absence.objects.filter(person=person, start_on=start_on).exists():
        raise Refused("There is already an absence that starts on that day", field="start_on")
    absence = _write(person.pk, start_on, end_on, by=by, at=at)
    ports.facts_changed(people=[person.pk], what=Changed.ABSENCES, since=start_on, at=at)
    audit.record(
        "absence.enter",
        by=by,
        at=at,
        about=person.pk,
        start=str(start_on),
        end=_text(end_on),
    )
    return absence


@operation
def end_absence(absence: Absence, *, end_on: date, by: Person, at: datetime) -> Absence:
    """Sets or corrects the last day: the old row is closed, and then a new one written."""
    lock_people([absence.person_id])
    _check_order(absence.start_on, end_on)
    if absence.end_on == end_on:
        raise Refused("The absence already ends on that day", field="end_on")
    close(absence, by=by, at=at)
    ended = _write(absence.person_id, absence.start_on, end_on, by=by, at=at)
    changed_from = min(end_on, absence.end_on or end_on)
    ports.facts_changed(
        people=[absence.person_id], what=Changed.ABSENCES, since=changed_from, at=at
    )
    audit.record(
        "absence.end",
        by=by,
        at=at,
        about=absence.person_id,
        start=str(absence.start_on),
        end=_text(end_on),
    )
    return ended


@operation
def take_back_absence(absence: Absence, *, by: Person, at: datetime) -> None:
    """Takes back an absence entered by mistake."""
    lock_people([absence.person_id])
    close(absence, by=by, at=at)
    ports.facts_changed(
        people=[absence.person_id], what=Changed.ABSENCES, since=absence.start_on, at=at
    )
    audit.record(
        "absence.take_back",
        by=by,
        at=at,
        about=absence.person_id,
        start=str(absence.start_on),
        end=_text(absence.end_on),
    )


def _write(
    person: int, start_on: date, end_on: date | None, *, by: Person, at: datetime
) -> Absence:
    return Absence.objects.create(
        person_id=person,
        start_on=start_on,
        end_on=end_on,
        recorded_at=at,
        recorded_by=by,
    )


def _check_order(start_on: date, end_on: date | None) -> None:
    if end_on is not None and end_on < start_on:
        raise Refused("The last day must be the same as or after the first day", field="end_on")


def _text(day: date | None) -> str | None:
    return str(day) if day else None
