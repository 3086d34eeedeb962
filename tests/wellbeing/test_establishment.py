"""The people loaded beside those whom HR counts: what is compared, on which day, in what words."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories as make
from tests.conftest import TODAY, Cast, Visitor
from tests.files import GOOD, Importing, importing
from tests.pages import page_of
from wellbeing.domain.establishment import Against, Cell, Comparison
from wellbeing.domain.roles import JobRole, Role
from wellbeing.models import AuditRow, Establishment, Person, Unit
from wellbeing.presenters.establishment import (
    NOT_COUNTED,
    everyone_words,
    missing_words,
    prosecutors_words,
)
from wellbeing.queries.establishment import loaded_against

__all__ = ["importing"]
As = Callable[[Person], Visitor]
MARCH = date(2026, 3, 31)
P, L, M = JobRole.PROSECUTOR, JobRole.PARALEGAL, JobRole.MANAGER

numbers = st.integers(min_value=0, max_value=9)
cells = st.builds(
    lambda area, unit, role, loaded, of: Cell(
        area, f"Area {area}", unit, role, loaded, of, None if of is None else MARCH
    ),
    st.integers(min_value=1, max_value=3),
    st.sampled_from("ABC"),
    st.sampled_from(JobRole),
    numbers,
    st.none() | numbers,
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(cells, unique_by=lambda c: (c.area, c.unit, c.job_role), max_size=9))
def test_parts_add_up_and_nobody_stands_for_somebody_elsewhere(found: list[Cell]) -> None:
    comparison = Comparison(found)
    for parts in (comparison.areas, comparison.units):
        for name in ("loaded", "headcount", "matched", "uncounted", "beyond", "missing"):
            whole = getattr(comparison.total.everyone, name)
            assert whole == sum(getattr(part.everyone, name) for part in parts)
            whole = getattr(comparison.total.prosecutors, name)
            assert whole == sum(getattr(part.prosecutors, name) for part in parts)
    one = comparison.total.everyone
    # Counted another way: somebody missing anywhere is missing, whoever is too many elsewhere.
    short = [c.headcount - c.loaded for c in found if c.headcount is not None]
    assert one.missing == sum(n for n in short if n > 0)
    assert one.beyond == -sum(n for n in short if n < 0)
    assert one.loaded == one.matched + one.beyond + one.uncounted


def test_one_too_many_in_a_unit_hides_nobody_missing_in_another(cast: Cast) -> None:
    other = make.make_unit("West", "West Two")
    make.make_establishment(cast.unit, 0, MARCH)
    make.make_establishment(other, 1, MARCH)
    total = loaded_against(TODAY).total
    assert total.prosecutors == Against(1, 1, 0, 0, MARCH, MARCH)
    assert prosecutors_words(total) == (
        "0 of 1 prosecutor that HR counts is loaded (as of 31 March 2026)."
        " 1 more is loaded than HR counts in their unit."
    )


def test_unit_that_hr_knows_and_nobody_is_loaded_in_shows_and_is_no_unit(cast: Cast) -> None:
    make.make_establishment((cast.area, "West Annexe"), 3, MARCH)
    comparison = loaded_against(TODAY, area=cast.area.pk)
    assert [
        (c.unit, c.prosecutors.matched, c.prosecutors.headcount) for c in comparison.units
    ] == [
        ("West Annexe", 0, 3),
        ("West One", 0, 0),
    ]
    assert set(Unit.objects.values_list("name", flat=True)) == {"West One", "East One"}
    alone = loaded_against(TODAY, area=cast.area.pk, unit="West Annexe")
    assert [c.unit for c in alone.units] == ["West Annexe"]
    assert loaded_against(TODAY, area=cast.elsewhere.area.pk).units == []


# The day asked about, and the prosecutors that HR counts, of the counts below.
ASKED = [
    (date(2025, 12, 30), None),
    (date(2025, 12, 31), 2),
    (date(2026, 3, 30), 2),
    (MARCH, 0),
    (TODAY, 0),
    (date(2026, 6, 30), 7),
]


@pytest.mark.parametrize(("on", "headcount"), ASKED)
def test_latest_count_not_after_the_day_is_the_one(
    cast: Cast, on: date, headcount: int | None
) -> None:
    for as_of, number in ((date(2025, 12, 31), 2), (MARCH, 0), (date(2026, 6, 30), 7)):
        make.make_establishment(cast.unit, number, as_of)
    # Of another role and another unit: neither replaces the count of prosecutors.
    make.make_establishment(cast.unit, 9, TODAY, job_role=L)
    make.make_establishment(cast.elsewhere, 9, TODAY)
    one = loaded_against(on, area=cast.area.pk).total.prosecutors
    assert (one.headcount if one.is_counted else None) == headcount


def test_who_is_loaded_follows_the_posting_on_the_day(cast: Cast) -> None:
    make.make_establishment(cast.unit, 2, date(2025, 1, 1))
    make.make_staff("Left", cast.unit, end_on=MARCH)
    make.make_staff("To come", cast.unit, start_on=TODAY + timedelta(days=1))
    for on, loaded in (
        (MARCH, 2),
        (MARCH + timedelta(days=1), 1),
        (TODAY + timedelta(days=1), 2),
    ):
        assert loaded_against(on, area=cast.area.pk).total.prosecutors.loaded == loaded


def test_words_of_prosecutors_and_of_all_staff(cast: Cast) -> None:
    assert prosecutors_words(loaded_against(TODAY).total) == NOT_COUNTED
    assert everyone_words(loaded_against(TODAY).total) == ""
    make.make_establishment(cast.unit, 3, MARCH, job_role=L)
    total = loaded_against(TODAY).total
    assert prosecutors_words(total) == (
        "“Every prosecutor” is unproven: HR has given no count of prosecutors here."
    )
    assert everyone_words(total) == (
        "Of all RASSO staff, 1 of 3 that HR counts are loaded (as of 31 March 2026)."
        " 2 are loaded where HR has given no count."
    )
    make.make_establishment(cast.unit, 1, TODAY)
    assert prosecutors_words(loaded_against(TODAY).total) == (
        "1 of 1 prosecutor that HR counts is loaded (as of 12 May 2026)."
    )
    assert missing_words(loaded_against(TODAY), TODAY) == (
        "On 12 May 2026 2 people whom HR counts are not loaded."
    )


def test_a_later_file_corrects_a_count_and_keeps_what_was_said(importing: Importing) -> None:
    importing.good("people", "establishment")
    rows = ["West,One,prosecutor,3,2026-03-31", "West,One,prosecutor,2,2026-04-30"]
    assert importing.rows("establishment", rows)[1] == "1 added, 1 changed, 0 unchanged"
    assert importing.rows("establishment", rows)[1] == (
        "Nothing to change: all 2 rows are already held."
    )
    counted = Establishment.as_recorded.filter(unit="One").order_by("pk")
    assert [(e.headcount, e.as_of, e.superseded_at is None) for e in counted] == [
        (2, MARCH, False),
        (3, MARCH, True),
        (2, date(2026, 4, 30), True),
    ]
    # One audit row a file: the people, the first counts, the second.
    assert AuditRow.objects.filter(verb="import.establishment").count() == 2
    assert importing.rows("establishment", GOOD["establishment"][:1], dry_run=True)[1] == (
        "Dry run, nothing written: 0 added, 1 changed, 0 unchanged"
    )
    assert Establishment.objects.get(unit="One", as_of=MARCH).headcount == 3


@pytest.mark.parametrize("units", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("establishment", 6), ("people", 8)])
def test_pages_take_the_same_queries_for_any_number(
    cast: Cast, as_: As, units: int, name: str, queries: int
) -> None:
    for i in range(units):
        unit = make.make_unit(f"Area {i}", f"Unit {i}")
        make.make_staff(f"P{i}", unit)
        make.make_establishment(unit, 2, MARCH)
    visitor = as_(cast.lead)
    with CaptureQueriesContext(connection) as taken:
        visitor.get(name)
    assert len(taken) == queries


def test_area_lead_sees_their_own_areas_alone(cast: Cast, as_: As) -> None:
    make.make_establishment(cast.unit, 2, MARCH)
    make.make_establishment((cast.elsewhere.area, "East Annexe"), 7, MARCH)
    for name in ("people", "establishment"):
        page = page_of(as_(cast.area_lead).get(name))
        assert "1 of 2 prosecutors that HR counts are loaded (as of 31 March 2026)." in page
        assert "East" not in page.partition("<main")[2]
        page = page_of(as_(cast.lead).get(name))
        assert "1 of 9 prosecutors that HR counts are loaded (as of 31 March 2026)." in page
    assert "East Annexe" in page


def test_coverage_says_it_beside_the_headline_and_the_national_figures_do_not(
    cast: Cast, as_: As
) -> None:
    visitor = as_(cast.lead)
    assert NOT_COUNTED in page_of(visitor.get("coverage"))
    make.make_establishment(cast.unit, 2, MARCH)
    words = "1 of 2 prosecutors that HR counts are loaded (as of 31 March 2026)."
    assert words in page_of(visitor.get("coverage"))
    assert words in page_of(visitor.get("coverage_area", cast.area.public_id))
    assert NOT_COUNTED in page_of(visitor.get("coverage", on="30/3/2026"))
    assert NOT_COUNTED in page_of(visitor.get("coverage_area", cast.elsewhere.area.public_id))
    for who in (cast.auditor, cast.area_lead):
        assert "HR counts" not in page_of(as_(who).get("coverage_national"))


def test_nobody_but_a_lead_reads_it_among_people(cast: Cast, as_: As) -> None:
    make.make_establishment(cast.unit, 2, MARCH)
    for who in (cast.manager, cast.admin):
        assert "HR" not in page_of(as_(who).get("people")).partition("<main")[2]
    make.make_grant(cast.manager, Role.LEAD)
    assert "that HR counts" in page_of(as_(cast.manager).get("people"))


@pytest.mark.parametrize("on", ["", "x", "30/2/2026", "1/1/9999", "\x00"])
def test_a_day_that_is_none_is_a_clean_page(cast: Cast, as_: As, on: str) -> None:
    assert as_(cast.lead).get("establishment", on=on).status_code == 200
