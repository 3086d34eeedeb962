"""Which counts some relation holds fast, found by counting and without a solver.

A relation holds the only cell that may differ in it; and where all that may differ are parts of
nobody, or is a total of nobody, it holds them all, for none can become less. What is held makes
other relations narrower in turn. A count that is not held here may still have only one
answer; one that is held has.
"""

from collections.abc import Collection, Iterable, Iterator

from .worlds import System


class Loose:
    """Those of some cells that may still differ, when nothing else does."""

    def __init__(self, system: System, cells: Iterable[int]) -> None:
        self.system = system
        self.left: set[int] = set()
        # By row how many may differ; and of those how many are 0 and a part, and a total.
        self._there: dict[int, int] = {}
        self._parts: dict[int, int] = {}
        self._totals: dict[int, int] = {}
        for cell in cells:
            self._count(cell, 1)
        for _ in self._held(list(self._there)):
            pass

    def hold(self, cell: int, loose: Collection[int]) -> list[int] | None:
        """Holds this cell too: what is held then; None, and nothing changed, if one of `loose` is."""
        if cell not in self.left:
            return []
        gone = [cell]
        self._count(cell, -1)
        for held in self._held(list(self.system.rows_of[cell])):
            gone.append(held)
            if held in loose:
                self.let_go(gone)
                return None
        return gone

    def let_go(self, cells: Iterable[int]) -> None:
        """Takes back what `hold` gave."""
        for cell in cells:
            self._count(cell, 1)

    def _held(self, rows: list[int]) -> Iterator[int]:
        """Takes out cell by cell what these rows hold, and what follows from that."""
        while rows:
            row = rows.pop()
            there = self._there.get(row, 0)
            if there and (there == 1 or there in (self._parts[row], self._totals[row])):
                for cell in [c for c in self.system.rows[row] if c in self.left]:
                    self._count(cell, -1)
                    rows.extend(self.system.rows_of[cell])
                    yield cell

    def _count(self, cell: int, more: int) -> None:
        if more > 0:
            self.left.add(cell)
        else:
            self.left.discard(cell)
        nobody = not self.system.values[cell]
        for row in self.system.rows_of[cell]:
            is_part = self.system.rows[row][cell] > 0
            self._there[row] = self._there.get(row, 0) + more
            self._parts[row] = self._parts.get(row, 0) + more * (nobody and is_part)
            self._totals[row] = self._totals.get(row, 0) + more * (nobody and not is_part)
