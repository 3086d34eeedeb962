"""Whom the free seats can hold: a maximum matching of people and events, and who is stuck together.

Never a sum of seats: seven people who can only come on Tuesdays are not helped by places on
Thursdays. People who reach the same events are one node, with as many to place as they are, and
the events of one Area and day are reached through one, so that 20,000 people and thousands of
events stay a small network.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# Events that whoever reaches one of them reaches all of.
Bundle = frozenset[int]
Reach = tuple[Bundle, ...]
# People by what they reach.
Alike = Mapping[Reach, Sequence[int]]
SOURCE, SINK = 0, 1


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """People who together reach fewer free seats than they are."""

    people: tuple[int, ...]
    seats: int


@dataclass(frozen=True, slots=True)
class Matched:
    """How many can be placed at once; who is then left; and everyone who could be.

    `stuck`: whom an alternating path reaches from somebody who is left, by what they reach. It
    is the same whichever maximum matching is found; who of them is left is not.
    """

    available: int
    short: tuple[int, ...]
    stuck: Alike


def match(alike: Alike, free: Mapping[int, int]) -> Matched:
    """The maximum matching of people with the events they reach.

    `alike`: people by the events they reach, in bundles, each kind at least one and in order;
    `free`: the free seats of every event, above 0.
    """
    kinds = sorted(alike.items(), key=lambda kind: kind[1][0])
    network = _Network(free)
    placed = network.placed({reach: len(people) for reach, people in kinds if reach})
    short = sorted(p for reach, people in kinds for p in people[placed.get(reach, 0) :])
    stuck = {reach: who for reach, who in kinds if not reach or reach in network.stuck}
    people = sum(len(people) for _, people in kinds)
    return Matched(people - len(short), tuple(short), stuck)


class _Network:
    """Source, kinds of people (alike in what they reach), bundles, events, sink."""

    def __init__(self, free: Mapping[int, int]) -> None:
        self._free = free
        self._nodes = SINK
        self._kinds: dict[Reach, int] = {}
        self._bundles: dict[Bundle, int] = {}
        self._events: dict[int, int] = {}
        self._tails: list[int] = []
        self._heads: list[int] = []
        self._capacities: list[int] = []
        # The kinds that an alternating path reaches from somebody who is left.
        self.stuck: set[Reach] = set()

    def placed(self, kinds: Mapping[Reach, int]) -> dict[Reach, int]:
        """How many of each kind can have a seat, of so many of each."""
        arcs = {reach: self._add(reach, number) for reach, number in kinds.items()}
        if not arcs:
            # `optimal_flow` of a network without arcs is an error.
            return {}
        from ortools.graph.python import max_flow  # type: ignore[import-untyped]  # 18 MB, for it alone

        flow = max_flow.SimpleMaxFlow()
        flow.add_arcs_with_capacity(
            array("i", self._tails), array("i", self._heads), array("q", self._capacities)
        )
        status = flow.solve(SOURCE, SINK)
        assert status == flow.OPTIMAL, status
        # By the residual graph from the source: this is what alternating paths reach.
        reached = set(flow.get_source_side_min_cut())
        self.stuck = {reach for reach, node in self._kinds.items() if node in reached}
        return {reach: flow.flow(arc) for reach, arc in arcs.items()}

    def _add(self, reach: Reach, number: int) -> int:
        bundles = [self._bundle(bundle) for bundle in reach]
        node = self._kinds[reach] = self._new()
        self._tails += [node] * len(bundles)
        self._heads += bundles
        self._capacities += [number] * len(bundles)
        return self._arc(SOURCE, node, number)

    def _bundle(self, bundle: Bundle) -> int:
        if bundle not in self._bundles:
            events = sorted(bundle)
            for event in events:
                if event not in self._events:
                    self._events[event] = self._new()
                    self._arc(self._events[event], SINK, self._free[event])
            node = self._bundles[bundle] = self._new()
            self._tails += [node] * len(events)
            self._heads += map(self._events.__getitem__, events)
            self._capacities += map(self._free.__getitem__, events)
        return self._bundles[bundle]

    def _new(self) -> int:
        self._nodes += 1
        return self._nodes

    def _arc(self, tail: int, head: int, capacity: int) -> int:
        self._tails.append(tail)
        self._heads.append(head)
        self._capacities.append(capacity)
        return len(self._tails) - 1


def bottlenecks(found: Matched, free: Mapping[int, int]) -> tuple[Bottleneck, ...]:
    """Who is stuck together: split where the parts share no seat; who reaches none is a part
    alone. The shortest of seats first.

    They do not overlap, and people minus seats over all of them is the number left.
    """
    alone = [Bottleneck((person,), 0) for person in found.stuck.get((), ())]
    together = [*alone, *sharing(found, free)]
    return tuple(sorted(together, key=lambda b: (b.seats - len(b.people), b.people)))


def sharing(found: Matched, free: Mapping[int, int]) -> list[Bottleneck]:
    """Of the bottlenecks, those that reach a seat; in no order."""
    parts = _Parts()
    kinds = {reach: people for reach, people in found.stuck.items() if reach}
    for bundle in {bundle for reach in kinds for bundle in reach}:
        parts.join(bundle)
    for reach in kinds:
        parts.join(next(iter(bundle)) for bundle in reach)
    people: dict[int, list[int]] = defaultdict(list)
    seats: dict[int, int] = defaultdict(int)
    for reach, members in kinds.items():
        people[parts.of(next(iter(reach[0])))] += members
    for event in parts.members:
        seats[parts.of(event)] += free[event]
    return [Bottleneck(tuple(sorted(who)), seats[key]) for key, who in people.items()]


class _Parts:
    """Disjoint sets of events."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    @property
    def members(self) -> Iterable[int]:
        return self._parent

    def of(self, member: int) -> int:
        """What stands for the part that holds the member."""
        parent = self._parent
        top = parent.setdefault(member, member)
        while parent[top] != top:
            # Half of the way from here on is one step for whoever asks next.
            parent[top] = parent[parent[top]]
            top = parent[top]
        return top

    def join(self, members: Iterable[int]) -> None:
        """Makes one part of them."""
        one: int | None = None
        for member in members:
            if one is None:
                one = self.of(member)
            elif self._parent.get(member) != one:
                # What is there is joined by its own top, which then is nobody's.
                self._parent[self.of(member)] = one
                self._parent[member] = one
