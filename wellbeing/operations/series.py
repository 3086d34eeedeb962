"""Several sessions at once: those of one series from a day on, or a set for another host.

Each goes through the operation for one (changing.py, cancelling.py), all in one
transaction: all or nothing. What stands in the way is named by its day.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from wellbeing.domain.booking import EventStatus
from wellbeing.domain.local_time import local_time
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import Event, Person
from wellbeing.queries.events import areas_by_event, following

from . import audit
from .cancelling import cancel_event
from .changing import change_event
from .events import Details
from .locks import lock_everyone_at_all
from .transaction import operation

# What is set to the same value at every session; the time is moved by the same amount.
ALIKE = ("minutes", "capacity", "mode", "place", "areas")


@operation
def change_following(
    event: Event, details: Details, *, host: Person | None, by: Person, at: datetime
) -> int:
    """What `details` change at this session changes at it and all later ones; how many.

    Day and time move by the same amount of London's wall clock; what is left as it was
    stays as it is at each. Refused as `change_event` is, with the day that stands in the way.
    """
    events = _locked(following(event, at=at), also=[host.pk] if host else [])
    if not events:
        raise Refused("This session has already started, so it cannot be changed.")
    areas = areas_by_event(e.pk for e in events)
    chosen = next((e for e in events if e.pk == event.pk), None)
    if chosen is None:
        raise Refused("This session is no longer open, so it cannot be changed.")
    step = _step(details_of(chosen, areas[chosen.pk]), details)
    # Away from where they go, so that none runs into the next before that has moved too.
    for one in sorted(events, key=_start, reverse=step.shift > timedelta(0)):
        _change(one, step.of(details_of(one, areas[one.pk])), host, by=by, at=at)
    audit.record(
        "series.change", by=by, at=at, series=str(event.series), first=str(chosen.local_on),
        events=len(events),
    )  # fmt: skip
    return len(events)


@operation
def cancel_following(event: Event, *, by: Person, at: datetime) -> tuple[int, int]:
    """Cancels this session and all later ones of its series: how many, and how many places."""
    done = cancel_all(following(event, at=at), by=by, at=at)
    audit.record(
        "series.cancel", by=by, at=at, series=str(event.series),
        first=str(event.local_on), events=done[0],
    )  # fmt: skip
    return done


@operation
def cancel_all(events: Iterable[int], *, by: Person, at: datetime) -> tuple[int, int]:
    """Cancels these events, by primary key: how many, and how many places. All or nothing."""
    locked = _locked(events)
    if not locked:
        raise Refused("There is nothing left to cancel.")
    places = 0
    for one in locked:
        with _NamingTheDay(one.local_on):
            places += cancel_event(one, by=by, at=at)
    return len(locked), places


@operation
def hand_over(events: Collection[Event], *, to: Person, by: Person, at: datetime) -> int:
    """Gives these sessions to another host, with everybody booked; how many.

    All or nothing. Refused with the days on which it cannot be, and nothing of who or why.
    """
    locked = _locked([e.pk for e in events], also=[to.pk])
    areas = areas_by_event(e.pk for e in locked)
    stuck: set[date] = set()
    for one in sorted(locked, key=_start):
        try:
            change_event(one, details_of(one, areas[one.pk]), host=to, by=by, at=at)
        except Refused:
            stuck.add(one.local_on)
    if stuck:
        days = ", ".join(_written(on) for on in sorted(stuck))
        raise Refused(
            f"Nothing was moved. {to.name} cannot take the sessions of {days}."
            " Choose another supervisor for those, or cancel them.",
            code="not_everyone",
            field="to",
        )
    audit.record(
        "event.hand_over", by=by, at=at, about=to.pk,
        events=[str(e.public_id) for e in locked],
    )  # fmt: skip
    return len(locked)


def details_of(event: Event, areas: frozenset[int]) -> Details:
    """What an event that has a start was published with."""
    assert event.start_at is not None
    assert event.minutes is not None
    return Details(
        kind=EventKind(event.kind),
        on=event.local_on,
        at=local_time(event.start_at),
        minutes=event.minutes,
        capacity=event.capacity or 1,
        mode=Mode(event.mode or Mode.VIDEO),
        place=event.place,
        theme=event.theme,
        areas=areas,
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """How far the wall clock moves, and what becomes alike."""

    shift: timedelta
    alike: dict[str, Any]

    def of(self, details: Details) -> Details:
        moved = datetime.combine(details.on, details.at) + self.shift
        return replace(details, on=moved.date(), at=moved.time(), **self.alike)


def _step(was: Details, wanted: Details) -> _Step:
    changed = {n: getattr(wanted, n) for n in ALIKE if getattr(wanted, n) != getattr(was, n)}
    shift = datetime.combine(wanted.on, wanted.at) - datetime.combine(was.on, was.at)
    return _Step(shift, changed)


def _change(
    event: Event, details: Details, host: Person | None, *, by: Person, at: datetime
) -> None:
    with _NamingTheDay(details.on):
        change_event(event, details, host=host, by=by, at=at)


class _NamingTheDay:
    """A refusal within says on which day."""

    def __init__(self, on: date) -> None:
        self.on = on

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, Refused):
            sentence = f"{_written(self.on)}: {error.sentence}"
            raise Refused(sentence, code=error.code, field=error.field) from error


def _locked(events: Iterable[int], *, also: Collection[int] = ()) -> list[Event]:
    """Those still published, with everybody at any of them locked first."""
    locked = lock_everyone_at_all(events, also=also)
    return [e for e in locked if e.status == EventStatus.PUBLISHED and e.start_at is not None]


def _start(event: Event) -> datetime:
    assert event.start_at is not None  # _locked leaves out what has none
    return event.start_at


def _written(on: date) -> str:
    return f"{on:%A} {on.day} {on:%B %Y}"
