"""Whom a supervisor declined chooses another, and reads beforehand when they may ask again."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from supervision.models import Agreement
from supervision.operations.agreements import choose_supervisor, decline
from tests import factories as make
from tests.agreements import make_agreement, make_exclusion
from tests.conftest import NOW, TODAY, Cast, Visitor
from wellbeing.domain.refusals import Refused
from wellbeing.models import Person

As = Callable[[Person], Visitor]

# Days since the supervisor declined -> may the same person choose them again.
AGAIN = [(0, False), (1, False), (89, False), (90, True), (400, True)]


@pytest.mark.parametrize(("days", "may_ask"), AGAIN)
def test_who_declined_is_asked_again_after_ninety_days(
    cast: Cast, as_: As, days: int, may_ask: bool
) -> None:
    agreement = make_agreement(
        cast.prosecutor, cast.supervisor, start_on=TODAY - timedelta(days=401)
    )
    decline(agreement, by=cast.supervisor, at=NOW - timedelta(days=days))
    again = date(2026, 5, 12) + timedelta(days=90 - days)
    said = (
        f"Dr Megan Hughes could not take on anybody new when you asked. Choose another, or ask"
        f" again from {again.day} {again:%B %Y}."
    )
    page = as_(cast.prosecutor).get("supervisor_choose")
    assert (said in page.content.decode()) == (not may_ask)
    assert (str(cast.supervisor.pk) in page.context["form"].hosts) == may_ask
    # It is between the two: anybody else can choose them.
    other = as_(cast.paralegal).get("supervisor_choose")
    assert str(cast.supervisor.pk) in other.context["form"].hosts
    assert "could not take on" not in other.content.decode()
    if may_ask:
        choose_supervisor(cast.prosecutor, cast.supervisor, by=cast.prosecutor, at=NOW)
    else:
        with pytest.raises(Refused, match=r"when you asked\. Choose another"):
            choose_supervisor(cast.prosecutor, cast.supervisor, by=cast.prosecutor, at=NOW)
    assert Agreement.objects.filter(end_on=None).count() == may_ask


def test_a_refused_choice_leaves_the_agreement_one_has(cast: Cast) -> None:
    declined = make_agreement(cast.prosecutor, cast.supervisor)
    decline(declined, by=cast.supervisor, at=NOW)
    live = make_agreement(cast.prosecutor, make.make_supervisor("Dr Other"))
    with pytest.raises(Refused):
        choose_supervisor(cast.prosecutor, cast.supervisor, by=cast.prosecutor, at=NOW)
    live.refresh_from_db()
    assert live.end_on is None


def test_an_excluded_supervisor_who_declined_is_not_named(cast: Cast, as_: As) -> None:
    agreement = make_agreement(cast.prosecutor, cast.supervisor)
    decline(agreement, by=cast.supervisor, at=NOW)
    make_exclusion(cast.prosecutor, cast.supervisor)
    page = as_(cast.prosecutor).get("supervisor_choose").content.decode()
    assert cast.supervisor.name not in page
