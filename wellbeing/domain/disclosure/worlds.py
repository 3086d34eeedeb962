"""Second worlds: other counts that would have given a reader the very same page.

A count cannot be worked out exactly while there is another world, of whole numbers from 0 that
add up in every relation and agree with all that the reader has, in which it differs. Such a
world is kept as a **move**: by how much each count differs from the true one. A move is the
proof, and checking it takes no solver: `is_a_world` adds up.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from .figures import Figures
from .small import LEAST

# Cell by its number: how much more it is than in truth.
Move = dict[int, int]
# By how much one count may differ. Moves that cannot be split hold small numbers (where the
# relations are a tree, or a table with two axes, only 1).
FURTHEST = 8
# Of how many cells of one row that are shown a way on is looked for.
WIDE = 16


@dataclass(frozen=True)
class System:
    """Figures with numbers for names, and a cell more for what each subset leaves."""

    values: list[int]
    rows: list[dict[int, int]] = field(repr=False)
    # Those that a page shows unless they are withheld.
    public: frozenset[int]

    @cached_property
    def rows_of(self) -> list[list[int]]:
        """The numbers of the rows that each cell is in."""
        found: list[list[int]] = [[] for _ in self.values]
        for number, row in enumerate(self.rows):
            for cell in row:
                found[cell].append(number)
        return found

    @cached_property
    def _cells_of(self) -> list[list[int]]:
        return [list(row) for row in self.rows]

    @cached_property
    def small(self) -> list[int]:
        """The cells that nobody may work out."""
        return [cell for cell, value in enumerate(self.values) if value < LEAST]

    def near(self, cell: int, free: Collection[int], most: int) -> set[int]:
        """The cells around this one, relation by relation: first those that cost nothing.

        A cell that is shown is as far away as two that are not.
        """
        found, reached = set[int](), set[int]()
        now, soon, later = [cell], list[int](), list[int]()
        while now or soon:
            for here in now:
                if here in found:
                    continue
                if len(found) == most:
                    return found
                found.add(here)
                # Whoever comes to a row first is the nearest to all that are in it.
                for row in self.rows_of[here]:
                    if row not in reached:
                        reached.add(row)
                        for c in self._beside(here, row, free):
                            (soon if c in free else later).append(c)
            now, soon, later = soon, later, []
        return found

    def _beside(self, cell: int, row: int, free: Collection[int]) -> list[int]:
        """The cells of a row; of a wide one those that cost nothing, and of the others the next.

        Parts stand in the same order in each row of one table, so that other rows go to the
        same groups, and worlds within those can be whole.
        """
        cells = self._cells_of[row]
        if len(cells) <= WIDE:
            return cells
        at = cells.index(cell)
        some = {cells[0], *(cells + cells)[at : at + WIDE]}
        return [c for c in cells if c in some or c in free]


def system_of(figures: Figures) -> System:
    """The figures' relations as rows of +1 and -1 whose sum is 0."""
    number = {name: i for i, name in enumerate(figures.counts)}
    values = list(figures.counts.values())
    rows = [{number[t]: -1} | {number[p]: 1 for p in parts} for t, parts in figures.relations]
    for part, whole in figures.subsets:
        rows.append({number[whole]: -1, number[part]: 1, len(values): 1})
        values.append(figures.counts[whole] - figures.counts[part])
    public = frozenset(number[n] for n in figures.counts.keys() - figures.unpublished)
    return System(values, rows, public)


def is_a_world(system: System, move: Move) -> bool:
    """Whether the counts so changed are none below 0 and still add up."""
    touched = {row for cell in move for row in system.rows_of[cell]}
    return all(system.values[c] + by >= 0 for c, by in move.items()) and not any(
        sum(sign * move.get(cell, 0) for cell, sign in system.rows[row].items())
        for row in touched
    )
