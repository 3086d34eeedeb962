"""Which rows were recorded after an instant, about days up to another: the sets, not yet read.

An entry is one change of what was known: a row recorded, or a row taken back that no other
follows. A correction is one entry, not two. What changes no figure up to the day is left
out: an absence whose new end lies after it as the old one did, a posting's working days.

Outcomes of people whom the reader may not name are no entries of their own: how many and when would
tell of one person that they had an outcome. They are one a session.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import (
    BigIntegerField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce, Least

from supervision.models import Registration, SupervisorArea
from wellbeing.domain.booking import OUTCOMES
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.models import (
    Absence,
    Booking,
    BookingMove,
    Event,
    EventDay,
    Person,
    PolicyVersion,
    Posting,
)
from wellbeing.models.dated import covering
from wellbeing.models.fact import Fact

RECORDED_AT, SUPERSEDED_AT = "recorded_at", "superseded_at"


class LateKind(StrEnum):
    """What was recorded late, in the order in which a page counts them."""

    RECORDED = "recorded"
    CORRECTED = "corrected"
    OTHERS = "others"
    BOOKED = "booked"
    MOVED = "moved"
    REGISTRATION = "registration"
    ABSENCE = "absence"
    POSTING = "posting"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Late:
    """The question: what was recorded after `after` and by `by`, about days up to `on`.

    `area`: of people who work there on that day, as known at either instant.
    """

    strand: Strand
    on: date
    after: datetime
    by: datetime
    area: int | None = None

    def within(self, instant: str) -> Q:
        """Rows whose instant lies after the one and not after the other."""
        return Q(**{f"{instant}__gt": self.after, f"{instant}__lte": self.by})

    def members(self) -> QuerySet[Any]:
        """Whoever works in the Area on the day, as known at either instant; primary keys."""
        there = Posting.as_recorded.filter(covering(self.on), unit__area=self.area)
        return there.filter(_known(self.after) | _known(self.by)).values("person")


def _known(at: datetime) -> Q:
    """`FactQuerySet.known_at` as a condition: one look at the rows answers two instants."""
    return Q(recorded_at__lte=at) & (Q(superseded_at__isnull=True) | Q(superseded_at__gt=at))


@dataclass(frozen=True, slots=True)
class Tracked:
    """How a fact's rows follow each other, and which columns a figure reads besides its days."""

    kind: LateKind
    model: type[Fact]
    key: tuple[str, ...]
    read: tuple[str, ...] = ()
    ends: tuple[str, ...] = ("end_on",)
    first: str = "start_on"


TRACKED = (
    Tracked(
        LateKind.REGISTRATION,
        Registration,
        ("person", "register", "number", "start_on"),
        ends=("end_on", "indemnity_to"),
    ),
    Tracked(LateKind.ABSENCE, Absence, ("person", "start_on")),
    Tracked(
        LateKind.POSTING,
        Posting,
        ("person", "start_on"),
        read=("unit", "job_role", "line_manager"),
    ),
    Tracked(
        LateKind.POLICY,
        PolicyVersion,
        ("strand", *(f"for_{role.value}s" for role in JobRole), "effective_from"),
        read=("interval_days", "first_within_days", "due_soon_days", "least_credited_minutes"),
        ends=(),
        first="effective_from",
    ),
)


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one kind, and which of their instants the entry bears; None: none of its own."""

    kind: LateKind
    rows: QuerySet[Any]
    instant: str | None = RECORDED_AT


def sources(asked: Late, named: QuerySet[Person]) -> list[Source]:
    """All of them: no row is in two. `named`: whom the reader may see by name today."""
    facts = [t for t in TRACKED if _concerns(t, asked.strand)]
    found = [*_moves(asked, named), _days(asked)]
    return [*found, *(s for t in facts for s in _fact(t, asked))]


def _concerns(tracked: Tracked, strand: Strand) -> bool:
    """Registrations are asked for by supervision alone (rule 2)."""
    return tracked.kind != LateKind.REGISTRATION or strand == Strand.SUPERVISION


def _moves(asked: Late, named: QuerySet[Person]) -> Iterator[Source]:
    """What became of bookings: an outcome said, corrected, and all that is no outcome."""
    moves = BookingMove.as_recorded.filter(
        asked.within(RECORDED_AT),
        booking__event__kind=asked.strand,
        booking__event__local_on__lte=asked.on,
    )
    own, shared = Q(), Q()
    if asked.area is not None:
        own = Q(booking__person__in=asked.members())
        # How many came is part of everybody's credit (rule 2), of another Area's people too.
        seats = Booking.objects.filter(person__in=asked.members())
        shared = Q(booking__event__in=seats.values("event"))
    said, outcome = Q(before__in=sorted(OUTCOMES)), Q(after__in=sorted(OUTCOMES))
    known = Q(booking__person__in=named.values("pk"))
    yield Source(LateKind.RECORDED, moves.filter(known, ~said, outcome, shared))
    yield Source(LateKind.CORRECTED, moves.filter(known, said, shared))
    others = moves.filter(~known, said | outcome, shared).values("booking__event")
    yield Source(LateKind.OTHERS, Event.objects.filter(pk__in=others), None)
    yield Source(LateKind.BOOKED, moves.filter(~said, ~outcome, own))


def _days(asked: Late) -> Source:
    """Sessions with somebody booked that were moved to or from a day up to `on`."""
    before = EventDay.as_recorded.filter(
        event=OuterRef("event"), superseded_at=OuterRef(RECORDED_AT)
    )
    booked = Booking.objects.filter(event=OuterRef("event"))
    if asked.area is not None:
        booked = booked.filter(person__in=asked.members())
    rows = EventDay.as_recorded.filter(
        asked.within(RECORDED_AT),
        Q(Exists(before), local_on__lte=asked.on)
        | Q(Exists(before.filter(local_on__lte=asked.on))),
        Exists(booked),
        event__kind=asked.strand,
    )
    return Source(LateKind.MOVED, rows)


def _fact(tracked: Tracked, asked: Late) -> Iterator[Source]:
    rows: QuerySet[Any] = tracked.model.as_recorded.filter(
        **{f"{tracked.first}__lte": asked.on}
    )
    if tracked.kind == LateKind.POLICY:
        rows = rows.filter(strand=asked.strand)
    elif asked.area is not None:
        rows = rows.filter(_of_area(tracked, asked))
    same = {name: OuterRef(name) for name in tracked.key}
    before = tracked.model.as_recorded.filter(**same, superseded_at=OuterRef(RECORDED_AT))
    recorded = rows.filter(asked.within(RECORDED_AT))
    no_news = Exists(_saying_the_same(before, tracked, asked.on))
    yield Source(tracked.kind, recorded.filter(~no_news))
    after = tracked.model.as_recorded.filter(**same, recorded_at=OuterRef(SUPERSEDED_AT))
    taken_back = rows.filter(asked.within(SUPERSEDED_AT))
    yield Source(tracked.kind, taken_back.filter(~Exists(after)), SUPERSEDED_AT)


def _saying_the_same(before: QuerySet[Any], tracked: Tracked, on: date) -> QuerySet[Any]:
    """Of these, rows that say of every day up to `on` what the row asked about says."""
    for name in tracked.read:
        held = f"_{name}"
        before = before.annotate(**{held: _or_zero(tracked, F(name), name)})
        before = before.filter(**{held: _or_zero(tracked, OuterRef(name), name)})
    for name in tracked.ends:
        held = f"_{name}"
        before = before.annotate(**{held: _until(F(name), on)})
        before = before.filter(**{held: _until(OuterRef(name), on)})
    return before


def _or_zero(tracked: Tracked, column: F, name: str) -> Any:
    """A column that may be empty, so that empty equals empty."""
    if not tracked.model._meta.get_field(name).null:
        return column
    return Coalesce(column, Value(0), output_field=BigIntegerField())


def _until(column: F, on: date) -> Any:
    """A last day, or `on` where that is earlier or there is none."""
    last = Value(on, output_field=DateField())
    return Least(Coalesce(column, last), last, output_field=DateField())


def _of_area(tracked: Tracked, asked: Late) -> Q:
    """Of the Area's people; a supervisor who serves it, or whom one of its people has booked."""
    if tracked.kind != LateKind.REGISTRATION:
        return Q(person__in=asked.members())
    served = SupervisorArea.objects.filter(supervisor__person=OuterRef("person"))
    booked = Booking.objects.filter(
        event__host=OuterRef("person"),
        event__kind=asked.strand,
        person__in=asked.members(),
    )
    here = Exists(served.filter(area=asked.area))
    return Q(~Exists(served)) | Q(here) | Q(Exists(booked))
