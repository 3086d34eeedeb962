"""A supervisor says when they work, and when not; each change with its audit row.

Sessions that are published already stay as they are: they are changed or cancelled as
sessions, with whoever has booked them in view.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta

from supervision.domain.hours import Kind, overlap
from supervision.models import HoursException, Supervisor, WorkingHours
from supervision.queries.hours import lines_of, weekly
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import Mode
from wellbeing.models import Person
from wellbeing.operations import audit
from wellbeing.operations.locks import lock_people
from wellbeing.operations.transaction import operation

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """Hours of one weekday (Monday is 0), London's wall clock, from a day to a day."""

    weekday: int
    starts: time
    ends: time
    first_on: date
    last_on: date | None
    minutes: int
    pause_minutes: int
    mode: Mode
    place: str = ""


@dataclass(frozen=True, slots=True)
class OtherHours:
    """Hours of one day: `instead` of the week's, or beside them."""

    on: date
    instead: bool
    starts: time
    ends: time
    minutes: int
    pause_minutes: int
    mode: Mode
    place: str = ""


@operation
def add_hours(
    person: Person, lines: Iterable[Line], *, by: Person, at: datetime
) -> list[WorkingHours]:
    """Adds hours of one weekday or several. Refused: that overlap others, or hold no session."""
    lock_people([person.pk])
    _check_supervisor(person)
    rows = [_row(person, line) for line in lines]
    for row in rows:
        _check(row)
        row.save()
        _say("hours.add", row, by=by, at=at)
    return rows


@operation
def change_hours(row: WorkingHours, line: Line, *, by: Person, at: datetime) -> WorkingHours:
    """The hours from `line.first_on` on; what stood before that day stays in a row of its own."""
    lock_people([row.person_id])
    row = _fresh(row)
    if line.first_on > row.first_on:
        if row.last_on is not None and row.last_on < line.first_on:
            raise Refused("These hours have ended before that day.", field="first_on")
        _end(row, line.first_on - ONE_DAY)
        changed = _row(row.person, line)
    else:
        changed = _row(row.person, line)
        changed.pk, changed.public_id = row.pk, row.public_id
    _check(changed)
    changed.save()
    _say("hours.change", changed, by=by, at=at)
    return changed


@operation
def end_hours(row: WorkingHours, *, last_on: date, by: Person, at: datetime) -> None:
    """The hours stand until that day; without any day left the row is taken away."""
    lock_people([row.person_id])
    row = _fresh(row)
    if row.last_on is not None and row.last_on < last_on:
        raise Refused("These hours end before that day already.", field="last_on")
    if last_on < row.first_on:
        row.delete()
    else:
        _end(row, last_on)
    _say("hours.end", row, by=by, at=at, last=str(last_on))


@operation
def add_leave(
    person: Person, *, first_on: date, last_on: date, by: Person, at: datetime
) -> HoursException:
    """Days off, both included: no session is made of their hours. Never why."""
    lock_people([person.pk])
    _check_supervisor(person)
    if last_on < first_on:
        raise Refused(
            "The last day must be the same as or after the first day", field="last_on"
        )
    same = HoursException.objects.filter(person=person, kind=Kind.OFF)
    if same.filter(first_on__lte=first_on, last_on__gte=last_on).exists():
        raise Refused("You are off on those days already.", field="first_on")
    row = HoursException.objects.create(
        person=person, kind=Kind.OFF, first_on=first_on, last_on=last_on
    )
    _say_exception("leave.add", row, by=by, at=at)
    return row


@operation
def add_other_hours(
    person: Person, hours: OtherHours, *, by: Person, at: datetime
) -> HoursException:
    """Other hours on one day. Refused: that overlap others of that day, or hold no session."""
    lock_people([person.pk])
    _check_supervisor(person)
    _check_length(hours.starts, hours.ends, hours.minutes)
    that_day = HoursException.objects.filter(person=person, first_on=hours.on)
    clash = that_day.filter(starts__lt=hours.ends, ends__gt=hours.starts)
    if clash.exists():
        raise Refused("These hours overlap others of that day.", field="starts")
    row = HoursException.objects.create(
        person=person,
        kind=Kind.INSTEAD if hours.instead else Kind.EXTRA,
        first_on=hours.on,
        last_on=hours.on,
        starts=hours.starts,
        ends=hours.ends,
        minutes=hours.minutes,
        pause_minutes=hours.pause_minutes,
        mode=hours.mode,
        place=hours.place,
    )
    _say_exception("hours.exception", row, by=by, at=at)
    return row


@operation
def take_back_exception(row: HoursException, *, by: Person, at: datetime) -> None:
    """The week's hours stand on those days again."""
    lock_people([row.person_id])
    if not HoursException.objects.filter(pk=row.pk).delete()[0]:
        raise Refused("This has been taken back already.")
    _say_exception("hours.take_back", row, by=by, at=at)


def _fresh(row: WorkingHours) -> WorkingHours:
    found = WorkingHours.objects.filter(pk=row.pk).select_related("person").first()
    if found is None:
        raise Refused("These hours are no longer there.")
    return found


def _end(row: WorkingHours, last_on: date) -> None:
    WorkingHours.objects.filter(pk=row.pk).update(last_on=last_on)


def _row(person: Person, line: Line) -> WorkingHours:
    return WorkingHours(person=person, **{f.name: getattr(line, f.name) for f in fields(line)})


def _check_supervisor(person: Person) -> None:
    if not Supervisor.objects.filter(person=person).exists():
        raise Refused("Only a clinical supervisor has hours here.")


def _check(row: WorkingHours) -> None:
    _check_length(row.starts, row.ends, row.minutes)
    if row.last_on is not None and row.last_on < row.first_on:
        raise Refused(
            "The last day must be the same as or after the first day", field="last_on"
        )
    wanted = weekly(row)
    others = lines_of(row.person_id, row.first_on).exclude(pk=row.pk)
    if any(overlap(wanted, weekly(other)) for other in others):
        raise Refused("These hours overlap others of that weekday.", field="starts")


def _check_length(starts: time, ends: time, minutes: int) -> None:
    if ends <= starts:
        raise Refused("The end must be after the start, on the same day", field="ends")
    held = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
    if held < minutes:
        raise Refused("There is no room for a session of that length", field="minutes")


def _say(verb: str, row: WorkingHours, *, by: Person, at: datetime, **details: str) -> None:
    audit.record(
        verb, by=by, at=at, about=row.person_id, line=str(row.public_id),
        weekday=row.weekday, first=str(row.first_on), **details,
    )  # fmt: skip


def _say_exception(verb: str, row: HoursException, *, by: Person, at: datetime) -> None:
    audit.record(
        verb, by=by, at=at, about=row.person_id, kind=row.kind,
        first=str(row.first_on), last=str(row.last_on),
    )  # fmt: skip
