"""Lines of percentages over time as geometry for our own SVG: drawn once wide and once narrow.

Readable without colour: each line has its own dashes and its own mark, and its name and last
value stand at its end. The template gives the figures in a table beneath.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wellbeing.presenters.dates import short_day

# Room for the scale on the left, names at the ends, the dates below; in units of the viewBox.
LEFT, TOP, BOTTOM = 44, 14, 30
STEPS = (0, 20, 40, 60, 80, 100)
# Names at the ends of lines are at least so far apart.
APART = 18


@dataclass(frozen=True, slots=True)
class Series:
    """A line's name and its shares from 0 to 1 by day, in the order of the days; None: no figure."""

    name: str
    shares: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Mark:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """`kind` is its place among the lines: its colour, dashes and mark. `runs`: unbroken stretches."""

    kind: int
    name: str
    runs: list[str]
    marks: list[Mark]
    label: str
    label_y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """One of the two sizes; `suffix` keeps ids apart."""

    suffix: str
    width: int
    height: int
    right: int
    lines: list[Line]
    scale: list[tuple[str, float]]
    days: list[tuple[str, float]]
    bottom: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Both drawings, what they show in words, and the table: a row a day."""

    title: str
    names: list[str]
    drawings: list[Drawing]
    rows: list[tuple[str, list[str]]]


def percent(share: float | None) -> str:
    """`81.2%`, or a dash where nobody is there to cover."""
    return "–" if share is None else f"{share:.1%}"


def chart(title: str, days: Sequence[date], series: Sequence[Series]) -> Chart:
    """The drawings and the table of these lines over these days."""
    return Chart(
        title=title,
        names=[one.name for one in series],
        drawings=[
            _drawing("wide", 960, 260, 200, days, series, 4),
            _drawing("narrow", 360, 250, 142, days, series, 12),
        ],
        rows=[
            (short_day(day), [percent(one.shares[i]) for one in series])
            for i, day in enumerate(days)
        ],
    )


def _drawing(
    suffix: str,
    width: int,
    height: int,
    right: int,
    days: Sequence[date],
    series: Sequence[Series],
    every: int,
) -> Drawing:
    """`right`: room for the names; `every`: a date is written at each such day, from the last."""
    span = max(1, len(days) - 1)

    def x(i: int) -> float:
        return round(LEFT + (width - LEFT - right) * i / span, 1)

    def y(share: float) -> float:
        return round(TOP + (height - TOP - BOTTOM) * (1 - share), 1)

    marks = [
        [None if s is None else Mark(x(i), y(s)) for i, s in enumerate(one.shares)]
        for one in series
    ]
    ends = _apart([_end(line, height / 2) for line in marks], y(0) - 6)
    return Drawing(
        suffix=suffix,
        width=width,
        height=height,
        right=width - right,
        lines=[
            Line(i, one.name, _runs(line), [m for m in line if m], _label(one), end)
            for i, (one, line, end) in enumerate(zip(series, marks, ends, strict=True))
        ],
        scale=[(f"{step}%", y(step / 100)) for step in STEPS],
        days=[
            (f"{day:%b} {day:%y}", x(i))
            for i, day in enumerate(days)
            if (len(days) - 1 - i) % every == 0
        ],
        bottom=y(0),
    )


def _end(marks: Sequence[Mark | None], otherwise: float) -> float:
    return next((m.y for m in reversed(marks) if m), otherwise)


def _apart(ends: Sequence[float], lowest: float) -> list[float]:
    """Heights of the names, moved apart where two would cover each other, and off the dates."""
    moved = list(ends)
    order = sorted(range(len(ends)), key=lambda i: ends[i])
    for above, below in itertools.pairwise(order):
        moved[below] = max(moved[below], moved[above] + APART)
    beneath = lowest + APART
    for i in reversed(order):
        moved[i] = beneath = min(moved[i], beneath - APART)
    return moved


def _label(one: Series) -> str:
    return f"{one.name} {percent(one.shares[-1] if one.shares else None)}"


def _runs(marks: Sequence[Mark | None]) -> list[str]:
    """Points of each unbroken stretch, as SVG's `points`; a day without a figure is a gap."""
    runs: list[list[str]] = [[]]
    for mark in marks:
        if mark is None:
            runs.append([])
        else:
            runs[-1].append(f"{mark.x},{mark.y}")
    return [" ".join(run) for run in runs if len(run) > 1]
