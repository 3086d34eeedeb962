"""Finding and booking: what is offered, what is refused and why, and how many queries it takes."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.queries.sessions import Search, bookable
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from wellbeing.domain.booking import BookingStatus, CancelReason, EventStatus
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import JobRole, Mode
from wellbeing.models import AuditRow, Booking, BookingMove, Event, Person
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
    assert len(queries) == 12


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
    page = visitor.get("booking_detail", booking.public_id).content
    assert b"Room 4" in page
    assert b"mail" not in page.replace(b"Helpmail", b"")


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


def publish(visitor: Visitor, host: Person, **more: Any) -> Any:
    data = {
        "host": host.pk,
        "size": "one",
        "on": "14/5/2026",
        "at": "9:30am",
        "minutes": "60",
        "mode": "video",
    } | more
    return visitor.post("session_publish", **data)


def errors(answer: Any) -> list[str]:
    form = answer.context["form"]
    return [str(e) for messages in form.errors.values() for e in messages]


def test_supervisor_publishes_for_themself_only(cast: Cast, as_: As) -> None:
    other = make.make_supervisor("Dr Other")
    assert publish(as_(cast.supervisor), cast.supervisor).status_code == 302
    event = Event.objects.get()
    assert (event.host, event.capacity, event.local_on) == (
        cast.supervisor,
        1,
        date(2026, 5, 14),
    )
    assert publish(as_(cast.supervisor), other, on="15/5/2026").status_code == 200
    assert Event.objects.count() == 1


def test_area_lead_publishes_for_their_own_areas(cast: Cast, as_: As) -> None:
    visitor = as_(cast.area_lead)
    assert errors(publish(visitor, cast.supervisor)) == ["Choose at least one Area"]
    assert publish(visitor, cast.supervisor, areas=[cast.elsewhere.area.pk]).status_code == 200
    assert publish(visitor, cast.supervisor, areas=[cast.area.pk]).status_code == 302
    assert [a.area for a in Event.objects.get().areas.all()] == [cast.area]


# What is typed -> what is said.
REFUSED = [
    ({"on": "11/5/2026"}, "Enter a date and time that are still to come."),
    ({"on": "30/2/2026"}, "The date must be a real date, like 12/5/2026"),
    ({"on": "28/3/2027", "at": "01:30"}, "01:30 does not exist on that day: the clocks go forward. Choose another time."),
    ({"on": "25/10/2026", "at": "1:30am"}, "01:30 occurs twice on that day: the clocks go back. Choose another time."),
    ({"size": "group"}, "Enter the number of places in the group"),
    ({"minutes": "0"}, "The length in minutes must be a whole number from 15 to 480"),
    ({"on": "13/5/2026", "at": "14:30"}, "Dr Megan Hughes already has something else at this time."),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "said"), REFUSED)
def test_publishing_is_refused_with_a_sentence(
    cast: Cast, as_: As, typed: dict[str, str], said: str
) -> None:
    make.make_event(cast.supervisor, TOMORROW)
    assert errors(publish(as_(cast.lead), cast.supervisor, **typed)) == [said]
    assert Event.objects.count() == 1


def test_nothing_is_published_on_a_day_without_registration(cast: Cast, as_: As) -> None:
    lapsed = make.make_supervisor("Dr Lapsed", end_on=TODAY)
    said = errors(publish(as_(cast.lead), lapsed))
    assert said == ["Dr Lapsed's registration does not cover that date."]


def test_cancelling_a_session_cancels_every_place(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TOMORROW, capacity=3)
    make.make_booking(event, cast.prosecutor)
    make.make_booking(event, cast.paralegal, BookingStatus.WAITING)
    visitor = as_(cast.supervisor)
    assert b"1 person has" in visitor.get("session_cancel", event.public_id).content
    answer = visitor.post("session_cancel", event.public_id)
    said = [str(m) for m in get_messages(answer.wsgi_request)]
    assert said == ["Session cancelled. 2 places cancelled with it."]
    event.refresh_from_db()
    assert (event.status, event.sequence) == ("cancelled", 1)
    assert set(Booking.objects.values_list("status", flat=True)) == {"cancelled_by_service"}
    again = visitor.post("session_cancel", event.public_id)
    assert errors(again) == ["This session has already been cancelled."]


def test_area_lead_cannot_touch_a_session_for_all_areas(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    assert as_(cast.area_lead).post("session_cancel", event.public_id).status_code == 404
    assert as_(cast.prosecutor).post("session_cancel", event.public_id).status_code == 403


def at_hour(hours: float) -> datetime:
    return datetime.combine(TODAY, time(9), LONDON) + timedelta(hours=hours)


def test_one_tap_a_person_and_one_for_all(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TODAY, time(9), capacity=3)
    first, second = (make.make_booking(event, p) for p in (cast.prosecutor, cast.paralegal))
    visitor = as_(cast.supervisor)
    visitor.post("session_register", event.public_id, tap=f"{first.public_id}:missed")
    visitor.post("session_register", event.public_id, tap="all:came")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("missed", "attended")
    visitor.post("session_register", event.public_id, tap=f"{first.public_id}:came")
    first.refresh_from_db()
    assert first.status == "attended"
    moves = BookingMove.as_recorded.filter(booking=first).order_by("pk")
    assert [m.after for m in moves] == ["booked", "missed", "attended"]
    assert [m.superseded_at is None for m in moves] == [False, False, True]


# Hours after the first recording -> may the host, may a lead put it right.
PUT_RIGHT = [(47, True, True), (49, False, True)]


@pytest.mark.parametrize(("hours", "host_may", "lead_may"), PUT_RIGHT)
def test_host_puts_a_slip_right_within_48_hours(
    cast: Cast, as_: As, clock: Any, hours: float, host_may: bool, lead_may: bool
) -> None:
    event = make.make_event(cast.supervisor, TODAY, time(9))
    booking = make.make_booking(event, cast.prosecutor)
    tap = {"tap": f"{booking.public_id}:came"}
    as_(cast.supervisor).post("session_register", event.public_id, **tap)
    clock(NOW + timedelta(hours=hours))
    tap = {"tap": f"{booking.public_id}:missed"}
    as_(cast.supervisor).post("session_register", event.public_id, **tap)
    booking.refresh_from_db()
    assert (booking.status == "missed") == host_may
    as_(cast.lead).post("session_register", event.public_id, **tap)
    booking.refresh_from_db()
    assert (booking.status == "missed") == lead_may


def test_nobody_is_recorded_before_the_start(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TODAY, time(10, 1))
    booking = make.make_booking(event, cast.prosecutor)
    answer = as_(cast.supervisor).post(
        "session_register", event.public_id, tap=f"{booking.public_id}:came"
    )
    assert errors(answer) == ["You can record who came once the session has started."]
    assert (
        as_(cast.supervisor).post("session_register", event.public_id, tap="x").status_code
        == 200
    )
