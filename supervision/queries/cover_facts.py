"""Loads what cover is computed from, set-based: the same few queries for one person and for all."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from supervision.domain.cover import Clocked
from supervision.domain.credit import Credit, Judge
from supervision.domain.groups import PROVISIONAL_FROM_DAYS
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.intervals import Span, merged
from wellbeing.domain.policy import Policy
from wellbeing.domain.postings import Chains, Served
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.models import Absence
from wellbeing.models.fact import known
from wellbeing.queries.policies import policy_of
from wellbeing.queries.postings import all_postings

from .known_bookings import Places
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


def load(
    strand: Strand,
    on: date,
    *,
    people: Collection[int] | None = None,
    known_at: datetime | None = None,
) -> CoverFacts:
    """Seven queries. `people`: primary keys, or None for everyone with a posting.

    `known_at`: leaves out whatever was recorded later (contracts.md), in nine queries;
    None for what is known now.
    """
    postings = all_postings(known_at)
    policy = policy_of(strand, known_at)
    judge = Judge(strand, policy, registers_of(known_at=known_at), Chains(postings))
    asked = postings.keys() if people is None else set(people)
    places = Places(strand, known_at, people)
    absent = _absent(people, known_at)
    credits = _credits(judge, postings, on, places)
    recent = _recent(places, on, _days_back(policy))
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


def _absent(people: Collection[int] | None, known_at: datetime | None) -> dict[int, list[Span]]:
    rows: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    found = known(Absence, known_at)
    if people is not None:
        found = found.filter(person__in=people)
    for person, first, last in found.values_list("person", "start_on", "end_on"):
        rows[person].append((first, last))
    return {person: merged(spans) for person, spans in rows.items()}


def _credits(
    judge: Judge, postings: Postings, on: date, places: Places
) -> dict[int, list[Credit]]:
    held = places.held(on)
    credits: dict[int, list[Credit]] = defaultdict(list)
    for person, event in places.attended(on):
        # One recorded between the two queries is not known yet.
        if event in held:
            one = judge.credit(person, postings.get(person, ()), held[event])
            credits[person].append(one)
    return credits


def _days_back(policy: Policy) -> int:
    """How far rules 10 and 11 look back."""
    return max(PROVISIONAL_FROM_DAYS, *(policy.longest(role) for role in JobRole))


def _recent(places: Places, on: date, days: int) -> list[Recent]:
    return [Recent(*row) for row in places.between(earlier(on, days), on)]


def earlier(on: date, days: int) -> date:
    """`days` before, or the first day of the calendar."""
    return date.fromordinal(max(1, on.toordinal() - days))
