"""A lead's "To do": places to offer again and by when, outcomes to settle, registers to fill in."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest

from supervision.queries.to_do import (
    how_many_to_be_recorded,
    how_many_to_settle,
    to_be_recorded,
    to_reoffer,
    to_settle,
)
from supervision.queries.viewers import viewer_of
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from tests.wellbeing.page import Page
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.viewer import Viewer
from wellbeing.domain.working_days import working_days_after
from wellbeing.models import Booking, Event, Person
from wellbeing.operations.bookings import book
from wellbeing.operations.cancelling import cancel_event
from wellbeing.operations.offers import decline, offer
from wellbeing.operations.waiting import wait
from wellbeing.queries.bank_holidays import bank_holidays

As = Callable[[Person], Visitor]
DAY = timedelta(days=1)

# cancelled on, the day by which another is to be offered
DUE = [
    (date(2026, 5, 12), date(2026, 5, 27)),  # the spring bank holiday, 25 May, is between
    (date(2026, 6, 1), date(2026, 6, 15)),
    (date(2026, 6, 6), date(2026, 6, 19)),  # a Saturday
    (date(2026, 12, 18), date(2027, 1, 6)),  # Christmas, Boxing Day's substitute, New Year
    (date(2026, 4, 1), date(2026, 4, 17)),  # Good Friday, Easter Monday
]


@pytest.mark.parametrize(("on", "due"), DUE)
def test_ten_working_days_after(on: date, due: date) -> None:
    assert working_days_after(on, 10, bank_holidays()) == due


def seen_by(person: Person) -> Viewer:
    return viewer_of(person.pk, TODAY)


def cancelled(
    cast: Cast, *people: Person, days_ago: int = 0, hour: int = 9, **more: Any
) -> list[Booking]:
    """Places that were booked, and cancelled with their session so many days ago."""
    at = NOW - days_ago * DAY
    event = make.make_event(cast.supervisor, (at + DAY).date(), time(hour), capacity=4, **more)
    bookings = [book(event, person=p, by=p, at=at) for p in people]
    cancel_event(event, by=cast.lead, at=at)
    return bookings


def waiting_for(lead: Person, at: Any = NOW) -> list[str]:
    return [one.person.name for one in to_reoffer(seen_by(lead), at)]


def test_late_ones_come_first_each_with_its_day(cast: Cast, as_: As) -> None:
    cancelled(cast, cast.prosecutor, days_ago=3)
    cancelled(cast, cast.paralegal, days_ago=20)
    lines = as_(cast.lead).get("session_to_do").context["reoffers"]
    assert [(line.name, line.is_late) for line in lines] == [
        ("Joe Paralegal", True), ("Amira Prosecutor", False),
    ]  # fmt: skip
    assert "7 May" in lines[0].due
    assert "22 May" in lines[1].due
    assert (
        lines[1].was == "10 May 2026, 9am to 10am with Dr Megan Hughes, cancelled on 9 May 2026"
    )
    assert str(cast.prosecutor.public_id) in lines[1].href


def test_booked_or_offered_again_is_done(cast: Cast) -> None:
    people = [
        cast.prosecutor,
        cast.paralegal,
        cast.manager,
        make.make_staff("Waits", cast.unit),
    ]
    cancelled(cast, *people, days_ago=3)
    event = make.make_event(cast.supervisor, TODAY + 3 * DAY, capacity=2)
    book(event, person=people[0], by=people[0], at=NOW)
    decline(offer(event, person=people[1], by=cast.lead, at=NOW), by=people[1], at=NOW)
    assert waiting_for(cast.lead) == ["Helen Manager", "Waits"]
    other = make.make_staff("Other", cast.unit)
    book(event, person=other, by=other, at=NOW)
    wait(event, person=people[3], by=people[3], at=NOW)
    assert waiting_for(cast.lead) == ["Helen Manager", "Waits"]


def test_a_place_held_before_the_cancellation_is_none_again(cast: Cast) -> None:
    ahead = make.make_event(cast.supervisor, TODAY + 3 * DAY)
    book(ahead, person=cast.prosecutor, by=cast.prosecutor, at=NOW - 5 * DAY)
    cancelled(cast, cast.prosecutor, days_ago=3)
    assert waiting_for(cast.lead) == ["Amira Prosecutor"]


def test_who_only_waited_lost_no_place(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TODAY + DAY)
    book(event, person=cast.paralegal, by=cast.paralegal, at=NOW)
    wait(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    cancel_event(event, by=cast.lead, at=NOW)
    assert waiting_for(cast.lead) == ["Joe Paralegal"]


def test_only_people_led_today_and_of_the_last_weeks(cast: Cast) -> None:
    east = make.make_staff("East", cast.elsewhere)
    gone = make.make_staff("Gone", cast.unit, end_on=TODAY - DAY)
    moved = make.make_staff("Moved", cast.unit, end_on=TODAY - DAY)
    make.make_posting(moved, cast.elsewhere, start_on=TODAY)
    cancelled(cast, cast.prosecutor, east, gone, moved, days_ago=3)
    cancelled(cast, cast.paralegal, days_ago=57)
    assert waiting_for(cast.area_lead) == ["Amira Prosecutor"]
    assert waiting_for(cast.lead) == ["Amira Prosecutor", "East", "Moved"]


def sessions(lead: Person) -> tuple[list[Event], list[Event]]:
    """And the numbers alone are how many they are."""
    viewer = seen_by(lead)
    settle, record = list(to_settle(viewer)), list(to_be_recorded(viewer, NOW))
    assert how_many_to_settle(viewer) == len(settle)
    assert how_many_to_be_recorded(viewer, NOW) == len(record)
    return settle, record


def test_outcomes_to_settle_and_sessions_to_record(cast: Cast, as_: As) -> None:
    mine = {"areas": (cast.area,), "capacity": 2}
    disputed = make.make_event(cast.supervisor, TODAY - 5 * DAY, **mine)  # type: ignore[arg-type]
    make.make_booking(disputed, cast.prosecutor, BookingStatus.DISPUTED)
    make.make_booking(disputed, cast.paralegal, BookingStatus.ATTENDED)
    begun = make.make_event(cast.supervisor, TODAY, time(9, 30), **mine)  # type: ignore[arg-type]
    make.make_booking(begun, cast.prosecutor)
    make.make_booking(begun, cast.paralegal, BookingStatus.ATTENDED)
    for on, at in ((TODAY, time(11)), (TODAY - 57 * DAY, time(9))):
        make.make_booking(make.make_event(cast.supervisor, on, at, **mine), cast.manager)  # type: ignore[arg-type]
    national = make.make_event(cast.supervisor, TODAY - DAY)
    make.make_booking(national, cast.prosecutor)
    assert sessions(cast.area_lead) == ([disputed], [begun])
    assert sessions(cast.lead) == ([disputed], [national, begun])
    page = as_(cast.area_lead).get("session_to_do")
    (line,) = page.context["settle"]
    assert (line.session, line.places) == (
        "7 May 2026, 2pm to 3pm with Dr Megan Hughes", "1 place",
    )  # fmt: skip
    assert as_(cast.area_lead).client.get(line.href).status_code == 200
    assert "Amira" not in page.content.decode()


def test_nothing_to_do_is_said(cast: Cast, as_: As) -> None:
    page = Page.of(as_(cast.lead).get("session_to_do").content).text
    assert "There is nothing to do" in page
    for name in ("home", "session_schedule"):
        assert "/sessions/to-do/" in as_(cast.area_lead).get(name).content.decode()
    assert "/sessions/to-do/" not in as_(cast.manager).get("home").content.decode()


@pytest.mark.parametrize("size", [1, 3])
def test_takes_the_same_queries_for_any_number(
    cast: Cast, as_: As, django_assert_num_queries: Any, size: int
) -> None:
    mine: dict[str, Any] = {"areas": (cast.area,)}
    for i in range(size):
        person = make.make_staff(f"Person {i}", cast.unit)
        cancelled(cast, person, days_ago=2 + i)
        other = make.make_supervisor(f"Dr {i}")
        past = make.make_event(other, TODAY - 3 * DAY, **mine)
        make.make_booking(
            past, make.make_staff(f"Not right {i}", cast.unit), BookingStatus.DISPUTED
        )
        begun = make.make_event(other, TODAY - 2 * DAY, **mine)
        make.make_booking(begun, make.make_staff(f"Came {i}", cast.unit))
    visitor = as_(cast.area_lead)
    with django_assert_num_queries(8):
        context = visitor.get("session_to_do").context
    assert [len(context[k]) for k in ("reoffers", "settle", "record")] == [size] * 3
