"""What uptake, court, gaps, not yet seen, lists and equity have in common as pages for leads."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.bookings import ended, session
from tests.conftest import TODAY, Cast, Visitor
from tests.pages import page_of
from wellbeing.domain.booking import BookingStatus as S
from wellbeing.domain.booking import CancelReason
from wellbeing.domain.roles import Role
from wellbeing.models import Person

As = Callable[[Person], Visitor]


def test_stale_and_built_give_the_same_page(cast: Cast, as_: As) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, TODAY - timedelta(days=20))
    ended(session(cast, 30), cast.paralegal, S.CANCELLED, reason=CancelReason.COURT)
    visitor = as_(cast.lead)
    names = ("uptake", "court", "gaps", "never_seen", "list", "equity")
    stale = [page_of(visitor.get(f"coverage_{name}")) for name in names]
    make.build_cover()
    assert [page_of(visitor.get(f"coverage_{name}")) for name in names] == stale


def test_a_report_whose_outcomes_are_unknown_is_provisional(cast: Cast, as_: As) -> None:
    names = ("uptake", "court", "gaps", "never_seen", "list", "equity")
    visitor = as_(cast.lead)
    assert [visitor.get(f"coverage_{n}").context["provisional"] for n in names] == [False] * 6
    make.make_booking(session(cast, 5), cast.prosecutor, S.BOOKED)
    for name in names:
        page = visitor.get(f"coverage_{name}")
        assert "Provisional: more than 5% of recent outcomes" in page.content.decode(), name


QUERIES = {"uptake": 12, "court": 10, "gaps": 14, "never_seen": 13, "list": 13, "equity": 9}


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.parametrize("name", QUERIES)
def test_pages_take_the_same_queries_for_any_number(
    cast: Cast, as_: As, name: str, people: int
) -> None:
    for i in range(people):
        unit = make.make_unit(f"Area {i}", f"Unit {i}")
        person = make.make_staff(f"P{i}", unit)
        make.make_booking(session(cast, 5 + i), person, S.MISSED)
        ended(session(cast, 20 + i), person, S.CANCELLED, reason=CancelReason.COURT)
        ended(session(cast, 30 + i), person, S.CANCELLED_BY_SERVICE, by=cast.lead)
    make.build_cover()
    visitor = as_(cast.lead)
    with CaptureQueriesContext(connection) as queries:
        visitor.get(f"coverage_{name}")
    assert len(queries) == QUERIES[name]


@pytest.mark.parametrize("name", QUERIES)
def test_an_area_lead_has_their_area_by_unit_and_no_other(
    cast: Cast, as_: As, name: str
) -> None:
    make.make_staff("Far Away", cast.elsewhere)
    ended(session(cast, 3), cast.prosecutor, S.CANCELLED, reason=CancelReason.COURT)
    visitor = as_(cast.area_lead)
    page = visitor.get(f"coverage_{name}").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert "West" in main
    assert "East" not in main
    assert "Far Away" not in main
    other = visitor.get(f"coverage_{name}", area=str(cast.elsewhere.area.public_id))
    assert list(other.context["form"].errors) == ["area"]
    assert "Far Away" not in other.content.decode()


WRONG = [
    {"on": "x"},
    {"on": "\x00"},
    {"on": "1/1/9999"},
    {"strand": "round"},
    {"area": "x"},
    {"area": "0" * 8},
]


@pytest.mark.parametrize("query", WRONG)
@pytest.mark.parametrize("name", QUERIES)
def test_wrong_parameters_are_a_clean_page(
    cast: Cast, as_: As, name: str, query: dict[str, str]
) -> None:
    page = as_(cast.lead).get(f"coverage_{name}", **query)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == list(query)


@pytest.mark.parametrize("name", QUERIES)
def test_before_anybody_served_pages_say_what_to_do(cast: Cast, as_: As, name: str) -> None:
    page = as_(cast.lead).get(f"coverage_{name}", on="1/1/1900").content.decode()
    assert "Nobody" in page or "Nothing" in page or "Everybody in scope" in page


def test_a_lead_of_two_areas_has_both_and_opens_each(cast: Cast, as_: As) -> None:
    make.make_staff("Eastern", cast.elsewhere)
    make.make_staff("Northern", make.make_unit("North", "North One"))
    make.make_grant(cast.area_lead, Role.AREA_LEAD, cast.elsewhere.area)
    visitor = as_(cast.area_lead)
    page = visitor.get("coverage_uptake")
    assert [line.name for line in page.context["lines"]] == ["East", "West"]
    assert page.context["total"].everyone.in_scope.text == "4"
    opened = visitor.client.get(page.context["lines"][0].href)
    assert [line.name for line in opened.context["lines"]] == ["East One"]
    assert visitor.get("coverage_list").context["count"] == 4
    assert "Northern" not in visitor.get("coverage_list").content.decode()


STRANDS = {
    "supervision": "Clinical supervision",
    "check_in": "Line-manager check-ins",
    "training": "Welfare training",
}


@pytest.mark.parametrize("strand", STRANDS)
@pytest.mark.parametrize("name", QUERIES)
def test_paper_says_which_strand_was_counted(
    cast: Cast, as_: As, name: str, strand: str
) -> None:
    page = as_(cast.lead).get(f"coverage_{name}", strand=strand).content.decode()
    before, _, rest = page.partition('<div class="app-filter">')
    printed = before + rest.partition("</form>")[2]
    assert [words in printed for words in STRANDS.values()] == [s == strand for s in STRANDS]
    apart = "not clinical supervision and never counts as it" in printed
    assert apart == (strand != "supervision")
