"""An outcome that is not right: disputed and settled; and somebody who came unbooked."""

from datetime import timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.refusals import Refused
from wellbeing.models import Booking, BookingMove, Event, Person
from wellbeing.operations.attendance import dispute, record_attendance
from wellbeing.operations.unbooked import NOBODY, add_unbooked

DAY = timedelta(days=1)
YESTERDAY = TODAY - DAY


@pytest.fixture
def event(cast: Cast) -> Event:
    return make.make_event(cast.supervisor, YESTERDAY, capacity=3)


@pytest.fixture
def missed(cast: Cast, event: Event) -> Booking:
    booking = make.make_booking(event, cast.prosecutor)
    record_attendance(event, {booking.pk: False}, by=cast.supervisor, at=NOW)
    booking.refresh_from_db()
    return booking


def test_outcome_is_disputed_and_settled_by_a_lead(
    cast: Cast, event: Event, missed: Booking
) -> None:
    dispute(missed, by=cast.prosecutor, at=NOW + 10 * DAY)
    assert Booking.objects.get(pk=missed.pk).status == BookingStatus.DISPUTED
    with pytest.raises(Refused):
        record_attendance(event, {missed.pk: True}, by=cast.supervisor, at=NOW)
    at = NOW + 11 * DAY
    assert record_attendance(event, {missed.pk: True}, by=cast.lead, at=at, as_lead=True) == 1
    afters = BookingMove.as_recorded.filter(booking=missed).order_by("pk")
    assert [m.after for m in afters] == ["booked", "missed", "disputed", "attended"]


def test_dispute_is_refused_after_ten_days(cast: Cast, missed: Booking) -> None:
    with pytest.raises(Refused) as refused:
        dispute(missed, by=cast.prosecutor, at=NOW + 10 * DAY + timedelta(seconds=1))
    assert refused.value.code == "too_late"


def test_ten_days_run_from_the_latest_recording(
    cast: Cast, event: Event, missed: Booking
) -> None:
    at = NOW + DAY
    record_attendance(event, {missed.pk: True}, by=cast.supervisor, at=at)
    dispute(missed, by=cast.prosecutor, at=at + 10 * DAY)
    assert Booking.objects.get(pk=missed.pk).status == BookingStatus.DISPUTED


def test_nothing_recorded_nothing_to_dispute(cast: Cast, event: Event) -> None:
    booking = make.make_booking(event, cast.paralegal)
    with pytest.raises(Refused) as refused:
        dispute(booking, by=cast.paralegal, at=NOW)
    assert "recorded" in refused.value.sentence


def test_said_twice_is_said_once(cast: Cast, missed: Booking) -> None:
    dispute(missed, by=cast.prosecutor, at=NOW)
    with pytest.raises(Refused) as refused:
        dispute(missed, by=cast.prosecutor, at=NOW)
    assert "already" in refused.value.sentence


def test_somebody_unbooked_is_added_and_recorded(cast: Cast, event: Event) -> None:
    booking = add_unbooked(event, cast.paralegal, by=cast.supervisor, at=NOW)
    assert Booking.objects.get(pk=booking.pk).status == BookingStatus.ATTENDED
    moves = BookingMove.as_recorded.filter(booking=booking).order_by("pk")
    assert [(m.before, m.after) for m in moves] == [("", "booked"), ("booked", "attended")]


def _full(cast: Cast, event: Event) -> Person:
    for i in range(3):
        make.make_booking(event, make.make_staff(f"Here {i}", cast.unit))
    return cast.paralegal


def _there(cast: Cast, event: Event) -> Person:
    make.make_booking(event, cast.paralegal)
    return cast.paralegal


def _elsewhere(cast: Cast, event: Event) -> Person:
    make.make_booking(make.make_event(make.make_supervisor("Dr O"), YESTERDAY), cast.paralegal)
    return cast.paralegal


def _below(cast: Cast, event: Event) -> Person:
    return make.make_staff("Below", cast.unit, manager=cast.supervisor)


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        (_full, "Every place at this session is taken."),
        (_there, NOBODY),
        (_elsewhere, NOBODY),
        (_below, NOBODY),
        (lambda c, e: c.lead, NOBODY),
        (lambda c, e: c.supervisor, NOBODY),
        (lambda c, e: None, NOBODY),
    ],
    ids=["full", "there already", "elsewhere", "below", "no posting", "the host", "nobody"],
)
def test_host_learns_nothing_of_why_somebody_cannot_be_added(
    cast: Cast, event: Event, who: Any, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        add_unbooked(event, who(cast, event), by=cast.supervisor, at=NOW)
    assert refused.value.sentence == sentence


def test_nobody_is_added_before_the_start_or_once_closed(cast: Cast, event: Event) -> None:
    ahead = make.make_event(cast.supervisor, TODAY + DAY)
    for where, at in ((ahead, NOW), (event, NOW + 10 * DAY)):
        with pytest.raises(Refused):
            add_unbooked(where, cast.paralegal, by=cast.supervisor, at=at)
    assert Booking.objects.count() == 0
