"""Whom a change of somebody's facts touches besides: group, management chain, supervisor's people."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from supervision.models import StaleCover
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.key_set import KeySet
from wellbeing.domain.ports import Changed
from wellbeing.domain.roles import Strand
from wellbeing.models import Booking, Posting

# Keys of events to a statement.
MOST = 5000
CAME_OR_COMING = [BookingStatus.ATTENDED, BookingStatus.BOOKED]


def touched(people: Collection[int], what: Changed, since: date) -> set[int]:
    """Everybody whose credit or clock may have changed, those people included.

    Credit depends on who else came, on who is above a person, and on the supervisor's
    registration (domain.md, rule 2); all else on nobody but the person.
    """
    if what == Changed.BOOKINGS:
        return set(people) | _with_them(people, since)
    if what == Changed.POSTINGS:
        return _and_below(people)
    if what == Changed.REGISTRATIONS:
        return _seen_by(people)
    return set(people)


def _with_them(people: Collection[int] | QuerySet[Any], since: date) -> set[int]:
    """Who came, or is coming, to an event that one of these people has a booking at.

    By way of the events' keys, a few thousand at a time: within an import PostgreSQL knows
    nothing yet of the rows, and a join of them could take it minutes. Of a large file these
    are hundreds of thousands, so they are held as bytes.
    """
    events = Booking.objects.filter(
        person__in=people,
        event__local_on__gte=since,
        event__kind__in=[Strand.SUPERVISION, Strand.TRAINING],
    )
    found: set[int] = set()
    keys = events.values_list("event", flat=True)
    # Of the few people of a booking, though, their keys are few and far between.
    many = isinstance(people, QuerySet)
    for some in KeySet(keys.iterator()).in_parts(MOST) if many else in_parts(set(keys)):
        rows = Booking.objects.filter(event__in=some, status__in=CAME_OR_COMING)
        found.update(rows.values_list("person", flat=True))
    return found


def in_parts(keys: Collection[int], most: int = MOST) -> Iterator[list[int]]:
    """The keys in order, so many at a time."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), most):
        yield ordered[start : start + most]


def with_marked(since: date) -> set[int]:
    """The same of everybody who is marked as stale: for changes of very many people."""
    return _with_them(StaleCover.objects.values("person"), since)


def _and_below(people: Collection[int]) -> set[int]:
    """These people and everybody who has, on any day, one of them above; a query a level."""
    found = set(people)
    level = found
    while level:
        below = Posting.objects.filter(line_manager__in=level).values_list("person", flat=True)
        level = set(below) - found
        found |= level
    return found


def _seen_by(supervisors: Collection[int]) -> set[int]:
    """Who has, or ever had, a booking with these supervisors.

    Whatever became of it: of somebody who is said to have missed it, it may be recorded at this
    very moment that they came.
    """
    rows = Booking.objects.filter(event__host__in=supervisors, event__kind=Strand.SUPERVISION)
    return set(rows.values_list("person", flat=True).distinct())
