"""Pages of actions: opened from a shortfall in one step, seen by whom they concern, small numbers kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.domain.actions import MonthEnd, Population, Share
from supervision.models import Action, ActionCharge
from supervision.presenters.actions import WITHHELD, percent_words
from supervision.queries.viewers import viewer_of
from tests import factories as make
from tests.actions import make_action
from tests.conftest import NOW, TODAY, Cast, Visitor
from tests.pages import page_of
from wellbeing.domain.roles import JobRole, Role
from wellbeing.models import Person

As = Callable[[Person], Visitor]
DAY = timedelta(days=1)
DUE = TODAY + 60 * DAY
APRIL = "30 April 2026"
QUERIES, ONE_QUERIES = 9, 11


def listed(page: Any) -> list[tuple[str, str]]:
    return [(line.place, line.owner) for line in page.context["lines"]]


def test_opened_from_a_shortfall_in_one_step_from_area_and_unit(cast: Cast, as_: As) -> None:
    lead = as_(cast.area_lead)
    for where, name, arguments in (
        ("West One, West", "coverage_unit", (cast.unit.public_id,)),
        ("West", "coverage_area", (cast.area.public_id,)),
    ):
        prosecutors, everyone = lead.get(name, *arguments).context["shortfalls"]
        assert (prosecutors.words, everyone.words) == (
            "Prosecutors are below 80%",
            "All RASSO staff are below 80%",
        )
        page = lead.client.get(prosecutors.href)
        assert page.context["where"] == where
        form = {"target_percent": "85", "owner": cast.manager.pk, "due_on": "30/9/2026"}
        token = uuid4()
        answers = [
            lead.client.post(prosecutors.href, {**form, "form_token": token}) for _ in range(2)
        ]
        assert {a.status_code for a in answers} == {302}
        made = Action.objects.order_by("-pk")[0]
        assert answers[0]["Location"] == f"/actions/{made.public_id}/"
        assert (made.target_percent, made.population) == (85, Population.PROSECUTORS)
        again = lead.client.get(prosecutors.href)
        assert again.context["there"] == made
    assert Action.objects.count() == 2
    whole = as_(cast.lead).get("coverage").context["shortfalls"][0]
    assert as_(cast.lead).client.get(whole.href).context["where"] == "All Areas"
    assert "where" not in lead.client.get(whole.href).context


def test_no_shortfall_no_step(cast: Cast, as_: As) -> None:
    for person in (cast.prosecutor, cast.paralegal, cast.manager):
        make.make_held(person, make.make_supervisor("Dr"), TODAY - DAY)
    assert as_(cast.lead).get("coverage").context["shortfalls"] == []


def test_who_sees_which(cast: Cast, as_: As) -> None:
    other = make.make_staff("Otto Other", cast.elsewhere, job_role=JobRole.MANAGER)
    mine = make_action(cast.unit, cast.manager)
    theirs = make_action(cast.elsewhere, other)
    whole = make_action(None, cast.lead)
    sees = {
        cast.lead: [mine, theirs, whole],
        cast.area_lead: [mine],
        cast.manager: [mine],
        other: [theirs],
        cast.prosecutor: [],
    }
    for person, seen in sees.items():
        visitor = as_(person)
        page = visitor.get("actions")
        assert page.status_code == (200 if seen else 404)
        for action in (mine, theirs, whole):
            status = visitor.get("action", action.public_id).status_code
            assert status == (200 if action in seen else 404)
            for name in ("action_change", "action_withdraw"):
                is_led = action in seen and person in (cast.lead, cast.area_lead)
                status = visitor.get(name, action.public_id).status_code
                assert status == (200 if is_led else 404)
    assert as_(cast.manager).get("action_open").status_code == 404
    # Who has it no more sees it no more.
    current = ActionCharge.objects.filter(action=theirs)
    current.update(superseded_at=NOW, superseded_by=cast.lead)
    assert as_(other).get("action", theirs.public_id).status_code == 404


def test_list_open_first_and_past_its_date_first(cast: Cast, as_: As) -> None:
    make_action(cast.area, cast.lead, due_on=DUE)
    make_action(cast.unit, cast.manager, due_on=TODAY - DAY)
    withdrawn = make_action(cast.elsewhere, cast.lead)
    lead = as_(cast.lead)
    answer = lead.post("action_withdraw", withdrawn.public_id, reason="mistake")
    assert answer.status_code == 302
    assert lead.post("action_withdraw", withdrawn.public_id, reason="x").status_code == 200
    page = lead.get("actions")
    assert listed(page) == [
        ("West One, West", "Helen Manager"),
        ("West", "Nadia Lead"),
        ("East One, East", "Nadia Lead"),
    ]
    assert [bool(line.tag) for line in page.context["lines"]] == [True, False, False]
    states = [line.state for line in page.context["lines"]]
    assert states == ["Open", "Open", "Withdrawn on 12 May 2026"]
    assert len(listed(lead.get("actions", state="open"))) == 2
    assert len(listed(lead.get("actions", state="closed"))) == 1
    tasks = [t.text for t in lead.get("lead_today").context["tasks"]]
    assert "1 action is past its date" in tasks
    home = as_(cast.manager).get("home")
    assert "1 action is yours to look after." in page_of(home)


def test_owner_and_date_are_changed_and_the_earlier_ones_shown(cast: Cast, as_: As) -> None:
    action = make_action(cast.unit, cast.manager, due_on=DUE)
    lead = as_(cast.area_lead)
    form = {"owner": cast.area_lead.pk, "due_on": "30/9/2026"}
    assert lead.post("action_change", action.public_id, **form).status_code == 302
    page = lead.get("action", action.public_id)
    assert [(c.owner, c.due) for c in page.context["charges"]] == [
        ("Gwen Area Lead", "30 September 2026"),
        ("Helen Manager", "11 July 2026"),
    ]
    late = lead.post(
        "action_change", action.public_id, owner=cast.manager.pk, due_on="1/5/2026"
    )
    assert late.context["form"].errors["due_on"] == ["The date must be after today"]
    stranger = lead.post("action_change", action.public_id, owner=cast.prosecutor.pk)
    assert "owner" in stranger.context["form"].errors


# prosecutors (in cover, present), everyone, of whom -> what an owner who is no lead reads
P, E = Population.PROSECUTORS, Population.EVERYONE
OTHERS = [
    ((10, 20), (20, 40), P),
    ((10, 20), (20, 40), E),
    ((4, 20), (20, 40), P),
    ((0, 0), (10, 40), P),
]


@pytest.mark.parametrize(("sub", "whole", "of"), OTHERS)
def test_an_owner_who_sees_no_names_reads_no_figure_that_is_not_released(
    cast: Cast, sub: tuple[int, int], whole: tuple[int, int], of: Population
) -> None:
    action = make_action(cast.unit, cast.manager, population=of)
    month = MonthEnd(TODAY, Share(*sub), Share(*whole))
    owner, lead = viewer_of(cast.manager.pk, TODAY), viewer_of(cast.area_lead.pk, TODAY)
    assert percent_words(owner, action, month) == WITHHELD
    in_cover, present = sub if of == P else whole
    exact = f"{in_cover / present:.1%} ({in_cover} of {present})" if present else "–"
    assert percent_words(lead, action, month) == exact


def test_of_all_areas_a_lead_of_one_reads_nothing_that_a_subtraction_would_tell(
    cast: Cast,
) -> None:
    make.make_grant(cast.auditor, Role.AREA_LEAD, cast.area)
    action = make_action(None, cast.auditor)
    month = MonthEnd(TODAY, Share(10, 20), Share(20, 40))
    assert percent_words(viewer_of(cast.auditor.pk, TODAY), action, month) == WITHHELD
    assert percent_words(viewer_of(cast.lead.pk, TODAY), action, month) == "50.0% (10 of 20)"


def test_the_pages_of_an_owner_name_nobody_and_withhold_what_is_small(
    cast: Cast, as_: As
) -> None:
    """One prosecutor: whatever their coverage is, it is theirs."""
    make.make_held(cast.prosecutor, cast.supervisor, TODAY - 30 * DAY)
    action = make_action(cast.unit, cast.manager)
    owner, lead = as_(cast.manager), as_(cast.area_lead)
    for name, arguments in (("actions", ()), ("action", (action.public_id,))):
        page = page_of(owner.get(name, *arguments))
        main = page.partition("<main")[2].partition("</main>")[0]
        assert WITHHELD in main
        for private in (
            "100.0%",
            "0.0%",
            "of 1)",
            "Amira",
            "Joe",
            'href="/people',
            ">Yes<",
            ">No<",
        ):
            assert private not in main
        assert "100.0% (1 of 1)" in page_of(lead.get(name, *arguments))
    months = lead.get("action", action.public_id).context["months"]
    assert [(m.day, m.percent, m.reached, m.is_before) for m in months] == [
        (APRIL, "100.0% (1 of 1)", "Yes", True)
    ]


def test_one_and_three_actions_ask_the_same_queries(cast: Cast, as_: As) -> None:
    make.build_cover()
    lead = as_(cast.lead)
    counts = []
    for places in ((cast.unit,), (cast.area, cast.elsewhere)):
        for place in places:
            action = make_action(place, cast.lead)
        with CaptureQueriesContext(connection) as captured:
            page = lead.get("actions")
        with CaptureQueriesContext(connection) as one:
            lead.get("action", action.public_id)
        counts.append((len(listed(page)), len(captured), len(one)))
    assert counts == [(1, QUERIES, ONE_QUERIES), (3, QUERIES, ONE_QUERIES)]
