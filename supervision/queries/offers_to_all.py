"""Which free seat each of several people could be offered now, as availability matches them.

What keeps somebody from a seat (another place, a calendar, a supervisor they would rather not
see) is counted and told to nobody: whoever gets none, gets none.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings

from supervision.domain.assigning import assign
from supervision.models import Agreement
from wellbeing.domain.booking import EventStatus
from wellbeing.domain.local_time import local_day
from wellbeing.domain.roles import EventKind
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Booking, Event, Person, Posting
from wellbeing.models.dated import covering

from .ahead_events import Open, OpenSessions
from .ahead_people import Period, Until, Whereabouts
from .ahead_reach import DaysToCome, Reaches
from .cover_lists import Listed
from .registrations import led_events


@dataclass(frozen=True, slots=True)
class Plan:
    """By person, the event they would be offered; and all that each of them reaches."""

    events: Mapping[int, Event]
    reach: Mapping[int, frozenset[int]]
    # Who was looked at in vain, in order.
    without: tuple[int, ...]


def plan_offers(people: Sequence[Listed], viewer: Viewer, at: datetime) -> Plan:
    """For people in order of who comes first; a fixed number of queries.

    At most `OFFER_TO_ALL_MOST` get one. Seats are of sessions that this lead looks after.
    """
    places = {one.standing.person: one.place for one in people}
    sessions = OpenSessions(*_period(at))
    reach = _reach({p: (n.unit, n.area) for p, n in places.items()}, sessions, viewer, at)
    order = _best_first(reach, sessions)
    given = assign(order, sessions.free, settings.OFFER_TO_ALL_MOST)
    rows = Event.objects.filter(pk__in=set(given.values())).select_related("host")
    events = {event.pk: event for event in rows}
    last = max((i for i, p in enumerate(order) if p in given), default=len(order))
    is_full = len(given) >= settings.OFFER_TO_ALL_MOST
    looked_at = list(order)[: last + 1] if is_full else list(order)
    return Plan(
        events={person: events[event] for person, event in given.items()},
        reach=reach,
        without=tuple(p for p in looked_at if p not in given),
    )


def reach_of(
    places: Mapping[int, tuple[int, int]], viewer: Viewer, at: datetime
) -> dict[int, frozenset[int]]:
    """By person (with their unit and Area of today), the events they could be offered now."""
    return _reach(places, OpenSessions(*_period(at)), viewer, at)


def _period(at: datetime) -> tuple[date, date]:
    first = local_day(at)
    return first, first + timedelta(weeks=settings.OFFER_TO_ALL_WEEKS) - timedelta(days=1)


def _reach(
    places: Mapping[int, tuple[int, int]], sessions: OpenSessions, viewer: Viewer, at: datetime
) -> dict[int, frozenset[int]]:
    first, last = _period(at)
    where = Whereabouts(Period(first, last))
    days = DaysToCome(where, {Until(last, is_overdue=True): places})
    alike = Reaches(days, sessions).alike()
    found = {person: reach for reach, people in alike.items() for person in people}
    open_to_all = _offerable(sessions.events.values(), viewer, at)
    had = _had(places)
    return {
        person: frozenset(
            event
            for bundle in found.get(person, ())
            for event in bundle
            if event in open_to_all and (person, event) not in had
        )
        for person in places
    }


def _offerable(sessions: Collection[Open], viewer: Viewer, at: datetime) -> frozenset[int]:
    """Led by this lead, and not so soon that nobody could come any more."""
    soonest = at + timedelta(hours=settings.WAITING_STOPS_HOURS)
    return frozenset(
        one.event for one in sessions if one.start_at >= soonest and viewer.leads_all(one.areas)
    )


def _had(people: Collection[int]) -> set[tuple[int, int]]:
    """Places that were theirs, or that they declined or wait for: not offered once more."""
    rows = Booking.objects.filter(person__in=people, event__kind=EventKind.SUPERVISION)
    return set(rows.values_list("person", "event"))


def _best_first(
    reach: Mapping[int, frozenset[int]], sessions: OpenSessions
) -> dict[int, list[int]]:
    """One-to-ones with their own supervisor first, then the soonest."""
    own: dict[int, set[int]] = {}
    rows = Agreement.objects.filter(person__in=reach.keys(), end_on__isnull=True)
    for person, supervisor in rows.values_list("person", "supervisor"):
        own.setdefault(person, set()).add(supervisor)

    def key(person: int, event: int) -> tuple[bool, datetime, int]:
        one = sessions.events[event]
        return one.host not in own.get(person, ()), one.start_at, event

    return {p: sorted(events, key=lambda e: key(p, e)) for p, events in reach.items()}


@dataclass(frozen=True, slots=True)
class Pair:
    """Somebody and the session that they are to be offered."""

    person: Person
    event: Event


def led_pairs(
    pairs: Sequence[tuple[UUID, UUID]], viewer: Viewer, on: date
) -> tuple[list[Pair], dict[int, tuple[int, int]]]:
    """Those whose person and session this lead looks after today, and where the people work.

    By public ids of person and event; three queries.
    """
    postings = Posting.objects.filter(
        covering(on), person__public_id__in=[person for person, _ in pairs]
    ).select_related("person", "unit")
    if not viewer.is_national_lead:
        postings = postings.filter(unit__area__in=viewer.led_areas)
    there = {row.person.public_id: row for row in postings}
    rows = Event.objects.filter(
        public_id__in=[event for _, event in pairs],
        kind=EventKind.SUPERVISION,
        status=EventStatus.PUBLISHED,
    )
    events = {event.public_id: event for event in led_events(viewer, rows)}
    found = [Pair(there[p].person, events[e]) for p, e in pairs if p in there and e in events]
    places = {row.person_id: (row.unit_id, row.unit.area_id) for row in there.values()}
    return found, places
