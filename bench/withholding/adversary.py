"""A reader with an integer program: whatever the page leaves only one answer for, they find.

It shares no code with what it attacks: it is given the published counts, the relations and the
names, and asks a solver for the least and the most that each unknown count can be.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model

from wellbeing.domain.disclosure import LEAST, Figures, Name

# More people than any group of these populations could have.
MOST = 10_000


@dataclass
class Page:
    """The unknown counts of one page, in a model that allows whatever fits it."""

    model: cp_model.CpModel
    unknown: dict[Name, Any]
    truth: dict[Name, int]


def page(
    figures: Figures, withheld: Collection[Name], has: Collection[Name] = (), rule: bool = False
) -> Page:
    """What a reader is given; `rule`: they know that some count that they lack is below 5."""
    model = cp_model.CpModel()
    lacks = (set(withheld) | figures.unpublished) - set(has)
    value: dict[Name, Any] = {
        n: model.new_int_var(0, MOST, "") if n in lacks else count
        for n, count in figures.counts.items()
    }
    truth = dict(figures.counts)
    for total, parts in figures.relations:
        _equal(model, value[total], sum(value[p] for p in parts))
    for part, whole in figures.subsets:
        value["rest", part, whole] = left = model.new_int_var(0, MOST, "")
        truth["rest", part, whole] = truth[whole] - truth[part]
        _equal(model, value[whole], value[part] + left)
    unknown = {n: var for n, var in value.items() if not isinstance(var, int)}
    if rule and withheld:
        few = [model.new_bool_var("") for _ in unknown]
        for one, var in zip(few, unknown.values(), strict=True):
            model.add(var < LEAST).only_enforce_if(one)
        model.add_bool_or(few)
    return Page(model, unknown, truth)


def _equal(model: cp_model.CpModel, a: Any, b: Any) -> None:
    if not (isinstance(a, int) and isinstance(b, int)):
        model.add(a == b)


def ends(page: Page, name: Name) -> tuple[int, int]:
    """The least and the most that this count can be, by what the page says."""
    found = []
    for seek in (page.model.minimize, page.model.maximize):
        page.model.clear_objective()
        seek(page.unknown[name])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        if solver.solve(page.model) != cp_model.OPTIMAL:
            raise AssertionError("The page contradicts itself.")
        found.append(solver.value(page.unknown[name]))
    return found[0], found[1]


def worked_out(
    figures: Figures,
    withheld: Collection[Name],
    has: Collection[Name] = (),
    rule: bool = False,
    small_only: bool = False,
) -> Iterator[Name]:
    """The counts that the page keeps back, or never shows, and that have only one answer.

    Of counts that nobody publishes only small ones are asked about: the others are no secret.
    """
    read = page(figures, withheld, has, rule)
    for name in read.unknown:
        if (
            read.truth[name] < LEAST or (name in withheld and not small_only)
        ) and name not in has:
            least, most = ends(read, name)
            if least == most:
                yield name


def is_safe(figures: Figures, withheld: Collection[Name], has: Collection[Name] = ()) -> bool:
    """Whether no small count can be worked out."""
    return not any(worked_out(figures, withheld, has, small_only=True))


def least(figures: Figures) -> int:
    """How few must be withheld: every set is tried, the smallest first."""
    public = [n for n in figures.counts if n not in figures.unpublished]
    primary = {n for n in public if figures.counts[n] < LEAST}
    others = [n for n in public if n not in primary]
    return next(
        len(primary) + more
        for more in range(len(others) + 1)
        for extra in combinations(others, more)
        if is_safe(figures, primary.union(extra))
    )


def worked_out_of_release(figures: Figures, withheld: Collection[Name]) -> list[Name]:
    """The small counts of a release that a page shows, or that have one answer by what it shows.

    A count is asked for any other answer than the one first seen, and whatever else has
    another answer in the world that comes back is not asked again.
    """
    read = page(figures, withheld)
    left = [name for name in read.unknown if read.truth[name] < LEAST]
    seen = _any_world(read) or {}
    found = [n for n, count in read.truth.items() if count < LEAST and n not in read.unknown]
    while left:
        name = left.pop()
        worlds = [_any_world(read, name, seen[name], way) for way in (1, -1)]
        if not any(worlds):
            found.append(name)
        for world in filter(None, worlds):
            left = [n for n in left if world[n] == seen[n]]
    return found


def _any_world(
    read: Page, name: Name = None, seen: int = 0, way: int = 0
) -> dict[Name, int] | None:
    """Some counts that the page allows: with a `way`, this count above (1) or below (-1) `seen`."""
    model = read.model.clone()
    if way:
        asked = model.get_int_var_from_proto_index(read.unknown[name].index)
        model.add(way * asked >= way * seen + 1)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if (status := solver.solve(model)) == cp_model.INFEASIBLE:
        return None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise AssertionError("The solver does not say.")
    return {
        n: solver.value(model.get_int_var_from_proto_index(var.index))
        for n, var in read.unknown.items()
    }
