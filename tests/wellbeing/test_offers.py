"""An offered seat: held until it is accepted, declined or ends."""

from datetime import timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.domain.refusals import Refused
from wellbeing.models import Booking, BookingMove, ClaimedTime, Event, Posting
from wellbeing.operations.bookable import NOT_AVAILABLE
from wellbeing.operations.bookings import book, cancel
from wellbeing.operations.offers import accept, decline, offer
from wellbeing.operations.seats import expire_offers

HOUR = timedelta(hours=1)
SOON = TODAY + timedelta(days=7)


@pytest.fixture
def event(cast: Cast) -> Event:
    return make.make_event(cast.supervisor, SOON)


@pytest.fixture
def offered(cast: Cast, event: Event) -> Booking:
    return offer(event, person=cast.prosecutor, by=cast.lead, at=NOW)


def test_offer_holds_the_seat_and_the_time(cast: Cast, event: Event, offered: Booking) -> None:
    assert (offered.status, offered.offer_ends_at) == ("offered", NOW + 48 * HOUR)
    assert ClaimedTime.objects.filter(person=cast.prosecutor, kind="seat").count() == 1
    with pytest.raises(Refused) as refused:
        book(event, person=cast.paralegal, by=cast.paralegal, at=NOW)
    assert refused.value.code == "event_capacity"


def test_accepted_offer_is_a_booking(cast: Cast, offered: Booking) -> None:
    accept(offered, by=cast.prosecutor, at=NOW + 48 * HOUR - timedelta(seconds=1))
    offered.refresh_from_db()
    assert offered.status == BookingStatus.BOOKED
    moves = BookingMove.as_recorded.filter(booking=offered).order_by("pk")
    assert [(m.before, m.after) for m in moves] == [("", "offered"), ("offered", "booked")]


def test_accepting_twice_says_that_it_is_done(cast: Cast, offered: Booking) -> None:
    accept(offered, by=cast.prosecutor, at=NOW)
    with pytest.raises(Refused) as refused:
        accept(offered, by=cast.prosecutor, at=NOW)
    assert refused.value.sentence == "You have already accepted this place."


def test_ended_offer_cannot_be_accepted_even_before_it_is_expired(
    cast: Cast, offered: Booking
) -> None:
    with pytest.raises(Refused) as refused:
        accept(offered, by=cast.prosecutor, at=NOW + 48 * HOUR)
    assert refused.value.code == "offer_ended"
    expire_offers(at=NOW + 48 * HOUR)
    with pytest.raises(Refused) as refused:
        accept(offered, by=cast.prosecutor, at=NOW)
    assert "ended" in refused.value.sentence


def test_declined_offer_frees_the_seat(cast: Cast, event: Event, offered: Booking) -> None:
    decline(offered, by=cast.prosecutor, at=NOW)
    assert not ClaimedTime.objects.filter(person=cast.prosecutor).exists()
    assert book(event, person=cast.paralegal, by=cast.paralegal, at=NOW)


def test_offer_is_not_accepted_where_the_person_may_no_longer_come(
    cast: Cast, offered: Booking
) -> None:
    rows = Posting.objects.filter(person=cast.prosecutor)
    rows.update(superseded_at=NOW, superseded_by=cast.lead)
    make.make_posting(cast.prosecutor, cast.unit, manager=cast.supervisor)
    with pytest.raises(Refused) as refused:
        accept(offered, by=cast.prosecutor, at=NOW)
    assert refused.value.code == "in_chain"


@pytest.mark.parametrize("by_lead", [book, offer])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda c, e: make.make_booking(
            make.make_event(make.make_supervisor("Dr Other"), SOON), c.prosecutor
        ),
        lambda c, e: (
            Posting.objects.filter(person=c.prosecutor).update(
                superseded_at=NOW, superseded_by=c.lead
            )
            and make.make_posting(c.prosecutor, c.unit, manager=c.supervisor)
        ),
    ],
    ids=["something else at the time", "below the supervisor"],
)
def test_lead_is_told_not_available_and_no_more(
    cast: Cast, event: Event, by_lead: Any, spoil: Any
) -> None:
    spoil(cast, event)
    with pytest.raises(Refused) as refused:
        by_lead(event, person=cast.prosecutor, by=cast.lead, at=NOW)
    assert refused.value.sentence == NOT_AVAILABLE


def test_place_cancelled_by_the_service_can_be_offered_again(cast: Cast, event: Event) -> None:
    make.make_booking(event, cast.prosecutor, BookingStatus.CANCELLED_BY_SERVICE)
    assert offer(event, person=cast.prosecutor, by=cast.lead, at=NOW).status == "offered"


def test_cancelled_place_can_be_offered_and_taken_by_another(cast: Cast, event: Event) -> None:
    booking = book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    cancel(booking, reason=CancelReason.LEAVE, by=cast.prosecutor, at=NOW)
    offered = offer(event, person=cast.paralegal, by=cast.lead, at=NOW)
    accept(offered, by=cast.paralegal, at=NOW)
    assert Booking.objects.get(event=event, status="booked").person == cast.paralegal
