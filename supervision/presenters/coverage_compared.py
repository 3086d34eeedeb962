"""Two days side by side: a row a group, and the people who fell out of cover or came back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from supervision.queries.changed import Changed
from supervision.queries.compare import Compared
from supervision.queries.stored_cover import Place
from supervision.queries.trend import Month
from wellbeing.domain.roles import JobRole

from .charts import percent

FELL_OUT, CAME_BACK = "Fell out of cover", "Came back into cover"


@dataclass(frozen=True, slots=True)
class Pair:
    """Coverage of a group on two days, and the difference in percentage points."""

    before: str
    now: str
    difference: str


def pair(before: float | None, now: float | None) -> Pair:
    """`76.6%`, `81.0%`, `+4.4`; a dash where one of them is of nobody."""
    if before is None or now is None:
        return Pair(percent(before), percent(now), "–")
    points = round(100 * (now - before), 1)
    return Pair(
        percent(before), percent(now), f"{points:+.1f}".replace("-", "−") if points else "0"
    )


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A row: coverage on both days of prosecutors and of all, and people who changed."""

    name: str
    prosecutors: Pair
    everyone: Pair
    fell_out: int
    came_back: int
    joined: int
    left: int


def compared_lines(found: Compared, named: Mapping[int, str], whole: str) -> list[ComparedLine]:
    """Groups of either day by name, and all of them last, under the name of the `whole`.

    `named`: by unit (or Area), as the comparison is.
    """
    keys = {key for key, _ in found.changes}
    by_name = sorted(keys, key=lambda key: (named[key], key))
    lines = [_line(found, key, named[key]) for key in by_name]
    return [*lines, _line(found, None, whole)]


def _line(found: Compared, key: int | None, name: str) -> ComparedLine:
    def of(months: Mapping[Place, Month], role: JobRole | None = None) -> float | None:
        total = Month()
        for (group, its), one in months.items():
            if key in (None, group) and role in (None, its):
                total.add(one.in_scope, one.present, one.in_cover)
        return total.coverage

    changes = [c for (group, _), c in found.changes.items() if key in (None, group)]
    sides = (found.before, found.now)
    return ComparedLine(
        name,
        pair(*(of(side, JobRole.PROSECUTOR) for side in sides)),
        pair(*(of(side) for side in sides)),
        fell_out=sum(c.fell_out for c in changes),
        came_back=sum(c.came_back for c in changes),
        joined=sum(c.joined for c in changes),
        left=sum(c.left for c in changes),
    )


@dataclass(frozen=True, slots=True)
class ChangedPeople:
    """One of the two lists: its title, how many may be named, and those of the page."""

    title: str
    number: int
    people: list[tuple[UUID, str]]


def people_changed(page: Sequence[Changed], numbers: Mapping[bool, int]) -> list[ChangedPeople]:
    """Who fell out (False), then who came back (True); a list without anybody is left out."""
    lists = [
        ChangedPeople(
            title, numbers[which], [(p.public_id, p.name) for p in page if p.back is which]
        )
        for title, which in ((FELL_OUT, False), (CAME_BACK, True))
    ]
    return [one for one in lists if one.number]
