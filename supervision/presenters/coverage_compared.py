"""Two days side by side: a row a group, and the people who fell out of cover or came back."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from supervision.queries.compare import Change
from supervision.queries.coverage import Group, Report
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


def compared_lines(
    before: Report,
    now: Report,
    changes: Mapping[tuple[int, JobRole], Change],
    whole: str,
) -> list[ComparedLine]:
    """Groups of either day by name, and all of them last, under the name of the `whole`."""
    counts: dict[object, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for (key, _), change in changes.items():
        more = (change.fell_out, change.came_back, change.joined, change.left)
        for group in (key, None):
            counts[group] = [n + m for n, m in zip(counts[group], more, strict=True)]
    was = {group.key: group for group in before.groups}
    iss = {group.key: group for group in now.groups}
    keys = sorted(was.keys() | iss.keys(), key=lambda key: (iss.get(key) or was[key]).name)
    lines = [_line(was.get(key), iss.get(key), counts[key]) for key in keys]
    return [*lines, replace(_line(before.total, now.total, counts[None]), name=whole)]


def _line(was: Group | None, now: Group | None, counts: list[int]) -> ComparedLine:
    either = now or was
    assert either is not None  # a group of one of the two days
    return ComparedLine(
        either.name,
        pair(*(g.prosecutors.coverage if g else None for g in (was, now))),
        pair(*(g.counts.coverage if g else None for g in (was, now))),
        *counts,
    )


@dataclass(frozen=True, slots=True)
class ChangedPeople:
    """One of the two lists: its title, and everybody's public id and name."""

    title: str
    people: list[tuple[UUID, str]]


def people_changed(
    people: Mapping[int, bool], known: Mapping[int, tuple[UUID, str]]
) -> list[ChangedPeople]:
    """Who fell out (False), then who came back (True), each by name; an empty list is left out."""
    lists = [
        ChangedPeople(
            title,
            sorted(
                (
                    known[person]
                    for person, back in people.items()
                    if back is which and person in known
                ),
                key=lambda one: one[1],
            ),
        )
        for title, which in ((FELL_OUT, False), (CAME_BACK, True))
    ]
    return [one for one in lists if one.people]
