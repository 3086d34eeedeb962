"""One world at a time, by linear programs: for releases too large to be decided at once.

The least that has to change elsewhere when one count changes by 1 is a flow of least cost where
relations are a tree or a table with two axes, and comes out in whole numbers. Where it does
not (three axes allow halves), twice or three times as much may; else None is answered.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from .loose import Loose
from .worlds import FURTHEST, Move, System, is_a_world

TOLERANCE = 1e-6
# By what a world with fractions is multiplied until it has none.
TIMES = (1, 2, 3)
# The variables whose sum a cell differs by, and which way each goes.
Parts = Mapping[int, list[tuple[Any, int]]]


def towards(system: System, cells: Iterable[int], weights: Mapping[int, float]) -> Move | None:
    """A world far in one direction in which only these cells differ; None where none was found."""
    left = Loose(system, cells).left
    if left.isdisjoint(weights):
        return None
    solver, goal = _solver()
    goal.SetMaximization()
    parts = {}
    for cell in sorted(left):
        by = solver.NumVar(-min(FURTHEST, system.values[cell]), FURTHEST, "")
        goal.SetCoefficient(by, weights.get(cell, 0.0))
        parts[cell] = [(by, 1)]
    _add_up(solver, system, parts)
    return _solved(solver, system, parts)


def cheapest(
    system: System, cell: int, cells: Iterable[int], costs: Mapping[int, int], others: int = 0
) -> Move | None:
    """A world in which this cell differs, only these may besides, and what does costs least.

    `others` is the price of each cell that has none in `costs`: with one the world is small, and
    seldom has fractions; without, it is found sooner. None where there is none, or none of
    whole numbers was found.
    """
    left = Loose(system, cells).left
    if cell not in left:
        return None
    solver, goal = _solver()
    goal.SetMinimization()
    # In their order: another order may find another of two equally good answers.
    parts = {c: _priced(solver, goal, c, system, costs.get(c, others)) for c in sorted(left)}
    _add_up(solver, system, parts)
    found = []
    for by in (1, -1):
        if system.values[cell] + by < 0:
            continue
        for var, way in parts[cell]:
            only = by * way * (len(parts[cell]) == 1 or way == by)
            var.SetBounds(only, only)
        if move := _solved(solver, system, parts):
            found.append(move)
            if move.keys().isdisjoint(costs):
                break
    return min(found, key=lambda m: sum(costs.get(c, 0) for c in m), default=None)


def _solver() -> tuple[Any, Any]:
    from ortools.linear_solver import pywraplp  # a release needs it, no web process

    solver: Any = pywraplp.Solver.CreateSolver("GLOP")
    return solver, solver.Objective()


def _priced(
    solver: Any, goal: Any, cell: int, system: System, cost: int
) -> list[tuple[Any, int]]:
    """Two variables where either way has its price."""
    down = min(FURTHEST, system.values[cell])
    if not cost:
        return [(solver.NumVar(-down, FURTHEST, ""), 1)]
    found = [(solver.NumVar(0, FURTHEST, ""), 1)]
    if down:
        found.append((solver.NumVar(0, down, ""), -1))
    for var, _ in found:
        goal.SetCoefficient(var, cost)
    return found


def _add_up(solver: Any, system: System, parts: Parts) -> None:
    """What differs adds up to 0 in each row."""
    for number in sorted({row for cell in parts for row in system.rows_of[cell]}):
        held = solver.Constraint(0, 0)
        for cell, sign in system.rows[number].items():
            for var, way in parts.get(cell, ()):
                held.SetCoefficient(var, sign * way)


def _solved(solver: Any, system: System, parts: Parts) -> Move | None:
    """The world as far out as needed for whole numbers; None where it then is no world."""
    if solver.Solve() != solver.OPTIMAL:
        return None
    exact = {
        cell: by
        for cell, vars_ in parts.items()
        if (by := sum(var.SolutionValue() * way for var, way in vars_))
    }
    for times in TIMES:
        move = {c: whole for c, by in exact.items() if (whole := round(by * times))}
        # Near whole numbers are a world: the rounding of a row adds up to less than 1.
        if all(abs(by * times - move.get(c, 0)) < TOLERANCE for c, by in exact.items()):
            return move if is_a_world(system, move) else None
    return None
