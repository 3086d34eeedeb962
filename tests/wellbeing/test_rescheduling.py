"""Rescheduling is one move: the new seat is taken and the old one freed, or neither."""

from datetime import time, timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.domain.refusals import Refused
from wellbeing.models import Booking, BookingMove, ClaimedTime, Event
from wellbeing.operations import bookings
from wellbeing.operations.bookings import book, reschedule
from wellbeing.operations.waiting import wait

SOON = TODAY + timedelta(days=7)


@pytest.fixture
def old(cast: Cast) -> Event:
    return make.make_event(cast.supervisor, SOON, time(10))


@pytest.fixture
def new(cast: Cast) -> Event:
    """Overlaps the old one, so that only giving that up makes room."""
    return make.make_event(make.make_supervisor("Dr Other"), SOON, time(10, 30))


@pytest.fixture
def booking(cast: Cast, old: Event) -> Booking:
    return book(old, person=cast.prosecutor, by=cast.prosecutor, at=NOW)


def states(person: Any) -> dict[int, str]:
    return dict(Booking.objects.filter(person=person).values_list("event", "status"))


def test_takes_the_new_seat_and_frees_the_old(
    cast: Cast, old: Event, new: Event, booking: Booking
) -> None:
    taken = reschedule(booking, new, by=cast.prosecutor, at=NOW)
    assert (taken.event_id, taken.status) == (new.pk, "booked")
    assert states(cast.prosecutor) == {old.pk: "cancelled", new.pk: "booked"}
    claims = ClaimedTime.objects.filter(person=cast.prosecutor)
    assert list(claims.values_list("event", flat=True)) == [new.pk]
    move = BookingMove.objects.get(booking=booking)
    assert (move.reason, move.is_late) == (CancelReason.MOVED, False)


def test_says_late_within_48_hours(cast: Cast, new: Event) -> None:
    near = make.make_event(cast.supervisor, TODAY + timedelta(days=1))
    booking = book(near, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    reschedule(booking, new, by=cast.prosecutor, at=NOW)
    assert BookingMove.objects.get(booking=booking).is_late


def test_old_seat_goes_to_who_waits_for_it(
    cast: Cast, old: Event, new: Event, booking: Booking
) -> None:
    wait(old, person=cast.paralegal, by=cast.paralegal, at=NOW)
    reschedule(booking, new, by=cast.prosecutor, at=NOW)
    assert states(cast.paralegal) == {old.pk: "offered"}


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("event_capacity", lambda c, e: make.make_booking(e, c.paralegal)),
        ("event_open", lambda c, e: Event.objects.filter(pk=e.pk).update(status="cancelled")),
        (
            "claim_overlap",
            lambda c, e: make.make_booking(
                make.make_event(make.make_supervisor("Dr Third"), SOON, time(11, 15)),
                c.prosecutor,
            ),
        ),
    ],
)
def test_keeps_the_old_place_where_the_new_one_is_refused(
    cast: Cast, old: Event, new: Event, booking: Booking, code: str, spoil: Any
) -> None:
    spoil(cast, new)
    new.refresh_from_db()
    with pytest.raises(Refused) as refused:
        reschedule(booking, new, by=cast.prosecutor, at=NOW)
    assert refused.value.code == code
    assert states(cast.prosecutor)[old.pk] == "booked"
    assert BookingMove.as_recorded.filter(booking=booking).count() == 1


def test_new_seat_taken_after_the_look_leaves_the_old_one(
    cast: Cast, old: Event, new: Event, booking: Booking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check before the lock saw a free seat; under the lock there is none."""
    check = bookings.check_bookable

    def look_then_lose_it(event: Event, **kwargs: Any) -> None:
        check(event, **kwargs)
        monkeypatch.setattr(bookings, "check_bookable", check)
        make.make_booking(new, cast.paralegal)

    monkeypatch.setattr(bookings, "check_bookable", look_then_lose_it)
    with pytest.raises(Refused):
        reschedule(booking, new, by=cast.prosecutor, at=NOW)
    assert states(cast.prosecutor) == {old.pk: "booked"}


@pytest.mark.parametrize("status", [BookingStatus.OFFERED, BookingStatus.ATTENDED])
def test_only_a_booked_place_is_moved(
    cast: Cast, new: Event, booking: Booking, status: BookingStatus
) -> None:
    if status == BookingStatus.OFFERED:
        other = make.make_event(make.make_supervisor("Dr Third"), SOON, time(15))
        booking = make.make_booking(other, cast.prosecutor, status)
        Booking.objects.filter(event__start_at=booking.event.start_at).exclude(
            pk=booking.pk
        ).update(status="cancelled")
    else:
        Booking.objects.filter(pk=booking.pk).update(status=status)
    with pytest.raises(Refused):
        reschedule(booking, new, by=cast.prosecutor, at=NOW)
    assert new.pk not in states(cast.prosecutor)


def test_same_session_is_no_move(cast: Cast, old: Event, booking: Booking) -> None:
    with pytest.raises(Refused) as refused:
        reschedule(booking, old, by=cast.prosecutor, at=NOW)
    assert refused.value.code == "same_event"
