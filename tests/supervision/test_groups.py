"""Closed groups: made, joined with everybody's agreement, left; their sessions are the members' alone."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest

from supervision.domain.agreements import MemberStatus
from supervision.models import GroupConsent, GroupMember, GroupSession, SupervisionGroup
from supervision.operations.group_endings import close_group, leave_group
from supervision.operations.group_sessions import Published, publish_group_session
from supervision.operations.groups import (
    NOBODY,
    Draft,
    answer_invitation,
    answer_newcomer,
    invite,
    make_group,
)
from supervision.queries.sessions import Search, bookable
from tests import agreements as some
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import AuditRow, Booking, BookingMove, Message, Person
from wellbeing.operations.bookings import book, cancel
from wellbeing.operations.events import Details

S = MemberStatus
SOON = TODAY + timedelta(days=3)


def status(member: GroupMember) -> str:
    member.refresh_from_db()
    return member.status


def told() -> list[tuple[Person, str]]:
    return [(m.person, m.kind) for m in Message.objects.order_by("pk")]


@pytest.fixture
def group(cast: Cast) -> SupervisionGroup:
    return some.make_group(cast.supervisor, cast.area)


BAD = [
    (5, 4, "The most must be the same as or more than the least"),
    (2, 4, "does not serve this Area"),
]


@pytest.mark.parametrize(("least", "most", "words"), BAD)
def test_a_group_that_cannot_be(cast: Cast, least: int, most: int, words: str) -> None:
    host = make.make_supervisor("Dr East", areas=(cast.elsewhere.area,))
    draft = Draft("Thursdays", host, cast.area, least, most)
    with pytest.raises(Refused, match=words):
        make_group(draft, by=cast.lead, at=NOW)
    assert SupervisionGroup.objects.count() == 0


def test_making_a_group_is_on_the_record(cast: Cast) -> None:
    draft = Draft("Thursdays", cast.supervisor, None, 3, 6)
    made = make_group(draft, by=cast.supervisor, at=NOW)
    row = AuditRow.objects.get()
    assert (row.verb, row.details["group"]) == ("group.make", str(made.public_id))


def test_the_first_is_in_at_once_and_a_second_needs_the_first(
    cast: Cast, group: SupervisionGroup
) -> None:
    first = invite(group, cast.prosecutor, by=cast.supervisor, at=NOW)
    second = invite(group, cast.paralegal, by=cast.supervisor, at=NOW)
    assert answer_invitation(first, yes=True, by=cast.prosecutor, at=NOW)
    assert status(first) == S.MEMBER
    assert not answer_invitation(second, yes=True, by=cast.paralegal, at=NOW)
    assert status(second) == S.ASKING
    assert answer_newcomer(second, yes=True, by=cast.prosecutor, at=NOW)
    assert (status(second), second.start_on) == (S.MEMBER, TODAY)
    assert told() == [
        (cast.prosecutor, "group_invited"),
        (cast.paralegal, "group_invited"),
        (cast.prosecutor, "group_asked"),
    ]


def test_one_no_is_enough_and_is_kept_in_no_consent(
    cast: Cast, group: SupervisionGroup
) -> None:
    third = make.make_staff("Third", cast.unit)
    for person in (cast.prosecutor, cast.paralegal):
        some.make_member(group, person)
    newcomer = some.make_member(group, third, S.ASKING)
    answer_newcomer(newcomer, yes=True, by=cast.prosecutor, at=NOW)
    answer_newcomer(newcomer, yes=False, by=cast.paralegal, at=NOW)
    assert (status(newcomer), newcomer.end_on) == (S.NOT_AGREED, TODAY)
    assert [c.member for c in GroupConsent.objects.all()] == [cast.prosecutor]
    with pytest.raises(Refused, match="answered already"):
        answer_newcomer(newcomer, yes=True, by=cast.paralegal, at=NOW)


def test_who_is_not_in_it_is_not_asked(cast: Cast, group: SupervisionGroup) -> None:
    newcomer = some.make_member(group, cast.paralegal, S.ASKING)
    with pytest.raises(Refused, match="Only members"):
        answer_newcomer(newcomer, yes=True, by=cast.manager, at=NOW)


def test_declining_asks_nobody(cast: Cast, group: SupervisionGroup) -> None:
    some.make_member(group, cast.prosecutor)
    member = some.make_member(group, cast.paralegal, S.INVITED)
    assert not answer_invitation(member, yes=False, by=cast.paralegal, at=NOW)
    assert (status(member), told()) == (S.DECLINED, [])


def unknown(cast: Cast) -> Person | None:
    return None


def of_another_area(cast: Cast) -> Person | None:
    return make.make_staff("Far", cast.elsewhere)


def without_posting(cast: Cast) -> Person | None:
    return cast.auditor


def whom_the_host_manages(cast: Cast) -> Person | None:
    return make.make_staff("Managed", cast.unit, manager=cast.supervisor)


@pytest.mark.parametrize(
    "whom", [unknown, of_another_area, without_posting, whom_the_host_manages]
)
def test_who_cannot_be_invited_is_one_sentence(
    cast: Cast, group: SupervisionGroup, whom: Callable[[Cast], Person | None]
) -> None:
    with pytest.raises(Refused) as refused:
        invite(group, whom(cast), by=cast.supervisor, at=NOW)
    assert refused.value.sentence == NOBODY


def test_no_more_than_the_most_are_invited(cast: Cast) -> None:
    group = some.make_group(cast.supervisor, None, cast.prosecutor, most=2)
    invite(group, cast.paralegal, by=cast.lead, at=NOW)
    with pytest.raises(Refused, match="taken or offered"):
        invite(group, cast.manager, by=cast.lead, at=NOW)
    with pytest.raises(Refused, match="invited already"):
        invite(group, cast.paralegal, by=cast.lead, at=NOW)


def publish(group: SupervisionGroup, cast: Cast) -> Published:
    details = Details(
        EventKind.SUPERVISION, SOON, time(14), 90, group.most, Mode.VIDEO,
        areas=frozenset({cast.area.pk}),
    )  # fmt: skip
    return publish_group_session(group, details, by=cast.supervisor, at=NOW)


def test_publishing_books_the_members_by_the_service(cast: Cast) -> None:
    group = some.make_group(cast.supervisor, cast.area, cast.prosecutor, cast.paralegal)
    done = publish(group, cast)
    assert (done.booked, done.left_out) == (2, 0)
    assert {b.person for b in Booking.objects.filter(status=BookingStatus.BOOKED)} == {
        cast.prosecutor, cast.paralegal,
    }  # fmt: skip
    assert all(m.recorded_by.is_service for m in BookingMove.objects.all())
    assert told() == [
        (cast.supervisor, "host_published"), (cast.prosecutor, "booked"),
        (cast.paralegal, "booked"),
    ]  # fmt: skip
    assert GroupSession.objects.get().event == done.event


def test_who_cannot_come_is_left_out_and_told(cast: Cast) -> None:
    group = some.make_group(cast.supervisor, cast.area, cast.prosecutor, cast.paralegal)
    other = make.make_event(make.make_supervisor("Dr Other"), SOON, time(15))
    make.make_booking(other, cast.prosecutor)
    done = publish(group, cast)
    assert (done.booked, done.left_out) == (1, 1)
    assert (cast.prosecutor, "group_left_out") in told()
    assert Booking.objects.get(event=done.event).person == cast.paralegal


def test_too_small_a_group_meets_not(cast: Cast) -> None:
    group = some.make_group(cast.supervisor, cast.area, cast.prosecutor)
    with pytest.raises(Refused, match="has 1 of the at least 2 members"):
        publish(group, cast)
    assert Booking.objects.count() == 0


def test_a_closed_session_is_the_members_alone(cast: Cast) -> None:
    group = some.make_group(cast.supervisor, cast.area, cast.prosecutor, cast.paralegal)
    event = publish(group, cast).event
    search = Search(TODAY, SOON)
    assert bookable(cast.manager.pk, search, at=NOW) == []
    with pytest.raises(Refused, match=r"members of a closed group\. Choose another time"):
        book(event, person=cast.manager, by=cast.manager, at=NOW)
    with pytest.raises(Refused, match=r"members of a closed group\.$"):
        book(event, person=cast.manager, by=cast.lead, at=NOW)
    mine = Booking.objects.get(person=cast.prosecutor)
    cancel(mine, reason=CancelReason.COURT, by=cast.prosecutor, at=NOW)
    assert [p.event for p in bookable(cast.prosecutor.pk, search, at=NOW)] == [event]
    book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)


def test_leaving_gives_up_the_places_and_lets_others_in(cast: Cast) -> None:
    group = some.make_group(cast.supervisor, cast.area, cast.prosecutor, cast.paralegal)
    event = publish(group, cast).event
    newcomer = some.make_member(group, cast.manager, S.ASKING)
    answer_newcomer(newcomer, yes=True, by=cast.prosecutor, at=NOW)
    member = GroupMember.objects.get(person=cast.paralegal)
    assert leave_group(member, by=cast.paralegal, at=NOW) == 1
    assert (status(member), status(newcomer)) == (S.LEFT, S.MEMBER)
    place = Booking.objects.get(event=event, person=cast.paralegal)
    assert place.status == BookingStatus.CANCELLED
    with pytest.raises(Refused, match="closed group"):
        book(event, person=cast.paralegal, by=cast.paralegal, at=NOW)


def test_a_closed_down_group_does_no_more(cast: Cast, group: SupervisionGroup) -> None:
    member = some.make_member(group, cast.prosecutor, S.INVITED)
    close_group(group, by=cast.lead, at=NOW)
    acts: list[Callable[[], object]] = [
        lambda: close_group(group, by=cast.lead, at=NOW),
        lambda: invite(group, cast.paralegal, by=cast.lead, at=NOW),
        lambda: answer_invitation(member, yes=True, by=cast.prosecutor, at=NOW),
        lambda: publish(group, cast),
    ]
    for act in acts:
        with pytest.raises(Refused, match="has been closed"):
            act()
