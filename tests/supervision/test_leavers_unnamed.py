"""Who has left is counted on past days and named to no lead, national ones included."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.queries.viewers import viewer_of
from tests import factories as make
from tests.conftest import TODAY, Cast, Visitor
from tests.pages import page_of
from tests.supervision.taken import content, said
from wellbeing.models import Person
from wellbeing.permissions import leads_person
from wellbeing.queries.people import findable, nameable

As = Callable[[Person], Visitor]
DAY = timedelta(days=1)
THEN = TODAY - 150 * DAY
LEFT, COMES = "Left Service", "Comes Again"


@pytest.fixture(params=[True, False], ids=["built", "stale"])
def left(cast: Cast, request: pytest.FixtureRequest) -> Person:
    """Worked in the unit until a hundred days ago; somebody else will be back in a week."""
    gone = make.make_staff(LEFT, cast.unit, end_on=TODAY - 100 * DAY)
    back = make.make_staff(COMES, cast.unit, end_on=TODAY - 100 * DAY)
    make.make_posting(back, cast.elsewhere, start_on=TODAY + 7 * DAY)
    if request.param:
        make.build_cover()
    return gone


def test_a_national_lead_counts_who_has_left_and_names_nobody(
    cast: Cast, as_: As, left: Person
) -> None:
    lead, then = as_(cast.lead), {"on": THEN.isoformat()}
    for name in ("coverage_list", "coverage_gaps", "coverage_never_seen"):
        page = lead.get(name, **then)
        assert (page.context["count"], LEFT in page_of(page)) == (4, False), name
        assert page.context["unnamed"].startswith("1 person is counted and not named")
        assert COMES in page_of(page)
    for name in ("list_people_file", "people_file", "gaps_people_file"):
        in_csv, in_json = (content(lead.get(name, kind, **then)) for kind in ("csv", "json"))
        assert COMES.encode() in in_csv, name
        for private in (LEFT, str(left.staff_number)):
            assert private.encode() not in in_csv + in_json, name
    unit = lead.get("coverage_unit", cast.unit.public_id, **then)
    assert (LEFT in page_of(unit), COMES in page_of(unit)) == (False, True)
    compared = {"before": (TODAY - 200 * DAY).isoformat(), "on": THEN.isoformat()}
    page = lead.get("coverage_area_compared", cast.area.public_id, **compared)
    assert LEFT not in page_of(page)


def test_their_page_is_the_administrators_alone(cast: Cast, as_: As, left: Person) -> None:
    assert as_(cast.lead).get("person", left.public_id).status_code == 404
    assert LEFT not in page_of(as_(cast.lead).get("people", q="Left"))
    assert as_(cast.admin).get("person", left.public_id).status_code == 200
    assert LEFT in page_of(as_(cast.admin).get("people", q="Left"))
    assert left in findable(viewer_of(cast.admin.pk, TODAY), TODAY)


def test_one_rule_for_many_and_for_one(cast: Cast) -> None:
    """Until the last day, and as soon as a posting is to come."""
    for n, (start, end) in enumerate(
        [(-9, -1), (-9, 0), (-9, 9), (-9, None), (1, None), (0, 0), (1, 1)]
    ):
        ends = None if end is None else TODAY + end * DAY
        make.make_staff(f"P{n}", cast.unit, start_on=TODAY + start * DAY, end_on=ends)
    viewer = viewer_of(cast.lead.pk, TODAY)
    names = {one.name for one in nameable(viewer, TODAY)}
    assert names == {
        "Helen Manager", "Amira Prosecutor", "Joe Paralegal", "P1", "P2", "P3", "P4", "P5", "P6",
    }  # fmt: skip
    for one in Person.objects.filter(is_service=False):
        assert leads_person(viewer, one.pk, TODAY) == (one.name in names)


@pytest.mark.parametrize("people", [1, 3])
def test_a_list_of_a_past_day_asks_one_query_more(cast: Cast, as_: As, people: int) -> None:
    """Of today everybody may be named: nobody is asked about."""
    for n in range(people):
        make.make_staff(f"P{n}", cast.unit, end_on=TODAY - 100 * DAY)
    make.build_cover()
    lead, counts = as_(cast.lead), []
    for on in (TODAY, THEN):
        with CaptureQueriesContext(connection) as queries:
            page = lead.get("coverage_list", on=on.isoformat())
        counts.append(len(queries))
        assert page.context["count"] == 3
    assert counts[1] - counts[0] == 1
    told = said(lead.get("list_people_file", "json", on=THEN.isoformat()))
    assert told["unnamed"] == people
