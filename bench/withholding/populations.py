"""Random populations of up to 12 published counts, of every shape that a release has."""

from collections import Counter
from collections.abc import Callable
from random import Random

from wellbeing.domain.disclosure import Axis, Figures, Name, Relation, Subset, crossed, within

# Often so few that a zero, a small number and a large one stand side by side.
SIZES = [0, 0, 1, 2, 3, 4, 4, 5, 5, 6, 7, 9, 12, 20]


def units(draw: Random) -> Figures:
    """One Area and its units; some know of no unit beside it."""
    counts = {f"unit {i}": draw.choice(SIZES) for i in range(draw.randint(1, 8))}
    total = Relation("Area", tuple(counts))
    return Figures({**counts, "Area": sum(counts.values())}, [total])


def nested(draw: Random) -> Figures:
    """A country of two or three Areas with their units."""
    counts: dict[Name, int] = {}
    relations = []
    for area in range(draw.randint(2, 3)):
        there = {f"{area}.{i}": draw.choice(SIZES) for i in range(draw.randint(1, 2))}
        counts |= {**there, f"Area {area}": sum(there.values())}
        relations.append(Relation(f"Area {area}", tuple(there)))
    areas = tuple(r.total for r in relations)
    counts["all"] = sum(counts[a] for a in areas)
    return Figures(counts, [*relations, Relation("all", areas)])


def crossing(draw: Random) -> Figures:
    """Units by job role: a table with two axes and all its totals."""
    across, down = draw.choice([(2, 2), (2, 3), (3, 2)])
    axes: list[Axis] = [
        [("all", tuple(range(across)))],
        [("all", tuple(range(down)))],
    ]
    counts: Counter[tuple[Name, ...]] = Counter()
    for i in range(across):
        for j in range(down):
            n = draw.choice(SIZES)
            for name in ((i, j), ("all", j), (i, "all"), ("all", "all")):
                counts[name] += n
    return Figures(dict(counts), crossed(counts, axes))


def columns(draw: Random) -> Figures:
    """One group's row: status by status, what they add up to, and parts of those in scope."""
    scope = ["absent", "in_date", "due_soon", "overdue"]
    counts = {name: draw.choice(SIZES) for name in scope}
    counts["in_cover"] = counts["in_date"] + counts["due_soon"]
    counts["present"] = counts["in_cover"] + counts["overdue"]
    counts["in_scope"] = counts["present"] + counts["absent"]
    subsets = []
    for name in ("never_seen", "offered", "taken_up"):
        counts[name] = _some(draw, counts["in_scope"])
        subsets.append(Subset(name, "in_scope"))
    relations = [
        Relation("in_cover", ("in_date", "due_soon")),
        Relation("present", ("in_cover", "overdue")),
        Relation("in_scope", ("present", "absent")),
    ]
    return Figures(dict(counts), relations, subsets)


def shares(draw: Random) -> Figures:
    """A share of two or three units, and prosecutors beside all; some counts are never shown."""
    places = tuple(range(draw.randint(2, 3)))
    counts: Counter[tuple[Name, ...]] = Counter()
    for unit in places:
        whole = draw.choice(SIZES)
        part = _some(draw, whole)
        for place in (unit, "all"):
            counts[place, "in_scope"] += whole
            counts[place, "taken_up"] += part
    unpublished = frozenset(n for n in counts if n[0] == 0 and draw.random() < 0.2)
    return Figures(
        dict(counts),
        crossed(counts, [[("all", places)]]),
        within(counts, 1, [("taken_up", "in_scope")]),
        unpublished,
    )


def _some(draw: Random, whole: int) -> int:
    """None, all, or any number between."""
    return draw.choice([0, whole, draw.randint(0, whole), draw.randint(0, whole)])


SHAPES: list[Callable[[Random], Figures]] = [units, nested, crossing, columns, shares]


def population(number: int) -> Figures:
    """The population with this number: always the same one."""
    draw = Random(number)
    return SHAPES[number % len(SHAPES)](draw)
