"""The smallest set of extra seats after which nobody is short whom a seat can help (domain.md).

One seat places one person, and everybody who is short and has a working day left needs one: so
their number is the least there is. What is chosen is where they are: on few days, so that a
supervisor comes for several people at once.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from datetime import date
from typing import TypeVar

# A day, and the Area for which there is a seat.
Place = tuple[date, int]
# Somebody, or several people whom the same places help.
K = TypeVar("K", bound=Hashable)


def make_it_fit(
    days: Mapping[K, Collection[Place]], number: Mapping[K, int], *, notice_from: date
) -> list[tuple[Place, int]]:
    """Places and how many seats each, in order of day and Area; together one a person.

    `days`: where a seat would help each kind of people, at least one place each; `number`: how
    many people they are. Of places that help as many, the first from `notice_from` on, for a
    place nobody hears of in time helps nobody; where all are before it, the last.
    """
    helped: dict[Place, set[K]] = defaultdict(set)
    for kind, places in days.items():
        for place in places:
            helped[place].add(kind)
    heap = [
        (-sum(map(number.__getitem__, kinds)), *_rank(place, notice_from))
        for place, kinds in helped.items()
    ]
    heapq.heapify(heap)
    waiting, found = set(days), []
    while waiting:
        most, late, order, area, day = heapq.heappop(heap)
        kinds = helped[day, area] & waiting
        people = sum(map(number.__getitem__, kinds))
        if people == -most:
            found.append(((day, area), people))
            waiting -= kinds
        elif people:
            # It helps fewer by now than when it was weighed: back among the others.
            heapq.heappush(heap, (-people, late, order, area, day))
    return sorted(found)


def _rank(place: Place, notice_from: date) -> tuple[bool, int, int, date]:
    """What is early enough before what is not; then nearest to the first day that is."""
    day, area = place
    return day < notice_from, abs((day - notice_from).days), area, day
