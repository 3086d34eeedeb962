"""The matching and its bottlenecks against one augmenting path at a time; make it fit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import event as noted
from hypothesis import given
from hypothesis import strategies as st

from supervision.domain.make_it_fit import Place, make_it_fit
from supervision.domain.matching import Bottleneck, Reach, bottlenecks
from supervision.domain.matching import match as match_alike

from .quick_matching import matching, stuck

FIRST = date(2026, 6, 1)
# The solver is loaded at its first use, which takes longer than hypothesis gives an example.
match_alike({(frozenset({1}),): [1]}, {1: 1})


@dataclass(frozen=True)
class Found:
    """What is said of single people."""

    available: int
    short: tuple[int, ...]
    bottlenecks: tuple[Bottleneck, ...]


def match(reach: Mapping[int, Reach], free: dict[int, int]) -> Found:
    """People by what they reach, as their order has it, and back."""
    alike: dict[Reach, list[int]] = {}
    for person in reach:
        alike.setdefault(reach[person], []).append(person)
    found = match_alike({kind: sorted(people) for kind, people in alike.items()}, free)
    return Found(found.available, found.short, bottlenecks(found, free))


def reached(*events: int) -> tuple[frozenset[int], ...]:
    return (frozenset(events),) if events else ()


def test_seven_who_come_on_tuesdays_share_four_places_and_thursdays_help_none() -> None:
    tuesday, thursday = 1, 2
    reach = {person: reached(tuesday) for person in range(7)}
    found = match(reach, {tuesday: 4, thursday: 9})
    assert found == Found(4, (4, 5, 6), (Bottleneck(tuple(range(7)), 4),))


def test_somebody_placed_who_could_change_seats_is_no_part_of_a_bottleneck() -> None:
    reach = {1: reached(10), 2: reached(10), 3: reached(10, 20), 4: reached(20, 30)}
    found = match(reach, {10: 1, 20: 1, 30: 1})
    assert found == Found(3, (2,), (Bottleneck((1, 2), 1),))


def test_parts_that_share_no_seat_are_apart_and_who_reaches_none_is_alone() -> None:
    reach = {1: reached(10), 2: reached(10), 3: reached(20), 4: reached(20), 5: (), 6: ()}
    found = match(reach, {10: 1, 20: 1, 30: 8})
    assert found.bottlenecks == (
        Bottleneck((1, 2), 1),
        Bottleneck((3, 4), 1),
        Bottleneck((5,), 0),
        Bottleneck((6,), 0),
    )
    assert (found.available, found.short) == (2, (2, 4, 5, 6))


@pytest.mark.parametrize("reach", [{}, {1: ()}, {1: reached(10)}])
def test_nobody_and_nothing(reach: dict[int, tuple[frozenset[int], ...]]) -> None:
    found = match(reach, {10: 1})
    assert found.available == sum(bool(bundles) for bundles in reach.values())
    assert len(found.bottlenecks) == len(reach) - found.available


@st.composite
def worlds(
    draw: st.DrawFn,
) -> tuple[dict[int, tuple[frozenset[int], ...]], dict[int, int]]:
    """People, what they reach in bundles that may overlap, and the free seats of events."""
    free = {e: draw(st.integers(1, 3)) for e in range(10, 10 + draw(st.integers(1, 5)))}
    some = st.frozensets(st.sampled_from(sorted(free)), min_size=1, max_size=3)
    bundles = draw(st.lists(some, min_size=1, max_size=4, unique=True))
    kinds = st.lists(st.sampled_from(bundles), max_size=3, unique=True).map(tuple)
    people = draw(st.lists(kinds, max_size=9))
    return dict(enumerate(people)), free


@given(worlds())
def test_agrees_with_the_slow_matching(
    world: tuple[dict[int, tuple[frozenset[int], ...]], dict[int, int]],
) -> None:
    reach, free = world
    plain = {person: frozenset().union(*bundles) for person, bundles in reach.items()}
    found = match(reach, free)
    assert found.available == len(matching(plain, free))
    assert len(found.short) == len(reach) - found.available
    # Whoever is left is so with the others in all those seats.
    others = {p: e for p, e in plain.items() if p not in found.short}
    assert len(matching(others, free)) == found.available
    parts = stuck(plain, free)
    assert sorted(b.people for b in found.bottlenecks) == sorted(
        tuple(sorted(part)) for part in parts
    )
    for one in found.bottlenecks:
        assert one.seats == sum(free[e] for e in set().union(*(plain[p] for p in one.people)))
        assert one.seats < len(one.people)
    assert sum(len(b.people) - b.seats for b in found.bottlenecks) == len(found.short)
    noted(f"bottlenecks: {min(len(parts), 3)}")


@given(worlds(), st.randoms(use_true_random=False))
def test_order_of_people_changes_no_figure(
    world: tuple[dict[int, tuple[frozenset[int], ...]], dict[int, int]], random: object
) -> None:
    reach, free = world
    people = list(reach)
    random.shuffle(people)  # type: ignore[attr-defined]
    assert match({p: reach[p] for p in people}, free) == match(reach, free)


def place(days: int, area: int = 1) -> Place:
    return FIRST + timedelta(days=days), area


def fit(days: dict[int, list[Place]], notice_from: date) -> list[tuple[Place, int]]:
    """Of single people."""
    return make_it_fit(days, dict.fromkeys(days, 1), notice_from=notice_from)


FITS = [
    # Who could come where -> seats, with a week's notice.
    ({}, []),
    ({1: [place(0), place(9)]}, [(place(9), 1)]),
    # All before there is notice: the last of them.
    ({1: [place(0), place(3)]}, [(place(3), 1)]),
    # One day for three people rather than three days.
    (
        {1: [place(8), place(9)], 2: [place(9), place(10)], 3: [place(9)]},
        [(place(9), 3)],
    ),
    # A day that helps more, though there is no notice of it.
    ({1: [place(1), place(9)], 2: [place(1)]}, [(place(1), 2)]),
    ({1: [place(8, 2)], 2: [place(8, 1)]}, [(place(8, 1), 1), (place(8, 2), 1)]),
]


@pytest.mark.parametrize(("days", "seats"), FITS)
def test_make_it_fit(days: dict[int, list[Place]], seats: list[tuple[Place, int]]) -> None:
    assert fit(days, FIRST + timedelta(days=7)) == seats


PLACES = st.sampled_from([place(day, area) for day in (0, 4, 8) for area in (1, 2)])


@given(st.dictionaries(st.integers(1, 8), st.lists(PLACES, min_size=1, unique=True)))
def test_seats_made_fit_place_everybody_and_are_as_many_as_people(
    days: dict[int, list[Place]],
) -> None:
    found = dict(fit(days, FIRST))
    assert sum(found.values()) == len(days)
    numbers = {place: n for n, place in enumerate(found)}
    free = {numbers[place]: seats for place, seats in found.items()}
    plain = {p: {numbers[x] for x in places if x in found} for p, places in days.items()}
    assert len(matching(plain, free)) == len(days)
    # Greedy: where one place would do for all, there is one.
    if any(all(x in places for places in days.values()) for x in _all(days)):
        assert len(found) <= 1


def _all(days: dict[int, list[Place]]) -> set[Place]:
    return {place for places in days.values() for place in places}


@given(
    st.dictionaries(
        st.integers(1, 8),
        st.tuples(st.integers(1, 4), st.lists(PLACES, min_size=1, unique=True)),
    )
)
def test_people_alike_are_fitted_as_one_by_one(
    kinds: dict[int, tuple[int, list[Place]]],
) -> None:
    days = {kind: places for kind, (_, places) in kinds.items()}
    number = {kind: people for kind, (people, _) in kinds.items()}
    single = {10 * kind + n: days[kind] for kind in kinds for n in range(number[kind])}
    assert make_it_fit(days, number, notice_from=FIRST) == fit(single, FIRST)


@given(worlds(), st.integers(1, 3))
def test_people_alike_are_matched_as_one_by_one(
    world: tuple[dict[int, Reach], dict[int, int]], times: int
) -> None:
    """Several of each kind, counted together, against every seat and everybody singly."""
    reach, free = world
    people = {10 * p + n: reach[p] for p in reach for n in range(times)}
    plain = {p: frozenset().union(*bundles) for p, bundles in people.items()}
    found = match(people, free)
    assert found.available == len(matching(plain, free))
    assert {b.people for b in found.bottlenecks} == {
        tuple(sorted(part)) for part in stuck(plain, free)
    }
    assert sum(len(b.people) - b.seats for b in found.bottlenecks) == len(found.short)


@given(worlds())
def test_with_the_seats_made_fit_nobody_is_short(
    world: tuple[dict[int, tuple[frozenset[int], ...]], dict[int, int]],
) -> None:
    """And with a seat fewer somebody is, wherever it is taken from."""
    reach, free = world
    short = match(reach, free).short
    days = {person: [place(9 + person % 3), place(9 + person % 2)] for person in short}
    extra = fit(days, FIRST)
    assert sum(seats for _, seats in extra) == len(short)
    after = _with(reach, free, days, extra)
    assert match(*after).short == ()
    for fewer in _less_one(extra):
        assert len(match(*_with(reach, free, days, fewer)).short) == 1


def _with(
    reach: dict[int, tuple[frozenset[int], ...]],
    free: dict[int, int],
    days: dict[int, list[Place]],
    extra: list[tuple[Place, int]],
) -> tuple[dict[int, tuple[frozenset[int], ...]], dict[int, int]]:
    numbers = {where: 100 + n for n, (where, _) in enumerate(extra)}
    more = {
        person: tuple(frozenset({numbers[x]}) for x in dict.fromkeys(places) if x in numbers)
        for person, places in days.items()
    }
    wider = {person: (*bundles, *more.get(person, ())) for person, bundles in reach.items()}
    return wider, free | {numbers[where]: seats for where, seats in extra}


def _less_one(extra: list[tuple[Place, int]]) -> Iterator[list[tuple[Place, int]]]:
    for n, (where, seats) in enumerate(extra):
        rest = [*extra[:n], *extra[n + 1 :]]
        yield [*rest, (where, seats - 1)] if seats > 1 else rest


def test_the_slow_matching_knows_a_seat_is_one_seat() -> None:
    """A control of the reader that the tests above stand on: every subset counted."""
    plain = {1: {10}, 2: {10, 20}, 3: {20}, 4: {20}}
    free = {10: 1, 20: 2}
    best = max(
        n
        for n in range(5)
        for group in combinations(plain, n)
        if all(
            len(part) <= sum(free[e] for e in set().union(*(plain[p] for p in part)))
            for m in range(1, n + 1)
            for part in combinations(group, m)
        )
    )
    assert best == len(matching(plain, free)) == 3
