"""The people behind a number of a coverage report, for leads who may see names.

A page at a time, or all of them one after the other for a file of any length.
"""

import heapq
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from supervision.domain.cover import Gap, Standing, Status
from supervision.domain.spans import CoverSpan
from wellbeing.domain.policy import Policy
from wellbeing.domain.roles import JobRole
from wellbeing.models import Person
from wellbeing.queries.policies import policy_of

from .named_standings import AT_ONCE
from .parts import Part
from .report_lines import COLUMNS, gap_on, span_of, standing_of
from .span_days import InBytes, longest_calendar_gap, longest_gap
from .stored_cover import StoredCover
from .units import Named

# Nobody's due day lies behind it: whoever has none comes last.
NO_DAY = date.max.toordinal()


class Measure(StrEnum):
    """What the people of a list have in common on the day."""

    IN_SCOPE = "in_scope"
    ABSENT = "absent"
    IN_COVER = "in_cover"
    IN_DATE = "in_date"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    NEVER_SEEN = "never_seen"
    OFFERED = "offered"
    NOT_OFFERED = "not_offered"
    TAKEN_UP = "taken_up"
    NOT_TAKEN_UP = "not_taken_up"


def rows_of(measure: Measure, on: date) -> Q:
    """A measure as a condition on a span that holds the day (rules 6 and 10)."""
    there = Q(away=False)
    return {
        Measure.IN_SCOPE: Q(),
        Measure.ABSENT: Q(away=True),
        Measure.IN_COVER: there & Q(overdue_on__gt=on),
        Measure.IN_DATE: there & Q(due_soon_on__gt=on),
        Measure.DUE_SOON: there & Q(due_soon_on__lte=on, overdue_on__gt=on),
        Measure.OVERDUE: there & Q(overdue_on__lte=on),
        Measure.NEVER_SEEN: Q(never_seen=True),
        Measure.OFFERED: Q(offered_until__gte=on),
        Measure.NOT_OFFERED: Q(offered_until__isnull=True) | Q(offered_until__lt=on),
        Measure.TAKEN_UP: Q(taken_up_until__gte=on),
        Measure.NOT_TAKEN_UP: Q(taken_up_until__isnull=True) | Q(taken_up_until__lt=on),
    }[measure]


def holds(measure: Measure, span: CoverSpan, day: int) -> bool:
    """The same of a span that was worked out now."""
    status = span.status_on(day)
    offered = span.offered_until is not None and day <= span.offered_until
    taken_up = span.taken_up_until is not None and day <= span.taken_up_until
    return {
        Measure.IN_SCOPE: True,
        Measure.ABSENT: status == Status.ABSENT,
        Measure.IN_COVER: status in (Status.IN_DATE, Status.DUE_SOON),
        Measure.IN_DATE: status == Status.IN_DATE,
        Measure.DUE_SOON: status == Status.DUE_SOON,
        Measure.OVERDUE: status == Status.OVERDUE,
        Measure.NEVER_SEEN: span.never_seen,
        Measure.OFFERED: offered,
        Measure.NOT_OFFERED: not offered,
        Measure.TAKEN_UP: taken_up,
        Measure.NOT_TAKEN_UP: not taken_up,
    }[measure]


class Order(StrEnum):
    """By which day or number a list is sorted; people of the same by their primary keys."""

    DUE = "due"
    GAP = "gap"
    CALENDAR_GAP = "calendar_gap"
    JOINED = "joined"
    STAFF_NUMBER = "staff_number"


# By what a list is sorted, small first: of one list all numbers, or all texts.
Key = Any


def _sql_key(order: Order, on: date) -> Any:
    return {
        Order.DUE: F("due_on"),
        Order.GAP: longest_gap(on),
        Order.CALENDAR_GAP: longest_calendar_gap(on),
        Order.JOINED: F("run_started_on"),
        Order.STAFF_NUMBER: InBytes(Coalesce("person__staff_number", Value(""))),
    }[order]


def _key(order: Order, value: date | Key | None) -> Key:
    """Small first: the soonest day, the longest gap."""
    if isinstance(value, str):
        return value
    if order in (Order.GAP, Order.CALENDAR_GAP):
        assert isinstance(value, int)
        return -value
    return value.toordinal() if isinstance(value, date) else NO_DAY


def _span_key(order: Order, span: CoverSpan, day: int) -> int:
    gap = gap_on(span, day)
    return {
        Order.DUE: NO_DAY if span.due is None else span.due,
        Order.GAP: -gap.days,
        Order.CALENDAR_GAP: -gap.calendar_days,
        Order.JOINED: span.run_started,
    }[order]


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of a list, as a lead of their Area sees them."""

    public_id: UUID
    name: str
    staff_number: str
    place: Named
    standing: Standing
    gap: Gap
    # Credited in the 365 days to the day; None where nobody asked.
    minutes: int | None = None


# What is read of a person beside the span.
WHO = ("public_id", "name", "staff_number")


@dataclass
class Listing:
    """People of a part with a measure, in order; Django's paginator counts and slices it.

    `known`: those whose names the reader may see today; None: everybody's. Whoever is not among
    them is in no page and no file; `unnamed` says how many they are. `whole`: how many have the
    measure, where somebody has counted them already.
    """

    cover: StoredCover
    part: Part
    measure: Measure
    order: Order = Order.DUE
    role: JobRole | None = None
    known: QuerySet[Person] | None = None
    whole: int | None = None
    _stale: list[tuple[Key, int]] | None = field(default=None, init=False)
    _count: int | None = field(default=None, init=False)

    def _everybody(self) -> QuerySet[Any]:
        rows = self.cover.rows_on(self.part.on).filter(rows_of(self.measure, self.part.on))
        return rows if self.role is None else rows.filter(job_role=self.role)

    def _rows(self) -> QuerySet[Any]:
        rows = self._everybody()
        return rows if self.known is None else rows.filter(person__in=self.known.values("pk"))

    def _stale_everybody(self) -> list[tuple[Key, int]]:
        """(key, person) of the stale ones."""
        if self._stale is None:
            day = self.part.on.toordinal()
            spans = {
                person: span
                for person, span in self.cover.stale_on(self.part.on)
                if self.role in (None, span.job_role) and holds(self.measure, span, day)
            }
            if self.order == Order.STAFF_NUMBER:
                self._stale = [(who[-1], person) for person, who in whoever(spans).items()]
            else:
                self._stale = [(_span_key(self.order, s, day), p) for p, s in spans.items()]
        return self._stale

    def _stale_keys(self) -> list[tuple[Key, int]]:
        found = self._stale_everybody()
        if self.known is None or not found:
            return found
        known = set(self.known.values_list("pk", flat=True))
        return [(key, person) for key, person in found if person in known]

    def count(self) -> int:
        """How many may be named."""
        if self.known is None:
            return self._whole()
        if self._count is None:
            self._count = self._rows().count() + len(self._stale_keys())
        return self._count

    def _whole(self) -> int:
        if self.whole is None:
            self.whole = self._everybody().count() + len(self._stale_everybody())
        return self.whole

    def unnamed(self) -> int:
        """How many are counted and may not be named today."""
        if self.known is None:
            return 0
        return self._whole() - self.count()

    def _ordered(self) -> QuerySet[Any]:
        rows = self._rows().annotate(key=_sql_key(self.order, self.part.on))
        by = F("key")
        longest_first = self.order in (Order.GAP, Order.CALENDAR_GAP)
        order = by.desc() if longest_first else by.asc(nulls_last=True)
        return rows.order_by(order, "person")

    def __getitem__(self, page: slice) -> list[Listed]:
        stored = self._ordered().values_list("key", "person")[: page.stop]
        keys = [(_key(self.order, value), person) for value, person in stored]
        keys = sorted([*keys, *self._stale_keys()])[page]
        return listed(self.cover, self.part, [person for _, person in keys])

    def streamed(self) -> Iterator[Listed]:
        """All of them in order, each made when it is asked for; two queries beside the stale ones.

        What is stored is read through one cursor of the database, some hundred rows at a time,
        so that a list of any length takes little memory and is of one moment.
        """
        policy, on = policy_of(self.part.strand), self.part.on
        spans, stale = dict(self.cover.stale_on(on)), sorted(self._stale_keys())
        names = whoever([person for _, person in stale])
        rows = self._ordered().values_list(
            "key", "person", *(f"person__{column}" for column in WHO), *COLUMNS
        )

        def stored() -> Iterator[tuple[Key, int, Who, CoverSpan]]:
            for row in rows.iterator(chunk_size=settings.FILE_ROWS_AT_ONCE):
                value, person, public_id, name, number, *span = row
                who = (public_id, name, number or "")
                yield _key(self.order, value), person, who, span_of(span)

        worked_out = ((key, person, names[person], spans[person]) for key, person in stale)
        for _, person, who, span in heapq.merge(stored(), worked_out, key=lambda row: row[:2]):
            yield _one(self.part, policy, person, who, span)


# Public id, name and staff number.
Who = tuple[UUID, str, str]


def whoever(people: Collection[int]) -> dict[int, Who]:
    """Who these people are; a query for every few thousand."""
    keys, found = list(people), {}
    for first in range(0, len(keys), AT_ONCE):
        rows = Person.objects.filter(pk__in=keys[first : first + AT_ONCE])
        for pk, public_id, name, number in rows.values_list("pk", *WHO):
            found[pk] = (public_id, name, number or "")
    return found


def listed(cover: StoredCover, part: Part, people: Sequence[int]) -> list[Listed]:
    """These people in this order, each with where they stand; three queries."""
    policy, asked = policy_of(part.strand), set(people)
    spans = {person: span for person, span in cover.stale_on(part.on) if person in asked}
    rows = cover.rows().filter(person__in=people, end_on__gte=part.on, start_on__lte=part.on)
    spans |= {person: span_of(v) for person, *v in rows.values_list("person", *COLUMNS)}
    names = whoever(people)
    return [_one(part, policy, person, names[person], spans[person]) for person in people]


def _one(part: Part, policy: Policy, person: int, who: Who, span: CoverSpan) -> Listed:
    place, on = part.named[span.unit], part.on
    return Listed(
        *who,
        place=place,
        standing=standing_of(person, span, on, place.area, policy),
        gap=gap_on(span, on.toordinal()),
    )
