"""Which figures of a release are withheld, so that no small count can be worked out.

Primary: whatever is below 5. Complementary: the fewest others without which no small count,
shown or not, is the only one that fits what is left (decisions/0013). Small tables are
decided at once, and no set could be smaller; a whole release goes count by count, each time by
the cheapest way out, and at the end whatever turned out to be needless is shown again.
Either way the answer leaves here only with its proof: for each small count another world.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from random import Random

from .at_once import cheapest_worlds
from .figures import Figures, Name
from .loose import Loose
from .nearest import cheapest, towards
from .proofs import Pair, Proofs
from .worlds import Move, System, is_a_world, system_of

# Up to so many variables (worlds times cells) the least set is found at once.
AT_ONCE = 600
# Among how many cells around a count a way out is looked for, and then farther out.
NEAR = 600
FARTHER = (1500, 4000)
# From how many counts on one world for all is looked for, before one for each.
MANY = 20


def suppress(
    figures: Figures, readers: Sequence[Collection[Name]] = (), at_once: int = AT_ONCE
) -> frozenset[Name]:
    """The names of the figures to withhold; the same figures always give the same names.

    `readers`: for each reader who has more than the page, the names of the figures they have
    exactly; what is small among the others they must not work out with them. ValueError where
    a small count follows from the relations alone, whatever is withheld.
    """
    system = system_of(figures)
    names = list(figures.counts)
    number = {name: i for i, name in enumerate(names)}
    known = [frozenset[int](), *(frozenset(number[n] for n in has) for has in readers)]
    pairs = [(cell, has) for cell in system.small for has in known if cell not in has]
    release = _Release(system, pairs)
    if len(pairs) * len(system.values) <= at_once:
        release.decide_at_once()
    else:
        release.go_through()
        release.show_again()
    release.prove()
    return frozenset(names[cell] for cell in release.hidden)


class _Release:
    """A release while it is decided: what is hidden so far, and the proof for each pair."""

    def __init__(self, system: System, pairs: Sequence[Pair]) -> None:
        self.system = system
        self.pairs = pairs
        self.hidden = set(system.public.intersection(system.small))
        # The cells that the page does not show.
        self.free = set(range(len(system.values))) - (system.public - self.hidden)
        self.proofs = Proofs(pairs)
        # For whom each complementary cell was hidden: the first to ask whether it must be.
        self.hidden_for: dict[int, Pair] = {}
        # Always the same numbers, or the same figures would not give the same answer.
        self.drawn = Random(1)

    def costs(self) -> dict[int, int]:
        """Few before all; then small counts rather than large, and parts rather than totals."""
        totals = {c for row in self.system.rows for c, sign in row.items() if sign < 0}
        shown = self.system.public - self.free
        loss = {c: 2 * self.system.values[c] + (c in totals) for c in shown}
        most = 1 + sum(loss.values())
        return {c: most + loss[c] for c in sorted(loss)}

    def hide(self, move: Move) -> None:
        """Withholds whatever differs in this world."""
        self.hidden |= move.keys() & self.system.public
        self.free |= move.keys()
        self.proofs.keep(move)

    def decide_at_once(self) -> None:
        """The least set, and its worlds."""
        found = cheapest_worlds(self.system, self.pairs, sorted(self.free), self.costs())
        for move in found or ():
            self.hide(move)

    def go_through(self) -> None:
        """First what needs nothing more; then pair by pair, by the cheapest way out."""
        self.spread(self.pairs)
        costs = self.costs()
        for pair in self.pairs:
            if pair in self.proofs.worlds:
                continue
            move = self.way_out(pair, costs) or self.any_way_out(pair, costs)
            self.hide(move)
            for cell in move.keys() & costs.keys():
                del costs[cell]
                self.hidden_for[cell] = pair

    def near(self, pair: Pair, most: int) -> set[int]:
        """The cells around a count, but for those that its reader has."""
        return self.system.near(pair[0], self.free, most) - pair[1]

    def farther(self, pair: Pair) -> Iterator[set[int]]:
        """More and more of them, and at last all that there are."""
        for most in FARTHER:
            yield self.near(pair, most)
        yield set(range(len(self.system.values))) - pair[1]

    def way_out(self, pair: Pair, costs: Mapping[int, int]) -> Move | None:
        """The cheapest world for this pair near by, if any."""
        return cheapest(self.system, pair[0], self.near(pair, NEAR), costs)

    def any_way_out(self, pair: Pair, costs: Mapping[int, int]) -> Move:
        """The same wherever it may be; by the slower solver where the quick one has fractions."""
        for cells in self.farther(pair):
            if move := cheapest(self.system, pair[0], cells, costs, others=1):
                return move
        for cells in self.farther(pair):
            some = {c: cost for c, cost in costs.items() if c in cells}
            if found := cheapest_worlds(self.system, [pair], sorted(self.free & cells), some):
                return found[0]
        return {}

    def spread(self, pairs: Sequence[Pair]) -> None:
        """Worlds for as many of these pairs as a few directions around them find, at no cost."""
        asked = set[Pair]()
        for pair in pairs:
            if pair in self.proofs.worlds or pair in asked:
                continue
            cells = self.near(pair, NEAR) & self.free
            left = [p for p in pairs if p[0] in cells and p[1] == pair[1]]
            left = [p for p in left if p not in self.proofs.worlds]
            asked.update(left)
            self.spread_among(cells, left)

    def spread_among(self, cells: set[int], left: Sequence[Pair]) -> None:
        """Worlds in which only these cells differ, for as many of these pairs as can be had soon."""
        while left:
            weights = {}
            for cell, _ in left:
                can_be_less = self.system.values[cell] > 0
                way = -1 if can_be_less and self.drawn.random() < 0.5 else 1
                weights[cell] = way * self.drawn.random()
            self.proofs.keep(towards(self.system, cells, weights) or {})
            before, left = left, [p for p in left if p not in self.proofs.worlds]
            if len(left) > 0.9 * len(before):
                break

    def show_again(self) -> None:
        """Shows what the others do not need, the largest first."""
        loose, small = Loose(self.system, self.free), frozenset(self.system.small)
        extra = self.hidden - small
        for cell in sorted(extra, key=lambda c: (-self.system.values[c], c)):
            held = loose.hold(cell, small)
            if held is None:
                continue
            self.hidden.discard(cell)
            self.free.discard(cell)
            lost = self.proofs.lose(cell)
            first = [pair for pair in lost if pair == self.hidden_for[cell]]
            if not (self.proven_again(first) and self.proven_again(list(lost))):
                self.hidden.add(cell)
                self.free.add(cell)
                self.proofs.take_back(lost)
                loose.let_go(held)

    def proven_again(self, pairs: Sequence[Pair]) -> bool:
        """Whether there are worlds for these pairs in which no more is hidden."""
        if len(pairs) > MANY:
            self.spread(pairs)
        for pair in pairs:
            if pair not in self.proofs.worlds:
                move = cheapest(self.system, pair[0], self.near(pair, NEAR) & self.free, {})
                if move is None:
                    return False
                self.proofs.keep(move)
        return True

    def prove(self) -> None:
        """Raises unless each pair has a world of its own that the page does not rule out."""
        worlds = self.proofs.worlds
        # One world proves many pairs, and is added up once.
        moves = {id(move): move for move in worlds.values()}
        free = set(range(len(self.system.values))) - (self.system.public - self.hidden)
        sound = {k for k, m in moves.items() if free >= m.keys() and is_a_world(self.system, m)}
        for cell, known in self.pairs:
            move = worlds.get((cell, known), {})
            if cell not in move or id(move) not in sound:
                raise ValueError("A small count follows from the relations alone.")
            if known & move.keys():
                raise ValueError("A small count follows from what a reader has.")
