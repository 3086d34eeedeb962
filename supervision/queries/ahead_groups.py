"""Who is stuck together, and what they share: names are asked for as many as are shown."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from supervision.domain.matching import bottlenecks, sharing
from wellbeing.models import Person, Posting
from wellbeing.models.dated import covering

from .ahead import Ahead
from .ahead_people import Until
from .gathered import Gathered
from .stored_cover import MOST_NAMED
from .units import units

# So many names a group; more are of no use on a page.
MOST_NAMES = 60


@dataclass(frozen=True, slots=True)
class Common:
    """What people are said to have in common, which anybody may know who may see their posting
    and due day; and nothing else of them.

    `units`: Areas, each with a unit; `working_days`: until the deadline, None where they change;
    `cannot_be_placed`: none of them has a working day within a posting and outside absence.
    """

    number: int
    units: frozenset[tuple[str, str]]
    working_days: frozenset[int | None]
    untils: frozenset[Until]
    cannot_be_placed: bool


@dataclass(frozen=True, slots=True)
class Stuck:
    """People who together reach fewer free seats than they are; or who reach none, each alone."""

    people: tuple[int, ...]
    seats: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The same as a page shows it: what those have in common whom the reader may name, the first
    names, how many more there are, and how many may not be named."""

    common: Common
    seats: int
    names: tuple[tuple[str, UUID], ...]
    more: int
    unnamed: int


@dataclass(frozen=True, slots=True)
class Listed:
    """The same for the operator, by staff numbers and in their order."""

    common: Common
    seats: int
    staff_numbers: tuple[str, ...]


def groups(found: Ahead, seen: Collection[int] | None) -> list[Stuck]:
    """A group a bottleneck, the shortest of seats first; those who reach no place at all, each a
    bottleneck alone, together by what they have in common. One query.

    `seen`: whom the reader may see by name (None: everybody). The others of those alone are one
    group, so that who they are put with tells nothing of them.
    """
    alone: dict[object, list[int]] = defaultdict(list)
    for person in found.matched.stuck.get((), ()):
        kind = found.days.of[person]
        like = (kind.area, kind.working_days, kind.is_helpless)
        alone[like if seen is None or person in seen else None].append(person)
    shared = sharing(found.matched, found.free)
    # Of those alone, whoever comes first stands for them.
    first = {people[0] for people in alone.values()}
    numbers = _staff_numbers(first.union(*(one.people for one in shared)))
    keyed = [
        (b.seats - len(b.people), min(numbers[p] for p in b.people), b.people, b.seats)
        for b in shared
    ]
    keyed += [(-len(who), numbers[who[0]], tuple(who), 0) for who in alone.values()]
    return [Stuck(people, seats) for _, _, people, seats in sorted(keyed)]


def shown(found: Ahead, stuck: Sequence[Stuck], seen: Collection[int] | None) -> list[Shown]:
    """Groups of one page. `seen`: whom the reader may see by name (None: everybody).

    Four queries for any number.
    """
    common = _commons(found)
    may = [
        one.people if seen is None else [p for p in one.people if p in seen] for one in stuck
    ]
    soonest = [_soonest(found, people) for people in may]
    names = _column("name", {person for people in soonest for person in people})
    first = [_first(found, people, names) for people in soonest]
    public = _column("public_id", {person for people in first for person in people})
    return [
        Shown(
            common(people),
            one.seats,
            tuple((names[p], public[p]) for p in listed if p in public),
            len(people) - len(listed),
            len(one.people) - len(people),
        )
        for one, people, listed in zip(stuck, may, first, strict=True)
    ]


def _soonest(found: Ahead, people: Iterable[int]) -> list[int]:
    """Those due soonest, as many as are shown and whoever is due by the same day."""
    due: dict[int, list[int]] = defaultdict(list)
    for person in people:
        due[found.days.of[person].until.deadline.toordinal()].append(person)
    soonest: list[int] = []
    for day in sorted(due):
        if len(soonest) < MOST_NAMES:
            soonest += due[day]
    return soonest


def _first(found: Ahead, people: Iterable[int], names: dict[int, str]) -> list[int]:
    known = (person for person in people if person in names)
    order = sorted((found.days.of[p].until.deadline, names[p], p) for p in known)
    return [person for _, _, person in order[:MOST_NAMES]]


def listed(found: Ahead) -> list[Listed]:
    """Every bottleneck by itself, the shortest of seats first; three queries."""
    common, stuck = _commons(found), bottlenecks(found.matched, found.free)
    numbers = _staff_numbers({person for one in stuck for person in one.people})
    return [
        Listed(common(b.people), b.seats, tuple(sorted(numbers[p] for p in b.people)))
        for b in stuck
    ]


def _commons(found: Ahead) -> Callable[[Sequence[int]], Common]:
    """What people have in common, of any of them; two queries."""
    names = {pk: (one.area_name, one.name) for pk, one in units().items()}
    unit_of: dict[int, tuple[str, str]] = {}
    # Whoever is due is posted on the first day.
    rows = Posting.objects.filter(covering(found.asked.first)).order_by()
    gathered = rows.values("unit").annotate(people=Gathered("person"))
    for unit, people in gathered.values_list("unit", "people"):
        unit_of.update(dict.fromkeys(people, names[unit]))

    def common(people: Sequence[int]) -> Common:
        kinds = {found.days.of[person] for person in people}
        return Common(
            number=len(people),
            units=frozenset(unit_of[person] for person in people if person in unit_of),
            working_days=frozenset(kind.working_days for kind in kinds),
            untils=frozenset(kind.until for kind in kinds),
            cannot_be_placed=all(kind.is_helpless for kind in kinds),
        )

    return common


def _staff_numbers(people: Collection[int]) -> dict[int, str]:
    known = _column("staff_number", people)
    return {person: known.get(person) or "" for person in people}


def _column(name: str, people: Collection[int]) -> dict[int, Any]:
    """A column of these people; one query."""
    rows = Person.objects.all()
    if len(people) <= MOST_NAMED:
        rows = rows.filter(pk__in=people)
    return dict(rows.values_list("pk", name))
