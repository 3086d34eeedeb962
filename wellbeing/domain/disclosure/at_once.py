"""The least set, found at once: an integer program in which each small count has its world.

For tables of a page's size. What is paid for is a cell that any of the worlds uses, so that
no smaller set can do.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from .worlds import FURTHEST, Move, System


def cheapest_worlds(
    system: System,
    asked: Iterable[tuple[int, frozenset[int]]],
    free: Collection[int],
    costs: Mapping[int, int],
) -> list[Move] | None:
    """For each (cell, what its reader knows besides) a world in which the cell differs.

    Only `free` cells may, and at their cost those of `costs`, which is paid once however many
    worlds use one: together they cost as little as can be. None where there are no such worlds.
    """
    from ortools.sat.python import cp_model  # a release needs it, no web process

    model = cp_model.CpModel()
    paid = {cell: model.new_bool_var("") for cell in costs}
    worlds = [
        _world(model, system, cell, [c for c in (*free, *costs) if c not in known], paid)
        for cell, known in asked
    ]
    model.minimize(sum(costs[c] * var for c, var in paid.items()))
    solver = cp_model.CpSolver()
    # One worker and no limit of time: the same figures give the same answer anywhere.
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    if status != cp_model.OPTIMAL:
        raise RuntimeError(f"The solver ended with {solver.status_name(status)}.")
    return [
        {c: by for c, var in world.items() if (by := solver.value(var))} for world in worlds
    ]


def _world(
    model: Any, system: System, cell: int, movable: list[int], paid: Mapping[int, Any]
) -> dict[int, Any]:
    """Variables of one move: 0 in every row, and not 0 in the cell."""
    by = {c: model.new_int_var(-min(system.values[c], FURTHEST), FURTHEST, "") for c in movable}
    for row in sorted({row for c in movable for row in system.rows_of[c]}):
        model.add(sum(sign * by[c] for c, sign in system.rows[row].items() if c in by) == 0)
    for c in by.keys() & paid.keys():
        model.add(by[c] <= FURTHEST * paid[c])
        model.add(by[c] >= -FURTHEST * paid[c])
    more = model.new_bool_var("")
    model.add(by[cell] >= 1).only_enforce_if(more)
    model.add(by[cell] <= -1).only_enforce_if(~more)
    return by
