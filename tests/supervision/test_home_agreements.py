"""Home says what one's agreement and group ask for, and to a supervisor who has chosen them."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from supervision.domain.agreements import MemberStatus
from supervision.models import GroupSession, SupervisionGroup
from tests import factories as make
from tests.agreements import make_agreement, make_group, make_member
from tests.conftest import TODAY, Cast, Visitor
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.models import Event, Person

As = Callable[[Person], Visitor]
DAY = timedelta(days=1)
SIGN = "You have chosen Dr Megan Hughes as your supervisor."
SOON = "Review is due in 30 days, on 11 June: look at your agreement with Dr Megan Hughes together."
PAST = "Review was due yesterday, 11 May: look at your agreement with Dr Megan Hughes together."


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


# Signed, days until the review -> what the person reads.
AGREEMENTS = [
    (False, 355, SIGN),
    (False, -1, SIGN),
    (True, 31, None),
    (True, 30, SOON),
    (True, -1, PAST),
]


@pytest.mark.parametrize(("is_signed", "days", "said"), AGREEMENTS)
def test_what_ones_agreement_asks_for(
    cast: Cast, as_: As, is_signed: bool, days: int, said: str | None
) -> None:
    review = TODAY + days * DAY
    make_agreement(cast.prosecutor, cast.supervisor, is_signed=is_signed, review_on=review)
    line = as_(cast.prosecutor).get("home").context["agreement"]
    assert (line.text if line else None) == said
    ended = make_agreement(
        cast.paralegal, cast.supervisor, end_on=TODAY, review_on=TODAY, is_signed=is_signed
    )
    assert as_(ended.person).get("home").context["agreement"] is None


def meeting(group: SupervisionGroup, days: int, at: time = time(9), **more: Any) -> Event:
    event = make.make_event(group.supervisor, TODAY + days * DAY, at, capacity=4, **more)
    GroupSession.objects.create(group=group, event=event)
    return event


@pytest.fixture
def group(cast: Cast) -> SupervisionGroup:
    return make_group(cast.supervisor, cast.area, cast.prosecutor)


def test_the_next_session_of_ones_group(cast: Cast, as_: As, group: SupervisionGroup) -> None:
    other = make.make_event(make.make_supervisor("Dr Other"), TODAY + DAY)
    make.make_booking(other, cast.prosecutor)
    meeting(group, 2, status=EventStatus.CANCELLED)
    meeting(group, 0, time(9))
    later = meeting(group, 9)
    event = meeting(group, 8)
    for e in (event, later):
        make.make_booking(e, cast.prosecutor)
    place = make.make_booking(event, cast.paralegal)
    make_member(group, cast.paralegal, MemberStatus.REMOVED)
    page = text(as_(cast.prosecutor).get("home"))
    assert "“Thursday group” meets next on" in page
    assert "Wednesday 20 May 2026, 9am to 10am</a>.</p>" in page
    assert "You have no place there" not in page
    assert "Thursday group" not in text(as_(place.person).get("home"))


def test_the_next_session_of_all_is_said_once(
    cast: Cast, as_: As, group: SupervisionGroup
) -> None:
    make.make_booking(meeting(group, 3), cast.prosecutor)
    page = text(as_(cast.prosecutor).get("home"))
    assert "with Dr Megan Hughes, in “Thursday group”." in page
    assert page.count("Thursday group") == 1


@pytest.mark.parametrize("status", [None, BookingStatus.CANCELLED])
def test_without_a_place_it_leads_to_where_one_can_be_had(
    cast: Cast, as_: As, group: SupervisionGroup, status: BookingStatus | None
) -> None:
    event = meeting(group, 3)
    if status:
        make.make_booking(event, cast.prosecutor, status)
    line = as_(cast.prosecutor).get("home").context["group"]
    assert line.href == f"/sessions/{event.public_id}/"
    assert line.more == "You have no place there."


def test_a_supervisor_reads_how_many_have_chosen_them(cast: Cast, as_: As) -> None:
    host = as_(cast.supervisor)
    assert host.get("home").context["chosen"] == ""
    make_agreement(cast.prosecutor, cast.supervisor)
    assert "1 person has chosen you, and you have not met yet. Until then" in text(
        host.get("home")
    )
    make_agreement(cast.paralegal, cast.supervisor)
    make_agreement(cast.manager, cast.supervisor)
    ended = make.make_staff("Ended", cast.unit)
    make_agreement(ended, cast.supervisor, end_on=TODAY)
    # Before it was chosen, to come, and since: only the last is a meeting.
    make.make_held(cast.prosecutor, cast.supervisor, TODAY - 20 * DAY)
    make.make_booking(make.make_event(cast.supervisor, TODAY + DAY), cast.paralegal)
    make.make_held(cast.manager, cast.supervisor, TODAY - 2 * DAY)
    assert "2 people have chosen you, and you have not met yet." in text(host.get("home"))


@pytest.mark.parametrize("size", [1, 3])
def test_home_takes_the_same_queries_for_any_number(
    cast: Cast, as_: As, django_assert_num_queries: Any, size: int
) -> None:
    for i in range(size):
        group = make_group(cast.supervisor, cast.area, cast.prosecutor, name=f"G {i}")
        make.make_booking(meeting(group, 3 + i), cast.prosecutor)
        make_agreement(make.make_staff(f"P {i}", cast.unit), cast.supervisor)
    make_agreement(cast.prosecutor, cast.supervisor)
    me, host = as_(cast.prosecutor), as_(cast.supervisor)
    make.build_cover()
    for visitor in (me, host):
        visitor.get("home")
    # One for the agreement, one for the group's session; one for those who chose a supervisor.
    with django_assert_num_queries(17):
        me.get("home")
    with django_assert_num_queries(7):
        host.get("home")
