"""Offered beside taken up, as sentences and a table whose numbers open to their people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from supervision.domain.groups import Tally, added
from supervision.queries.cover_lists import Measure
from supervision.queries.coverage import By
from supervision.queries.parts import Part, by_role
from supervision.queries.stored_cover import Place
from wellbeing.domain.roles import JobRole, Strand

OFFER = {
    Strand.SUPERVISION: "clinical supervision",
    Strand.CHECK_IN: "a check-in",
    Strand.TRAINING: "welfare training",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A number; `href` leads to its people where there are any."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Uptake:
    """One population of a row."""

    in_scope: Cell
    offered: Cell
    offered_share: str
    not_offered: Cell
    taken_up: Cell
    taken_up_share: str


@dataclass(frozen=True, slots=True)
class UptakeLine:
    name: str
    href: str
    prosecutors: Uptake
    everyone: Uptake


def share(part: int, whole: int) -> str:
    """`76.6%`; a dash of nobody."""
    return f"{part / whole:.1%}" if whole else "–"


def list_href(
    part: Part, key: int | None, measure: Measure, role: JobRole | None = None
) -> str:
    """The list behind a number of a group; None: of the whole part."""
    query = {"measure": measure.value, "on": part.on.isoformat(), "strand": part.strand.value}
    query |= where(part, key)
    if role:
        query["role"] = role.value
    return f"{reverse('coverage_list')}?{urlencode(query)}"


def where(part: Part, key: int | None) -> dict[str, str]:
    """The words of an address that say which part of the service a group is."""
    if part.by == By.UNIT and part.areas:
        area = {"area": str(next(iter(part.areas.values())))}
        return area if key is None else area | {"unit": str(part.public_id(key))}
    return {} if key is None else {"area": str(part.public_id(key))}


def uptake(part: Part, key: int | None, counts: Tally, role: JobRole | None) -> Uptake:
    """Counts with their shares of everyone in scope, away included (rule 10)."""

    def cell(number: int, measure: Measure) -> Cell:
        return Cell(f"{number:,}", list_href(part, key, measure, role) if number else "")

    return Uptake(
        in_scope=cell(counts.in_scope, Measure.IN_SCOPE),
        offered=cell(counts.offered, Measure.OFFERED),
        offered_share=share(counts.offered, counts.in_scope),
        not_offered=cell(counts.in_scope - counts.offered, Measure.NOT_OFFERED),
        taken_up=cell(counts.taken_up, Measure.TAKEN_UP),
        taken_up_share=share(counts.taken_up, counts.in_scope),
    )


def uptake_line(
    part: Part, key: int | None, name: str, href: str, counts: Mapping[Place, Tally]
) -> UptakeLine:
    """A row: prosecutors beside all staff."""
    role = JobRole.PROSECUTOR
    return UptakeLine(
        name=name,
        href=href,
        prosecutors=uptake(part, key, added(by_role(counts, role).values()), role),
        everyone=uptake(part, key, added(counts.values()), None),
    )


def uptake_lines(part: Part, counts: Mapping[Place, Tally], href: str) -> list[UptakeLine]:
    """A row an Area, which opens to its units at `href`, or a row a unit."""
    return [
        uptake_line(part, key, part.name(key), group_href(part, key, href), found)
        for key, found in part.in_order(by_group(counts))
    ]


def by_group(counts: Mapping[Place, Tally]) -> dict[int, dict[Place, Tally]]:
    """The counts of each Area or unit, by job role."""
    groups: dict[int, dict[Place, Tally]] = {}
    for place, one in counts.items():
        groups.setdefault(place[0], {})[place] = one
    return groups


def group_href(part: Part, key: int, href: str, **more: str) -> str:
    """The same page of one Area; nothing for a unit."""
    if part.by == By.UNIT:
        return ""
    query = {"on": part.on.isoformat(), "strand": part.strand.value, **where(part, key), **more}
    return f"{href}?{urlencode(query)}"


def headlines(part: Part, counts: Mapping[Place, Tally], place: str) -> list[str]:
    """`Of 1,092 prosecutors in RASSO units, 900 (82.4%) were offered …`, and of all staff."""
    offer = OFFER[part.strand]
    populations: tuple[tuple[JobRole | None, Callable[[int], str]], ...] = (
        (JobRole.PROSECUTOR, lambda n: f"{n:,} prosecutor{'' if n == 1 else 's'} {place}"),
        (None, lambda n: f"all {n:,} RASSO staff {place}"),
    )
    sentences = []
    for role, who in populations:
        one = added(by_role(counts, role).values())
        if one.in_scope:
            sentences.append(
                f"Of {who(one.in_scope)}, {one.offered:,} ({share(one.offered, one.in_scope)})"
                f" were offered {offer} within the interval that the policy sets, and"
                f" {one.taken_up:,} ({share(one.taken_up, one.in_scope)}) took it up."
            )
    return sentences


def place_words(area: str) -> str:
    return f"in {area}" if area else "in RASSO units"
