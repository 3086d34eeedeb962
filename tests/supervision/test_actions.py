"""Actions: opened, passed on and withdrawn by leads; closed by two month-ends and by nobody's hand."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from supervision import tasks
from supervision.domain.actions import Ending, Population, Withdrawal
from supervision.models import Action, ActionCharge
from supervision.operations.actions import (
    Measure,
    change_action,
    close_what_recovered,
    open_action,
    withdraw_action,
)
from supervision.queries.actions import days_of, latest, months_of, possible_owners
from supervision.queries.trend import month_ends
from tests import factories as make
from tests.actions import make_action
from tests.conftest import NOW, TODAY, Cast
from tests.supervision.test_cover_lists import populate
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.models import AuditRow, Message, Person

DAY = timedelta(days=1)
DUE = TODAY + 60 * DAY
MAY, JUNE, JULY = date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)


def measure(cast: Cast, target: int = 80, **more: Any) -> Measure:
    return Measure(Strand.SUPERVISION, Population.PROSECUTORS, target, unit=cast.unit, **more)


def opened(cast: Cast) -> Action:
    return open_action(measure(cast), owner=cast.manager, due_on=DUE, by=cast.area_lead, at=NOW)


def told() -> list[tuple[str, str]]:
    rows = Message.objects.order_by("pk").select_related("person")
    return [(m.person.name, m.kind) for m in rows]


def test_opened_its_owner_is_told_and_it_is_on_record(cast: Cast) -> None:
    action = opened(cast)
    charge = ActionCharge.objects.get(action=action)
    assert (charge.owner, charge.due_on, action.opened_on) == (cast.manager, DUE, TODAY)
    assert told() == [("Helen Manager", "action_given")]
    rows = AuditRow.objects.values_list("verb", "by", "details")
    assert list(rows) == [("action.open", cast.area_lead.pk, {"action": str(action.public_id)})]
    own = Measure(Strand.SUPERVISION, Population.EVERYONE, 80, area=cast.area)
    open_action(own, owner=cast.area_lead, due_on=DUE, by=cast.area_lead, at=NOW)
    assert len(told()) == 1


def test_a_measure_has_one_open_action(cast: Cast) -> None:
    first = opened(cast)
    with pytest.raises(Refused) as refused:
        opened(cast)
    assert refused.value.code == "action_one_open"
    withdraw_action(first, reason=Withdrawal.OTHER_TARGET, by=cast.lead, at=NOW)
    opened(cast)
    for place in (cast.area, None):
        make_action(place, cast.lead)
        with pytest.raises(IntegrityError), transaction.atomic():
            make_action(place, cast.lead)
        make_action(place, cast.lead, population=Population.EVERYONE)
        make_action(place, cast.lead, strand=Strand.CHECK_IN)
    assert Action.objects.count() == 8


BROKEN: list[dict[str, Any]] = [
    {"target": 101},
    {"closed_at": NOW},
    {"closed_on": TODAY},
    {"ending": Ending.RECOVERED},
    {"reason": Withdrawal.MISTAKE},
    {"population": "nobody"},
    {"strand": "rounds"},
]


@pytest.mark.parametrize("broken", BROKEN)
def test_the_database_refuses_what_makes_no_sense(cast: Cast, broken: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_action(cast.unit, cast.manager, **broken)


def test_who_can_be_given_one(cast: Cast) -> None:
    deputy = make.make_staff("Deputy", cast.unit, job_role=JobRole.MANAGER)
    make.make_staff("Former", cast.unit, job_role=JobRole.MANAGER, end_on=TODAY - DAY)
    make.make_staff("Elsewhere", cast.elsewhere, job_role=JobRole.MANAGER)
    head = make.make_staff("Head", cast.unit, job_role=JobRole.PROSECUTOR)
    make.make_staff("Below", cast.elsewhere, manager=head)
    area = [deputy, cast.area_lead, head, cast.manager, cast.lead]
    assert possible_owners(cast.area.pk, TODAY) == area
    assert possible_owners(None, TODAY) == [cast.lead]
    for owner in (cast.prosecutor, cast.auditor):
        with pytest.raises(Refused) as refused:
            open_action(measure(cast), owner=owner, due_on=DUE, by=cast.lead, at=NOW)
        assert refused.value.field == "owner"
    with pytest.raises(Refused) as refused:
        open_action(measure(cast), owner=cast.manager, due_on=TODAY, by=cast.lead, at=NOW)
    assert refused.value.field == "due_on"
    with pytest.raises(Refused) as refused:
        open_action(measure(cast, 101), owner=cast.lead, due_on=DUE, by=cast.lead, at=NOW)
    assert refused.value.field == "target_percent"


def test_passed_on_the_earlier_owner_and_date_stay(cast: Cast) -> None:
    action = opened(cast)
    later = NOW + DAY
    change_action(action, owner=cast.manager, due_on=DUE + DAY, by=cast.lead, at=later)
    change_action(action, owner=cast.area_lead, due_on=DUE + DAY, by=cast.lead, at=later + DAY)
    change_action(action, owner=cast.area_lead, due_on=DUE + DAY, by=cast.lead, at=later + DAY)
    rows = ActionCharge.as_recorded.filter(action=action).order_by("pk")
    assert [(r.owner, r.due_on, r.superseded_at) for r in rows] == [
        (cast.manager, DUE, later),
        (cast.manager, DUE + DAY, later + DAY),
        (cast.area_lead, DUE + DAY, None),
    ]
    assert told() == [
        ("Helen Manager", "action_given"),
        ("Gwen Area Lead", "action_given"),
    ]
    verbs = AuditRow.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["action.open", "action.change", "action.change"]


def test_withdrawn_it_is_over_and_not_recovered(cast: Cast) -> None:
    action = opened(cast)
    withdraw_action(action, reason=Withdrawal.MISTAKE, by=cast.lead, at=NOW)
    action.refresh_from_db()
    assert (action.ending, action.reason, action.closed_on, action.closed_by) == (
        Ending.WITHDRAWN, Withdrawal.MISTAKE, TODAY, cast.lead,
    )  # fmt: skip
    for act in (
        lambda: withdraw_action(action, reason=Withdrawal.MISTAKE, by=cast.lead, at=NOW),
        lambda: change_action(action, owner=cast.lead, due_on=DUE, by=cast.lead, at=NOW),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "action_over"


def at(on: date) -> datetime:
    return datetime.combine(on, time(9), LONDON)


def seen(person: Person, *days: date) -> None:
    for i, day in enumerate(days):
        make.make_held(person, make.make_supervisor(f"Dr {i} of {person}"), day)


def test_the_job_closes_on_two_month_ends_in_a_row_and_not_before(
    cast: Cast, clock: Any
) -> None:
    """Seen every fortnight from mid-May on: in cover at the ends of May and June."""
    action = opened(cast)
    seen(cast.prosecutor, *(TODAY + i * 14 * DAY for i in range(7)))
    for on, closed in ((MAY, 0), (MAY + DAY, 0), (JUNE, 0), (JUNE + DAY, 1), (JULY, 0)):
        assert close_what_recovered(at=at(on)) == closed, on
    action.refresh_from_db()
    assert (action.ending, action.closed_on) == (Ending.RECOVERED, JUNE)
    assert (action.closed_at, action.closed_by.is_service) == (at(JUNE + DAY), True)
    row = AuditRow.objects.order_by("pk").last()
    assert row is not None
    assert (row.verb, row.details) == (
        "action.recover",
        {"action": str(action.public_id), "month_ends": ["2026-05-31", "2026-06-30"]},
    )
    other = make_action(cast.unit, cast.manager, opened_on=JUNE)
    clock(at(JULY + DAY))
    tasks.close_actions()
    assert Action.objects.get(pk=other.pk).is_open


def test_what_a_late_entry_mends_closes_it_at_the_next_run(cast: Cast) -> None:
    action = opened(cast)
    seen(cast.prosecutor, JULY - DAY)
    assert close_what_recovered(at=at(JULY + DAY)) == 0
    seen(cast.prosecutor, JUNE - DAY)
    assert close_what_recovered(at=at(JULY + DAY)) == 1
    action.refresh_from_db()
    assert action.closed_on == JULY


def test_another_population_or_a_missed_run_does_not_matter(cast: Cast) -> None:
    """Everybody of the unit: two of three are never seen, so it stays open."""
    everyone = make_action(cast.unit, cast.manager, population=Population.EVERYONE)
    prosecutors = make_action(cast.unit, cast.manager)
    low = make_action(cast.area, cast.lead, population=Population.EVERYONE, target=33)
    seen(cast.prosecutor, *(TODAY + i * 14 * DAY for i in range(20)))
    assert close_what_recovered(at=at(date(2026, 12, 24))) == 2
    ended = {a.pk: a.closed_on for a in Action.objects.all()}
    assert ended == {everyone.pk: None, prosecutors.pk: JUNE, low.pk: JUNE}


@pytest.mark.parametrize("build", [True, False])
def test_figures_of_the_list_and_of_the_history_are_the_same(cast: Cast, build: bool) -> None:
    populate(cast, 7)
    if build:
        make.build_cover()
    actions = [make_action(place, cast.lead) for place in (cast.unit, cast.area, None)]
    found = latest(actions, TODAY)
    assert found.on == date(2026, 4, 30)
    for action in actions:
        months = months_of(action, days_of(action, TODAY))
        assert months[-1] == found.of(action)
        assert found.of(action).everyone.present > 3
    assert [days_of(actions[0], on) for on in (TODAY, JUNE, JUNE + DAY)] == [
        month_ends(date(2026, 4, 30), 1),
        [date(2026, 4, 30), MAY],
        [date(2026, 4, 30), MAY, JUNE],
    ]
