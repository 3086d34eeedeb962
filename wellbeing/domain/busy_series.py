"""Occurrences of a series within a window: recurring-ical-events on wall-clock times alone.

The library adds lengths on the wall clock, swaps an end that is before its start, and takes
an occurrence for another one whose UTC time reads like its local time. So it is given
nothing but starts, all on the wall clock of the series' own zone, and says which occurrence
comes of which component; instants, ends and lengths are worked out here.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Event, vDDDTypes, vRecur

from .busy_events import Entry, Span
from .busy_rules import until
from .busy_values import DAY, When, instant, wall_clock
from .refusals import Refused

MOST = 5000
TAG = "X-ENTRY"
FIRST, LAST = datetime(2, 1, 1), datetime(9998, 1, 1)  # noqa: DTZ001 -- wall clocks


def occurrences(entries: Sequence[Entry], window: Span) -> Iterator[Span]:
    """All that entries of one UID take of a window, and some around it; UTC, not clipped.

    Refused where they are too many, or a change cannot be understood.
    """
    series = [e for e in entries if e.replaces is None]
    changes = [e for e in entries if e.replaces is not None]
    newest = max((e.sequence for e in series), default=0)
    if not series:
        yield from (e.own_span for e in changes if e.takes_time)
    for master in series:
        # Two of one age under one UID are two events: better busy twice than free by mistake.
        if master.sequence == newest:
            yield from _of_series(master, changes, window)


def _of_series(master: Entry, changes: Sequence[Entry], window: Span) -> Iterator[Span]:
    if master.is_alone and not changes:
        if master.takes_time:
            yield master.own_span
        return
    latest = _latest(master, changes)
    if _is_over(master, latest, window):
        gone = {_wall(w, master) for w in master.but_for}
        yield from (
            c.own_span for c in latest if c.takes_time and _replaced(c, master) not in gone
        )
        return
    sources = [master, *latest]
    given = {_wall(w, master): (w.at, end) for w, end in master.more}
    for wall, source in _expanded(sources, window):
        if not source.takes_time:
            continue
        if source.replaces is not None and not source.and_future:
            yield source.own_span
            continue
        at, end = given.get(wall) or (instant(wall, master.start.zone), None)
        yield (at, end) if end else _span(source, master, wall, at)
        again = wall.replace(fold=1)
        second = instant(again, master.start.zone) if master.is_hourly else at
        if second != at:
            yield _span(source, master, again, second)


def _is_over(master: Entry, changes: Sequence[Entry], window: Span) -> bool:
    """Every rule ended before the window: years of old series need no expansion."""
    if not master.rules or master.more or any(c.and_future for c in changes):
        return False
    first = wall_clock(window[0], master.start.zone) - master.longest - DAY
    ends = [until(text) for text in master.rules]
    return all(end is not None and end < first for end in ends)


def _span(source: Entry, master: Entry, wall: datetime, at: datetime) -> Span:
    """Days of a change that holds from here on pass on its own zone's wall clock."""
    if source is not master and source.start.zone is not master.start.zone:
        wall = wall_clock(at, source.start.zone)
    return source.span(wall, at)


def _latest(master: Entry, changes: Sequence[Entry]) -> list[Entry]:
    """One change an occurrence: of the highest SEQUENCE, and of equal ones the later."""
    found: dict[datetime, Entry] = {}
    for change in sorted(changes, key=lambda c: c.sequence):
        if change.and_future and not change.is_alone:
            raise Refused("The calendar changes a series in a way that is not understood.")
        found[_replaced(change, master)] = change
    return list(found.values())


def _replaced(change: Entry, master: Entry) -> datetime:
    """Which occurrence it replaces, on the wall clock of its series."""
    assert change.replaces is not None
    wall = _wall(change.replaces, master)
    if change.replaces.is_date and not master.start.is_date:
        # A day alone means the occurrence on it.
        return datetime.combine(wall.date(), master.start.wall.time())
    return wall


def _wall(moment: When, master: Entry) -> datetime:
    wall = moment.wall if moment.is_date else moment.wall_in(master.start.zone)
    # An all-day series is told by days, whatever time a client writes.
    return datetime.combine(wall.date(), datetime.min.time()) if master.start.is_date else wall


def _expanded(sources: list[Entry], window: Span) -> Iterator[tuple[datetime, Entry]]:
    """Wall-clock starts and whose they are."""
    master = sources[0]
    calendar = Calendar()
    for number, source in enumerate(sources):
        calendar.add_component(_component(source, master, number))
    zone, before = master.start.zone, max(s.longest for s in sources)
    first = max(FIRST, wall_clock(window[0], zone)) - FIRST
    found: list[Any] = recurring_ical_events.of(calendar).between(
        FIRST + max(first - before - DAY, timedelta(0)),
        min(LAST, wall_clock(window[1], zone) + DAY),
    )
    if len(found) > MOST:
        raise Refused(f"The calendar has more than {MOST:,} entries in the time ahead.")
    for one in found:
        yield one["DTSTART"].dt, sources[int(one[TAG])]


def _component(source: Entry, master: Entry, number: int) -> Event:
    event = Event()
    event["UID"] = "1"
    event[TAG] = str(number)
    event["DTSTART"] = vDDDTypes(source.start.wall_in(master.start.zone))
    if source.replaces is not None:
        event["RECURRENCE-ID"] = vDDDTypes(_replaced(source, master))
        if source.and_future:
            event["RECURRENCE-ID"].params["RANGE"] = "THISANDFUTURE"
        return event
    for text in source.rules:
        event.add("RRULE", vRecur.from_ical(text))
    if source.more:
        event.add("RDATE", sorted({_wall(w, master) for w, _ in source.more}))
    if source.but_for:
        event.add("EXDATE", [_left_out(w, master) for w in source.but_for])
    return event


def _left_out(moment: When, master: Entry) -> date:
    """A day alone leaves out all that begins on it."""
    wall = _wall(moment, master)
    return wall.date() if moment.is_date and not master.start.is_date else wall
