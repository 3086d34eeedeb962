"""Whom the free seats can hold: a maximum matching of people and events, and who is stuck together.

Never a sum of seats: seven people who can only come on Tuesdays are not helped by places on
Thursdays. People who reach the same events are one node, and the events of one Area and day
are reached through one, so that 20,000 people and thousands of events stay a small network.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Events that whoever reaches one of them reaches all of.
Bundle = frozenset[int]
Reach = tuple[Bundle, ...]
SOURCE, SINK = 0, 1


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """People who together reach fewer free seats than they are."""

    people: tuple[int, ...]
    seats: int


@dataclass(frozen=True, slots=True)
class Matched:
    """How many can be placed at once; who is then left; and why: the bottlenecks.

    Bottlenecks do not overlap, and people minus seats over all of them is the number left.
    They are the same whichever maximum matching is found; who of them is left is not.
    """

    available: int
    short: tuple[int, ...]
    bottlenecks: tuple[Bottleneck, ...]


def match(reach: Mapping[int, Reach], free: Mapping[int, int]) -> Matched:
    """The maximum matching of people with the events they reach.

    `reach`: each person's events, in bundles; `free`: the free seats of every event, above 0.
    """
    network = _Network(reach, free)
    network.solve()
    return Matched(
        available=len(reach) - len(network.short),
        short=tuple(sorted(network.short)),
        bottlenecks=_bottlenecks(network),
    )


class _Network:
    """Source, kinds of people (alike in what they reach), bundles, events, sink."""

    def __init__(self, reach: Mapping[int, Reach], free: Mapping[int, int]) -> None:
        self.alike: dict[Reach, list[int]] = defaultdict(list)
        for person in sorted(reach):
            self.alike[reach[person]].append(person)
        self.free = free
        from ortools.graph.python import max_flow  # type: ignore[import-untyped]  # 18 MB, for it alone

        self.flow = max_flow.SimpleMaxFlow()
        self.nodes: dict[object, int] = {}
        self.short: list[int] = []
        # Everyone whom an alternating path reaches from somebody who is left, by what they reach.
        self.stuck: dict[Reach, list[int]] = {}

    def solve(self) -> None:
        arcs = {kind: self._add(kind, people) for kind, people in self.alike.items() if kind}
        # `optimal_flow` of a network without arcs is an error.
        reached: set[int] = set()
        if arcs:
            status = self.flow.solve(SOURCE, SINK)
            assert status == self.flow.OPTIMAL, status
            # By the residual graph from the source: this is what alternating paths reach.
            reached = set(self.flow.get_source_side_min_cut())
        for kind, people in self.alike.items():
            placed = self.flow.flow(arcs[kind]) if kind else 0
            self.short += people[placed:]
            if not kind or self.nodes[kind] in reached:
                self.stuck[kind] = people

    def _add(self, kind: Reach, people: list[int]) -> int:
        node, number = self._node(kind), len(people)
        for bundle in kind:
            key, is_new = ("bundle", bundle), ("bundle", bundle) not in self.nodes
            self.flow.add_arc_with_capacity(node, self._node(key), number)
            if is_new:
                self._add_bundle(self.nodes[key], bundle)
        return int(self.flow.add_arc_with_capacity(SOURCE, node, number))

    def _add_bundle(self, node: int, bundle: Bundle) -> None:
        for event in sorted(bundle):
            seats, is_new = self.free[event], event not in self.nodes
            self.flow.add_arc_with_capacity(node, self._node(event), seats)
            if is_new:
                self.flow.add_arc_with_capacity(self.nodes[event], SINK, seats)

    def _node(self, key: object) -> int:
        return self.nodes.setdefault(key, len(self.nodes) + 2)


def _bottlenecks(network: _Network) -> tuple[Bottleneck, ...]:
    """Split where the parts share no seat; who reaches none is a part alone. The shortest of
    seats first."""
    nodes, parts = network.nodes, _Parts()
    for kind in network.stuck:
        parts.join(nodes[kind] if kind else SOURCE, (nodes["bundle", b] for b in kind))
    bundles = {bundle for kind in network.stuck for bundle in kind}
    for bundle in bundles:
        parts.join(nodes["bundle", bundle], (nodes[event] for event in bundle))
    people: dict[object, list[int]] = defaultdict(list)
    seats: dict[object, int] = defaultdict(int)
    for kind, members in network.stuck.items():
        for person in members:
            # A kind that reaches nothing has no node, and its people share no seat.
            people[parts.of(nodes[kind]) if kind else ("alone", person)].append(person)
    for event in frozenset().union(*bundles):
        seats[parts.of(nodes[event])] += network.free[event]
    found = [Bottleneck(tuple(sorted(who)), seats[key]) for key, who in people.items()]
    return tuple(sorted(found, key=lambda b: (b.seats - len(b.people), b.people)))


class _Parts:
    """Disjoint sets of node numbers."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def of(self, member: int) -> int:
        """What stands for the part that holds the member."""
        top = member
        while top in self._parent:
            top = self._parent[top]
        while member != top:
            self._parent[member], member = top, self._parent[member]
        return top

    def join(self, first: int, others: Iterable[int]) -> None:
        """Makes one part of them."""
        for other in others:
            one, two = self.of(first), self.of(other)
            if one != two:
                self._parent[two] = one
