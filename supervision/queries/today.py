"""Who needs a place now, for a lead's *Today*: there today, with nothing booked or offered ahead.

Read off what is stored of cover, so that a page asks as many queries of 20,000 people as of ten.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from supervision.domain.cover import Status
from supervision.domain.spans import CoverSpan
from supervision.models import StoredSpan
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.roles import EventKind, JobRole
from wellbeing.models import Booking

from .cover_lists import NO_DAY, Listed, listed
from .nudges import back_from_long_absence
from .parts import Part
from .stored_cover import StoredCover


class Need(StrEnum):
    """Why somebody without a place ahead needs one. One person may be here for several reasons."""

    OVERDUE = "overdue"
    NEVER_SEEN = "never_seen"
    BACK = "back"


@dataclass(slots=True)
class Needed:
    """How many people of a unit need a place for one reason."""

    everyone: int = 0
    prosecutors: int = 0

    def add(self, role: JobRole, number: int) -> None:
        self.everyone += number
        self.prosecutors += number * (role == JobRole.PROSECUTOR)


def with_a_place(at: datetime, on: date) -> QuerySet[Booking]:
    """Live bookings of supervision from today on: booked, or offered and still to be answered."""
    open_offer = Q(offer_ends_at__isnull=True) | Q(offer_ends_at__gt=at)
    return Booking.objects.filter(
        Q(status=BookingStatus.BOOKED) | Q(open_offer, status=BookingStatus.OFFERED),
        event__kind=EventKind.SUPERVISION,
        event__local_on__gte=on,
    )


@dataclass
class Needing:
    """Everybody of a part who is not away today and has no place ahead."""

    cover: StoredCover
    on: date
    at: datetime

    @cached_property
    def back(self) -> frozenset[int]:
        """Who is back from a long absence since a fortnight or less; one query."""
        return frozenset(back_from_long_absence(self.on))

    def rows(self) -> QuerySet[StoredSpan]:
        """Their spans of today, without the stale ones.

        Who has a place is asked of the few bookings ahead, not of each person's many.
        """
        ahead = with_a_place(self.at, self.on).values("person")
        return self.cover.rows_on(self.on).filter(~Q(person__in=ahead), away=False)

    @cached_property
    def stale(self) -> list[tuple[int, CoverSpan]]:
        """The same of the stale ones; a query where there are any."""
        day = self.on.toordinal()
        found = [
            (person, span)
            for person, span in self.cover.stale_on(self.on)
            if span.status_on(day) != Status.ABSENT
        ]
        if not found:
            return []
        ahead = with_a_place(self.at, self.on).filter(person__in=[p for p, _ in found])
        placed = set(ahead.values_list("person", flat=True))
        return [(person, span) for person, span in found if person not in placed]

    def condition(self, need: Need) -> Q:
        """A need as a condition on a span of today."""
        if need == Need.OVERDUE:
            return Q(overdue_on__lte=self.on)
        return Q(never_seen=True) if need == Need.NEVER_SEEN else Q(person__in=self.back)

    def holds(self, need: Need, person: int, span: CoverSpan) -> bool:
        """The same of a span that was worked out now."""
        if need == Need.OVERDUE:
            return span.status_on(self.on.toordinal()) == Status.OVERDUE
        return span.never_seen if need == Need.NEVER_SEEN else person in self.back

    def by_unit(self) -> dict[int, dict[Need, Needed]]:
        """Units with somebody in need, by primary key; two queries beside the stale ones."""
        counts = {need.value: Count("person", filter=self.condition(need)) for need in Need}
        any_need = Q(*map(self.condition, Need), _connector=Q.OR)
        rows = self.rows().filter(any_need).values("unit", "job_role").annotate(**counts)
        found: dict[int, dict[Need, Needed]] = {}
        for unit, role, *numbers in rows.values_list("unit", "job_role", *counts):
            for need, number in zip(Need, numbers, strict=True):
                _add(found, unit, need, JobRole(role), number)
        for person, span in self.stale:
            for need in Need:
                _add(found, span.unit, need, span.job_role, self.holds(need, person, span))
        return found


def _add(
    found: dict[int, dict[Need, Needed]], unit: int, need: Need, role: JobRole, number: int
) -> None:
    if number:
        found.setdefault(unit, {n: Needed() for n in Need})[need].add(role, number)


def added(units: Collection[dict[Need, Needed]]) -> dict[Need, Needed]:
    """Sums over units."""
    return {
        need: Needed(
            sum(one[need].everyone for one in units),
            sum(one[need].prosecutors for one in units),
        )
        for need in Need
    }


@dataclass
class NeedList:
    """People in need for one reason, soonest due first; Django's paginator counts and slices it."""

    needing: Needing
    part: Part
    need: Need
    role: JobRole | None = None
    _count: int | None = field(default=None, init=False)

    def _rows(self) -> QuerySet[Any]:
        rows = self.needing.rows().filter(self.needing.condition(self.need))
        return rows if self.role is None else rows.filter(job_role=self.role)

    def _stale_keys(self) -> list[tuple[int, int]]:
        return [
            (NO_DAY if span.due is None else span.due, person)
            for person, span in self.needing.stale
            if self.role in (None, span.job_role)
            and self.needing.holds(self.need, person, span)
        ]

    def count(self) -> int:
        if self._count is None:
            self._count = self._rows().count() + len(self._stale_keys())
        return self._count

    def __getitem__(self, page: slice) -> list[Listed]:
        order = F("due_on").asc(nulls_last=True)
        stored = self._rows().order_by(order, "person").values_list("due_on", "person")
        keys = [
            (NO_DAY if due is None else due.toordinal(), person)
            for due, person in stored[: page.stop]
        ]
        keys = sorted([*keys, *self._stale_keys()])[page]
        return listed(self.needing.cover, self.part, [person for _, person in keys])
