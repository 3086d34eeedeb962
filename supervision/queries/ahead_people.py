"""Who needs a place ahead: everybody's postings of a period, who is due, who has one, who comes."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from supervision.domain.cover import Standing, Status
from supervision.domain.free_days import Stay
from wellbeing.domain.booking import OPEN_OUTCOME
from wellbeing.domain.intervals import Span, days_within, merged, ordinal
from wellbeing.domain.policy import Policy
from wellbeing.domain.postings import Chains, Served
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Absence, Booking, CourtListDays, Posting
from wellbeing.models.dated import covering
from wellbeing.queries.policies import policy_of

from .standings import standings_on


@dataclass(frozen=True, slots=True)
class Period:
    """Days `first` … `last`, both included, and the Areas asked about (None: all)."""

    first: date
    last: date
    areas: frozenset[int] | None = None

    def holds(self, area: int) -> bool:
        return self.areas is None or area in self.areas


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody for whom one session is planned, by when at the latest, and where they stand."""

    person: int
    deadline: date
    is_overdue: bool
    unit: int
    area: int


class Whereabouts:
    """Everybody's postings, absences and days in court within a period; three queries."""

    def __init__(self, period: Period) -> None:
        self.period = period
        self.stays: dict[int, list[Stay]] = defaultdict(list)
        self.postings: dict[int, list[Served]] = defaultdict(list)
        for person, served, working_days in _postings(period):
            self.postings[person].append(served)
            self.stays[person].append(_stay(served, working_days, period))
        self.chains = Chains(self.postings)
        self.absent = _absences(period)
        self.court = [
            (manager, (first.toordinal(), last.toordinal()))
            for manager, first, last in CourtListDays.objects.filter(
                start_on__lte=period.last, end_on__gte=period.first
            ).values_list("manager", "start_on", "end_on")
        ]


def due_people(period: Period) -> tuple[dict[int, Due], set[int]]:
    """Those due within the period or before it; and everybody in scope and present on its
    first day, whatever their Area."""
    due: dict[int, Due] = {}
    present: set[int] = set()
    for person, one in standings_on(period.first, Strand.SUPERVISION, None).items():
        if one.status == Status.ABSENT:
            continue
        present.add(person)
        if period.holds(one.area) and one.due_on is not None and one.due_on <= period.last:
            due[person] = _due(one, period)
    return due, present


def _due(one: Standing, period: Period) -> Due:
    is_overdue = one.status == Status.OVERDUE
    assert one.due_on is not None  # asked by the caller
    deadline = period.last if is_overdue else one.due_on
    return Due(one.person, deadline, is_overdue, one.unit, one.area)


def placed(due: Collection[Due], period: Period) -> set[int]:
    """Who of them holds a live booking from the first day to their deadline; one query."""
    rows = Booking.objects.filter(
        status__in=OPEN_OUTCOME,
        event__kind=Strand.SUPERVISION,
        event__local_on__gte=period.first,
        event__local_on__lte=period.last,
    )
    soonest: dict[int, date] = {}
    for person, on in rows.values_list("person", "event__local_on"):
        soonest[person] = min(on, soonest.get(person, on))
    return {one.person for one in due if soonest.get(one.person, date.max) <= one.deadline}


def coming(where: Whereabouts, present: Collection[int]) -> int:
    """How many are not in scope or absent on the first day, and are there on a later day of
    the period, in an Area asked about; one query."""
    policy = policy_of(Strand.SUPERVISION)
    return sum(
        any(_comes(served, where, policy, person) for served in postings)
        for person, postings in where.postings.items()
        if person not in present
    )


def _comes(served: Served, where: Whereabouts, policy: Policy, person: int) -> bool:
    period = where.period
    first = max(served.first.toordinal(), period.first.toordinal() + 1)
    last = min(ordinal(served.last), period.last.toordinal())
    in_force = next(
        (
            day
            for day in sorted({first, *_changes(policy, served.job_role, first, last)})
            if policy.in_force(served.job_role, date.fromordinal(day))
        ),
        None,
    )
    if first > last or in_force is None or not period.holds(served.area):
        return False
    # Once in force for a role, some version of a policy always is.
    return days_within(where.absent.get(person, []), in_force, last) < last - in_force + 1


def _changes(policy: Policy, role: JobRole, first: int, last: int) -> Iterator[int]:
    return (d.toordinal() for d in policy.changes(role) if first < d.toordinal() <= last)


def _postings(period: Period) -> Iterator[tuple[int, Served, int]]:
    rows = Posting.objects.filter(
        Q(end_on__isnull=True) | Q(end_on__gte=period.first), start_on__lte=period.last
    ).order_by("person", "start_on")
    columns = (
        "person", "start_on", "end_on", "unit", "unit__area", "job_role", "line_manager",
        "working_days",
    )  # fmt: skip
    for person, first, last, unit, area, role, manager, days in rows.values_list(*columns):
        yield person, Served(first, last, unit, area, JobRole(role), manager), days


def _stay(served: Served, working_days: int, period: Period) -> Stay:
    first = max(served.first, period.first).toordinal()
    last = min(ordinal(served.last), period.last.toordinal())
    return Stay(first, last, served.area, working_days, served.manager)


def _absences(period: Period) -> dict[int, list[Span]]:
    rows = Absence.objects.filter(
        Q(end_on__isnull=True) | Q(end_on__gte=period.first), start_on__lte=period.last
    )
    found: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for person, first, last in rows.values_list("person", "start_on", "end_on"):
        found[person].append((first, last))
    return {person: merged(spans) for person, spans in found.items()}


def named_to(viewer: Viewer, on: date) -> frozenset[int] | None:
    """Who may be named to this lead: everybody (None), or who works in their Areas today.

    Figures follow the posting on the day asked about; names need the relation to hold today.
    """
    if viewer.is_national_lead:
        return None
    rows = Posting.objects.filter(covering(on), unit__area__in=viewer.led_areas)
    return frozenset(rows.values_list("person", flat=True))
