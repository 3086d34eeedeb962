"""Whoever only waited for a session never had it in their calendar: nothing is cancelled there."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from icalendar import Calendar

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from tests.wellbeing.feeds import SECRET, read
from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.models import Booking, Event, Person
from wellbeing.operations.bookings import book, cancel
from wellbeing.operations.cancelling import cancel_event
from wellbeing.operations.waiting import leave, wait

As = Callable[[Person], Visitor]


@pytest.fixture
def full(cast: Cast) -> Event:
    """A session that the paralegal has and the prosecutor waits for; their calendar has an address."""
    make.make_feed(cast.prosecutor, SECRET)
    event = make.make_event(cast.supervisor, TODAY + timedelta(days=7))
    book(event, person=cast.paralegal, by=cast.paralegal, at=NOW)
    wait(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    return event


def statuses(cast: Cast, as_: As) -> list[str]:
    """What the prosecutor's address and their own file show: the same."""
    answers = read(), as_(cast.prosecutor).get("own_calendar")
    found = [
        [str(e["STATUS"]) for e in Calendar.from_ical(b"".join(answer)).walk("VEVENT")]
        for answer in answers
    ]
    assert found[0] == found[1]
    return found[0]


def status_of(person: Person) -> str:
    return Booking.objects.filter(person=person).latest("pk").status


def test_a_session_cancelled_is_nothing_to_whoever_waited(
    cast: Cast, as_: As, full: Event
) -> None:
    assert statuses(cast, as_) == []
    cancel_event(full, by=cast.lead, at=NOW)
    assert status_of(cast.prosecutor) == BookingStatus.CANCELLED_BY_SERVICE
    assert statuses(cast, as_) == []


def test_nor_is_a_list_that_was_left(cast: Cast, as_: As, full: Event) -> None:
    leave(Booking.objects.get(person=cast.prosecutor), by=cast.prosecutor, at=NOW)
    assert statuses(cast, as_) == []


def test_whoever_was_offered_the_place_sees_it_go(cast: Cast, as_: As, full: Event) -> None:
    taken = Booking.objects.get(person=cast.paralegal)
    cancel(taken, reason=CancelReason.COURT, by=cast.paralegal, at=NOW)
    assert status_of(cast.prosecutor) == BookingStatus.OFFERED
    assert statuses(cast, as_) == ["TENTATIVE"]
    cancel_event(full, by=cast.lead, at=NOW)
    assert statuses(cast, as_) == ["CANCELLED"]


def test_a_place_given_up_stays_as_cancelled_though_they_waited_since(
    cast: Cast, as_: As, full: Event
) -> None:
    """One entry an event: what their calendar had is what is gone."""
    who, event = cast.prosecutor, make.make_event(cast.supervisor, TODAY + timedelta(days=8))
    mine = book(event, person=who, by=who, at=NOW)
    cancel(mine, reason=CancelReason.LEAVE, by=who, at=NOW)
    book(event, person=cast.manager, by=cast.manager, at=NOW)
    wait(event, person=who, by=who, at=NOW)
    cancel_event(event, by=cast.lead, at=NOW)
    assert statuses(cast, as_) == ["CANCELLED"]
