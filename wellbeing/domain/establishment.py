"""Loaded against establishment: whether everybody whom HR counts is known to the service.

Compared unit by unit and role by role, and only then added up: somebody too many in one
unit must not hide somebody missing in another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .roles import JobRole


@dataclass(frozen=True, slots=True)
class Cell:
    """One job role of one unit on a day: how many are loaded, and how many HR counts.

    `headcount` and `as_of` are None where HR has given no count.
    """

    area: int
    area_name: str
    unit: str
    job_role: JobRole
    loaded: int
    headcount: int | None
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Against:
    """A population's people loaded beside those counted; all in persons.

    `matched` of `headcount` are loaded; `beyond` more are loaded than HR counts in their
    unit and role; `uncounted` are loaded where HR has given no count. `loaded` is all three
    but `headcount`. `first` and `last`: the days of the counts; None where there is none.
    """

    loaded: int
    headcount: int
    matched: int
    uncounted: int
    first: date | None
    last: date | None

    @property
    def beyond(self) -> int:
        return self.loaded - self.matched - self.uncounted

    @property
    def missing(self) -> int:
        return self.headcount - self.matched

    @property
    def is_counted(self) -> bool:
        """True where HR has given any count."""
        return self.first is not None


@dataclass(frozen=True, slots=True)
class Compared:
    """An Area, a unit or all of them: prosecutors beside all RASSO staff."""

    prosecutors: Against
    everyone: Against
    # Empty where it is the whole.
    area: str = ""
    unit: str = ""
    # Of the Area; None of the whole.
    key: int | None = None


class Comparison:
    """The whole, its Areas and its units, each added up when it is first asked for."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        self._cells = list(cells)

    @cached_property
    def total(self) -> Compared:
        return _compared(self._cells)

    @cached_property
    def areas(self) -> list[Compared]:
        """In order of name."""
        areas: dict[int, list[Cell]] = {}
        for cell in self._in_order:
            areas.setdefault(cell.area, []).append(cell)
        return [_compared(own, own[0].area_name, key=key) for key, own in areas.items()]

    @cached_property
    def units(self) -> list[Compared]:
        """In order of name within their Areas."""
        units: dict[tuple[int, str], list[Cell]] = {}
        for cell in self._in_order:
            units.setdefault((cell.area, cell.unit), []).append(cell)
        return [
            _compared(own, own[0].area_name, unit, key) for (key, unit), own in units.items()
        ]

    @cached_property
    def _in_order(self) -> list[Cell]:
        return sorted(self._cells, key=lambda c: (c.area_name, c.unit))


def _compared(
    cells: list[Cell], area: str = "", unit: str = "", key: int | None = None
) -> Compared:
    prosecutors = [c for c in cells if c.job_role == JobRole.PROSECUTOR]
    return Compared(_against(prosecutors), _against(cells), area, unit, key)


def _against(cells: list[Cell]) -> Against:
    counted = [(c.loaded, c.headcount) for c in cells if c.headcount is not None]
    days = [c.as_of for c in cells if c.as_of is not None]
    return Against(
        loaded=sum(c.loaded for c in cells),
        headcount=sum(of for _, of in counted),
        matched=sum(min(loaded, of) for loaded, of in counted),
        uncounted=sum(c.loaded for c in cells if c.headcount is None),
        first=min(days, default=None),
        last=max(days, default=None),
    )
