"""Removed from a closed group, an invitation withdrawn, the group closed: places, seats, letters."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from supervision.domain.agreements import MemberStatus
from supervision.models import GroupMember, SupervisionGroup
from supervision.operations.group_endings import (
    NOT_INVITED,
    close_group,
    leave_group,
    remove_member,
    withdraw_invitation,
)
from supervision.operations.group_sessions import Published, publish_group_session
from supervision.operations.groups import answer_invitation, answer_newcomer, invite
from supervision.queries.to_do import to_reoffer
from supervision.queries.viewers import viewer_of
from tests import agreements as some
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import AuditRow, Booking, BookingMove, Message, Person
from wellbeing.operations.bookings import book
from wellbeing.operations.events import Details
from wellbeing.queries.invariants import CHECKS

As = Callable[[Person], Visitor]
S, B = MemberStatus, BookingStatus
SOON = TODAY + timedelta(days=1)
WHO_REMOVES = ["supervisor", "area_lead", "lead"]


def told(person: Person) -> list[str]:
    rows = Message.objects.filter(person=person).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def group(cast: Cast) -> SupervisionGroup:
    """The prosecutor and the paralegal are in it."""
    return some.make_group(cast.supervisor, cast.area, cast.prosecutor, cast.paralegal)


def member_of(group: SupervisionGroup, person: Person) -> GroupMember:
    return GroupMember.objects.get(group=group, person=person)


def publish(group: SupervisionGroup, days: int = 1) -> Published:
    on = TODAY + timedelta(days=days)
    details = Details(
        EventKind.SUPERVISION, on, time(9), 90, group.most, Mode.VIDEO,
        areas=frozenset({group.area_id} if group.area_id else ()),
    )  # fmt: skip
    return publish_group_session(group, details, by=group.supervisor, at=NOW)


@pytest.mark.parametrize("who", WHO_REMOVES)
def test_removed_with_every_place_ahead(
    cast: Cast, as_: As, group: SupervisionGroup, who: str
) -> None:
    events = [publish(group, days).event for days in (1, 8)]
    member = member_of(group, cast.paralegal)
    by = getattr(cast, who)
    page = as_(by).post("group_remove", member.public_id)
    assert page.status_code == 302
    member.refresh_from_db()
    assert (member.status, member.end_on) == (S.REMOVED, TODAY)
    assert (member.ended_at, member.ended_by) == (NOW, by)
    places = Booking.objects.filter(person=cast.paralegal)
    assert {(p.event, p.status) for p in places} == {
        (event, B.CANCELLED_BY_SERVICE) for event in events
    }
    assert told(cast.paralegal)[2:] == ["cancelled_by_service"] * 2 + ["group_ended"]
    # The host hears of places that somebody else has freed.
    freed = [kind for kind in told(cast.supervisor) if kind == "host_place_freed"]
    assert len(freed) == (0 if who == "supervisor" else 2)
    row = AuditRow.objects.get(verb="group.remove")
    assert (row.by, row.about) == (by, cast.paralegal)
    own = text(as_(cast.paralegal).get("booking_detail", places[0].public_id))
    assert "Your place was taken back. You can book another time." in own
    assert "called off" not in own
    assert [line for check in CHECKS for line in check(NOW)] == []


def test_a_place_that_is_taken_back_is_no_late_cancellation(
    cast: Cast, group: SupervisionGroup
) -> None:
    publish(group)
    assert remove_member(member_of(group, cast.paralegal), by=cast.supervisor, at=NOW) == 1
    move = BookingMove.objects.get(booking__person=cast.paralegal)
    assert (move.after, move.is_late, move.reason) == (B.CANCELLED_BY_SERVICE, False, "")
    lead = viewer_of(cast.area_lead.pk, TODAY)
    assert [one.person for one in to_reoffer(lead, NOW)] == [cast.paralegal]


def test_the_others_keep_their_places_and_what_began_is_left(
    cast: Cast, group: SupervisionGroup
) -> None:
    event, late = publish(group).event, publish(group, 8).event
    begun = NOW + timedelta(days=2)
    assert remove_member(member_of(group, cast.paralegal), by=cast.lead, at=begun) == 1
    booked = Booking.objects.filter(status=B.BOOKED).order_by("event__start_at", "pk")
    assert [(b.event, b.person) for b in booked] == [
        (event, cast.prosecutor), (event, cast.paralegal), (late, cast.prosecutor),
    ]  # fmt: skip


def test_the_seat_is_free_for_a_new_member(cast: Cast) -> None:
    group = some.make_group(cast.supervisor, None, cast.prosecutor, cast.paralegal, most=2)
    event = publish(group).event
    remove_member(member_of(group, cast.paralegal), by=cast.supervisor, at=NOW)
    with pytest.raises(Refused, match="closed group"):
        book(event, person=cast.paralegal, by=cast.paralegal, at=NOW)
    newcomer = invite(group, cast.manager, by=cast.supervisor, at=NOW)
    answer_invitation(newcomer, yes=True, by=cast.manager, at=NOW)
    assert answer_newcomer(newcomer, yes=True, by=cast.prosecutor, at=NOW)
    book(event, person=cast.manager, by=cast.manager, at=NOW)


@pytest.mark.parametrize("end", [remove_member, leave_group])
def test_who_waits_for_them_alone_is_in(
    cast: Cast, group: SupervisionGroup, end: Callable[..., int]
) -> None:
    newcomer = some.make_member(group, cast.manager, S.ASKING)
    answer_newcomer(newcomer, yes=True, by=cast.prosecutor, at=NOW)
    end(member_of(group, cast.paralegal), by=cast.paralegal, at=NOW)
    newcomer.refresh_from_db()
    assert newcomer.status == S.MEMBER


def test_somebody_who_is_asked_about_can_be_removed(
    cast: Cast, group: SupervisionGroup
) -> None:
    newcomer = some.make_member(group, cast.manager, S.ASKING)
    remove_member(newcomer, by=cast.supervisor, at=NOW)
    with pytest.raises(Refused, match="answered already"):
        answer_newcomer(newcomer, yes=True, by=cast.prosecutor, at=NOW)
    with pytest.raises(Refused, match="answered already"):
        remove_member(newcomer, by=cast.supervisor, at=NOW)
    assert told(cast.manager) == ["group_ended"]


def test_who_left_is_written_down_and_who_did_not_agree_never(
    cast: Cast, group: SupervisionGroup
) -> None:
    newcomer = some.make_member(group, cast.manager, S.ASKING)
    answer_newcomer(newcomer, yes=False, by=cast.prosecutor, at=NOW)
    leave_group(member_of(group, cast.paralegal), by=cast.paralegal, at=NOW)
    ended = GroupMember.objects.exclude(end_on=None).order_by("status")
    assert [(m.status, m.ended_at, m.ended_by) for m in ended] == [
        (S.LEFT, NOW, cast.paralegal), (S.NOT_AGREED, None, None),
    ]  # fmt: skip


def test_an_invitation_is_withdrawn_by_the_address_it_went_to(
    cast: Cast, as_: As, group: SupervisionGroup
) -> None:
    host = as_(cast.supervisor)
    host.post("group_invite", group.public_id, who=cast.manager.email)
    page = text(host.get("group_detail", group.public_id))
    assert "1 invitation has not been answered yet" in page
    assert cast.manager.name not in page
    wrong = host.post("group_withdraw", group.public_id, who=cast.lead.email)
    assert NOT_INVITED.rstrip(".") in text(wrong)
    answer = host.post("group_withdraw", group.public_id, who=cast.manager.email)
    page = text(host.client.get(answer["Location"]))
    assert "The invitation is withdrawn" in page
    assert "not been answered" not in page
    member = member_of(group, cast.manager)
    assert (member.status, member.ended_by) == (S.WITHDRAWN, cast.supervisor)
    assert told(cast.manager) == ["group_invited", "group_withdrawn"]
    assert as_(cast.manager).get("group_invitation", member.public_id).status_code == 404
    invite(group, cast.manager, by=cast.supervisor, at=NOW)


@pytest.mark.parametrize("status", [S.ASKING, S.MEMBER, S.DECLINED])
def test_what_has_been_answered_is_no_invitation(
    cast: Cast, group: SupervisionGroup, status: MemberStatus
) -> None:
    some.make_member(group, cast.manager, status)
    for person in (cast.manager, cast.area_lead, None):
        with pytest.raises(Refused) as refused:
            withdraw_invitation(group, person, by=cast.supervisor, at=NOW)
        assert refused.value.sentence == NOT_INVITED


def test_one_that_never_arrived_is_withdrawn_like_any_other(
    cast: Cast, group: SupervisionGroup
) -> None:
    some.make_exclusion(cast.manager, cast.supervisor)
    invite(group, cast.manager, by=cast.supervisor, at=NOW)
    withdraw_invitation(group, cast.manager, by=cast.supervisor, at=NOW)
    assert told(cast.manager) == []
    assert AuditRow.objects.filter(verb="group.withdraw").count() == 1


def test_below_the_least_is_said_plainly(cast: Cast, as_: As, group: SupervisionGroup) -> None:
    few = "This group needs 1 more member before a session can be published."
    for who in (cast.supervisor, cast.area_lead):
        assert few not in text(as_(who).get("group_detail", group.public_id))
    publish(group)
    leave_group(member_of(group, cast.paralegal), by=cast.paralegal, at=NOW)
    for who in (cast.supervisor, cast.area_lead):
        page = text(as_(who).get("group_detail", group.public_id))
        assert few in page
        assert "Sessions that are published stay" in page
        assert "Publish a session" not in page
    for who, name in ((cast.supervisor, "my_people"), (cast.area_lead, "groups")):
        assert "too few to publish a session" in text(as_(who).get(name))


def test_members_are_told_that_their_group_is_closed(
    cast: Cast, group: SupervisionGroup
) -> None:
    some.make_member(group, cast.manager, S.INVITED)
    close_group(group, by=cast.supervisor, at=NOW)
    assert told(cast.prosecutor) == told(cast.paralegal) == ["group_ended"]
    assert told(cast.manager) == []


def test_another_s_group_is_not_there(cast: Cast, as_: As, group: SupervisionGroup) -> None:
    member = member_of(group, cast.paralegal)
    theirs = some.make_group(cast.supervisor, cast.elsewhere.area, name="East")
    far = some.make_member(theirs, make.make_staff("Far", cast.elsewhere))
    other = make.make_supervisor("Dr Other")
    for who, row in (
        (other, member), (cast.prosecutor, member), (cast.manager, member),
        (cast.area_lead, far),
    ):  # fmt: skip
        assert as_(who).post("group_remove", row.public_id).status_code == 404
        withdraw = as_(who).post("group_withdraw", row.group.public_id, who="x@y.example")
        assert withdraw.status_code == 404
    member.refresh_from_db()
    assert member.status == S.MEMBER
