"""What is proven so far while a release is decided: for each pair a world, and who needs which cell."""

from collections.abc import Sequence

from .worlds import Move

# A count, and the cells that one reader has besides the page.
Pair = tuple[int, frozenset[int]]


class Proofs:
    """For each pair the world that proves it: in which its count differs, and none of what is known."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.worlds: dict[Pair, Move] = {}
        self._pairs_of: dict[int, list[Pair]] = {}
        # By cell the worlds that need it, each with the pairs for which it was kept.
        self._using: dict[int, list[tuple[Move, list[Pair]]]] = {}
        for pair in pairs:
            self._pairs_of.setdefault(pair[0], []).append(pair)

    def keep(self, move: Move) -> None:
        """A world proves whatever differs in it, to whoever knows none of that."""
        proven = [
            pair
            for cell in move
            for pair in self._pairs_of.get(cell, ())
            if pair not in self.worlds and pair[1].isdisjoint(move)
        ]
        if proven:
            self.worlds.update(dict.fromkeys(proven, move))
            for cell in move:
                self._using.setdefault(cell, []).append((move, proven))

    def lose(self, cell: int) -> dict[Pair, Move]:
        """Forgets the worlds that need this cell, and gives them with the pairs that have none now."""
        lost = {
            pair: move
            for move, pairs in self._using.get(cell, ())
            for pair in pairs
            if self.worlds.get(pair) is move
        }
        for pair in lost:
            del self.worlds[pair]
        return lost

    def take_back(self, lost: dict[Pair, Move]) -> None:
        """The cell may differ after all: whoever has found no other world has the old one."""
        for pair, move in lost.items():
            self.worlds.setdefault(pair, move)
