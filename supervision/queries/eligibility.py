"""Whom a supervisor may see: registration, Areas served and the management chain, in sets."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from supervision.domain.agreements import MemberStatus
from supervision.models import (
    Exclusion,
    GroupMember,
    GroupSession,
    Supervisor,
)
from wellbeing.domain.ports import Bar, Hosting, Seat
from wellbeing.domain.postings import Chains
from wellbeing.models import Posting
from wellbeing.queries.postings import all_postings

from .registers import registers_of


def barred_seats(seats: Collection[Seat]) -> dict[Seat, Bar]:
    """The seats that may not be taken, with the first reason; six queries for any number.

    What somebody has privately excluded comes last: whoever else may read the reason is
    told of anything that they could know for themselves.
    """
    hosts = {seat.host for seat in seats}
    registers = registers_of(hosts)
    served = Served(hosts)
    chains = chains_with(hosts)
    closed, excluded = ClosedSessions(seats), _excluded(seats)
    barred: dict[Seat, Bar] = {}
    for seat in seats:
        if seat.host == seat.person or chains.holds(seat.person, seat.host, seat.on):
            barred[seat] = Bar.IN_CHAIN
        elif not registers.registered(seat.host, seat.on):
            barred[seat] = Bar.NOT_REGISTERED
        elif not served.serves(seat.host, {seat.area}):
            barred[seat] = Bar.AREA_NOT_SERVED
        elif closed.is_closed_to(seat.event, seat.person):
            barred[seat] = Bar.CLOSED_GROUP
        elif (seat.person, seat.host) in excluded:
            barred[seat] = Bar.EXCLUDED
    return barred


def _excluded(seats: Collection[Seat]) -> set[tuple[int, int]]:
    """Persons and the supervisors they would rather not see."""
    rows = Exclusion.objects.filter(
        supervisor__in={s.host for s in seats}, person__in={s.person for s in seats}
    )
    return set(rows.values_list("person", "supervisor"))


class ClosedSessions:
    """Sessions of closed groups and who is in them; asked by hosts and days, one query."""

    def __init__(self, seats: Collection[Seat]) -> None:
        days = [seat.on for seat in seats]
        rows = GroupSession.objects.filter(
            event__host__in={seat.host for seat in seats},
            event__local_on__gte=min(days, default=date.max),
            event__local_on__lte=max(days, default=date.min),
        )
        self._groups = dict(rows.values_list("event", "group"))
        members = GroupMember.objects.filter(
            group__in=set(self._groups.values()), status=MemberStatus.MEMBER
        )
        self._members = (
            set(members.values_list("group", "person")) if self._groups else frozenset()
        )

    def is_closed_to(self, event: int, person: int) -> bool:
        """True for a session of a group that this person is not a member of."""
        group = self._groups.get(event)
        return group is not None and (group, person) not in self._members


def chains_with(hosts: Collection[int]) -> Chains:
    """The management chains, as far as these hosts can be in one.

    A supervisor is hardly ever somebody's line manager, and then nobody's postings are read:
    this is asked at every booking, under the event's lock.
    """
    managers = Posting.objects.filter(line_manager__in=hosts)
    return Chains(all_postings() if managers.exists() else {})


def barred_hostings(hostings: Collection[Hosting]) -> dict[Hosting, Bar]:
    """The sessions that may not be held, with the first reason; two queries."""
    hosts = {hosting.host for hosting in hostings}
    registers = registers_of(hosts)
    served = Served(hosts)
    barred: dict[Hosting, Bar] = {}
    for hosting in hostings:
        if hosting.host not in served.known:
            barred[hosting] = Bar.NOT_A_SUPERVISOR
        elif not registers.registered(hosting.host, hosting.on):
            barred[hosting] = Bar.NOT_REGISTERED
        elif not served.serves(hosting.host, hosting.areas):
            barred[hosting] = Bar.AREA_NOT_SERVED
    return barred


class Served:
    """The Areas that a supervisor serves; none named means all."""

    def __init__(self, hosts: Iterable[int]) -> None:
        self.known: set[int] = set()
        self.areas: dict[int, set[int]] = defaultdict(set)
        rows = Supervisor.objects.filter(person__in=hosts).values_list("person", "areas__area")
        for host, area in rows:
            self.known.add(host)
            if area is not None:
                self.areas[host].add(area)

    def serves(self, host: int, areas: Collection[int]) -> bool:
        """True where every one of these Areas is served; none named asks for all Areas."""
        return not self.areas[host] or (bool(areas) and set(areas) <= self.areas[host])
