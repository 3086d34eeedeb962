"""The pages of a booking's moves: offers, waiting lists, another time, an outcome not right."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from wellbeing.domain.booking import BookingStatus
from wellbeing.models import Booking, Event, Person
from wellbeing.operations.attendance import record_attendance
from wellbeing.operations.offers import offer

As = Callable[[Person], Visitor]
SOON = TODAY + timedelta(days=3)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def follow(me: Visitor, answer: Any) -> str:
    assert answer.status_code == 302, text(answer)
    return text(me.client.get(answer["Location"]))


@pytest.fixture
def event(cast: Cast) -> Event:
    return make.make_event(cast.supervisor, SOON, areas=(cast.area,))


def status(booking: Booking) -> str:
    return Booking.objects.get(pk=booking.pk).status


def test_lead_offers_a_place_and_the_person_accepts_it(
    cast: Cast, as_: As, event: Event
) -> None:
    lead, me = as_(cast.area_lead), as_(cast.prosecutor)
    assert "Find a time for them" in text(lead.get("person", cast.prosecutor.public_id))
    places = text(lead.get("person_places", cast.prosecutor.public_id))
    assert "1 session they can have" in places
    where = ("person_place", cast.prosecutor.public_id, event.public_id)
    assert "Offered to Amira Prosecutor" in follow(lead, lead.post(*where, way="offer"))
    booking = Booking.objects.get()
    assert "Answer by 10am on Thursday 14 May 2026" in text(me.get("home"))
    page = text(me.get("booking_detail", booking.public_id))
    assert "held for you until 10am on Thursday 14 May 2026" in page
    done = me.post("booking_answer", booking.public_id, answer="accept")
    assert "Booked. The place is yours." in follow(me, done)
    assert status(booking) == "booked"


def test_offer_is_declined(cast: Cast, as_: As, event: Event) -> None:
    booking = offer(event, person=cast.prosecutor, by=cast.lead, at=NOW)
    me = as_(cast.prosecutor)
    done = me.post("booking_answer", booking.public_id, answer="decline")
    assert "Declined." in follow(me, done)
    assert status(booking) == "declined"


def test_ended_offer_says_so_on_the_same_page(
    cast: Cast, as_: As, event: Event, clock: Any
) -> None:
    booking = offer(event, person=cast.prosecutor, by=cast.lead, at=NOW)
    me = as_(cast.prosecutor)
    clock(NOW + timedelta(hours=48))
    me.client.force_login(cast.prosecutor)
    answer = me.post("booking_answer", booking.public_id, answer="accept")
    assert answer.status_code == 200
    assert "This offer has ended" in text(answer)
    assert "<title>Error: " in text(answer)


def test_lead_books_for_somebody(cast: Cast, as_: As, event: Event) -> None:
    lead = as_(cast.lead)
    where = ("person_place", cast.prosecutor.public_id, event.public_id)
    assert "Booked for Amira Prosecutor" in follow(lead, lead.post(*where, way="book"))
    assert Booking.objects.get().status == "booked"


def test_lead_is_told_not_available_and_never_why(cast: Cast, as_: As, event: Event) -> None:
    make.make_booking(make.make_event(make.make_supervisor("Dr Secret"), SOON), cast.prosecutor)
    lead = as_(cast.lead)
    where = ("person_place", cast.prosecutor.public_id, event.public_id)
    page = text(lead.post(*where, way="book"))
    assert "This person is not available for this session." in page
    assert "Secret" not in page


@pytest.mark.parametrize("way", ["", "steal"])
def test_other_buttons_do_nothing(cast: Cast, as_: As, event: Event, way: str) -> None:
    lead = as_(cast.lead)
    where = ("person_place", cast.prosecutor.public_id, event.public_id)
    assert lead.post(*where, way=way).status_code == 200
    assert Booking.objects.count() == 0


def test_area_lead_places_nobody_at_sessions_they_do_not_lead(cast: Cast, as_: As) -> None:
    for_all = make.make_event(cast.supervisor, SOON)
    lead = as_(cast.area_lead)
    page = text(lead.get("person_places", cast.prosecutor.public_id))
    assert "0 sessions they can have" in page
    where = ("person_place", cast.prosecutor.public_id, for_all.public_id)
    assert lead.post(*where, way="book").status_code == 404


def test_full_session_is_shown_when_asked_for_and_waited_for(
    cast: Cast, as_: As, event: Event
) -> None:
    make.make_booking(event, cast.paralegal)
    me = as_(cast.prosecutor)
    assert "0 sessions you can book" in text(me.get("session_list"))
    found = text(me.get("session_list", search="x", full_too="on"))
    assert f"/sessions/{event.public_id}/wait/" in found
    assert "Join the waiting list" in text(me.get("session_book", event.public_id))
    page = follow(me, me.post("session_wait", event.public_id))
    assert "You are on the waiting list." in page
    booking = Booking.objects.get(person=cast.prosecutor)
    assert "Waiting" in text(me.get("booking_list"))
    done = me.post("booking_answer", booking.public_id, answer="leave")
    assert "no longer on the waiting list" in follow(me, done)


def test_waiting_shows_no_room_and_nobody_who_waits(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, SOON, place="Room 99")
    make.make_booking(event, cast.paralegal)
    make.make_booking(event, cast.prosecutor, BookingStatus.WAITING)
    assert "Room 99" not in text(as_(cast.prosecutor).get("session_detail", event.public_id))
    host = as_(cast.supervisor)
    for page in ("session_register", "session_detail"):
        assert "Amira" not in text(host.get(page, event.public_id))
    assert "Amira" not in text(host.get("diary"))


def test_booking_is_moved_on_one_page_with_one_button(
    cast: Cast, as_: As, event: Event
) -> None:
    booking = make.make_booking(event, cast.prosecutor)
    other = make.make_event(make.make_supervisor("Dr Other"), SOON, time(14, 30))
    me = as_(cast.prosecutor)
    assert "Move to another time" in text(me.get("booking_detail", booking.public_id))
    found = text(me.get("booking_move", booking.public_id))
    assert "1 session you can move to" in found
    where = ("booking_move_to", booking.public_id, other.public_id)
    assert "is given up in the same step" in text(me.get(*where))
    assert "Moved to Friday 15 May 2026, 2:30pm" in follow(me, me.post(*where))
    assert status(booking) == "cancelled"


def test_refused_move_says_that_the_old_place_stands(cast: Cast, as_: As, event: Event) -> None:
    booking = make.make_booking(event, cast.prosecutor)
    other = make.make_event(make.make_supervisor("Dr Other"), SOON, time(16))
    make.make_booking(other, cast.paralegal)
    me = as_(cast.prosecutor)
    page = text(me.post("booking_move_to", booking.public_id, other.public_id))
    assert "This place has just been taken" in page
    assert "You still have your place on Friday 15 May 2026" in page


def test_outcome_that_is_not_right(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TODAY - timedelta(days=1))
    booking = make.make_booking(event, cast.prosecutor)
    record_attendance(event, {booking.pk: False}, by=cast.supervisor, at=NOW)
    me = as_(cast.prosecutor)
    assert "This is not right" in text(me.get("booking_detail", booking.public_id))
    page = follow(me, me.post("booking_not_right", booking.public_id))
    assert "A wellbeing lead looks at it" in page
    assert status(booking) == "disputed"


def test_host_adds_somebody_who_came_unbooked(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TODAY, time(9), capacity=2)
    host = as_(cast.supervisor)
    assert "Add someone who came" in text(host.get("session_register", event.public_id))
    done = host.post("register_add", event.public_id, who=cast.prosecutor.email.upper())
    assert "Amira Prosecutor is added" in follow(host, done)
    assert Booking.objects.get().status == "attended"
    again = text(host.post("register_add", event.public_id, who=cast.prosecutor.staff_number))
    assert "Nobody with this email address or staff number can be added" in again
    assert "Amira" not in again


@pytest.mark.parametrize("size", [1, 3])
def test_lists_of_places_take_the_same_queries_for_any_number(
    cast: Cast, as_: As, django_assert_num_queries: Any, size: int
) -> None:
    for i in range(size):
        make.make_event(cast.supervisor, SOON + timedelta(days=7 * (i % 2)), time(9 + i))
    booking = make.make_booking(
        make.make_event(cast.supervisor, SOON, time(16)), cast.prosecutor
    )
    me, lead = as_(cast.prosecutor), as_(cast.lead)
    me.get("home")
    with django_assert_num_queries(22):
        me.get("booking_move", booking.public_id)
    with django_assert_num_queries(18):
        lead.get("person_places", cast.prosecutor.public_id)
