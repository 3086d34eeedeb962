""" "Not this person": it works everywhere a supervisor could be met, and nobody else ever sees it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import time, timedelta

import pytest
from django.db import transaction

from supervision.models import Exclusion
from supervision.operations.agreements import exclude, take_back_exclusion
from supervision.operations.groups import invite
from supervision.queries.groups import memberships_of
from supervision.queries.sessions import Search, bookable
from supervision.queries.supervisors import supervisors_for
from tests import factories as make
from tests.agreements import make_agreement, make_group
from tests.conftest import NOW, TODAY, Cast, Visitor
from tests.pages import page_of
from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.domain.ports import Bar
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import AuditRow, Event, Message, Person
from wellbeing.operations.bookable import BARRED, NOT_AVAILABLE, TO_ANOTHER_CODE
from wellbeing.operations.bookings import book, cancel, reschedule
from wellbeing.operations.changing import change_event
from wellbeing.operations.events import Details
from wellbeing.operations.offers import accept, offer
from wellbeing.operations.series import hand_over
from wellbeing.operations.unbooked import NOBODY, add_unbooked
from wellbeing.operations.waiting import wait

As = Callable[[Person], Visitor]
SOON = TODAY + timedelta(days=3)
OWN = BARRED[Bar.EXCLUDED]


@pytest.fixture
def event(cast: Cast) -> Event:
    return make.make_event(cast.supervisor, SOON, areas=(cast.area,))


def shut_out(cast: Cast) -> Exclusion:
    return exclude(cast.prosecutor, cast.supervisor, by=cast.prosecutor, at=NOW)


@contextmanager
def undone() -> Iterator[None]:
    """What is written within is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_not_found_and_not_offered_as_a_choice(cast: Cast, event: Event) -> None:
    search = Search(TODAY, SOON)

    def found() -> tuple[list[Event], bool]:
        places = bookable(cast.prosecutor.pk, search, at=NOW)
        return [p.event for p in places], cast.supervisor in supervisors_for(
            cast.prosecutor.pk, TODAY
        )

    assert found() == ([event], True)
    row = shut_out(cast)
    assert found() == ([], False)
    assert [p.event for p in bookable(cast.paralegal.pk, search, at=NOW)] == [event]
    take_back_exclusion(row, by=cast.prosecutor, at=NOW)
    assert found() == ([event], True)


def ways_in(cast: Cast, event: Event) -> dict[str, Callable[[], object]]:
    me, at = cast.prosecutor, NOW
    other = make.make_event(make.make_supervisor("Dr Other"), SOON, time(9))
    elsewhere = make.make_booking(other, me)
    return {
        "book": lambda: book(event, person=me, by=me, at=at),
        "wait": lambda: wait(event, person=me, by=me, at=at),
        "reschedule": lambda: reschedule(elsewhere, event, by=me, at=at),
    }


@pytest.mark.parametrize("way", ["book", "wait", "reschedule"])
def test_the_person_themself_is_told_plainly(cast: Cast, event: Event, way: str) -> None:
    act = ways_in(cast, event)[way]
    shut_out(cast)
    with pytest.raises(Refused) as refused:
        act()
    assert refused.value.sentence == OWN


def test_an_offer_made_before_cannot_be_accepted(cast: Cast, event: Event) -> None:
    booking = offer(event, person=cast.prosecutor, by=cast.lead, at=NOW)
    shut_out(cast)
    with pytest.raises(Refused) as refused:
        accept(booking, by=cast.prosecutor, at=NOW)
    assert refused.value.sentence == OWN


def test_a_place_that_comes_free_passes_them_over(cast: Cast, event: Event) -> None:
    holder = make.make_staff("Holder", cast.unit)
    taken = make.make_booking(event, holder)
    mine = make.make_booking(event, cast.prosecutor, BookingStatus.WAITING)
    theirs = make.make_booking(event, cast.paralegal, BookingStatus.WAITING)
    shut_out(cast)
    cancel(taken, reason=CancelReason.COURT, by=holder, at=NOW)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.status, theirs.status) == ("waiting", "offered")
    assert not Message.objects.filter(person=cast.prosecutor).exists()


def test_host_who_adds_them_is_told_what_everybody_is(cast: Cast, event: Event) -> None:
    shut_out(cast)
    with pytest.raises(Refused) as refused:
        add_unbooked(event, cast.prosecutor, by=cast.supervisor, at=event.start_at or NOW)
    assert refused.value.sentence == NOBODY


def clash(cast: Cast) -> None:
    other = make.make_event(make.make_supervisor("Dr Clash"), SOON, time(14, 30))
    make.make_booking(other, cast.prosecutor)


def into_the_chain(cast: Cast) -> None:
    make.Posting.objects.filter(person=cast.manager).update(
        superseded_at=NOW, superseded_by=cast.lead
    )
    make.make_posting(cast.manager, cast.unit, manager=cast.supervisor)


REASONS: list[Callable[[Cast], object]] = [shut_out, clash, into_the_chain]


@pytest.mark.parametrize("way", ["book", "offer"])
@pytest.mark.parametrize("who", ["lead", "area_lead"])
def test_a_lead_is_told_the_same_to_the_byte(
    cast: Cast, as_: As, event: Event, way: str, who: str
) -> None:
    pages = []
    for reason in REASONS:
        with undone():
            reason(cast)
            answer = as_(getattr(cast, who)).post(
                "person_place", cast.prosecutor.public_id, event.public_id, way=way
            )
            pages.append(page_of(answer))
    assert NOT_AVAILABLE in pages[0]
    assert pages[0] == pages[1] == pages[2]


@pytest.mark.parametrize("reason", REASONS)
def test_nor_does_a_refusal_s_code_tell(
    cast: Cast, event: Event, reason: Callable[[Cast], object]
) -> None:
    reason(cast)
    with pytest.raises(Refused) as refused:
        book(event, person=cast.prosecutor, by=cast.lead, at=NOW)
    assert (refused.value.code, refused.value.sentence) == (TO_ANOTHER_CODE, NOT_AVAILABLE)


def test_a_lead_still_hears_what_they_can_see_for_themselves(cast: Cast) -> None:
    host = make.make_supervisor("Dr Ending", end_on=TODAY)
    event = make.make_event(host, SOON)
    exclude(cast.prosecutor, host, by=cast.prosecutor, at=NOW)
    with pytest.raises(Refused, match="registration does not cover that day"):
        book(event, person=cast.prosecutor, by=cast.lead, at=NOW)


def change(event: Event, host: Person, by: Person, place: str) -> Event:
    details = Details(EventKind.SUPERVISION, SOON, time(14), 60, 1, Mode.VIDEO, place=place)
    return change_event(event, details, host=host, by=by, at=NOW)


def test_a_place_booked_before_stands_and_the_room_can_be_changed(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, SOON)
    booking = make.make_booking(event, cast.prosecutor)
    shut_out(cast)
    change(event, cast.supervisor, cast.supervisor, "Room 9")
    booking.refresh_from_db()
    assert booking.status == BookingStatus.BOOKED
    cancel(booking, reason=CancelReason.COURT, by=cast.prosecutor, at=NOW)


def test_a_session_is_not_handed_to_whom_somebody_booked_would_not_see(cast: Cast) -> None:
    event = make.make_event(make.make_supervisor("Dr Other"), SOON)
    make.make_booking(event, cast.prosecutor)
    said = []
    for reason in (shut_out, into_the_chain):
        with undone():
            reason(cast)
            said.append(refusal(cast, event))
    assert said[0] == said[1]
    assert "cannot take the sessions of Friday 15 May 2026" in said[0]


def refusal(cast: Cast, event: Event) -> str:
    with pytest.raises(Refused) as refused:
        hand_over([event], to=cast.supervisor, by=cast.lead, at=NOW)
    return refused.value.sentence


def test_an_invitation_by_them_looks_like_any_other_and_never_arrives(cast: Cast) -> None:
    shut_out(cast)
    group = make_group(cast.supervisor, cast.area)
    for person in (cast.prosecutor, cast.paralegal):
        invite(group, person, by=cast.supervisor, at=NOW)
    assert memberships_of(cast.prosecutor.pk) == []
    assert len(memberships_of(cast.paralegal.pk)) == 1
    assert [m.person for m in Message.objects.all()] == [cast.paralegal]
    rows = AuditRow.objects.filter(verb="group.invite")
    assert [sorted(r.details) for r in rows] == [["group"], ["group"]]


def test_own_supervisor_and_group_are_left_first(cast: Cast) -> None:
    agreement = make_agreement(cast.prosecutor, cast.supervisor)
    with pytest.raises(Refused, match="is your supervisor"):
        shut_out(cast)
    agreement.end_on = TODAY
    agreement.save()
    group = make_group(cast.supervisor, cast.area, cast.prosecutor)
    with pytest.raises(Refused, match="Leave the group first"):
        shut_out(cast)
    group.end_on = TODAY
    group.save()
    shut_out(cast)
    with pytest.raises(Refused, match="said so already"):
        shut_out(cast)
