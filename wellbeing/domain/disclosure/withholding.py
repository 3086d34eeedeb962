"""Which figures of a release are withheld, so that no small count can be worked out.

Primary: whatever is below 5. Complementary: the fewest others without which no small count,
shown or not, is the only one that fits what is left (decisions/0013). Small tables are
decided at once, and no set could be smaller; a whole release goes count by count, each time by
the cheapest way out, and at the end whatever turned out to be needless is shown again.
Either way the answer leaves here only with its proof: for each small count another world.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from random import Random

from .at_once import cheapest_worlds
from .figures import Figures, Name
from .nearest import Programme
from .worlds import Move, System, is_a_world, system_of

# A count, and the cells that one reader has besides the page.
Pair = tuple[int, frozenset[int]]
# Up to so many variables (worlds times cells) the least set is found at once.
AT_ONCE = 600
# Among how many cells around a count a way out is looked for, before it is looked for everywhere.
NEAR = 300
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
        self.cells = set(range(len(system.values)))
        self.hidden = set(system.public.intersection(system.small))
        self.worlds: dict[Pair, Move] = {}
        # For whom each complementary cell was hidden: the first to ask whether it must be.
        self.hidden_for: dict[int, Pair] = {}
        # Always the same numbers, or the same figures would not give the same answer.
        self.drawn = Random(1)
        self.pairs_of: dict[int, list[Pair]] = {}
        for pair in pairs:
            self.pairs_of.setdefault(pair[0], []).append(pair)

    def free(self) -> set[int]:
        """The cells that the page does not show."""
        return self.hidden | (self.cells - self.system.public)

    def costs(self) -> dict[int, int]:
        """Few before all; then small counts rather than large, and parts rather than totals."""
        totals = {c for row in self.system.rows for c, sign in row.items() if sign < 0}
        loss = {c: 2 * self.system.values[c] + (c in totals) for c in self.cells - self.free()}
        return {c: 1 + sum(loss.values()) + loss[c] for c in sorted(loss)}

    def keep(self, move: Move) -> None:
        """A world proves whatever differs in it, to whoever knows none of that."""
        self.hidden |= move.keys() & self.system.public
        for pair in [p for cell in move for p in self.pairs_of.get(cell, ())]:
            if pair not in self.worlds and pair[1].isdisjoint(move):
                self.worlds[pair] = move

    def decide_at_once(self) -> None:
        """The least set, and its worlds."""
        found = cheapest_worlds(self.system, self.pairs, sorted(self.free()), self.costs())
        for move in found or ():
            self.keep(move)

    def go_through(self) -> None:
        """First what needs nothing more; then pair by pair, by the cheapest way out."""
        self.programme = Programme(self.system, self.cells)
        self.spread(self.pairs)
        costs = self.costs()
        for pair in self.pairs:
            if pair in self.worlds:
                continue
            move = self.way_out(pair, self.cells, costs) or self.any_way_out(pair, costs)
            self.keep(move)
            for cell in move.keys() & costs.keys():
                del costs[cell]
                self.hidden_for[cell] = pair

    def way_out(self, pair: Pair, cells: set[int], costs: Mapping[int, int]) -> Move | None:
        """The cheapest world for this pair near by in which only these cells differ, if any."""
        programme = Programme(self.system, self.system.near(pair[0], NEAR))
        programme.allow(cells - pair[1])
        return programme.cheapest(pair[0], costs)

    def any_way_out(self, pair: Pair, costs: Mapping[int, int]) -> Move:
        """The same wherever it may be; by the slower solver where the quick one has fractions."""
        self.programme.allow(self.cells - pair[1])
        move = self.programme.cheapest(pair[0], costs)
        if move is None:
            some = {c: cost for c, cost in costs.items() if c not in pair[1]}
            found = cheapest_worlds(self.system, [pair], sorted(self.free()), some)
            move = found[0] if found else {}
        return move

    def spread(self, pairs: Iterable[Pair]) -> None:
        """Worlds for as many of these pairs as a few directions find, hiding nothing more."""
        for known in dict.fromkeys(pair[1] for pair in pairs):
            self.programme.allow(self.free() - known)
            left = [p[0] for p in pairs if p[1] == known and p not in self.worlds]
            while left:
                weights = {c: self.drawn.random() for c in left}
                for c in left:
                    if self.system.values[c] and self.drawn.random() < 0.5:
                        weights[c] = -weights[c]
                self.keep(self.programme.towards(weights))
                before, left = left, [c for c in left if (c, known) not in self.worlds]
                if len(left) > 0.9 * len(before):
                    break

    def show_again(self) -> None:
        """Shows what the others do not need, the largest first."""
        extra = self.hidden.difference(self.system.small)
        for cell in sorted(extra, key=lambda c: (-self.system.values[c], c)):
            before = dict(self.worlds)
            self.hidden.discard(cell)
            lost = [pair for pair, move in self.worlds.items() if cell in move]
            for pair in lost:
                del self.worlds[pair]
            first = [pair for pair in lost if pair == self.hidden_for[cell]]
            if not (self.proven_again(first) and self.proven_again(lost)):
                self.hidden.add(cell)
                self.worlds = before

    def proven_again(self, pairs: Sequence[Pair]) -> bool:
        """Whether there are worlds for these pairs in which no more is hidden."""
        if len(pairs) > MANY:
            self.spread(pairs)
        for pair in pairs:
            if pair not in self.worlds:
                move = self.way_out(pair, self.free(), {})
                if move is None:
                    return False
                self.keep(move)
        return True

    def prove(self) -> None:
        """Raises unless each pair has a world of its own that the page does not rule out."""
        free = self.free()
        # One world proves many pairs, and is added up once.
        moves = {id(move): move for move in self.worlds.values()}
        sound = {k for k, m in moves.items() if free >= m.keys() and is_a_world(self.system, m)}
        for cell, known in self.pairs:
            move = self.worlds.get((cell, known), {})
            if cell not in move or id(move) not in sound:
                raise ValueError("A small count follows from the relations alone.")
            if known & move.keys():
                raise ValueError("A small count follows from what a reader has.")
