"""Whom a supervisor may see: registration, Areas served and the management chain, in sets."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from supervision.models import Supervisor, SupervisorArea
from wellbeing.domain.ports import Bar, Hosting, Seat
from wellbeing.domain.postings import Chains
from wellbeing.models import Posting
from wellbeing.queries.postings import all_postings

from .registers import registers_of


def barred_seats(seats: Collection[Seat]) -> dict[Seat, Bar]:
    """The seats that may not be taken, with the first reason; four queries for any number."""
    hosts = {seat.host for seat in seats}
    registers = registers_of(hosts)
    served = Served(hosts)
    chains = chains_with(hosts)
    barred: dict[Seat, Bar] = {}
    for seat in seats:
        if seat.host == seat.person or chains.holds(seat.person, seat.host, seat.on):
            barred[seat] = Bar.IN_CHAIN
        elif not registers.registered(seat.host, seat.on):
            barred[seat] = Bar.NOT_REGISTERED
        elif not served.serves(seat.host, {seat.area}):
            barred[seat] = Bar.AREA_NOT_SERVED
    return barred


def chains_with(hosts: Collection[int]) -> Chains:
    """The management chains, as far as these hosts can be in one.

    A supervisor is hardly ever somebody's line manager, and then nobody's postings are read:
    this is asked at every booking, under the event's lock.
    """
    managers = Posting.objects.filter(line_manager__in=hosts)
    return Chains(all_postings() if managers.exists() else {})


def barred_hostings(hostings: Collection[Hosting]) -> dict[Hosting, Bar]:
    """The sessions that may not be held, with the first reason; three queries."""
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
        self.known = set(
            Supervisor.objects.filter(person__in=hosts).values_list("person", flat=True)
        )
        self.areas: dict[int, set[int]] = defaultdict(set)
        rows = SupervisorArea.objects.filter(supervisor__person__in=hosts)
        for host, area in rows.values_list("supervisor__person", "area"):
            self.areas[host].add(area)

    def serves(self, host: int, areas: Collection[int]) -> bool:
        """True where every one of these Areas is served; none named asks for all Areas."""
        return not self.areas[host] or (bool(areas) and set(areas) <= self.areas[host])
