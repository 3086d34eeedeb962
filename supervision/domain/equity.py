"""Whether one group of people fares differently from the others, by enough to say so."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many people."""

    part: int
    whole: int

    def less(self, other: "Share") -> "Share":
        return Share(self.part - other.part, self.whole - other.whole)

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Difference:
    """A group and everybody else of those compared."""

    name: str
    group: Share
    others: Share

    @property
    def distance(self) -> float:
        return abs((self.group.value or 0) - (self.others.value or 0))

    def is_material(self, points: int) -> bool:
        """At least so many percentage points, in whole numbers so that the edge is exact."""
        cross = self.group.part * self.others.whole - self.others.part * self.group.whole
        return abs(cross) * 100 >= points * self.group.whole * self.others.whole


def widest(groups: Mapping[str, Share], *, people: int) -> Difference | None:
    """The group farthest from all the others together; None where none can be compared.

    Both sides must be at least `people`: of fewer, a difference says little.
    """
    whole = Share(sum(s.part for s in groups.values()), sum(s.whole for s in groups.values()))
    pairs = [Difference(name, share, whole.less(share)) for name, share in groups.items()]
    large = [p for p in pairs if p.group.whole >= people and p.others.whole >= people]
    return max(large, key=lambda p: p.distance, default=None)
