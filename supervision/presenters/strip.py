"""A person's days as a strip: geometry for our own SVG, drawn once wide and once narrow, and a table.

A row a month, a cell a day. Readable without colour: each status has its own pattern, sessions
their own marks. Runs of days are drawn, not days, so that a page stays small.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from supervision.domain.cover import Status
from supervision.domain.strip import Month, Run, months
from wellbeing.presenters.dates import counted, short_day

KINDS = {
    Status.IN_DATE: "in-date",
    Status.DUE_SOON: "due-soon",
    Status.OVERDUE: "overdue",
    Status.ABSENT: "away",
    None: "none",
}
NAMES = {
    "in-date": "In date",
    "due-soon": "Due soon",
    "overdue": "Overdue",
    "away": "Away",
    "none": "Not covered by a policy",
}
DAY_NUMBERS = (1, 5, 10, 15, 20, 25, 30)


@dataclass(frozen=True, slots=True)
class Size:
    """Lengths of a drawing, in units of its viewBox. `above`: months are named above their row."""

    suffix: str
    left: int
    cell: int
    height: int
    step: int
    top: int
    radius: float
    above: bool

    @property
    def width(self) -> int:
        return self.left + 31 * self.cell + 1

    def x(self, day: int) -> int:
        """Where a day of the month begins."""
        return self.left + (day - 1) * self.cell


SIZES = (
    Size("wide", 120, 20, 20, 25, 20, 6, above=False),
    Size("narrow", 0, 9, 18, 42, 20, 4, above=True),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """Days on end of one status."""

    x: int
    width: int
    kind: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A session: the middle of its day."""

    x: float
    y: float
    counts: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A month. `asked_x`: where the day asked about begins, if it is in it."""

    label: str
    label_y: int
    y: int
    x: int
    width: int
    bars: list[Bar]
    marks: list[Mark]
    asked_x: int | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """One of the two sizes."""

    size: Size
    height: int
    rows: list[Row]
    numbers: list[tuple[int, float, int]]


@dataclass(frozen=True, slots=True)
class TableRow:
    first: str
    last: str
    days: int
    status: str
    sessions: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The whole picture: title and description, two drawings, the key and the table."""

    title: str
    description: str
    drawings: list[Drawing]
    key: list[tuple[str, str]]
    has_counted: bool
    has_not_counted: bool
    rows: list[TableRow]


# A day with a session, and whether it counts.
Sessions = dict[date, bool]


def strip(title: str, shown: Sequence[Run], sessions: Sessions, on: date) -> Strip:
    """`shown`: the runs of all days of the strip; `sessions`: those of them to be marked."""
    rows = months(shown)
    kinds = [KINDS[run.status] for run in shown]
    first, last = (date.fromordinal(d) for d in (shown[0].first, shown[-1].last))
    within = {day: counts for day, counts in sessions.items() if first <= day <= last}
    return Strip(
        title=f"{title}, day by day, {short_day(first)} to {short_day(last)}",
        description=_description(shown),
        drawings=[_drawing(size, rows, within, on) for size in SIZES],
        key=[(kind, name) for kind, name in NAMES.items() if kind in kinds],
        has_counted=any(within.values()),
        has_not_counted=not all(within.values()),
        rows=[_table_row(run, within) for run in shown],
    )


def _description(shown: Sequence[Run]) -> str:
    days: Counter[str] = Counter()
    for run in shown:
        days[KINDS[run.status]] += run.days
    parts = [
        f"{NAMES[kind].lower()} {counted(days[kind], 'day')}" for kind in NAMES if days[kind]
    ]
    return f"A row a month, a cell a day: {', '.join(parts)}. Each run of days is in the table beneath."


def _drawing(size: Size, rows: Sequence[Month], sessions: Sessions, on: date) -> Drawing:
    # In the narrow one the first month's name stands between the numbers and its row.
    top = size.top + (18 if size.above else 0)
    return Drawing(
        size=size,
        height=top + (len(rows) - 1) * size.step + size.height + 2,
        rows=[
            _row(size, top + i * size.step, month, sessions, on) for i, month in enumerate(rows)
        ],
        numbers=[(n, size.x(n) + size.cell / 2, size.top - 6) for n in DAY_NUMBERS],
    )


def _row(size: Size, y: int, month: Month, sessions: Sessions, on: date) -> Row:
    start = month.first.toordinal() - 1
    bars = [
        Bar(size.x(run.first - start), run.days * size.cell, KINDS[run.status])
        for run in month.runs
    ]
    marks = [
        Mark(size.x(day.day) + size.cell / 2, y + size.height / 2, counts)
        for day, counts in sorted(sessions.items())
        if _is_in(day, month)
    ]
    return Row(
        label=f"{month.first:%B %Y}",
        label_y=y - 5 if size.above else y + size.height - 5,
        y=y,
        x=bars[0].x,
        width=sum(bar.width for bar in bars),
        bars=bars,
        marks=marks,
        asked_x=size.x(on.day) if _is_in(on, month) else None,
    )


def _is_in(day: date, month: Month) -> bool:
    return (day.year, day.month) == (month.first.year, month.first.month)


def _table_row(run: Run, sessions: Sessions) -> TableRow:
    inside = [
        f"{short_day(day)}{'' if counts else ' (does not count)'}"
        for day, counts in sorted(sessions.items())
        if run.first <= day.toordinal() <= run.last
    ]
    return TableRow(
        first=short_day(date.fromordinal(run.first)),
        last=short_day(date.fromordinal(run.last)),
        days=run.days,
        status=NAMES[KINDS[run.status]],
        sessions=", ".join(inside),
    )
