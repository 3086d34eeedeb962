"""Whom a sample draws, what a pseudonym tells, and which Areas a row may name."""

import random
from collections import Counter
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.domain.cover import Standing, Status
from supervision.domain.sampling import Candidate, Question, drawn, most, pseudonym, shown
from wellbeing.domain.policy import Terms
from wellbeing.domain.roles import JobRole, Strand

KEY = b"a key of the tests"
ON = date(2026, 4, 30)
TERMS = Terms(frozenset(JobRole), 42, 28, 14, 0, date(2020, 1, 1))
ASKED = Question(Strand.SUPERVISION, ON, 5, 1)


def standing(
    person: int,
    status: Status = Status.IN_DATE,
    *,
    never_seen: bool = False,
    role: JobRole = JobRole.PROSECUTOR,
    area: int = 1,
) -> Standing:
    return Standing(
        person=person,
        unit=area * 10,
        area=area,
        job_role=role,
        status=status,
        never_seen=never_seen,
        run_started_on=ON,
        last_counted_on=None if never_seen else ON,
        elapsed_days=0,
        limit_days=42,
        days_away=0,
        due_on=ON,
        terms=TERMS,
        offered=False,
        taken_up=False,
    )


def candidates(kinds: list[tuple[Status, bool]]) -> list[Candidate]:
    return [
        Candidate(f"S{n:04}", standing(n, status, never_seen=never))
        for n, (status, never) in enumerate(kinds)
    ]


def names(found: list[Candidate]) -> list[str]:
    return [one.staff for one in found]


KINDS = st.lists(st.tuples(st.sampled_from(Status), st.booleans()), min_size=5, max_size=60)


@given(kinds=KINDS, size=st.integers(5, 50), seed=st.integers(1, 9), shuffle=st.randoms())
def test_a_draw_holds_every_kind_that_five_have_in_whatever_order_people_come(
    kinds: list[tuple[Status, bool]], size: int, seed: int, shuffle: random.Random
) -> None:
    people = candidates(kinds)
    asked = Question(Strand.SUPERVISION, ON, size, seed)
    found = drawn(people, asked, KEY)
    assert len(found) == len(set(names(found))) == min(size, len(people))
    statuses = Counter(status for status, _ in kinds)
    assert {c.standing.status for c in found} >= {s for s, n in statuses.items() if n >= 5}
    if sum(never for _, never in kinds) >= 5:
        assert any(c.standing.never_seen for c in found)
    shuffle.shuffle(people)
    assert names(drawn(people, asked, KEY)) == names(found)


@pytest.mark.parametrize(("overdue", "kept"), [(4, False), (5, True)])
def test_a_place_is_kept_for_a_status_of_five_and_for_none_of_four(
    overdue: int, kept: bool
) -> None:
    """Of four among two thousand it is missing from nearly every sample, as of none."""
    many = [(Status.IN_DATE, False)] * 2000
    people = candidates([(Status.OVERDUE, False)] * overdue + many)
    found = [
        any(c.standing.status == Status.OVERDUE for c in drawn(people, question(seed), KEY))
        for seed in range(1, 30)
    ]
    assert (all(found), any(found)) == (kept, kept)


def question(seed: int) -> Question:
    return Question(Strand.SUPERVISION, ON, 5, seed)


@pytest.mark.parametrize(
    ("in_scope", "at_most"),
    [(0, 0), (9, 0), (10, 5), (19, 5), (20, 10), (31, 15), (2003, 1000)],
)
def test_the_most_is_five_of_every_ten(in_scope: int, at_most: int) -> None:
    assert most(in_scope) == at_most


def test_a_larger_sample_holds_the_smaller_and_another_number_or_key_draws_others() -> None:
    people = candidates([(Status.IN_DATE, False)] * 100)
    five = names(drawn(people, ASKED, KEY))
    ten = names(drawn(people, Question(Strand.SUPERVISION, ON, 10, 1), KEY))
    assert ten[:5] == five
    others = [
        names(drawn(people, Question(Strand.SUPERVISION, ON, 5, 2), KEY)),
        names(drawn(people, Question(Strand.TRAINING, ON, 5, 1), KEY)),
        names(drawn(people, Question(Strand.SUPERVISION, date(2026, 3, 31), 5, 1), KEY)),
        names(drawn(people, ASKED, b"another key")),
    ]
    assert five not in others
    assert len({tuple(one) for one in others}) == 4


def test_a_pseudonym_is_of_one_person_in_one_sample_under_one_key() -> None:
    one, other = UUID(int=1), UUID(int=2)
    name = pseudonym(KEY, one, "P", 7)
    assert name == pseudonym(KEY, one, "P", 7)
    assert len(name) == 9
    others = {
        pseudonym(KEY, other, "P", 7),
        pseudonym(KEY, one, "P", 8),
        pseudonym(KEY, one, "H", 7)[1:],
        pseudonym(b"another key", one, "P", 7),
    }
    assert len(others | {name, name[1:]}) == 6


# (people by Area who are alike, Areas that may be named)
AREAS = [
    ({1: 5, 2: 9}, {1, 2}),
    # One that is small would be told by leaving it out: another goes with it.
    ({1: 4, 2: 5, 3: 9}, {3}),
    ({1: 1, 2: 2, 3: 9}, set()),
    ({1: 3, 2: 4, 3: 9}, {3}),
    ({1: 4, 2: 9}, set()),
    ({1: 4}, set()),
]


@pytest.mark.parametrize(("sizes", "told"), AREAS)
def test_an_area_is_named_of_no_fewer_than_five_alike_nor_where_elimination_tells_another(
    sizes: dict[int, int], told: set[int]
) -> None:
    people = [standing(0, area=area) for area, n in sizes.items() for _ in range(n)]
    found = shown(people)
    assert {one.area for one in people if found.area(one)} == told


def test_who_is_alike_in_all_but_the_status_does_not_count() -> None:
    overdue = [standing(n, Status.OVERDUE) for n in range(4)]
    found = shown([*overdue, *(standing(n, area=a) for n in range(9) for a in (1, 2))])
    assert found.area(overdue[0]) is None
    assert found.area(standing(9, area=1)) == 1


def test_a_job_role_of_few_is_not_named_and_then_no_area_is() -> None:
    managers = [standing(n, role=JobRole.MANAGER) for n in range(3)]
    paralegals = [standing(n, role=JobRole.PARALEGAL) for n in range(6)]
    found = shown([*managers, *paralegals, *(standing(n) for n in range(20))])
    assert found.role(managers[0]) is None
    assert (found.role(paralegals[0]), found.area(paralegals[0])) == (None, None)
    assert found.role(standing(0)) == JobRole.PROSECUTOR
