"""Postings of people over time: who works where, runs of service, the management chain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .roles import JobRole


@dataclass(frozen=True, slots=True)
class Served:
    """A posting: first and last day (None: current), where, as what, under whom, how many days a week."""

    first: date
    last: date | None
    unit: int
    area: int
    job_role: JobRole
    manager: int | None
    days_a_week: int = 5

    def covers(self, on: date) -> bool:
        return self.first <= on and (self.last is None or self.last >= on)


def posting_on(postings: Sequence[Served], on: date) -> Served | None:
    """The posting that covers the day; a person's postings never overlap."""
    for posting in postings:
        if posting.covers(on):
            return posting
    return None


def run_start(postings: Sequence[Served], on: date) -> date | None:
    """First day of the unbroken run of service that holds `on`; None outside service.

    `postings` in order of their first day. A run is unbroken while each posting starts
    no later than the day after the last one ended (rule 3).
    """
    start: date | None = None
    ended: date | None = None
    for posting in postings:
        if posting.first > on:
            break
        if start is None or ended is None or posting.first.toordinal() > ended.toordinal() + 1:
            start = posting.first
        if posting.last is None or posting.last >= on:
            return start
        ended = posting.last
    return None


class Chains:
    """Management chains on a day: a line manager, that manager's own that day, and so on.

    Only somebody who was ever a line manager can be in one: for all others the answer
    is given without a walk.
    """

    def __init__(self, postings: Mapping[int, Sequence[Served]]) -> None:
        self._postings = postings
        self._managers = {
            p.manager for rows in postings.values() for p in rows if p.manager is not None
        }

    def holds(self, person: int, other: int, on: date) -> bool:
        """True where `other` is in `person`'s chain on that day."""
        return other in self._managers and other in self.above(person, on)

    def above(self, person: int, on: date) -> Iterable[int]:
        """The people of the chain, nearest first; ends where it would come round again."""
        seen: dict[int, None] = {}
        manager = self._manager(person, on)
        while manager is not None and manager not in seen:
            seen[manager] = None
            manager = self._manager(manager, on)
        return seen

    def _manager(self, person: int, on: date) -> int | None:
        posting = posting_on(self._postings.get(person, ()), on)
        return posting.manager if posting else None
