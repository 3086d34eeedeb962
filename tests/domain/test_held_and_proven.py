"""What a release is decided with: which counts are held fast, and which worlds prove what."""

import pytest

from bench.withholding.adversary import ends, page
from bench.withholding.populations import SHAPES, population
from wellbeing.domain.disclosure import LEAST, Figures, Name, Relation
from wellbeing.domain.disclosure.loose import Loose
from wellbeing.domain.disclosure.nearest import cheapest, towards
from wellbeing.domain.disclosure.proofs import Proofs
from wellbeing.domain.disclosure.worlds import is_a_world, system_of

NOBODY: frozenset[int] = frozenset()


def names(figures: Figures) -> list[Name]:
    """The name of each cell, with what each subset leaves."""
    return [*figures.counts, *(("rest", *subset) for subset in figures.subsets)]


def primary(figures: Figures) -> set[Name]:
    public = figures.counts.keys() - figures.unpublished
    return {n for n in public if figures.counts[n] < LEAST}


def test_what_is_held_has_one_answer() -> None:
    held = 0
    for number in range(100):
        figures = population(number)
        withheld = primary(figures)
        read, known = page(figures, withheld), names(figures)
        free = [cell for cell, name in enumerate(known) if name in read.unknown]
        for cell in set(free) - Loose(system_of(figures), free).left:
            least, most = ends(read, known[cell])
            assert least == most, (number, known[cell])
            held += 1
    assert held > 50


@pytest.mark.parametrize("number", range(len(SHAPES)))
def test_what_was_held_is_let_go_again(number: int) -> None:
    system = system_of(population(number))
    cells = range(len(system.values))
    loose = Loose(system, cells)
    before = set(loose.left)
    for cell in cells:
        gone = loose.hold(cell, NOBODY)
        assert gone is not None
        assert loose.left == before - set(gone) == Loose(system, loose.left).left
        loose.let_go(gone)
        assert loose.left == before
        for other in set(gone) - {cell}:
            assert loose.hold(cell, {other}) is None
            assert loose.left == before


def test_parts_of_nobody_hold_each_other_and_so_does_a_total_of_nobody() -> None:
    figures = Figures(
        {"A": 0, "B": 0, "C": 7, "X": 7, "D": 0}, [Relation("X", ("A", "B", "C", "D"))]
    )
    system = system_of(figures)
    assert Loose(system, [0, 1]).left == set()
    assert Loose(system, [0, 1, 2]).left == {0, 1, 2}
    assert Loose(system, [0, 1, 3]).left == {0, 1, 3}
    nobody = Figures({"A": 0, "X": 0}, [Relation("X", ("A",))])
    assert Loose(system_of(nobody), [0, 1]).left == {0, 1}


def test_a_lost_world_comes_back_where_there_is_no_other() -> None:
    one, two = (0, NOBODY), (1, NOBODY)
    proofs = Proofs([one, two, (0, frozenset({1}))])
    both = {0: 1, 1: -1}
    proofs.keep(both)
    assert proofs.worlds == {one: both, two: both}
    lost = proofs.lose(1)
    assert (lost, proofs.worlds) == ({one: both, two: both}, {})
    proofs.keep({0: 1, 2: -1})
    assert one in proofs.worlds
    proofs.take_back(lost)
    assert proofs.worlds == {
        one: {0: 1, 2: -1}, two: both, (0, frozenset({1})): {0: 1, 2: -1}
    }  # fmt: skip
    assert proofs.lose(1) == {two: both}


@pytest.mark.parametrize("number", range(40))
def test_each_program_gives_worlds_of_the_cells_it_may_use(number: int) -> None:
    system = system_of(population(number))
    cells = list(range(len(system.values)))
    costs = {cell: 1 + system.values[cell] for cell in system.public - set(system.small)}
    for cell in system.small:
        for usable in (cells, system.near(cell, set(system.small), 6)):
            move = cheapest(system, cell, usable, costs, others=1) or {cell: 0}
            assert set(move) <= set(usable)
            assert cell in move
            far = towards(system, usable, {cell: 1.0}) or {}
            assert set(far) <= set(usable)
            assert move == {cell: 0} or is_a_world(system, move)
            assert is_a_world(system, far)
