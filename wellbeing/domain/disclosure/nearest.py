"""One world at a time, by linear programs: for releases too large to be decided at once.

The least that has to change elsewhere when one count changes by 1 is a flow of least cost where
relations are a tree or a table with two axes, and comes out in whole numbers. Where it does
not (three axes allow it) it is no world, and None is answered.
"""

from collections.abc import Collection, Mapping
from typing import Any

from .worlds import FURTHEST, Move, System

TOLERANCE = 1e-6


class Programme:
    """The linear program of a system, kept between questions: only its limits are changed."""

    def __init__(self, system: System, cells: Collection[int]) -> None:
        """For these cells; all others stay as they are."""
        from ortools.linear_solver import pywraplp  # a release needs it, no web process

        self.system = system
        self._solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        # In their order: another order may find another of two equally good answers.
        self._up = {cell: self._solver.NumVar(0, 0, "") for cell in sorted(cells)}
        self._down = {cell: self._solver.NumVar(0, 0, "") for cell in self._up}
        self._allowed: set[int] = set()
        for number in sorted({row for cell in self._up for row in system.rows_of[cell]}):
            held = self._solver.Constraint(0, 0)
            for cell, sign in system.rows[number].items():
                if cell in self._up:
                    held.SetCoefficient(self._up[cell], sign)
                    held.SetCoefficient(self._down[cell], -sign)

    def allow(self, cells: set[int]) -> None:
        """From here on only these cells may differ, of those that it is for."""
        cells = cells & self._up.keys()
        for cell in self._allowed ^ cells:
            self._limit(cell, FURTHEST if cell in cells else 0)
        self._allowed = cells

    def _limit(self, cell: int, most: int) -> None:
        self._up[cell].SetBounds(0, most)
        self._down[cell].SetBounds(0, min(most, self.system.values[cell]))

    def towards(self, weights: Mapping[int, float]) -> Move:
        """A world far in one direction, in which much differs; empty where there is none."""
        goal = self._solver.Objective()
        goal.Clear()
        for cell, weight in weights.items():
            goal.SetCoefficient(self._up[cell], weight)
            goal.SetCoefficient(self._down[cell], -weight)
        goal.SetMaximization()
        return self._solved() or {}

    def cheapest(self, cell: int, costs: Mapping[int, int]) -> Move | None:
        """The world in which this cell differs by 1 and what differs costs least, or None."""
        goal = self._solver.Objective()
        goal.Clear()
        for other in self._allowed & costs.keys():
            cost = costs[other]
            goal.SetCoefficient(self._up[other], cost)
            goal.SetCoefficient(self._down[other], cost)
        goal.SetMinimization()
        found = [m for by in (1, -1) if (m := self._with(cell, by))]
        return min(found, key=lambda m: sum(costs.get(c, 0) for c in m), default=None)

    def _with(self, cell: int, by: int) -> Move | None:
        if self.system.values[cell] + by < 0:
            return None
        (self._up if by > 0 else self._down)[cell].SetBounds(1, 1)
        (self._down if by > 0 else self._up)[cell].SetBounds(0, 0)
        found = self._solved()
        self._limit(cell, FURTHEST)
        return found

    def _solved(self) -> Move | None:
        if self._solver.Solve() != self._solver.OPTIMAL:
            return None
        exact = {
            cell: by
            for cell in self._allowed
            if (by := self._up[cell].SolutionValue() - self._down[cell].SolutionValue())
        }
        move = {cell: whole for cell, by in exact.items() if (whole := round(by))}
        # Near whole numbers are a world: the rounding of a row adds up to less than 1.
        return move if all(abs(exact[c] - move.get(c, 0)) < TOLERANCE for c in exact) else None
