"""Loads what cover is computed from, set-based: the same few queries for one person and for all."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from supervision.domain.cover import Clocked
from supervision.domain.credit import Credit, Held, Judge
from supervision.domain.groups import PROVISIONAL_FROM_DAYS
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.intervals import Span, merged
from wellbeing.domain.policy import Policy
from wellbeing.domain.postings import Chains, Served
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.models import Absence, Booking
from wellbeing.queries.policies import policy_of
from wellbeing.queries.postings import all_postings

from .registers import registers_of

Postings = dict[int, list[Served]]


@dataclass(frozen=True, slots=True)
class Recent:
    """A booking of the strand on a recent day, whatever became of it."""

    person: int
    on: date
    status: BookingStatus


@dataclass(frozen=True, slots=True)
class CoverFacts:
    """Facts of a strand up to a day, of the people asked about; postings of everybody."""

    on: date
    policy: Policy
    postings: Postings
    people: dict[int, Clocked]
    recent: list[Recent]


def load(strand: Strand, on: date, *, people: Collection[int] | None = None) -> CoverFacts:
    """Seven queries. `people`: primary keys, or None for everyone with a posting."""
    postings = all_postings()
    policy = policy_of(strand)
    judge = Judge(strand, policy, registers_of(), Chains(postings))
    asked = postings.keys() if people is None else set(people)
    absent = _absent(people)
    credits = _credits(judge, postings, on, people)
    recent = _recent(strand, on, _days_back(policy), people)
    offers: dict[int, list[tuple[date, BookingStatus]]] = defaultdict(list)
    for row in recent:
        offers[row.person].append((row.on, row.status))
    clocked = {
        person: Clocked(
            person=person,
            postings=postings.get(person, []),
            absent=absent.get(person, []),
            counted=sorted({c.held.on for c in credits.get(person, ()) if c.counts}),
            credits=credits.get(person, []),
            offers=offers.get(person, []),
        )
        for person in asked
    }
    return CoverFacts(on, policy, postings, clocked, recent)


def _only(rows: QuerySet[Any], people: Collection[int] | None) -> QuerySet[Any]:
    return rows if people is None else rows.filter(person__in=people)


def _absent(people: Collection[int] | None) -> dict[int, list[Span]]:
    rows: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    found = _only(Absence.objects.all(), people)
    for person, first, last in found.values_list("person", "start_on", "end_on"):
        rows[person].append((first, last))
    return {person: merged(spans) for person, spans in rows.items()}


def _credits(
    judge: Judge, postings: Postings, on: date, people: Collection[int] | None
) -> dict[int, list[Credit]]:
    attended = Booking.objects.filter(
        status=BookingStatus.ATTENDED, event__kind=judge.strand, event__local_on__lte=on
    )
    mine = _only(attended, people)
    sizes = _sizes(
        attended if people is None else attended.filter(event__in=mine.values("event"))
    )
    credits: dict[int, list[Credit]] = defaultdict(list)
    rows = mine.values_list(
        "person", "event", "event__local_on", "event__minutes", "event__host"
    )
    for person, event, day, minutes, host in rows.iterator(chunk_size=5000):
        held = Held(event, day, minutes, host, sizes.get(event, 1))
        credits[person].append(judge.credit(person, postings.get(person, ()), held))
    return credits


def _sizes(attended: QuerySet[Booking]) -> dict[int, int]:
    """How many came, by event; most events are of one, and those are left out."""
    sizes = attended.values("event").annotate(n=Count("pk")).filter(n__gt=1)
    return dict(sizes.values_list("event", "n"))


def _days_back(policy: Policy) -> int:
    """How far rules 10 and 11 look back."""
    return max(PROVISIONAL_FROM_DAYS, *(policy.longest(role) for role in JobRole))


def _recent(
    strand: Strand, on: date, days: int, people: Collection[int] | None
) -> list[Recent]:
    bookings = Booking.objects.filter(
        event__local_on__gte=_earlier(on, days),
        event__local_on__lte=on,
        event__kind=strand,
    )
    rows = _only(bookings, people).values_list("person", "event__local_on", "status")
    return [Recent(person, day, BookingStatus(status)) for person, day, status in rows]


def _earlier(on: date, days: int) -> date:
    """`days` before, or the first day of the calendar."""
    return date.fromordinal(max(1, on.toordinal() - days))
