"""Second worlds: other counts that would have given a reader the very same page.

A count cannot be worked out exactly while there is another world, of whole numbers from 0 that
add up in every relation and agree with all that the reader has, in which it differs. Such a
world is kept as a **move**: by how much each count differs from the true one. A move is the
proof, and checking it takes no solver: `is_a_world` adds up.
"""

from dataclasses import dataclass, field
from functools import cached_property

from .figures import Figures
from .small import LEAST

# Cell by its number: how much more it is than in truth.
Move = dict[int, int]
# By how much one count may differ. Moves that cannot be split hold small numbers (where the
# relations are a tree, or a table with two axes, only 1).
FURTHEST = 8


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
    def small(self) -> list[int]:
        """The cells that nobody may work out."""
        return [cell for cell, value in enumerate(self.values) if value < LEAST]

    def near(self, cell: int, most: int) -> set[int]:
        """The cells around this one, relation by relation, until there would be too many."""
        cells, edge = {cell}, {cell}
        while edge:
            more = {c for near in edge for row in self.rows_of[near] for c in self.rows[row]}
            edge = more - cells
            if len(cells) + len(edge) > most:
                break
            cells |= edge
        return cells


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
