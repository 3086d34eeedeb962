"""The figures of one release, and all that a reader knows of how they add up.

A page of counts is no list of numbers: what is withheld in one place can be had in another from a
total. So a release names its relations, whichever pages they are read on. A cell's name is
anything hashable; in a table with several axes it is its place on each of them, and `crossed`
and `within` write down the relations.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Name = Hashable
# On one axis: what is the sum of what, `("West", ("West One", "West Two"))`.
Axis = Sequence[tuple[Name, Sequence[Name]]]


class Relation(NamedTuple):
    """`total` is the sum of `parts`; with a single part the two are the same count."""

    total: Name
    parts: tuple[Name, ...]


class Subset(NamedTuple):
    """`part` are some of `whole`; the others are a count that nobody publishes."""

    part: Name
    whole: Name


@dataclass(frozen=True)
class Figures:
    """Counts by name, in the order in which they are decided, and how they add up.

    `unpublished`: names of counts that no page shows, and that must not be worked out either
    where they are small; so is what each subset leaves of its whole. ValueError where counts
    contradict a relation, or a name is unknown.
    """

    counts: Mapping[Name, int]
    relations: Sequence[Relation] = ()
    subsets: Sequence[Subset] = ()
    unpublished: frozenset[Name] = field(default=frozenset())

    def __post_init__(self) -> None:
        named = {n for r in self.relations for n in (r.total, *r.parts)}
        named |= {n for s in self.subsets for n in s} | self.unpublished
        if unknown := named - self.counts.keys():
            raise ValueError(f"No count has the name {min(map(repr, unknown))}.")
        if below := [n for n, count in self.counts.items() if count < 0]:
            raise ValueError(f"{below[0]!r} is below 0.")
        for total, parts in self.relations:
            if not parts or len({total, *parts}) <= len(parts):
                raise ValueError(f"{total!r} has no parts, or the same twice.")
            if self.counts[total] != sum(self.counts[p] for p in parts):
                raise ValueError(f"{total!r} is not the sum of its parts.")
        for part, whole in self.subsets:
            if part == whole or self.counts[part] > self.counts[whole]:
                raise ValueError(f"{part!r} is no part of {whole!r}.")


def crossed(names: Collection[tuple[Name, ...]], axes: Sequence[Axis]) -> list[Relation]:
    """The relations of a table with several axes: along each, at every place on the others.

    A part that has no cell is left out of its sum, so that it counts as 0: leave out only
    what is no secret.
    """
    known = set(names)
    found = []
    for k, axis in enumerate(axes):
        for total, parts in axis:
            for name in [n for n in names if n[k] == total]:
                cells = [(*name[:k], part, *name[k + 1 :]) for part in parts]
                if there := tuple(c for c in cells if c in known):
                    found.append(Relation(name, there))
    return found


def within(
    names: Collection[tuple[Name, ...]], axis: int, pairs: Sequence[tuple[Name, Name]]
) -> list[Subset]:
    """The subsets of such a table: (part, whole) on one axis, at every place on the others."""
    known = set(names)
    return [
        Subset(name, whole)
        for part, of in pairs
        for name in names
        if name[axis] == part and (whole := (*name[:axis], of, *name[axis + 1 :])) in known
    ]
