"""What an owner who sees no names reads of an action: that it is open or closed, while it can be theirs."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.domain.actions import Ending, Withdrawal
from supervision.models import Action
from supervision.queries.actions import possible_owners, visible_action
from supervision.queries.viewers import viewer_of
from tests import factories as make
from tests.actions import make_action
from tests.conftest import NOW, TODAY, Cast, Visitor
from tests.pages import page_of
from wellbeing.domain.roles import JobRole, Role
from wellbeing.models import Person, RoleGrant
from wellbeing.operations.facts import close as superseded
from wellbeing.operations.service import service_person

As = Callable[[Person], Visitor]
DAY = timedelta(days=1)
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 30)


def close(action: Action, ending: Ending, reason: str = "") -> None:
    Action.objects.filter(pk=action.pk).update(
        closed_on=APRIL, closed_at=NOW, closed_by=service_person(), ending=ending, reason=reason
    )


def main(answer: Any) -> str:
    return page_of(answer).partition("<main")[2].partition("</main>")[0]


def test_however_it_ended_an_owner_reads_the_same_page(cast: Cast, as_: As) -> None:
    """A target of 100% that recovered says of six people that nobody was overdue."""
    action = make_action(cast.unit, cast.manager, target=100, opened_on=MARCH)
    owner, pages = as_(cast.manager), []
    endings = [(Ending.RECOVERED, "")] + [(Ending.WITHDRAWN, one.value) for one in Withdrawal]
    for ending, reason in endings:
        close(action, ending, reason)
        one, listed = owner.get("action", action.public_id), owner.get("actions")
        assert (one.context["state"], one.context["sentence"]) == ("Closed", "")
        assert [line.state for line in listed.context["lines"]] == ["Closed"]
        pages.append((main(one), main(listed)))
    assert len(set(pages)) == 1
    for told in ("ecovered", "ithdrawn", "Closed on", "in a row"):
        assert told not in pages[0][0]
    lead = as_(cast.area_lead)
    assert "Withdrawn on 30 April 2026" in main(lead.get("action", action.public_id))
    assert "Withdrawn on 30 April 2026" in main(lead.get("actions"))


def test_of_an_open_one_they_read_no_rule_of_month_ends(cast: Cast, as_: As) -> None:
    action = make_action(cast.unit, cast.manager)
    page = as_(cast.manager).get("action", action.public_id)
    assert (page.context["state"], page.context["sentence"]) == ("Open", "")
    assert "in a row" in main(as_(cast.area_lead).get("action", action.public_id))


def test_the_order_of_closed_ones_tells_an_owner_nothing(cast: Cast, as_: As) -> None:
    actions = []
    for n, closed_on in enumerate((APRIL - 30 * DAY, APRIL, None)):
        one = make_action(cast.unit, cast.manager, target=80 + n, due_on=TODAY + n * DAY)
        if closed_on:
            close(one, Ending.RECOVERED)
            Action.objects.filter(pk=one.pk).update(closed_on=closed_on)
        actions.append(f"{80 + n}%")
    early, late, still_open = actions
    for who, order in (
        (cast.manager, [still_open, early, late]),
        (cast.area_lead, [still_open, late, early]),
    ):
        lines = as_(who).get("actions").context["lines"]
        assert [line.target for line in lines] == order


def test_a_manager_who_has_left_finds_it_no_more(cast: Cast, as_: As) -> None:
    gone = make.make_staff(
        "Gone Manager", cast.elsewhere, job_role=JobRole.MANAGER, end_on=TODAY - DAY
    )
    moved = make.make_staff(
        "Moved Manager", cast.elsewhere, job_role=JobRole.MANAGER, end_on=TODAY - DAY
    )
    make.make_posting(moved, cast.unit, start_on=TODAY, job_role=JobRole.MANAGER)
    make.make_staff("Their Own", cast.unit, manager=moved)
    last = make.make_staff("Last Day", cast.elsewhere, job_role=JobRole.MANAGER, end_on=TODAY)
    for owner, status in ((gone, 404), (moved, 404), (last, 200)):
        place = make.make_unit("East", f"East {owner.pk}")
        action = make_action(place, owner)
        visitor = as_(owner)
        assert visitor.get("action", action.public_id).status_code == status
        assert visitor.get("actions").status_code == status
        assert status == 200 or "yours to look after" not in page_of(visitor.get("home"))


def test_a_role_that_ended_is_no_way_to_it(cast: Cast, as_: As) -> None:
    action = make_action(cast.unit, cast.area_lead)
    whole = make_action(None, cast.area_lead)
    visitor = as_(cast.area_lead)
    assert visitor.get("action", action.public_id).status_code == 200
    assert visitor.get("action", whole.public_id).status_code == 404
    held = RoleGrant.objects.get(person=cast.area_lead, role=Role.AREA_LEAD)
    superseded(held, by=cast.lead, at=NOW)
    assert visitor.get("action", action.public_id).status_code == 404


@pytest.mark.parametrize("is_unit", [True, False])
def test_whoever_can_be_given_it_reads_it_and_nobody_else(cast: Cast, is_unit: bool) -> None:
    """One query, the same rule as of owners to choose."""
    boss = make.make_staff("Line Manager", cast.unit)
    make.make_staff("Their Own", cast.elsewhere, manager=boss)
    make.make_staff("East Manager", cast.elsewhere, job_role=JobRole.MANAGER)
    can = {one.pk for one in possible_owners(cast.area.pk, TODAY)}
    assert boss.pk in can
    for person in Person.objects.filter(is_service=False):
        action = make_action(cast.unit if is_unit else cast.area, person)
        viewer = viewer_of(person.pk, TODAY)
        with CaptureQueriesContext(connection) as queries:
            found = visible_action(viewer, action.public_id, TODAY)
        assert (found is not None, len(queries)) == (person.pk in can, 1), person.name
        close(action, Ending.WITHDRAWN, "mistake")
