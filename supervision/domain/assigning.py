"""Who is offered which free seat: as many people as can be at once, who comes first before others.

The same maximum matching as `matching`, person by person, for the few that a lead offers to in
one step, and with a name beside each seat.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence


def assign(
    reach: Mapping[int, Sequence[int]], free: Mapping[int, int], most: int
) -> dict[int, int]:
    """By person, their event; at most `most` people, and whoever is left out could have none.

    `reach`: people in order of who comes first, each with the events that they could come to,
    the best first. `free`: the free seats of events. Nobody loses a seat to somebody later;
    they may change it for another of theirs.
    """
    seats = _Seats(reach, free)
    for person in reach:
        if len(seats.of) >= most:
            break
        seats.find(person, set())
    return seats.of


class _Seats:
    def __init__(self, reach: Mapping[int, Sequence[int]], free: Mapping[int, int]) -> None:
        self._reach, self._free = reach, free
        self._held: dict[int, list[int]] = defaultdict(list)
        self.of: dict[int, int] = {}

    def find(self, person: int, tried: set[int]) -> bool:
        """A seat for this person: a free one, or one whose holder has another."""
        for event in self._reach[person]:
            if len(self._held[event]) < self._free[event]:
                return self._take(person, event)
        for event in self._reach[person]:
            if event in tried:
                continue
            tried.add(event)
            for other in list(self._held[event]):
                if self.find(other, tried):
                    return self._take(person, event)
        return False

    def _take(self, person: int, event: int) -> bool:
        if person in self.of:
            self._held[self.of[person]].remove(person)
        self._held[event].append(person)
        self.of[person] = event
        return True
