"""Who is offered which seat: as many as the maximum matching places, and who comes first is not left out."""

from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.domain.assigning import assign
from supervision.domain.matching import Reach, match

People = dict[int, list[int]]
Seats = dict[int, int]

# people with their events, best first; free seats; at most -> who gets which
CASES: list[tuple[People, Seats, int, dict[int, int]]] = [
    ({}, {}, 5, {}),
    ({1: []}, {10: 1}, 5, {}),
    ({1: [10, 20]}, {10: 1, 20: 1}, 5, {1: 10}),
    ({1: [10], 2: [10]}, {10: 1}, 5, {1: 10}),
    ({1: [10], 2: [10]}, {10: 2}, 5, {1: 10, 2: 10}),
    # The first can have another, so that the second gets one too.
    ({1: [10, 20], 2: [10]}, {10: 1, 20: 1}, 5, {1: 20, 2: 10}),
    # Nobody is moved for one who has another free place.
    ({1: [10, 20], 2: [10, 30]}, {10: 1, 20: 1, 30: 1}, 5, {1: 10, 2: 30}),
    ({1: [10, 20], 2: [10, 20], 3: [10]}, {10: 1, 20: 1}, 5, {1: 10, 2: 20}),
    ({1: [10], 2: [20], 3: [30]}, {10: 1, 20: 1, 30: 1}, 2, {1: 10, 2: 20}),
    ({1: [], 2: [20]}, {20: 1}, 1, {2: 20}),
]


@pytest.mark.parametrize(("reach", "free", "most", "given_"), CASES)
def test_who_gets_which(reach: People, free: Seats, most: int, given_: dict[int, int]) -> None:
    assert assign(reach, free, most) == given_


@st.composite
def worlds(draw: st.DrawFn) -> tuple[People, Seats]:
    events = list(range(100, 100 + draw(st.integers(0, 6))))
    free = {event: draw(st.integers(1, 3)) for event in events}
    chosen = st.lists(st.sampled_from(events), unique=True) if events else st.just([])
    return {person: draw(chosen) for person in range(draw(st.integers(0, 8)))}, free


def alike(reach: People, people: Iterable[int]) -> dict[Reach, list[int]]:
    """These people by the events that they reach."""
    found: dict[Reach, list[int]] = {}
    for person in sorted(people):
        bundles = (frozenset(reach[person]),) if reach[person] else ()
        found.setdefault(bundles, []).append(person)
    return found


@given(worlds())
def test_as_many_as_a_maximum_matching_and_each_within_reach(
    world: tuple[People, Seats],
) -> None:
    reach, free = world
    found = assign(reach, free, len(reach))
    assert len(found) == match(alike(reach, reach), free).available
    assert all(event in reach[person] for person, event in found.items())
    for event, seats in free.items():
        assert list(found.values()).count(event) <= seats


@given(worlds())
def test_whoever_is_left_out_could_have_none_beside_those_before_them(
    world: tuple[People, Seats],
) -> None:
    """Asked of the maximum matching of those before and this one alone."""
    reach, free = world
    found = assign(reach, free, len(reach))
    for person in reach:
        before = [p for p in reach if p < person and p in found]
        asked = [*before, person]
        can = match(alike(reach, asked), free).available == len(asked)
        assert can == (person in found)


@given(worlds(), st.integers(0, 8))
def test_at_most_so_many_are_the_first_of_all(world: tuple[People, Seats], most: int) -> None:
    reach, free = world
    everybody = set(assign(reach, free, len(reach)))
    first = set(sorted(everybody)[:most])
    assert set(assign(reach, free, most)) == first


def test_the_planted_order_matters() -> None:
    """Of two who share a seat the first gets it, whichever of them that is."""
    for a, b in combinations((1, 2, 3), 2):
        assert assign({b: [10], a: [10]}, {10: 1}, 9) == {b: 10}
