"""Registrations as supervisors and leads read them: what is held, what ends, what is left behind."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from supervision.domain.endings import Ending, ending
from supervision.domain.registers import Registered
from supervision.models import Registration
from wellbeing.domain.booking import EventStatus
from wellbeing.domain.roles import EventKind
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Event, EventArea, Person
from wellbeing.models.dated import covering
from wellbeing.queries.events import HELD

from .eligibility import Served
from .supervisors import supervisors


def registrations_of(person: int) -> QuerySet[Registration]:
    """What is held of one supervisor, the latest first."""
    return Registration.objects.filter(person=person).order_by("-start_on", "register")


def ending_of(person: int, on: date) -> Ending | None:
    """How one supervisor's registration ends, however far off; None where it does not."""
    rows = _rows([person])[person]
    return ending(rows, on, warn=[(date.max - on).days])


@dataclass(frozen=True, slots=True)
class SupervisorEnding:
    """A supervisor whose registration ends soon, or has ended."""

    person: Person
    ending: Ending


def endings(viewer: Viewer, on: date) -> list[SupervisorEnding]:
    """Supervisors of a lead's Areas who reach a warning, soonest first; three queries.

    What ended longer ago than the first warning goes ahead is nobody's news.
    """
    return [one for one, areas in endings_with_areas(on) if _concerns(viewer, areas)]


def endings_with_areas(on: date) -> list[tuple[SupervisorEnding, set[int]]]:
    """All of them, each with the Areas served; none named: all."""
    warn = settings.REGISTRATION_WARNING_DAYS
    people = {p.pk: p for p in supervisors()}
    served, rows = Served(people), _rows(people)
    found = (ending(rows[pk], on, warn) for pk in people)
    oldest = on - timedelta(days=max(warn))
    soon = [SupervisorEnding(people[e.host], e) for e in found if e and e.last >= oldest]
    soon.sort(key=lambda s: (s.ending.last, s.person.name))
    return [(one, served.areas[one.person.pk]) for one in soon]


def _concerns(viewer: Viewer, areas: set[int]) -> bool:
    return viewer.is_national_lead or not areas or bool(areas & viewer.led_areas)


def _rows(people: Iterable[int]) -> dict[int, list[Registered]]:
    rows: dict[int, list[Registered]] = defaultdict(list)
    found = Registration.objects.filter(person__in=list(people))
    for row in found.values_list("person", "start_on", "end_on", "indemnity_to"):
        rows[row[0]].append(Registered(*row))
    return rows


def unregistered(at: datetime) -> QuerySet[Event]:
    """Published sessions to come on a day that their supervisor holds no registration for."""
    held = Registration.objects.filter(
        covering(OuterRef("local_on")),
        Q(indemnity_to__isnull=True) | Q(indemnity_to__gte=OuterRef("local_on")),
        person=OuterRef("host"),
    )
    events = Event.objects.filter(
        kind=EventKind.SUPERVISION, status=EventStatus.PUBLISHED, is_bookable=True
    )
    return events.filter(~Exists(held), start_at__gt=at)


def to_reassign(viewer: Viewer, at: datetime) -> QuerySet[Event]:
    """Of these, the ones that a lead may give to another supervisor: of their own Areas alone."""
    return _with_places(led_events(viewer, unregistered(at)))


def _with_places(events: QuerySet[Event]) -> QuerySet[Event]:
    return events.annotate(held=HELD).order_by("start_at", "pk")


@dataclass(frozen=True, slots=True)
class ToRelieve:
    """A supervisor who holds sessions on days without registration."""

    person: Person
    sessions: int
    first: date


def hosts_to_relieve(viewer: Viewer, at: datetime) -> list[ToRelieve]:
    """Whose sessions a lead may give to another supervisor, the soonest first; two queries."""
    events = led_events(viewer, unregistered(at)).values("host")
    counts = events.annotate(sessions=Count("pk"), first=Min("local_on")).order_by("first")
    found = list(counts.values_list("host", "sessions", "first"))
    people = Person.objects.in_bulk([host for host, _, _ in found])
    return [ToRelieve(people[host], number, first) for host, number, first in found]


def led_sessions(viewer: Viewer, public_ids: Iterable[str]) -> QuerySet[Event]:
    """Sessions of a lead's Areas by their ids as a page sent them; what is none is passed over."""
    events = Event.objects.filter(
        kind=EventKind.SUPERVISION, public_id__in=list(_uuids(public_ids))
    )
    return _with_places(led_events(viewer, events))


def _uuids(texts: Iterable[str]) -> Iterator[UUID]:
    for text in texts:
        with suppress(ValueError):
            yield UUID(text)


def led_events(viewer: Viewer, events: QuerySet[Event]) -> QuerySet[Event]:
    """Of these, the sessions that a lead acts at: those for their own Areas alone."""
    if viewer.is_national_lead:
        return events
    named = EventArea.objects.filter(event=OuterRef("pk"))
    elsewhere = named.exclude(area__in=viewer.led_areas)
    return events.filter(Exists(named), ~Exists(elsewhere))


def takers(on: date, giver: Person) -> list[Person]:
    """Supervisors but the giver who are registered on the day or later, by name."""
    people = [p for p in supervisors() if p != giver]
    rows = _rows(p.pk for p in people)
    return [p for p in people if any(row.reaches(on) for row in rows[p.pk])]
