"""What keeps single people from single events, or opens one to them. It is told to nobody."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta

from django.db.models import Min

from supervision.domain.agreements import MemberStatus
from supervision.models import Exclusion, GroupMember
from wellbeing.domain.postings import Chains, Served
from wellbeing.domain.roles import EventKind, JobRole
from wellbeing.models import BusyTime, ClaimedTime

from .ahead_events import ByDay, Open, OpenSessions, by_day, instant
from .ahead_people import Period
from .gathered import Gathered, Microseconds
from .stored_cover import MOST_NAMED

DAY = timedelta(days=1)


class Hindered:
    """By person, the events that are none of theirs, and those of their closed groups.

    None of theirs: what they clash with (what they hold among it), whom they do not want, and
    who is above them. Set-based: five queries, and two more where a host is a line manager.
    """

    def __init__(self, people: Collection[int], period: Period, sessions: OpenSessions) -> None:
        self._people, self._sessions = people, sessions
        self.barred: dict[int, list[ByDay]] = defaultdict(list)
        self.own: dict[int, list[Open]] = defaultdict(list)
        if sessions.events:
            self._exclude()
            self._take()
            self._invite()
            self._lift(period)

    def _bar(self, people: Iterable[int], events: ByDay) -> None:
        if events:
            for person in people:
                if person in self._people:
                    self.barred[person].append(events)

    def _exclude(self) -> None:
        """Whom they would rather not see."""
        of_host = {host: by_day(self._sessions.of_host(host)) for host in self._sessions.hosts}
        rows = Exclusion.objects.filter(supervisor__in=of_host)
        for person, host in rows.values_list("person", "supervisor"):
            self._bar((person,), of_host[host])

    def _take(self) -> None:
        """Times of places held, of events hosted, and of a calendar of their own."""
        for start, end, people in _taken(self._sessions):
            self._bar(people, self._sessions.meeting(start, end))

    def _invite(self) -> None:
        """Sessions of closed groups are their members' alone."""
        groups = self._sessions.groups
        members = GroupMember.objects.filter(status=MemberStatus.MEMBER, group__in=groups)
        for person, group in members.values_list("person", "group"):
            if person in self._people:
                self.own[person] += self._sessions.of_group(group)

    def _lift(self, period: Period) -> None:
        """Nobody is supervised by somebody of their management chain of the day."""
        bosses = period.postings.filter(line_manager__in=self._sessions.hosts)
        managing = set(bosses.values_list("line_manager", flat=True))
        if not managing:
            return
        chains, below = _below(managing, period)
        events = [event for host in managing for event in self._sessions.of_host(host)]
        for person in below.intersection(self._people):
            above = (e for e in events if chains.holds(person, e.host, e.on))
            self._bar((person,), by_day(above))


def _below(managing: set[int], period: Period) -> tuple[Chains, set[int]]:
    """Everybody who is below these managers on some day of a period, and their chains as far."""
    teams = dict(
        period.postings.filter(line_manager__isnull=False)
        .order_by()
        .values("line_manager")
        .annotate(people=Gathered("person"))
        .values_list("line_manager", "people")
    )
    below: set[int] = set()
    asked = list(managing)
    while asked:
        found = set(teams.get(asked.pop(), ())) - below
        below |= found
        asked += found
    postings: dict[int, list[Served]] = defaultdict(list)
    columns = (
        "person", "start_on", "end_on", "unit", "unit__area", "job_role", "line_manager"
    )  # fmt: skip
    rows = period.postings.order_by("person", "start_on")
    if len(below) <= MOST_NAMED:
        rows = rows.filter(person__in=below)
    for person, first, last, unit, area, role, manager in rows.values_list(*columns):
        if person in below:
            postings[person].append(Served(first, last, unit, area, JobRole(role), manager))
    return Chains(postings), below


def _taken(sessions: OpenSessions) -> Iterator[tuple[int, int, list[int]]]:
    """From, until and whose; what several people have at the same time is one. Two queries.

    Claims by their events, whose index by day spares those of years.
    """
    events = sessions.events.values()
    first, last = instant(min(e.start for e in events)), instant(max(e.end for e in events))
    busy = BusyTime.objects.filter(from_at__lt=last, to_at__gt=first)
    claims = ClaimedTime.objects.filter(
        event__kind__in=list(EventKind),
        event__local_on__gte=first.date() - DAY,
        event__local_on__lte=last.date() + DAY,
    )
    for rows in (busy, claims):
        times = rows.order_by().values("from_at", "to_at").annotate(
            start=Microseconds(Min("from_at")),
            end=Microseconds(Min("to_at")),
            people=Gathered("person"),
        )  # fmt: skip
        yield from times.values_list("start", "end", "people")
