"""The other offers of the CPS's answer, counted each by itself and never with supervision.

Aggregates alone. Round attendance is nobody's to see, a lead's neither: Rounds to which fewer
than five said they would come are in no sum, whatever dates are asked about.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from wellbeing.domain.booking import CLAIMING_EVENTS, BookingStatus
from wellbeing.domain.disclosure import LEAST
from wellbeing.domain.roles import EventKind, JobRole
from wellbeing.models import Booking, Event, EventArea, Posting
from wellbeing.models.dated import covering
from wellbeing.queries.events import HELD


@dataclass(frozen=True, slots=True)
class TakenUp:
    """An offer in a period: how often it was held, and how many different people came."""

    times: int = 0
    prosecutors: int = 0
    everyone: int = 0


@dataclass(frozen=True, slots=True)
class RoundsHeld:
    """Rounds held; how many said they were coming to those of five and more; how many were fewer."""

    times: int
    coming: int
    small: int


@dataclass(frozen=True, slots=True)
class Offers:
    """Twelve months to a day, `first` … `last`, both included."""

    first: date
    last: date
    check_ins: TakenUp
    training: TakenUp
    rounds: RoundsHeld


def twelve_months(last: date) -> date:
    """The first of the days that end on `last`: of 12 May 2026 that is 13 May 2025."""
    try:
        before = last.replace(year=last.year - 1)
    except ValueError:  # 29 February
        before = last.replace(year=last.year - 1, day=28)
    return before + timedelta(days=1)


def offers(last: date, *, at: datetime, areas: frozenset[int] | None = None) -> Offers:
    """What was held in the twelve months to a day; `areas` None: everywhere. Two queries.

    People are counted in the Area and job role of their posting on the day it was held.
    """
    first = twelve_months(last)
    taken = _taken_up(first, last, areas)
    return Offers(
        first=first,
        last=last,
        check_ins=taken.get(EventKind.CHECK_IN, TakenUp()),
        training=taken.get(EventKind.TRAINING, TakenUp()),
        rounds=_rounds(first, last, at, areas),
    )


def _taken_up(first: date, last: date, areas: frozenset[int] | None) -> dict[str, TakenUp]:
    served: QuerySet[Any] = Posting.objects.filter(
        covering(OuterRef("event__local_on")), person=OuterRef("person")
    )
    if areas is not None:
        served = served.filter(unit__area__in=areas)
    role = Subquery(served.order_by().values("job_role")[:1])
    rows = (
        Booking.objects.filter(
            status=BookingStatus.ATTENDED,
            event__kind__in=[EventKind.CHECK_IN, EventKind.TRAINING],
            event__local_on__gte=first,
            event__local_on__lte=last,
        )
        .annotate(role=role)
        .filter(role__isnull=False)
        .order_by()
        .values("event__kind")
        .annotate(
            times=Count("event", distinct=True),
            prosecutors=Count("person", filter=Q(role=JobRole.PROSECUTOR), distinct=True),
            everyone=Count("person", distinct=True),
        )
        .values_list("event__kind", "times", "prosecutors", "everyone")
    )
    return {kind: TakenUp(*numbers) for kind, *numbers in rows}


def _rounds(first: date, last: date, at: datetime, areas: frozenset[int] | None) -> RoundsHeld:
    events: QuerySet[Any] = Event.objects.filter(
        kind=EventKind.ROUND,
        status__in=CLAIMING_EVENTS,
        local_on__gte=first,
        local_on__lte=last,
        end_at__lte=at,
    )
    if areas is not None:
        named = EventArea.objects.filter(event=OuterRef("pk"))
        events = events.filter(~Exists(named) | Exists(named.filter(area__in=areas)))
    held = list(events.annotate(held=HELD).values_list("held", flat=True))
    return RoundsHeld(
        times=len(held),
        coming=sum(n for n in held if n >= LEAST),
        small=sum(n < LEAST for n in held),
    )
