"""What is withheld of a release, case by case (domain.md, who may see what; decisions/0013)."""

import random

import pytest

from bench.withholding.adversary import is_safe, least, worked_out
from wellbeing.domain.disclosure import (
    SUPPRESSED,
    Figures,
    Name,
    Relation,
    Subset,
    crossed,
    percentage,
    shown,
    suppress,
    withholding,
    within,
)
from wellbeing.domain.disclosure.worlds import WIDE, is_a_world, system_of


def area(**units: int) -> Figures:
    counts: dict[Name, int] = {**units, "X": sum(units.values())}
    return Figures(counts, [Relation("X", tuple(units))])


AREAS: list[tuple[dict[str, int], set[str]]] = [
    # The worked case: X − B would give A.
    ({"A": 3, "B": 6}, {"A", "B"}),
    ({"A": 3, "B": 6, "C": 4}, {"A", "C"}),
    ({"A": 5, "B": 6}, set()),
    ({"A": 4, "B": 5}, {"A", "B"}),
    # Together nobody: by themselves they would both be 0.
    ({"A": 0, "B": 0, "C": 7}, {"A", "B", "C"}),
    ({"A": 0, "B": 1, "C": 7}, {"A", "B"}),
    ({"A": 0, "B": 0}, {"A", "B", "X"}),
    # The total itself is small.
    ({"A": 1, "B": 3}, {"A", "B", "X"}),
    # One unit is its Area.
    ({"A": 4}, {"A", "X"}),
    ({"A": 5}, set()),
]


@pytest.mark.parametrize(("units", "withheld"), AREAS)
def test_units_of_one_area(units: dict[str, int], withheld: set[str]) -> None:
    assert suppress(area(**units)) == withheld
    assert suppress(area(**units), at_once=0) == withheld


def test_nobody_at_all_and_no_figures() -> None:
    assert suppress(Figures({})) == frozenset()
    assert suppress(Figures({"all": 0})) == {"all"}
    assert suppress(Figures({"all": 5})) == frozenset()


SHARES = [
    # Taken up, of how many, what is withheld: nobody and everybody say something of each.
    (0, 6, {"part"}),
    (6, 6, {"part"}),
    (1, 6, {"part"}),
    (5, 6, {"part"}),
    (5, 9, {"part"}),
    (5, 10, set()),
    (4, 12, {"part"}),
    (3, 3, {"part", "whole"}),
    (0, 0, {"part", "whole"}),
]


@pytest.mark.parametrize(("part", "whole", "withheld"), SHARES)
def test_a_share_and_what_it_leaves(part: int, whole: int, withheld: set[str]) -> None:
    figures = Figures({"part": part, "whole": whole}, (), [Subset("part", "whole")])
    assert suppress(figures) == withheld
    told = shown(figures.counts, withheld)
    share = percentage(told["part"], told["whole"])
    assert share == (SUPPRESSED if withheld else part / whole)


PERCENTAGES = [
    (5, 10, None, 0.5),
    (5, 10, 5, 0.5),
    (SUPPRESSED, 10, None, SUPPRESSED),
    (5, SUPPRESSED, None, SUPPRESSED),
    (5, 10, SUPPRESSED, SUPPRESSED),
    (4, 10, None, SUPPRESSED),
    (6, 10, None, SUPPRESSED),
    (10, 10, None, SUPPRESSED),
    (0, 10, None, SUPPRESSED),
    (0, 0, None, SUPPRESSED),
]


@pytest.mark.parametrize(("part", "whole", "rest", "told"), PERCENTAGES)
def test_a_percentage_falls_with_any_of_its_numbers(
    part: int, whole: int, rest: int | None, told: object
) -> None:
    assert percentage(part, whole, rest) == told


def test_the_word_stands_where_a_number_is_withheld() -> None:
    assert shown({"A": 3, "X": 9}, {"A"}) == {"A": "suppressed", "X": 9}


def test_an_area_of_whom_all_are_in_cover_hides_the_ways_round() -> None:
    """Nobody absent, due soon or overdue: three totals would each say so."""
    counts: dict[Name, int] = {
        "absent": 0, "in_date": 9, "due_soon": 0, "overdue": 0,
        "in_cover": 9, "present": 9, "in_scope": 9,
    }  # fmt: skip
    figures = Figures(
        counts,
        [
            Relation("in_cover", ("in_date", "due_soon")),
            Relation("present", ("in_cover", "overdue")),
            Relation("in_scope", ("present", "absent")),
        ],
    )
    withheld = suppress(figures)
    assert withheld == {"absent", "in_date", "due_soon", "overdue", "in_cover", "present"}
    assert len(withheld) == least(figures)


def test_a_table_with_two_axes_needs_a_rectangle() -> None:
    names = [("A", "p"), ("A", "l"), ("B", "p"), ("B", "l"), ("C", "p"), ("C", "l")]
    sizes = [3, 10, 12, 11, 30, 31]
    counts: dict[tuple[Name, ...], int] = dict(zip(names, sizes, strict=True))
    for unit in "ABC":
        counts[unit, "all"] = counts[unit, "p"] + counts[unit, "l"]
    for role in ("p", "l", "all"):
        counts["X", role] = sum(counts[unit, role] for unit in "ABC")
    figures = Figures(counts, crossed(counts, [[("X", "ABC")], [("all", "pl")]]))
    rectangle = {("A", "p"), ("A", "l"), ("B", "p"), ("B", "l")}
    assert suppress(figures) == rectangle
    assert suppress(figures, at_once=0) == rectangle


def test_what_nobody_publishes_is_no_way_in_either() -> None:
    """Others than prosecutors have no column: all less prosecutors would give them."""
    others = Relation("all", ("prosecutors", "others"))
    counts: dict[Name, int] = {"all": 14, "prosecutors": 11, "others": 3}
    figures = Figures(counts, [others], unpublished=frozenset({"others"}))
    assert suppress(figures) == {"prosecutors"}
    counts = {"all": 16, "prosecutors": 11, "others": 5}
    figures = Figures(counts, [others], unpublished=frozenset({"others"}))
    assert suppress(figures) == frozenset()


def test_the_same_people_under_another_strand_are_the_same_count() -> None:
    units: dict[Name, int] = {"A": 3, "B": 6, "C": 7, "X": 16}
    counts: dict[Name, int] = {
        (strand, name): n for strand in ("supervision", "training") for name, n in units.items()
    }
    both = [
        Relation((s, "X"), tuple((s, u) for u in "ABC")) for s in ("supervision", "training")
    ]
    same = [Relation(("training", u), (("supervision", u),)) for u in units]
    withheld = suppress(Figures(counts, [*both, *same]))
    assert withheld == {(s, u) for s in ("supervision", "training") for u in "AB"}


def test_a_reader_who_has_one_area_exactly_learns_no_other() -> None:
    figures = area(A=3, B=4, C=9, D=20)
    assert suppress(figures) == {"A", "B"}
    assert list(worked_out(figures, {"A", "B"}, has={"A"})) == ["B"]
    withheld = suppress(figures, readers=[{"A"}, {"B"}])
    assert withheld == {"A", "B", "C"} == suppress(figures, [{"A"}, {"B"}], at_once=0)
    assert all(is_safe(figures, withheld, has) for has in ({"A"}, {"B"}, {"C"}))


WRONG = [
    ({"A": 1, "X": 2}, [Relation("X", ("A",))], [], "not the sum"),
    ({"A": 1}, [Relation("X", ("A",))], [], "No count has the name 'X'"),
    ({"A": -1}, [], [], "below 0"),
    ({"A": 1, "X": 1}, [Relation("X", ())], [], "no parts"),
    ({"A": 0}, [Relation("A", ("A",))], [], "same twice"),
    ({"A": 2, "X": 1}, [], [Subset("A", "X")], "no part of"),
]


@pytest.mark.parametrize(("counts", "relations", "subsets", "why"), WRONG)
def test_figures_that_contradict_themselves_are_refused(
    counts: dict[Name, int], relations: list[Relation], subsets: list[Subset], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        Figures(counts, relations, subsets)


@pytest.mark.parametrize("at_once", [0, 600])
def test_what_follows_from_the_relations_alone_is_an_error(at_once: int) -> None:
    """X is A, and A and B: whatever is withheld, B is nobody."""
    relations = [Relation("X", ("A",)), Relation("X", ("A", "B"))]
    figures = Figures({"A": 9, "B": 0, "X": 9}, relations)
    with pytest.raises(ValueError, match="relations alone"):
        suppress(figures, at_once=at_once)


def test_a_reader_may_have_too_much() -> None:
    with pytest.raises(ValueError, match="relations alone"):
        suppress(area(A=3, B=6), readers=[{"B", "X"}])


def test_a_world_must_add_up_and_stay_above_nobody() -> None:
    system = system_of(area(A=3, B=6))
    assert is_a_world(system, {0: 1, 1: -1})
    assert not is_a_world(system, {0: 1})
    assert not is_a_world(system, {0: -4, 1: 4})


def release(seed: int) -> Figures:
    """Two Areas of two units, by job role and column: far more than is decided at once."""
    draw = random.Random(seed)
    tree = [("all", ("E", "W")), ("E", ("E1", "E2")), ("W", ("W1", "W2"))]
    columns = [("in_scope", ("absent", "present")), ("present", ("in_cover", "overdue"))]
    counts: dict[tuple[Name, ...], int] = {}
    for unit in ("E1", "E2", "W1", "W2"):
        for role in ("prosecutors", "others"):
            row = {"absent": draw.randint(0, 3), "in_cover": draw.randint(0, 25)}
            row["overdue"] = draw.randint(0, 9)
            row["present"] = row["in_cover"] + row["overdue"]
            row["in_scope"] = row["present"] + row["absent"]
            row["taken_up"] = draw.randint(0, row["in_scope"])
            for group in (unit, unit[0], "all"):
                for whose in (role, "staff"):
                    for column, n in row.items():
                        name = (group, whose, column)
                        counts[name] = counts.get(name, 0) + n
    axes = [tree, [("staff", ("prosecutors", "others"))], columns]
    shares = within(counts, 2, [("taken_up", "in_scope")])
    return Figures(counts, crossed(counts, axes), shares)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_release_keeps_its_small_counts_and_is_the_same_twice(seed: int) -> None:
    figures = release(seed)
    withheld = suppress(figures)
    assert list(worked_out(figures, withheld)) == []
    assert suppress(release(seed)) == withheld
    assert len(withheld) < len(figures.counts)


def test_a_way_out_is_found_however_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = release(1)
    for name in ("NEAR", "FARTHER"):
        monkeypatch.setattr(withholding, name, {"NEAR": 1, "FARTHER": ()}[name])
    assert list(worked_out(figures, suppress(figures))) == []


def test_of_a_relation_of_very_many_parts_all_that_are_hidden_are_looked_at() -> None:
    """And of those that are shown the next few."""
    units = {"small": 3} | {f"unit {i}": 6 + i for i in range(50)}
    figures = area(**units)
    assert suppress(figures, at_once=0) == {"small", "unit 0"}
    total = len(units)
    assert system_of(figures).near(0, {0, 40}, 600) == {*range(WIDE), 40, total}
    figures = area(**units, other=4)
    assert suppress(figures, at_once=0) == {"small", "other"}
