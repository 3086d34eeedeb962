"""Who needs a place ahead: everybody's postings of a period, who is due, who has one, who comes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, Q, QuerySet, When

from supervision.domain.cover import Status
from supervision.domain.free_days import Stay
from wellbeing.domain.booking import OPEN_OUTCOME
from wellbeing.domain.intervals import Span, covers, days_within, merged, ordinal
from wellbeing.domain.policy import Policy
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Absence, Booking, CourtListDays, Posting, Unit
from wellbeing.models.dated import covering, lasting
from wellbeing.queries.policies import policy_of

from .gathered import Gathered
from .stored_cover import StoredCover, Where


@dataclass(frozen=True, slots=True)
class Period:
    """Days `first` … `last`, both included, and the Areas asked about (None: all)."""

    first: date
    last: date
    areas: frozenset[int] | None = None

    def holds(self, area: int) -> bool:
        return self.areas is None or area in self.areas

    @property
    def postings(self) -> QuerySet[Posting]:
        """Those that hold a day of the period."""
        runs_on = Q(end_on__isnull=True) | Q(end_on__gte=self.first)
        return Posting.objects.filter(runs_on, start_on__lte=self.last)


@dataclass(frozen=True, slots=True)
class Until:
    """By when at the latest one session is planned for somebody."""

    deadline: date
    is_overdue: bool


class Whereabouts:
    """Everybody's postings, absences and days in court within a period; four queries.

    Nearly everybody holds one posting throughout: those who hold one alike share it.
    """

    def __init__(self, period: Period) -> None:
        self.period = period
        self.absent = _absences(period)
        self.court = [
            (manager, (first.toordinal(), last.toordinal()))
            for manager, first, last in CourtListDays.objects.filter(
                start_on__lte=period.last, end_on__gte=period.first
            ).values_list("manager", "start_on", "end_on")
        ]
        teams = Q(line_manager__in={manager for manager, _ in self.court})
        throughout = covering(period.first) & covering(period.last)
        # By person, which of those alike is theirs.
        self.alike: list[Stay] = []
        self.steady: dict[int, int] = {}
        self._add_alike(period.postings.filter(throughout).exclude(teams))
        self.moving: dict[int, list[Stay]] = defaultdict(list)
        for person, stay in self._stays(period.postings.filter(~throughout | teams)):
            self.moving[person].append(stay)

    def stays(self, person: int) -> Sequence[Stay]:
        """Their postings in order of their days."""
        if person in self.steady:
            return (self.alike[self.steady[person]],)
        return self.moving.get(person, ())

    def _add_alike(self, postings: QuerySet[Posting]) -> None:
        first, last = self.period.first.toordinal(), self.period.last.toordinal()
        columns = ("unit__area", "working_days", "job_role")
        rows = postings.order_by().values(*columns).annotate(people=Gathered("person"))
        for area, days, role, people in rows.values_list(*columns, "people"):
            self.steady.update(dict.fromkeys(people, len(self.alike)))
            self.alike.append(Stay(first, last, area, days, JobRole(role)))

    def _stays(self, postings: QuerySet[Posting]) -> Iterator[tuple[int, Stay]]:
        columns = (
            "person", "start_on", "end_on", "unit__area", "working_days", "job_role",
            "line_manager",
        )  # fmt: skip
        rows = postings.order_by("person", "start_on").values_list(*columns)
        for person, start, end, area, days, role, manager in rows:
            first = max(start, self.period.first).toordinal()
            last = min(ordinal(end), self.period.last.toordinal())
            yield person, Stay(first, last, area, days, JobRole(role), manager)


def due_people(period: Period) -> dict[Until, list[int]]:
    """Those due within the period or before it, and not away on its first day.

    One query beside the units of Areas and the stale ones.
    """
    cover = StoredCover(Where(Strand.SUPERVISION, _units(period)))
    rows = cover.rows_on(period.first).filter(away=False, due_on__lte=period.last)
    late = When(overdue_on__lte=period.first, then=None)
    by_day = rows.values(by=Case(late, default=F("due_on"))).annotate(people=Gathered("person"))
    due: dict[Until, list[int]] = defaultdict(list)
    for by, people in by_day.values_list("by", "people"):
        due[Until(by or period.last, by is None)] += people
    day, last = period.first.toordinal(), period.last.toordinal()
    for person, span in cover.stale_on(period.first):
        status = span.status_on(day)
        if status != Status.ABSENT and span.due is not None and span.due <= last:
            is_overdue = status == Status.OVERDUE
            by = period.last if is_overdue else date.fromordinal(span.due)
            due[Until(by, is_overdue)].append(person)
    return due


def _units(period: Period) -> frozenset[int] | None:
    if period.areas is None:
        return None
    return frozenset(Unit.objects.filter(area__in=period.areas).values_list("pk", flat=True))


def placed(due: Mapping[Until, Iterable[int]], period: Period) -> set[int]:
    """Who of them holds a live booking from the first day to their deadline; one query."""
    # Said one by one, for each has an index of its own: those of years are not read.
    live = Q(*(Q(status=one) for one in sorted(OPEN_OUTCOME)), _connector=Q.OR)
    rows = Booking.objects.filter(
        live,
        event__kind=Strand.SUPERVISION,
        event__local_on__gte=period.first,
        event__local_on__lte=period.last,
    )
    soonest: dict[int, date] = {}
    for person, on in rows.values_list("person", "event__local_on"):
        soonest[person] = min(on, soonest.get(person, on))
    return {
        person
        for until, people in due.items()
        for person in soonest.keys() & people
        if soonest[person] <= until.deadline
    }


def coming(where: Whereabouts) -> int:
    """How many are not in scope or absent on the first day, and are there on a later day of
    the period, in an Area asked about; one query."""
    policy, first = policy_of(Strand.SUPERVISION), where.period.first
    there = {role for role in JobRole if policy.in_force(role, first) is not None}
    later = {
        role
        for role in set(JobRole) - there
        if any(first < day <= where.period.last for day in policy.changes(role))
    }
    # Of the others, whoever is steady and not away is there from the first day, or never; and
    # whoever is away throughout is not there at all.
    asked = where.moving.keys() | where.absent.keys()
    asked |= {p for p, at in where.steady.items() if where.alike[at].job_role in later}
    asked -= {p for p, spans in where.absent.items() if _holds(spans[0], where.period)}
    return sum(
        any(_comes(stay, where, policy, person) for stay in where.stays(person))
        for person in asked
        if not _is_there(person, where, there)
    )


def _holds(span: Span, period: Period) -> bool:
    return span[0] <= period.first.toordinal() and period.last.toordinal() <= span[1]


def _is_there(person: int, where: Whereabouts, roles: Collection[JobRole]) -> bool:
    """In scope on the first day, and not away."""
    first = where.period.first.toordinal()
    stays = where.stays(person)
    # The soonest of them is the only one that can hold the first day.
    held = bool(stays) and stays[0].first == first and stays[0].job_role in roles
    return held and not covers(where.absent.get(person, []), first)


def _comes(stay: Stay, where: Whereabouts, policy: Policy, person: int) -> bool:
    first, last = max(stay.first, where.period.first.toordinal() + 1), stay.last
    in_force = next(
        (
            day
            for day in sorted({first, *_changes(policy, stay.job_role, first, last)})
            if policy.in_force(stay.job_role, date.fromordinal(day))
        ),
        None,
    )
    if first > last or in_force is None or not where.period.holds(stay.area):
        return False
    # Once in force for a role, some version of a policy always is.
    return days_within(where.absent.get(person, []), in_force, last) < last - in_force + 1


def _changes(policy: Policy, role: JobRole, first: int, last: int) -> Iterator[int]:
    return (d.toordinal() for d in policy.changes(role) if first < d.toordinal() <= last)


def _absences(period: Period) -> dict[int, list[Span]]:
    rows = Absence.objects.filter(
        Q(end_on__isnull=True) | Q(end_on__gte=period.first), start_on__lte=period.last
    )
    found: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for person, first, last in rows.values_list("person", "start_on", "end_on"):
        found[person].append((first, last))
    return {person: _merged(spans) for person, spans in found.items()}


def _merged(spans: list[tuple[date, date | None]]) -> list[Span]:
    """Hardly anybody has two in a few weeks."""
    if len(spans) > 1:
        return merged(spans)
    first, last = spans[0]
    return [(first.toordinal(), ordinal(last))]


def named_to(viewer: Viewer, on: date, first: date) -> frozenset[int] | None:
    """Of who is posted on `first`, who may be named to this lead: everybody (None), who works in
    their Areas today, or of a national lead's whoever has not left.

    Figures follow the posting on the day asked about; names need the relation to hold today.
    """
    if viewer.is_national_lead:
        if first >= on:
            return None
        rows = Posting.objects.filter(lasting(on))
    else:
        rows = Posting.objects.filter(covering(on), unit__area__in=viewer.led_areas)
    return frozenset(rows.values_list("person", flat=True))
