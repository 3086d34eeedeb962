"""The same file of sessions again, after people have gone on with what it said."""

from datetime import date

import pytest

from tests import factories as make
from tests.files import Importing, importing
from wellbeing.domain.booking import MOVED_ON, BookingStatus
from wellbeing.models import Booking, Event, Person

__all__ = ["importing"]
DAY = date(2026, 5, 19)


def event(importing: Importing) -> Event:
    importing.good("people", "supervisors")
    host = Person.objects.get(email="dr@test.example")
    return make.make_event(host, DAY, capacity=3)


def again(importing: Importing, outcome: BookingStatus) -> str:
    row = f"S2,supervision,{DAY},14:00,60,{outcome.value},dr@test.example"
    return importing.rows("sessions", [row])[1]


def test_what_was_booked_anew_stays_booked(importing: Importing) -> None:
    there = event(importing)
    assert again(importing, BookingStatus.CANCELLED) == "1 added, 0 changed, 0 unchanged"
    make.make_booking(there, Person.objects.get(staff_number="S2"), BookingStatus.BOOKED)
    assert again(importing, BookingStatus.CANCELLED).startswith("Nothing to change")
    statuses = Booking.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["cancelled", "booked"]


@pytest.mark.parametrize(
    ("said", "since"), [(s, since) for s, later in MOVED_ON.items() for since in sorted(later)]
)
def test_what_has_moved_on_stays_where_it_is(
    importing: Importing, said: BookingStatus, since: BookingStatus
) -> None:
    there = event(importing)
    make.make_booking(there, Person.objects.get(staff_number="S2"), since)
    assert again(importing, said).startswith("Nothing to change")
    assert Booking.objects.get().status == since


def test_what_a_file_says_anew_of_a_booking_is_still_taken(importing: Importing) -> None:
    there = event(importing)
    make.make_booking(there, Person.objects.get(staff_number="S2"), BookingStatus.BOOKED)
    assert again(importing, BookingStatus.CANCELLED) == "0 added, 1 changed, 0 unchanged"
    assert Booking.objects.get().status == BookingStatus.CANCELLED
