"""Who fares differently: sentences where the difference is material, and none where it is not."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from supervision.domain.equity import Difference, Share, widest
from supervision.queries.coverage import By
from supervision.queries.equity import by_pattern_and_place, of_patterns, of_places
from supervision.queries.parts import part
from supervision.queries.stored_cover import StoredCover
from tests import factories as make
from tests.conftest import TODAY, Cast, Visitor
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.models import Person

As = Callable[[Person], Visitor]

# Of the group, of the others -> a difference of five points or more.
MATERIAL = [
    ((55, 100), (60, 100), True),
    ((56, 100), (60, 100), False),
    ((60, 100), (55, 100), True),
    ((0, 20), (1, 20), True),
    ((1, 21), (0, 20), False),
    ((7, 60), (1, 15), True),
    ((20, 20), (20, 20), False),
]


@pytest.mark.parametrize(("group", "others", "material"), MATERIAL)
def test_five_points_are_material_to_the_very_edge(
    group: tuple[int, int], others: tuple[int, int], material: bool
) -> None:
    assert Difference("x", Share(*group), Share(*others)).is_material(5) == material


def test_the_widest_is_of_groups_large_enough_on_both_sides() -> None:
    groups = {"a": Share(0, 19), "b": Share(30, 40), "c": Share(20, 40)}
    found = widest(groups, people=20)
    assert found == Difference("b", Share(30, 40), Share(20, 59))
    assert widest({"a": Share(0, 19), "b": Share(90, 90)}, people=20) is None
    assert widest({"a": Share(5, 90)}, people=20) is None
    assert widest({}, people=20) is None


def people(cast: Cast, number: int, seen: int, **posting: Any) -> None:
    """So many of a unit, of whom the first ones were seen; each by somebody of their own."""
    unit = posting.pop("unit", cast.unit)
    host = make.make_supervisor("Dr")
    for i in range(number):
        person = make.make_staff("Somebody", unit, **posting)
        if i < seen:
            on = TODAY - timedelta(days=1 + i % 20)
            make.make_held(person, host, on, time(8 + i // 20))


@pytest.fixture
def unlike(cast: Cast) -> Cast:
    """Part-time: 5 of 20 in cover. Full: 20 of 25 prosecutors, and the cast's three of none."""
    people(cast, 20, 5, working_days=0b00111)
    people(cast, 25, 20, unit=cast.elsewhere)
    return cast


@pytest.mark.parametrize("is_built", [False, True])
def test_part_time_staff_beside_a_full_week(unlike: Cast, as_: As, is_built: bool) -> None:
    if is_built:
        make.build_cover()
    page = as_(unlike.lead).get("coverage_equity")
    pattern, role, place = page.context["dimensions"]
    assert pattern.sentences[:2] == [
        "Part-time staff are in cover less often than full-time staff:"
        " 25.0% of 20 against 71.4% of 28.",
        "Part-time staff were offered clinical supervision less often than full-time"
        " staff: 25.0% of 20 against 71.4% of 28.",
    ]
    assert pattern.sentences[4] == (
        "Part-time prosecutors are in cover less often than full-time prosecutors:"
        " 25.0% of 20 against 76.9% of 26."
    )
    assert [(x.name, x.prosecutors.in_scope, x.everyone.in_scope) for x in pattern.lines] == [
        ("Full-time", "26", "28"),
        ("Part-time, 3 days a week", "20", "20"),
    ]
    assert pattern.lines[1].everyone.shares == ["25.0%", "25.0%", "25.0%", "75.0%"]
    # Of paralegals and managers there are too few to compare.
    assert role.sentences == ["Too few people to compare: groups of fewer than 20 are not."]
    assert [x.name for x in role.lines] == ["Prosecutors", "Paralegals", "Managers"]
    assert place.sentences[0] == (
        "Staff in East are in cover more often than staff elsewhere:"
        " 80.0% of 25 against 21.7% of 23."
    )


def test_no_difference_is_said_so(cast: Cast, as_: As) -> None:
    people(cast, 40, 20, working_days=0b1)
    people(cast, 40, 20, job_role=JobRole.PARALEGAL)
    page = as_(cast.lead).get("coverage_equity")
    pattern, role, place = page.context["dimensions"]
    assert pattern.sentences == [
        "All staff: no difference of 5 points or more.",
        "Prosecutors alone: too few people to compare: groups of fewer than 20 are not.",
    ]
    assert role.sentences == ["No difference of 5 points or more."]
    assert place.sentences == [
        "All staff: too few people to compare: groups of fewer than 20 are not.",
        "Prosecutors alone: too few people to compare: groups of fewer than 20 are not.",
    ]


def test_patterns_add_up_to_everybody(unlike: Cast) -> None:
    whole = part(TODAY, Strand.SUPERVISION, None, by=By.AREA)
    for _ in range(3):
        cover = StoredCover(whole.where)
        detailed = by_pattern_and_place(cover, TODAY)
        assert of_places(detailed) == cover.tallies(TODAY)
        found = of_patterns(detailed)
        assert {key: one.in_scope for key, one in found.items()} == {
            (3, JobRole.PROSECUTOR): 20,
            (5, JobRole.PROSECUTOR): 26,
            (5, JobRole.PARALEGAL): 1,
            (5, JobRole.MANAGER): 1,
        }
        counts = cover.tallies(TODAY).values()
        for name in ("in_date", "due_soon", "overdue", "absent", "offered", "taken_up"):
            assert sum(getattr(t, name) for t in found.values()) == sum(
                getattr(t, name) for t in counts
            )
        make.build_cover()
        make.mark_stale(*Person.objects.filter(staff_number__isnull=False)[::2])


def test_an_area_is_compared_by_unit(cast: Cast, as_: As) -> None:
    people(cast, 20, 20)
    people(cast, 20, 0, unit=make.make_unit("West", "West Two"))
    dimension = as_(cast.area_lead).get("coverage_equity").context["dimensions"][2]
    assert (dimension.title, [x.name for x in dimension.lines]) == (
        "by unit",
        ["West One", "West Two"],
    )
    assert dimension.sentences[0] == (
        "Staff in West One are in cover more often than staff elsewhere:"
        " 87.0% of 23 against 0.0% of 20."
    )
