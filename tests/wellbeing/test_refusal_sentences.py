"""Every sentence for what the database refuses, reached through the database of this run."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.feeds import FeedKind
from wellbeing.domain.refusals import Busy, Refused
from wellbeing.models import Booking, BookingMove, ClaimedTime, Event
from wellbeing.operations.transaction import SENTENCES, broken_name, operation

TOMORROW = TODAY + timedelta(days=1)


def overfill(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    make.make_booking(event, cast.prosecutor)
    make.make_booking(event, cast.paralegal)


def book_what_is_cancelled(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TOMORROW, status=EventStatus.CANCELLED)
    make.make_booking(event, cast.prosecutor)


def cancel_over_a_booking(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    make.make_booking(event, cast.prosecutor)
    Event.objects.filter(pk=event.pk).update(status=EventStatus.CANCELLED)


def overlap(cast: Cast) -> None:
    make.make_event(cast.supervisor, TOMORROW, time(10))
    make.make_event(cast.supervisor, TOMORROW, time(10, 59))


def claim_twice(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    assert event.end_at is not None
    later = event.end_at + timedelta(hours=1)
    ClaimedTime.objects.create(
        person=cast.supervisor,
        event=event,
        from_at=event.end_at,
        to_at=later,
        kind="seat",
    )


def book_twice(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TOMORROW, capacity=3)
    make.make_booking(event, cast.prosecutor, BookingStatus.WAITING)
    make.make_booking(event, cast.prosecutor, BookingStatus.WAITING)


def move_backwards(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    booking = make.make_booking(event, cast.prosecutor, BookingStatus.DECLINED)
    Booking.objects.filter(pk=booking.pk).update(status=BookingStatus.BOOKED)


def open_two_moves(cast: Cast) -> None:
    booking = make.make_booking(make.make_event(cast.supervisor, TOMORROW), cast.prosecutor)
    record(booking, cast, BookingStatus.CANCELLED)


def record_before_the_start(cast: Cast) -> None:
    booking = make.make_booking(make.make_event(cast.supervisor, TOMORROW), cast.prosecutor)
    BookingMove.objects.update(superseded_at=NOW, superseded_by=cast.lead)
    record(booking, cast, BookingStatus.ATTENDED)


def record(booking: Booking, cast: Cast, after: BookingStatus) -> None:
    BookingMove.objects.create(
        booking=booking, before="booked", after=after, recorded_at=NOW, recorded_by=cast.lead
    )


def post_twice(cast: Cast) -> None:
    make.make_posting(cast.prosecutor, cast.unit, start_on=date(2026, 1, 1))


def be_away_twice(cast: Cast) -> None:
    make.make_absence(cast.prosecutor, TODAY, TODAY)
    make.make_absence(cast.prosecutor, TODAY, None)


def share_an_address(cast: Cast) -> None:
    make.make_person(email="one@test.example")
    make.make_person(email="ONE@test.example")


def one_more_address(cast: Cast) -> None:
    for secret in ("one", "two"):
        make.make_feed(cast.prosecutor, secret)


def one_more_address_of_an_area(cast: Cast) -> None:
    for secret in ("one", "two"):
        make.make_feed(cast.lead, secret, FeedKind.SCHEDULE, area=cast.area)


PROVOKED: dict[str, Callable[[Cast], None]] = {
    "calendar_feed_one_live": one_more_address,
    "calendar_feed_one_live_an_area": one_more_address_of_an_area,
    "event_capacity": overfill,
    "event_open": book_what_is_cancelled,
    "event_has_bookings": cancel_over_a_booking,
    "claim_overlap": overlap,
    "claim_once_a_person_and_event": claim_twice,
    "booking_one_live_an_event": book_twice,
    "booking_move": move_backwards,
    "booking_move_one_open": open_two_moves,
    "outcome_before_start": record_before_the_start,
    "posting_overlap": post_twice,
    "absence_once_a_start": be_away_twice,
    "person_email_once": share_an_address,
}


def test_every_sentence_is_provoked() -> None:
    assert PROVOKED.keys() == SENTENCES.keys()
    assert all(s[0].isupper() and s.endswith(".") for s in SENTENCES.values())


@pytest.mark.parametrize("name", PROVOKED)
def test_what_the_database_refuses_is_a_sentence(cast: Cast, name: str) -> None:
    with pytest.raises(Refused) as refused:
        operation(PROVOKED[name])(cast)
    assert (refused.value.code, refused.value.sentence) == (name, SENTENCES[name])


def test_a_refusal_nobody_foresaw_is_raised(cast: Cast) -> None:
    @operation
    def nowhere() -> None:
        make.make_event(cast.supervisor, TOMORROW, minutes=60, capacity=0)

    with pytest.raises(IntegrityError) as error:
        nowhere()
    assert broken_name(error.value) == "event_capacity_if_bookable"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("times", "outcome"), [(0, 1), (1, 2), (2, None)])
def test_a_taken_database_is_tried_once_more(times: int, outcome: int | None) -> None:
    """`times` it is found locked -> how often the operation ran, or Busy."""
    runs = []

    @operation
    def write() -> int:
        runs.append(connection.in_atomic_block)
        if len(runs) <= times:
            raise OperationalError("database is locked")
        return len(runs)

    if outcome is None:
        with pytest.raises(Busy):
            write()
    else:
        assert write() == outcome
    assert runs == [True] * min(times + 1, 2)
