"""The figures of a month-end for readers who may not see names, and how they add up (domain.md).

All strands are one set of figures: whoever is in scope, away or at work is the same person
under each strand, so that what one strand withholds another must not show. A **population** is
the set of job roles that are counted together; populations of two strands with the same roles
have the same people in scope.
"""

from collections.abc import Collection, Container, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wellbeing.domain.disclosure import Figures, Relation, Subset
from wellbeing.domain.roles import JobRole, Strand

from .groups import Tally, added

# A group: the whole service, an Area or a unit, by what it is and its primary key.
Place = tuple[str, int]
NATIONAL: Place = ("national", 0)
Roles = frozenset[JobRole]
PROSECUTORS: Roles = frozenset({JobRole.PROSECUTOR})
# What is counted of people whatever the strand.
PEOPLE = ("in_scope", "absent", "present")
MEASURES = (
    *PEOPLE,
    "in_cover",
    "overdue",
    "in_date",
    "due_soon",
    "never_seen",
    "offered",
    "taken_up",
)
SUMS = (
    ("in_scope", ("absent", "present")),
    ("present", ("in_cover", "overdue")),
    ("in_cover", ("in_date", "due_soon")),
)
# Whoever has taken something up was offered it (rule 10), and what is left of each is a count too.
PARTS = (
    ("never_seen", "in_scope"),
    ("offered", "in_scope"),
    ("taken_up", "in_scope"),
    ("taken_up", "offered"),
)
# Nobody is both (but who came back to the service), so that what they leave of everybody in scope is
# a count of people too: seen, but longer ago than the interval.
APART = (("lapsed", ("never_seen", "taken_up")),)


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """The name of one figure; `strand` is empty where it is the same in each."""

    strand: str
    place: Place
    roles: tuple[str, ...]
    measure: str


def cell(strand: Strand, place: Place, roles: Roles, measure: str) -> Cell:
    """The figure's one name, whichever strand it is read under."""
    shared = measure in PEOPLE
    return Cell("" if shared else strand.value, place, tuple(sorted(roles)), measure)


@dataclass(frozen=True)
class MonthEnd:
    """Exact counts of a day: by strand, unit and job role; `areas`: by Area its units.

    `roles`: by strand the job roles that its policy covers on the day. A strand that covers
    none has no figures; a unit without anybody in scope has zeros, which are withheld.
    """

    counts: Mapping[Strand, Mapping[tuple[int, JobRole], Tally]]
    areas: Mapping[int, tuple[int, ...]]
    roles: Mapping[Strand, Roles]

    def places(self) -> Iterator[tuple[Place, tuple[int, ...]]]:
        """Every group with its units: the service, then each Area and its units."""
        yield NATIONAL, tuple(unit for units in self.areas.values() for unit in units)
        for area, units in self.areas.items():
            yield ("area", area), units
            for unit in units:
                yield ("unit", unit), (unit,)

    def populations(self, strand: Strand, place: Place) -> list[Roles]:
        """All staff, prosecutors beside them, and for the whole service each job role."""
        covered = self.roles[strand]
        single = covered if place == NATIONAL else covered & PROSECUTORS
        found = [covered, *(frozenset({role}) for role in sorted(single))]
        return [roles for roles in dict.fromkeys(found) if roles]

    def tally(self, strand: Strand, units: Collection[int], roles: Roles) -> Tally:
        """The counts of a population in these units."""
        counts = self.counts[strand]
        nobody = Tally()
        return added(counts.get((unit, role), nobody) for unit in units for role in roles)


def figures(month: MonthEnd) -> Figures:
    """Every figure of the month-end with all that a reader knows of how they add up."""
    counts: dict[Hashable, int] = {}
    populations: dict[tuple[str, Place], dict[Roles, None]] = {}
    for place, units in month.places():
        for strand in month.roles:
            for roles in month.populations(strand, place):
                tally = month.tally(strand, units, roles)
                for measure in MEASURES:
                    name = cell(strand, place, roles, measure)
                    counts[name] = getattr(tally, measure)
                    populations.setdefault((name.strand, place), {})[roles] = None
    published = counts.keys() - _add_single_roles(month, counts, populations)
    relations = [*_sums(month), *_of_groups(month, counts), *_left_over(month, counts)]
    subsets = _parts(month)
    for (strand_name, place), those in populations.items():
        sums, within = _of_populations(strand_name, place, list(those))
        relations += sums
        subsets += within
    return Figures(
        counts,
        list(dict.fromkeys(relations)),
        list(dict.fromkeys(subsets)),
        frozenset(counts.keys() - published),
    )


def _add_single_roles(
    month: MonthEnd,
    counts: dict[Hashable, int],
    populations: dict[tuple[str, Place], dict[Roles, None]],
) -> set[Hashable]:
    """People by job role in every group, unpublished, where the policies of strands cross.

    Of prosecutors with paralegals, and prosecutors with managers, the one sum and the other tell
    what both have in common. Where each policy lies within the next there is nothing to tell.
    """
    covered = sorted(month.roles.values(), key=len)
    if all(a <= b for a, b in pairwise(covered)):
        return set()
    found: set[Hashable] = set()
    for place, units in month.places():
        for strand, roles in month.roles.items():
            for role in sorted(roles):
                one: Roles = frozenset({role})
                tally = month.tally(strand, units, one)
                for measure in PEOPLE:
                    name = cell(strand, place, one, measure)
                    if name not in counts:
                        counts[name] = getattr(tally, measure)
                        found.add(name)
                populations[("", place)][one] = None
    return found


def _left_over(month: MonthEnd, counts: dict[Hashable, int]) -> list[Relation]:
    """Adds what is left of everybody in scope by APART; no figure of a page, and none to be worked out."""
    found = []
    for where in _named(month):
        for measure, parts in APART:
            whole, taken = cell(*where, "in_scope"), [cell(*where, part) for part in parts]
            left = counts[whole] - sum(counts[one] for one in taken)
            if left >= 0:
                counts[cell(*where, measure)] = left
                found.append(Relation(whole, (*taken, cell(*where, measure))))
    return found


def _of_populations(
    strand: str, place: Place, those: Sequence[Roles]
) -> tuple[list[Relation], list[Subset]]:
    """All staff are the sum of the job roles where each is shown; else prosecutors are some of them."""
    sums: list[Relation] = []
    within: list[Subset] = []
    for whole, found in _nested(those, place):
        for measure in MEASURES:
            if (measure in PEOPLE) == bool(strand):
                continue
            parts = tuple(Cell(strand, place, tuple(sorted(p)), measure) for p in found)
            of = Cell(strand, place, tuple(sorted(whole)), measure)
            if frozenset().union(*found) == whole:
                sums.append(Relation(of, parts))
            else:
                within += [Subset(part, of) for part in parts]
    return sums, within


def _nested(those: Sequence[Roles], place: Place) -> Iterator[tuple[Roles, list[Roles]]]:
    """Each population with what it is the sum of, or else with each that lies within it."""
    single = [roles for roles in those if len(roles) == 1]
    for whole in those:
        inside = [roles for roles in single if roles < whole]
        if len(whole) > 1 and (place == NATIONAL or frozenset().union(*inside) == whole):
            yield whole, inside
        elif place != NATIONAL:
            yield from ((whole, [roles]) for roles in those if roles < whole)


def _named(month: MonthEnd) -> Iterator[tuple[Strand, Place, Roles]]:
    for place, _ in month.places():
        for strand in month.roles:
            for roles in month.populations(strand, place):
                yield strand, place, roles


def _sums(month: MonthEnd) -> Iterator[Relation]:
    """What people are: away or at work, in cover or overdue, in date or due soon."""
    for where in _named(month):
        for total, parts in SUMS:
            yield Relation(cell(*where, total), tuple(cell(*where, p) for p in parts))


def _parts(month: MonthEnd) -> list[Subset]:
    return [
        Subset(cell(*where, part), cell(*where, whole))
        for where in _named(month)
        for part, whole in PARTS
    ]


def _of_groups(month: MonthEnd, counts: Container[Hashable]) -> Iterator[Relation]:
    """The service is the sum of its Areas, an Area of its units."""
    tree: list[tuple[Place, list[Place]]] = [(NATIONAL, [("area", a) for a in month.areas])]
    tree += [(("area", a), [("unit", u) for u in units]) for a, units in month.areas.items()]
    for strand, place, roles in _named(month):
        for total, groups in tree:
            if place != total or not groups:
                continue
            for measure in MEASURES:
                parts = tuple(cell(strand, group, roles, measure) for group in groups)
                if all(part in counts for part in parts):
                    yield Relation(cell(strand, place, roles, measure), parts)


def national_only(month: MonthEnd) -> Figures:
    """The figures of the whole service alone, without those of any Area."""
    whole = figures(month)
    counts = {c: n for c, n in whole.counts.items() if _is_national(c)}
    return Figures(
        counts,
        [r for r in whole.relations if {r.total, *r.parts} <= counts.keys()],
        [s for s in whole.subsets if {*s} <= counts.keys()],
        whole.unpublished & counts.keys(),
    )


def _is_national(one: Hashable) -> bool:
    return isinstance(one, Cell) and one.place == NATIONAL
