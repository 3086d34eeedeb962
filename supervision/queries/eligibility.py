"""Whom a supervisor may see: registration, Areas served and the management chain, in sets."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from supervision.models import Registration, Supervisor, SupervisorArea
from wellbeing.domain.ports import Bar, Hosting, Seat
from wellbeing.models import Posting

# A day's end of a posting or registration with none.
NEVER = date.max


def barred_seats(seats: Collection[Seat]) -> dict[Seat, Bar]:
    """The seats that may not be taken, with the first reason; four queries for any number."""
    hosts = {seat.host for seat in seats}
    registered = _Registered(hosts)
    served = _Served(hosts)
    chain = _Chain(hosts)
    barred: dict[Seat, Bar] = {}
    for seat in seats:
        if chain.holds(seat.person, seat.host, seat.on):
            barred[seat] = Bar.IN_CHAIN
        elif not registered.on(seat.host, seat.on):
            barred[seat] = Bar.NOT_REGISTERED
        elif not served.serves(seat.host, {seat.area}):
            barred[seat] = Bar.AREA_NOT_SERVED
    return barred


def barred_hostings(hostings: Collection[Hosting]) -> dict[Hosting, Bar]:
    """The sessions that may not be held, with the first reason; three queries."""
    hosts = {hosting.host for hosting in hostings}
    registered = _Registered(hosts)
    served = _Served(hosts)
    barred: dict[Hosting, Bar] = {}
    for hosting in hostings:
        if hosting.host not in served.known:
            barred[hosting] = Bar.NOT_A_SUPERVISOR
        elif not registered.on(hosting.host, hosting.on):
            barred[hosting] = Bar.NOT_REGISTERED
        elif not served.serves(hosting.host, hosting.areas):
            barred[hosting] = Bar.AREA_NOT_SERVED
    return barred


class _Registered:
    """Registered on a day: one row covers it, its indemnity included (domain.md, Words)."""

    def __init__(self, hosts: Iterable[int]) -> None:
        self.rows: dict[int, list[tuple[date, date]]] = defaultdict(list)
        rows = Registration.objects.filter(person__in=hosts)
        for host, first, last, indemnity in rows.values_list(
            "person", "start_on", "end_on", "indemnity_to"
        ):
            self.rows[host].append((first, min(last or NEVER, indemnity or NEVER)))

    def on(self, host: int, day: date) -> bool:
        return any(first <= day <= last for first, last in self.rows[host])


class _Served:
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


class _Chain:
    """Management chains, walked only for hosts who have ever been somebody's manager."""

    def __init__(self, hosts: Collection[int]) -> None:
        managing = Posting.objects.filter(line_manager__in=hosts)
        self.managers = set(managing.values_list("line_manager", flat=True))
        self.postings: dict[int, list[tuple[date, date, int | None]]] = defaultdict(
            list
        )
        if self.managers:
            for person, first, last, manager in Posting.objects.values_list(
                "person", "start_on", "end_on", "line_manager"
            ):
                self.postings[person].append((first, last or NEVER, manager))

    def holds(self, person: int, host: int, on: date) -> bool:
        """True where `host` is in `person`'s management chain on that day, or is the person."""
        if person == host:
            return True
        if host not in self.managers:
            return False
        seen = {person}
        above = self._manager(person, on)
        while above is not None and above not in seen:
            if above == host:
                return True
            seen.add(above)
            above = self._manager(above, on)
        return False

    def _manager(self, person: int, on: date) -> int | None:
        for first, last, manager in self.postings[person]:
            if first <= on <= last:
                return manager
        return None
