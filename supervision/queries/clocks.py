"""The facts behind people's clocks, every strand at once, for building what is stored of cover.

For a handful of people inside an operation, or for everybody a thousand at a time: the same
queries. Of everybody else only what rule 2 asks is read: registrations, and the postings above
a person, and those only where a host has ever been somebody's line manager.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from supervision.domain.cover import Clocked
from supervision.domain.credit import Credit, Held, Judge
from supervision.domain.outcomes import Ending
from supervision.domain.registers import Registers
from supervision.domain.spans import CoverSpan, spans_of, with_forecast
from supervision.models import StoredCredit, StoredSpan
from wellbeing.domain.booking import NOT_OFFERED, BookingStatus
from wellbeing.domain.intervals import Span, merged
from wellbeing.domain.policy import Policy
from wellbeing.domain.postings import Chains, Served
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.domain.working_days import days_a_week
from wellbeing.models import Absence, Booking, Posting
from wellbeing.queries.policies import policies

from .endings import PLAIN, Ended, called_off
from .registers import registers_of
from .touched import CAME_OR_COMING, in_parts

Postings = dict[int, list[Served]]
POSTING = (
    "person",
    "start_on",
    "end_on",
    "unit",
    "unit__area",
    "job_role",
    "line_manager",
    "working_days",
)
# A check-in is always of one.
IN_GROUPS = [Strand.SUPERVISION, Strand.TRAINING]
BOOKING = (
    "pk",
    "person",
    "event",
    "status",
    "event__kind",
    "event__local_on",
    "event__minutes",
    "event__host",
)


@dataclass(frozen=True, slots=True)
class Clock:
    """One person and strand: what each attended booking (by primary key) is worth, and the spans.

    `endings`: how each other place ended, or stands.
    """

    person: int
    strand: Strand
    credits: list[tuple[int, Credit]]
    spans: list[CoverSpan]
    postings: list[Served]
    absent: list[Span]
    endings: list[Ended]


@dataclass(frozen=True, slots=True)
class Ground:
    """What rule 2 asks of others than the person."""

    policies: dict[Strand, Policy]
    registers: Registers
    chains: Chains


@dataclass(frozen=True, slots=True)
class _Row:
    """A booking of a strand that is, was or will be an offer."""

    pk: int
    person: int
    event: int
    status: BookingStatus
    strand: Strand
    on: date
    minutes: int | None
    host: int


def clocks(
    people: Collection[int],
    *,
    strands: Collection[Strand] = tuple(Strand),
    with_called_off: bool = True,
) -> Iterator[Clock]:
    """These strands of each of these people; seven queries or so, whatever their number.

    `with_called_off`: with places that were cancelled among the endings, which no clock reads.
    """
    if not people:
        return
    bookings = _bookings(people, strands)
    postings = _postings(people)
    absent = _absences(people)
    ground = _ground(bookings, people)
    sizes = _sizes(bookings)
    mine: dict[tuple[int, Strand], list[_Row]] = defaultdict(list)
    for row in bookings:
        mine[row.person, row.strand].append(row)
    judges = {s: Judge(s, ground.policies[s], ground.registers, ground.chains) for s in strands}
    cancelled = called_off(people, strands) if with_called_off else {}
    for person in people:
        for strand, judge in judges.items():
            bare = Clocked(person, postings.get(person, []), absent.get(person, []), (), (), ())
            rows = mine.get((person, strand), [])
            endings = [Ended(r.pk, r.on, Ending(r.status)) for r in rows if r.status in PLAIN]
            endings += cancelled.get((person, strand), [])
            yield replace(_clock(bare, judge, rows, sizes), endings=endings)


def _clock(
    bare: Clocked, judge: Judge, rows: list[_Row], sizes: dict[int, tuple[int, int]]
) -> Clock:
    """`sizes`: by event, how many came, and how many came or are booked."""
    came = [r for r in rows if r.status == BookingStatus.ATTENDED]
    credits = [(r.pk, _credit(bare, judge, r, sizes.get(r.event, (1, 1))[0])) for r in came]
    counted = {credit.held.on for _, credit in credits if credit.counts}
    who = replace(
        bare,
        counted=sorted(counted),
        credits=[credit for _, credit in credits],
        offers=[(r.on, r.status) for r in rows],
    )
    spans = spans_of(who, judge.policy)
    booked = [r for r in rows if r.status == BookingStatus.BOOKED]
    # Whoever else is booked counts too: half a register may be recorded already.
    if booked or any(n != m for n, m in (sizes.get(r.event, (1, 1)) for r in came)):
        ahead = [
            _credit(bare, judge, r, sizes.get(r.event, (1, 1))[1]) for r in (*came, *booked)
        ]
        days = {credit.held.on for credit in ahead if credit.counts}
        forecast = replace(who, counted=sorted(days))
        spans = with_forecast(spans, spans_of(forecast, judge.policy))
    return Clock(
        bare.person, judge.strand, credits, spans, list(bare.postings), bare.absent, []
    )


def _credit(who: Clocked, judge: Judge, row: _Row, size: int) -> Credit:
    held = Held(row.event, row.on, row.minutes, row.host, size)
    return judge.credit(who.person, who.postings, held)


def _bookings(people: Collection[int], strands: Collection[Strand]) -> list[_Row]:
    rows = (
        Booking.objects.filter(person__in=people, event__kind__in=list(strands))
        .exclude(status__in=NOT_OFFERED)
        .values_list(*BOOKING)
    )
    return [
        _Row(pk, person, event, BookingStatus(status), Strand(kind), on, minutes, host)
        for pk, person, event, status, kind, on, minutes, host in rows
    ]


def _sizes(bookings: list[_Row]) -> dict[int, tuple[int, int]]:
    """Of these bookings' events that more than one person came to or is booked at."""
    events = {r.event for r in bookings if r.strand in IN_GROUPS and r.status in CAME_OR_COMING}
    found: dict[int, tuple[int, int]] = {}
    for some in in_parts(events):
        rows = (
            Booking.objects.filter(event__in=some, status__in=CAME_OR_COMING)
            .values("event")
            .annotate(
                came=Count("pk", filter=Q(status=BookingStatus.ATTENDED)),
                either=Count("pk"),
            )
            .filter(either__gt=1)
        )
        for event, n, m in rows.values_list("event", "came", "either"):
            found[event] = (n, m)
    return found


def _postings(people: Collection[int]) -> Postings:
    served: Postings = defaultdict(list)
    rows = Posting.objects.filter(person__in=people).order_by("person", "start_on")
    for person, first, last, unit, area, role, manager, days in rows.values_list(*POSTING):
        week = days_a_week(days)
        served[person].append(Served(first, last, unit, area, JobRole(role), manager, week))
    return served


def _absences(people: Collection[int]) -> dict[int, list[Span]]:
    rows: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    found = Absence.objects.filter(person__in=people)
    for person, first, last in found.values_list("person", "start_on", "end_on"):
        rows[person].append((first, last))
    return {person: merged(spans) for person, spans in rows.items()}


def _ground(bookings: list[_Row], people: Collection[int]) -> Ground:
    hosts = {r.host for r in bookings if r.strand == Strand.SUPERVISION}
    return Ground(policies(), registers_of(hosts), Chains(_above(people, hosts)))


def _above(people: Collection[int], hosts: Collection[int]) -> Postings:
    """Postings of these people and of everybody above them, where a host is a line manager at all."""
    if not Posting.objects.filter(line_manager__in=hosts).exists():
        return {}
    found: Postings = {}
    asked = set(people)
    while asked:
        found |= {person: [] for person in asked} | _postings(asked)
        managers = {p.manager for person in asked for p in found[person]}
        asked = {m for m in managers if m is not None} - found.keys()
    return found


def whoever_has_a_clock() -> set[int]:
    """Everybody with a posting, a booking or anything stored of cover."""
    found: set[int] = set()
    for model in (Posting, Booking, StoredSpan, StoredCredit):
        rows: QuerySet[Any] = model.objects.values_list("person", flat=True)
        found |= set(rows.distinct())
    return found
