"""Coverage as pages: who reads which figures, how many queries it takes, what is withheld."""

import html
import re
from collections.abc import Callable
from datetime import date, time, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.forms.coverage import month_ends
from supervision.operations.releases import release
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from wellbeing.domain.disclosure import may_publish
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.models import Person, PolicyVersion

As = Callable[[Person], Visitor]


def seen(cast: Cast, name: str, days: int, **posting: object) -> Person:
    person = make.make_staff(name, cast.unit, **posting)  # type: ignore[arg-type]
    make.make_held(person, cast.supervisor, TODAY - timedelta(days=days), time(8 + days % 12))
    return person


def test_headline_and_rows_of_a_national_lead(cast: Cast, as_: As) -> None:
    seen(cast, "A", 10)
    seen(cast, "B", 11, job_role=JobRole.PARALEGAL)
    make.make_staff("C", cast.elsewhere)
    page = as_(cast.lead).get("coverage")
    assert page.context["headline"] == (
        "Of 3 prosecutors at work in RASSO units, 1 (33.3%) are in cover."
    )
    assert page.context["headline_of_all"] == "Of all 6 RASSO staff at work, 2 (33.3%) are."
    rows = [
        (x.name, x.prosecutors.in_scope, x.prosecutors.percent, x.shown.in_scope, x.shown.percent)
        for x in page.context["lines"]
    ]  # fmt: skip
    assert rows == [("East", 1, "0.0%", 1, "0.0%"), ("West", 2, "50.0%", 5, "40.0%")]


def test_any_day_can_be_asked_and_an_area_opens_to_its_units(cast: Cast, as_: As) -> None:
    seen(cast, "A", 10)
    visitor = as_(cast.lead)
    page = visitor.get("coverage", on="2/5/2026", strand="supervision")
    assert page.context["report"].total.counts.in_cover == 1
    page = visitor.get("coverage", on="1/5/2026", strand="supervision")
    assert page.context["report"].total.counts.in_cover == 0
    page = visitor.get("coverage_area", cast.area.public_id)
    assert [line.name for line in page.context["lines"]] == ["West One"]


STRANDS = {
    "supervision": "Clinical supervision",
    "check_in": "Line-manager check-ins",
    "training": "Welfare training",
}


@pytest.mark.parametrize("strand", STRANDS)
@pytest.mark.parametrize("name", ["coverage", "coverage_national"])
def test_paper_says_which_strand_was_counted(
    cast: Cast, as_: As, name: str, strand: str
) -> None:
    release(date(2026, 4, 30), at=NOW)
    page = as_(cast.lead).get(name, strand=strand).content.decode()
    # The form is not printed, and its choices name every strand.
    before, _, rest = page.partition('<div class="app-filter">')
    printed = before + rest.partition("</form>")[2]
    assert [words in printed for words in STRANDS.values()] == [s == strand for s in STRANDS]
    apart = "not clinical supervision and never counts as it" in printed
    assert apart == (strand != "supervision")


@pytest.mark.parametrize("on", ["", "x", "30/2/2026", "1/1/9999", "\x00"])
def test_a_day_that_is_none_is_a_clean_page(cast: Cast, as_: As, on: str) -> None:
    assert as_(cast.lead).get("coverage", on=on).status_code == 200
    assert as_(cast.auditor).get("coverage_national", on=on).status_code == 200


@pytest.mark.parametrize("people", [1, 3])
def test_coverage_takes_the_same_queries_for_any_number(
    cast: Cast, as_: As, people: int
) -> None:
    for i in range(people):
        seen(cast, f"P{i}", 10 + i)
    make.build_cover()
    make.add_up(NOW)
    visitor = as_(cast.lead)
    with CaptureQueriesContext(connection) as queries:
        visitor.get("coverage")
    assert len(queries) == 15
    with CaptureQueriesContext(connection) as queries:
        call_command(
            "coverage",
            on=TODAY,
            strand="supervision",
            people=True,
            format="json",
            stdout=StringIO(),
        )
    assert len(queries) == 8


def test_area_lead_has_their_area_and_the_national_figures(cast: Cast, as_: As) -> None:
    visitor = as_(cast.area_lead)
    page = visitor.get("coverage").content.decode()
    assert "West One" in page
    assert "East" not in page
    assert visitor.get("coverage_area", cast.elsewhere.area.public_id).status_code == 404
    assert visitor.get("coverage_national").status_code == 200


def test_month_ends_are_past_the_latest_first() -> None:
    assert month_ends(date(2026, 3, 31), 2) == [date(2026, 2, 28), date(2026, 1, 31)]
    assert month_ends(date(2026, 4, 1), 2) == [date(2026, 3, 31), date(2026, 2, 28)]


# In cover, of how many present -> may be shown.
SMALL = [
    (0, 20, False),
    (4, 20, False),
    (5, 20, True),
    (15, 20, True),
    (16, 20, False),
    (20, 20, False),
]


@pytest.mark.parametrize(("part", "whole", "shown"), SMALL)
def test_small_parts_and_small_rests_are_withheld(part: int, whole: int, shown: bool) -> None:
    assert may_publish(part, whole) == shown


def test_every_number_opens_to_its_people(cast: Cast, as_: As) -> None:
    seen(cast, "A", 10)
    seen(cast, "B", 35, job_role=JobRole.PARALEGAL)
    make.make_staff("C", cast.elsewhere)
    visitor = as_(cast.lead)
    for name, args in (("coverage", ()), ("coverage_area", (cast.area.public_id,))):
        page = visitor.get(name, *args, on="11/5/2026").content.decode()
        links = re.findall(r'href="(/coverage/list/[^"]+)">(\d+)<', page)
        assert len(links) >= 6
        for href, number in links:
            answer = visitor.client.get(html.unescape(href))
            assert answer.context["page"].paginator.count == int(number), href


def test_a_job_role_that_has_no_list_has_no_links(cast: Cast, as_: As) -> None:
    seen(cast, "B", 35, job_role=JobRole.PARALEGAL)
    page = as_(cast.lead).get("coverage", job_role="paralegal").content.decode()
    assert "/coverage/list/" not in page


def test_whoever_no_policy_covers_is_counted_beside_the_figures(cast: Cast, as_: As) -> None:
    nobody = "Nobody with a posting on this day is outside the scope of the policy."
    assert as_(cast.lead).get("coverage").context["outside"] == nobody
    PolicyVersion.as_recorded.all().update(superseded_at=NOW, superseded_by=cast.lead)
    make.make_policy(Strand.SUPERVISION, for_managers=False, for_paralegals=False)
    page = as_(cast.lead).get("coverage")
    assert page.context["outside"] == (
        "1 manager and 1 member of paralegal staff are outside the scope of any policy of this,"
        " and in no figure here."
    )
    assert page.context["report"].total.counts.in_scope == 1
    unit = as_(cast.lead).get("coverage_unit", cast.elsewhere.public_id)
    assert unit.context["outside"] == nobody
