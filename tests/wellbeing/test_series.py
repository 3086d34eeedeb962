"""One of a series, or from a date on: moved by the same amount, or cancelled, all or nothing."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.refusals import Refused
from wellbeing.models import AuditRow, Booking, ClaimedTime, Event, EventArea, Person
from wellbeing.operations.series import (
    cancel_following,
    change_following,
    details_of,
    hand_over,
)

SERIES = UUID(int=7)
FIRST = date(2026, 5, 19)
WEEKS = [FIRST + timedelta(weeks=n) for n in range(3)]


@pytest.fixture
def events(cast: Cast) -> list[Event]:
    """Three Tuesdays, nine and ten o'clock."""
    return [
        make.make_event(cast.supervisor, on, at, series=SERIES)
        for on in WEEKS
        for at in (time(9), time(10))
    ]


def change(event: Event, cast: Cast, host: Person | None = None, **fields: Any) -> int:
    details = replace(details_of(event, frozenset()), **fields)
    return change_following(
        event, details, host=host or cast.supervisor, by=cast.supervisor, at=NOW
    )


def starts() -> list[str]:
    rows = Event.objects.filter(status="published").order_by("start_at")
    return [f"{e.start_at.astimezone(LONDON):%d/%m %H:%M}" for e in rows if e.start_at]


def test_later_ones_move_by_the_same_amount_and_earlier_stay(
    cast: Cast, events: list[Event]
) -> None:
    assert change(events[2], cast, at=time(10, 30)) == 4
    assert starts() == [
        "19/05 09:00", "19/05 10:00", "26/05 10:30", "26/05 11:30", "02/06 10:30", "02/06 11:30",
    ]  # fmt: skip


# Day, time and length that the first gets -> where all end up: into each other's old places.
STEPS = [
    ({"at": time(10)}, ["10:00", "11:00"], 0),
    ({"at": time(8)}, ["08:00", "09:00"], 0),
    ({"on": FIRST + timedelta(weeks=1)}, ["09:00", "10:00"], 7),
    ({"on": FIRST - timedelta(days=1), "at": time(11)}, ["11:00", "12:00"], -1),
    ({"minutes": 45}, ["09:00", "10:00"], 0),
]


@pytest.mark.parametrize(("fields", "times", "days"), STEPS)
def test_none_runs_into_the_next_as_they_move(
    cast: Cast, events: list[Event], fields: dict[str, Any], times: list[str], days: int
) -> None:
    for event in events:
        make.make_booking(event, cast.prosecutor)
    assert change(events[0], cast, **fields) == 6
    assert starts() == [
        f"{on + timedelta(days=days):%d/%m} {at}" for on in WEEKS for at in times
    ]
    assert ClaimedTime.objects.count() == 12
    assert set(Booking.objects.values_list("status", flat=True)) == {"booked"}


def test_wall_clock_moves_over_the_clock_change(cast: Cast) -> None:
    on = date(2026, 10, 20)
    first, _ = (make.make_event(cast.supervisor, d, time(9), series=SERIES)
                for d in (on, on + timedelta(days=7)))  # fmt: skip
    change(first, cast, at=time(11))
    assert starts() == ["20/10 11:00", "27/10 11:00"]


def test_only_what_is_changed_becomes_alike(cast: Cast, events: list[Event]) -> None:
    Event.objects.filter(pk=events[3].pk).update(place="Room 9", minutes=30)
    Event.objects.filter(pk=events[3].pk).update(
        end_at=datetime.combine(WEEKS[1], time(10, 30), LONDON)
    )
    EventArea.objects.create(event=events[4], area=cast.area)
    change(events[0], cast, mode="phone")
    rows = Event.objects.order_by("start_at")
    assert set(rows.values_list("mode", flat=True)) == {"phone"}
    assert list(rows.values_list("minutes", flat=True)) == [60, 60, 60, 30, 60, 60]
    assert list(rows.values_list("place", flat=True)) == ["", "", "", "Room 9", "", ""]
    assert EventArea.objects.count() == 1


def _clash(cast: Cast) -> None:
    make.make_event(cast.supervisor, WEEKS[2], time(15))


def _person_is_busy(cast: Cast) -> None:
    other = make.make_event(make.make_supervisor("Dr O"), WEEKS[2], time(15))
    make.make_booking(other, cast.prosecutor)
    make.make_booking(
        Event.objects.get(local_on=WEEKS[2], host=cast.supervisor, start_at__hour=9),
        cast.prosecutor,
    )


@pytest.mark.parametrize("spoil", [_clash, _person_is_busy])
def test_refusal_names_the_day_and_nothing_moves(
    cast: Cast, events: list[Event], spoil: Any
) -> None:
    spoil(cast)
    before = starts()
    with pytest.raises(Refused) as refused:
        change(events[0], cast, at=time(15))
    assert refused.value.sentence.startswith("Tuesday 2 June 2026: ")
    assert "Amira" not in refused.value.sentence
    assert starts() == before
    assert AuditRow.objects.count() == 0


def test_one_whose_hosts_differ_or_that_is_cancelled_stays(
    cast: Cast, events: list[Event]
) -> None:
    other = make.make_supervisor("Dr Other")
    Event.objects.filter(pk=events[4].pk).update(host=other)
    Event.objects.filter(pk=events[5].pk).update(status=EventStatus.CANCELLED)
    assert change(events[0], cast, at=time(9, 30)) == 4
    assert starts()[4] == "02/06 09:00"


def test_one_that_is_no_series_is_changed_alone(cast: Cast) -> None:
    alone = make.make_event(cast.supervisor, FIRST, time(9))
    make.make_event(cast.supervisor, WEEKS[1], time(9))
    assert change(alone, cast, at=time(11)) == 1
    assert starts() == ["19/05 11:00", "26/05 09:00"]


def test_what_is_past_or_cancelled_is_refused(cast: Cast, events: list[Event]) -> None:
    past = make.make_event(cast.supervisor, TODAY, time(8), series=SERIES)
    with pytest.raises(Refused):
        change(past, cast, at=time(11))
    for event in events:
        Event.objects.filter(pk=event.pk).update(status="cancelled")
    with pytest.raises(Refused):
        change(events[0], cast, at=time(11))
    with pytest.raises(Refused):
        cancel_following(events[0], by=cast.lead, at=NOW)


def test_cancelled_from_a_date_on_with_every_place(cast: Cast, events: list[Event]) -> None:
    make.make_booking(events[0], cast.prosecutor)
    make.make_booking(events[2], cast.prosecutor)
    make.make_booking(events[5], cast.paralegal, BookingStatus.WAITING)
    assert cancel_following(events[2], by=cast.supervisor, at=NOW) == (4, 2)
    assert starts() == ["19/05 09:00", "19/05 10:00"]
    assert sorted(Booking.objects.values_list("status", flat=True)) == [
        "booked", "cancelled_by_service", "cancelled_by_service",
    ]  # fmt: skip


def test_handed_over_with_everybody_booked(cast: Cast, events: list[Event]) -> None:
    other = make.make_supervisor("Dr Other")
    booking = make.make_booking(events[0], cast.prosecutor)
    assert hand_over(events[:3], to=other, by=cast.lead, at=NOW) == 3
    assert list(Event.objects.order_by("pk").values_list("host", flat=True)) == [
        *[other.pk] * 3, *[cast.supervisor.pk] * 3,
    ]  # fmt: skip
    booking.refresh_from_db()
    assert booking.status == BookingStatus.BOOKED


def _taker_is_busy(cast: Cast, taker: Person) -> None:
    make.make_event(taker, WEEKS[0], time(9, 30))


def _taker_is_above(cast: Cast, taker: Person) -> None:
    booked = make.make_staff("Below", cast.unit, manager=taker)
    make.make_booking(Event.objects.filter(local_on=WEEKS[0]).earliest("pk"), booked)


def _person_has_something_there(cast: Cast, taker: Person) -> None:
    make.make_booking(Event.objects.filter(local_on=WEEKS[0]).earliest("pk"), taker)


@pytest.mark.parametrize(
    "spoil", [_taker_is_busy, _taker_is_above, _person_has_something_there]
)
def test_who_cannot_take_them_is_told_the_day_alone(
    cast: Cast, events: list[Event], spoil: Any
) -> None:
    taker = make.make_supervisor("Dr Taker", end_on=WEEKS[1])
    spoil(cast, taker)
    with pytest.raises(Refused) as refused:
        hand_over(events, to=taker, by=cast.lead, at=NOW)
    assert refused.value.sentence == (
        "Nothing was moved. Dr Taker cannot take the sessions of Tuesday 19 May 2026,"
        " Tuesday 2 June 2026. Choose another supervisor for those, or cancel them."
    )
    assert set(Event.objects.filter(series=SERIES).values_list("host", flat=True)) == {
        cast.supervisor.pk
    }
    assert AuditRow.objects.count() == 0
