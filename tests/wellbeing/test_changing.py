"""Moving and editing what is published; cancelling a host's whole day."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import Booking, ClaimedTime, Event, EventArea
from wellbeing.operations.cancelling import cancel_day
from wellbeing.operations.changing import change_event
from wellbeing.operations.events import Details, publish
from wellbeing.operations.offers import offer
from wellbeing.operations.waiting import wait

SOON = TODAY + timedelta(days=7)
DETAILS = Details(
    kind=EventKind.SUPERVISION,
    on=SOON,
    at=time(10),
    minutes=60,
    capacity=2,
    mode=Mode.IN_PERSON,
    place="Room 1",
)


@pytest.fixture
def event(cast: Cast) -> Event:
    return publish(DETAILS, host=cast.supervisor, by=cast.lead, at=NOW)


def change(event: Event, cast: Cast, host: Any = None, **fields: Any) -> Event:
    details = replace(DETAILS, **fields)
    return change_event(event, details, host=host or cast.supervisor, by=cast.lead, at=NOW)


def test_nobody_booked_everything_can_change(cast: Cast, event: Event) -> None:
    other = make.make_supervisor("Dr Other")
    changed = change(
        event, cast, other, on=SOON + timedelta(days=1), at=time(14), minutes=90, capacity=6,
        mode=Mode.PHONE, place="", areas=frozenset({cast.area.pk}),
    )  # fmt: skip
    fresh = Event.objects.get(pk=event.pk)
    assert (fresh.local_on, fresh.minutes, fresh.capacity) == (SOON + timedelta(days=1), 90, 6)
    assert (fresh.host, fresh.mode, fresh.place) == (other, "phone", "")
    assert list(EventArea.objects.filter(event=event).values_list("area", flat=True)) == [
        cast.area.pk
    ]
    assert (changed.public_id, changed.sequence, fresh.sequence) == (event.public_id, 1, 1)


def test_bookings_and_claimed_time_move_along(cast: Cast, event: Event) -> None:
    booking = make.make_booking(event, cast.prosecutor)
    change(event, cast, on=SOON + timedelta(days=1), at=time(15))
    event.refresh_from_db()
    booking.refresh_from_db()
    assert booking.status == BookingStatus.BOOKED
    claims = ClaimedTime.objects.filter(event=event)
    assert set(claims.values_list("person", "from_at")) == {
        (cast.supervisor.pk, event.start_at),
        (cast.prosecutor.pk, event.start_at),
    }


def test_moves_into_its_own_old_time(cast: Cast, event: Event) -> None:
    make.make_booking(event, cast.prosecutor)
    assert change(event, cast, at=time(10, 30)).sequence == 1


def test_no_offer_lasts_beyond_a_start_that_was_moved_earlier(cast: Cast, event: Event) -> None:
    offered = offer(event, person=cast.prosecutor, by=cast.lead, at=NOW)
    sooner = TODAY + timedelta(days=1)
    changed = change(event, cast, on=sooner)
    offered.refresh_from_db()
    assert changed.start_at is not None
    assert changed.start_at < NOW + timedelta(hours=48)
    assert offered.offer_ends_at == changed.start_at


def _clash(cast: Cast) -> dict[str, Any]:
    other = make.make_event(make.make_supervisor("Dr O"), SOON, time(15))
    make.make_booking(other, cast.prosecutor)
    return {"at": time(15, 30)}


def _below_new_host(cast: Cast) -> dict[str, Any]:
    make.make_supervisor("", person=cast.manager)
    return {"host": cast.manager}


def _host_is_booked(cast: Cast) -> dict[str, Any]:
    make.make_supervisor("", person=cast.prosecutor)
    return {"host": cast.prosecutor}


@pytest.mark.parametrize("spoil", [_clash, _below_new_host, _host_is_booked])
def test_is_refused_where_somebody_booked_could_not_come(
    cast: Cast, event: Event, spoil: Any
) -> None:
    make.make_booking(event, cast.prosecutor)
    with pytest.raises(Refused) as refused:
        change(event, cast, **spoil(cast))
    assert "Somebody who has a place" in refused.value.sentence
    assert "Amira" not in refused.value.sentence
    assert Event.objects.get(pk=event.pk).sequence == 0


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("on", {"on": TODAY - timedelta(days=1)}),
        ("capacity", {"capacity": 1}),
        ("at", {"at": time(13)}),
        ("on", {"on": SOON + timedelta(days=400)}),
    ],
    ids=["past", "fewer places than taken", "host has something else", "not registered"],
)
def test_is_refused_beside_its_field(
    cast: Cast, event: Event, field: str, fields: dict[str, Any]
) -> None:
    make.make_event(cast.supervisor, SOON, time(13, 30))
    rows = make.Registration.objects.filter(person=cast.supervisor)
    rows.update(superseded_at=NOW, superseded_by=cast.lead)
    make.Registration.objects.create(
        person=cast.supervisor, register="BACP", number="1", start_on=make.START,
        end_on=SOON + timedelta(days=30), **make.recorded(),
    )  # fmt: skip
    for person in (cast.prosecutor, cast.paralegal):
        make.make_booking(event, person)
    with pytest.raises(Refused) as refused:
        change(event, cast, **fields)
    assert refused.value.field == field


def test_areas_stay_while_somebody_is_booked_or_waits(cast: Cast, event: Event) -> None:
    make.make_booking(event, cast.prosecutor, BookingStatus.WAITING)
    with pytest.raises(Refused) as refused:
        change(event, cast, areas=frozenset({cast.area.pk}))
    assert refused.value.field == "areas"


def test_what_has_begun_or_is_cancelled_stays(cast: Cast, event: Event) -> None:
    assert event.start_at is not None
    with pytest.raises(Refused) as refused:
        change_event(
            event,
            replace(DETAILS, at=time(15)),
            host=cast.supervisor,
            by=cast.lead,
            at=event.start_at,
        )
    assert "already started" in refused.value.sentence
    Event.objects.filter(pk=event.pk).update(status="cancelled")
    with pytest.raises(Refused):
        change(event, cast)


def test_more_places_go_to_those_who_wait(cast: Cast, event: Event) -> None:
    for i in range(2):
        make.make_booking(event, make.make_staff(f"Early {i}", cast.unit))
    waiting = wait(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    change(event, cast, capacity=3)
    waiting.refresh_from_db()
    assert waiting.status == BookingStatus.OFFERED


def test_whole_day_is_cancelled_with_every_place(cast: Cast, event: Event) -> None:
    second = make.make_event(cast.supervisor, SOON, time(14))
    elsewhere = make.make_event(cast.supervisor, SOON + timedelta(days=1))
    make.make_booking(event, cast.prosecutor)
    make.make_booking(event, cast.paralegal, BookingStatus.WAITING)
    make.make_booking(second, cast.paralegal)
    assert cancel_day(cast.supervisor, on=SOON, by=cast.supervisor, at=NOW) == (2, 3)
    states = dict(Event.objects.values_list("pk", "status"))
    assert states == {
        event.pk: "cancelled",
        second.pk: "cancelled",
        elsewhere.pk: "published",
    }
    assert set(Booking.objects.values_list("status", flat=True)) == {"cancelled_by_service"}
    with pytest.raises(Refused):
        cancel_day(cast.supervisor, on=SOON, by=cast.supervisor, at=NOW)


def test_what_is_over_or_recorded_stays_when_a_day_is_cancelled(cast: Cast) -> None:
    over = make.make_event(cast.supervisor, TODAY, time(8))
    begun = make.make_event(cast.supervisor, TODAY, time(9, 30))
    make.make_booking(begun, cast.prosecutor, BookingStatus.ATTENDED)
    later = make.make_event(cast.supervisor, TODAY, time(15))
    assert cancel_day(cast.supervisor, on=TODAY, by=cast.supervisor, at=NOW) == (1, 0)
    assert Event.objects.get(pk=later.pk).status == "cancelled"
    assert {Event.objects.get(pk=e.pk).status for e in (over, begun)} == {"published"}
