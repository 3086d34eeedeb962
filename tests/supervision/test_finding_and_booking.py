"""Finding and booking: what is offered, what is refused and why, and how many queries it takes."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.queries.sessions import Search, bookable
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from wellbeing.domain.booking import BookingStatus, CancelReason, EventStatus
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import JobRole, Mode
from wellbeing.models import AuditRow, Booking, BookingMove, Event, Message, Person
from wellbeing.operations.bookings import book, cancel

As = Callable[[Person], Visitor]
TOMORROW = TODAY + timedelta(days=1)
FORTNIGHT = Search(TODAY, TODAY + timedelta(days=13))


def offered(person: Person, search: Search = FORTNIGHT) -> list[Event]:
    return [p.event for p in bookable(person.pk, search, at=NOW)]


def test_a_free_session_is_offered(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    assert offered(cast.prosecutor) == [event]


def spoil_full(cast: Cast, event: Event) -> None:
    make.make_booking(event, cast.paralegal)


def spoil_elsewhere(cast: Cast, event: Event) -> None:
    event.areas.create(area=cast.elsewhere.area)


def spoil_draft(cast: Cast, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(status=EventStatus.DRAFT)


def spoil_clash(cast: Cast, event: Event) -> None:
    other = make.make_supervisor("Dr Other", areas=(cast.elsewhere.area,))
    make.make_booking(make.make_event(other, TOMORROW, time(14, 30)), cast.prosecutor)


def spoil_own(cast: Cast, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(capacity=2)
    make.make_booking(event, cast.prosecutor)


@pytest.mark.parametrize(
    "spoil", [spoil_full, spoil_elsewhere, spoil_draft, spoil_clash, spoil_own]
)
def test_what_cannot_be_booked_is_not_offered(
    cast: Cast, spoil: Callable[[Cast, Event], None]
) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    assert offered(cast.prosecutor) == [event]
    spoil(cast, event)
    assert event not in offered(cast.prosecutor)
    with pytest.raises(Refused):
        book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)


def test_nobody_is_offered_an_unregistered_supervisor(cast: Cast) -> None:
    lapsed = make.make_supervisor("Dr Lapsed", indemnity_to=TODAY)
    event = make.make_event(lapsed, TOMORROW)
    assert offered(cast.prosecutor) == []
    with pytest.raises(Refused, match="registration does not cover that day"):
        book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)


def test_nobody_is_offered_their_managers_manager(cast: Cast) -> None:
    boss = make.make_staff("Big Boss", cast.unit, job_role=JobRole.MANAGER)
    make.make_supervisor("", person=boss)
    stranger = make.make_staff("Not below", cast.unit)
    below = make.make_staff("Middle", cast.unit, manager=boss, job_role=JobRole.MANAGER)
    report = make.make_staff("Below", cast.unit, manager=below)
    event = make.make_event(boss, TOMORROW)
    assert offered(stranger) == [event]
    assert offered(report) == []
    with pytest.raises(Refused, match="in your own management chain"):
        book(event, person=report, by=report, at=NOW)


def test_supervisor_serves_only_their_areas(cast: Cast) -> None:
    local = make.make_supervisor("Dr East", areas=(cast.elsewhere.area,))
    make.make_event(local, TOMORROW)
    assert offered(cast.prosecutor) == []


def test_working_days_are_kept_to_unless_asked(cast: Cast) -> None:
    part_time = make.make_staff("Mondays", cast.unit, working_days=0b00001)
    event = make.make_event(cast.supervisor, TOMORROW)
    assert offered(part_time) == []
    every_day = Search(TODAY, TODAY + timedelta(days=13), own_days_only=False)
    assert offered(part_time, every_day) == [event]


def test_filters_by_supervisor_way_and_size(cast: Cast) -> None:
    other = make.make_supervisor("Dr Other")
    one = make.make_event(cast.supervisor, TOMORROW, mode=Mode.PHONE)
    group = make.make_event(other, TOMORROW, capacity=6)
    days = {"first": TODAY, "last": TOMORROW}
    assert offered(cast.prosecutor, Search(**days, host=other.pk)) == [group]
    assert offered(cast.prosecutor, Search(**days, mode="phone")) == [one]
    assert offered(cast.prosecutor, Search(**days, group=True)) == [group]
    assert offered(cast.prosecutor, Search(**days, group=False)) == [one]
    assert offered(cast.prosecutor, Search(first=TODAY, last=TODAY)) == []


@pytest.mark.parametrize("sessions", [1, 3])
def test_finding_takes_the_same_queries_for_any_number(
    cast: Cast, as_: As, sessions: int
) -> None:
    for i in range(sessions):
        make.make_event(make.make_supervisor(f"Dr {i}"), TOMORROW)
    visitor = as_(cast.prosecutor)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert visitor.get("session_list").context["count"] == sessions
    assert len(queries) == 21


BAD = ["abc", "2026-02-30", "31/2/2026", "1/1/9999", "9" * 40, "\x00", "''", "-1"]


@pytest.mark.parametrize("value", BAD)
def test_nonsense_in_the_address_is_a_clean_page(cast: Cast, as_: As, value: str) -> None:
    make.make_event(cast.supervisor, TOMORROW)
    for name in ("first", "last", "host", "mode", "size", "page"):
        answer = as_(cast.prosecutor).get("session_list", search="1", **{name: value})
        assert answer.status_code == 200, name
        answer = as_(cast.lead).get("session_schedule", search="1", **{name: value})
        assert answer.status_code == 200, name


def test_booking_writes_booking_move_claim_and_audit_row(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TOMORROW, place="Room 4")
    visitor = as_(cast.prosecutor)
    assert b"Room 4" not in visitor.get("session_detail", event.public_id).content
    answer = visitor.post("session_book", event.public_id)
    booking = Booking.objects.get()
    assert answer["Location"] == f"/bookings/{booking.public_id}/"
    move = BookingMove.objects.get()
    assert (move.before, move.after, move.recorded_by) == ("", "booked", cast.prosecutor)
    row = AuditRow.objects.get()
    assert (row.verb, row.by, row.about) == ("booking.book", cast.prosecutor, cast.prosecutor)
    page = visitor.client.get(answer["Location"]).content
    assert b"Room 4" in page
    assert b"We have e-mailed you an invitation." in page
    told = Message.objects.values_list("person", "kind")
    assert set(told) == {
        (cast.prosecutor.pk, "booked"),
        (cast.supervisor.pk, "host_booked"),
    }


def test_second_booking_of_the_same_place_says_so(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TOMORROW, capacity=3)
    visitor = as_(cast.prosecutor)
    visitor.post("session_book", event.public_id)
    page = visitor.post("session_book", event.public_id)
    assert page.status_code == 200
    assert "You already have a place at this session." in page.content.decode()
    assert Booking.objects.count() == 1


def test_when_the_audit_fails_nothing_is_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr("wellbeing.operations.audit.record", broken)
    with pytest.raises(RuntimeError):
        book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    assert Booking.objects.count() == 0


# Hours before the start -> late, or refused.
CANCELLED = [(49, False), (48, False), (47.9, True), (0.1, True), (0, None), (-1, None)]


@pytest.mark.parametrize(("hours", "late"), CANCELLED)
def test_cancelling_is_late_within_48_hours(
    cast: Cast, hours: float, late: bool | None
) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    booking = make.make_booking(event, cast.prosecutor)
    assert event.start_at is not None
    at = event.start_at - timedelta(hours=hours)
    reason = CancelReason.COURT
    if late is None:
        with pytest.raises(Refused, match="already started"):
            cancel(booking, reason=reason, by=cast.prosecutor, at=at)
        return
    cancel(booking, reason=reason, by=cast.prosecutor, at=at)
    move = BookingMove.objects.get(booking=booking)
    assert (move.after, move.reason, move.is_late) == ("cancelled", "court", late)
    assert offered(cast.paralegal) == [event]


def test_cancelling_asks_for_one_of_four_reasons(cast: Cast, as_: As) -> None:
    booking = make.make_booking(make.make_event(cast.supervisor, TOMORROW), cast.prosecutor)
    visitor = as_(cast.prosecutor)
    page = visitor.post("booking_cancel", booking.public_id).content.decode()
    assert "Choose a reason, or that you would rather not say" in page
    assert "<title>Error: " in page
    visitor.post("booking_cancel", booking.public_id, reason="rather_not_say")
    booking.refresh_from_db()
    assert booking.status == BookingStatus.CANCELLED
