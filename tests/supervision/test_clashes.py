"""Sessions at busy times: marked for the person, gone for a lead, who never learns why."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail

from supervision.queries.sessions import Search, bookable
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from tests.hours import make_hours
from tests.wellbeing.busy import during, make_busy
from tests.wellbeing.page import Page
from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import Role
from wellbeing.models import AuditRow, Booking, BusyTime, Event, Message, Person
from wellbeing.operations.bookings import book, cancel, take_place
from wellbeing.operations.delivery import deliver
from wellbeing.operations.offers import offer
from wellbeing.operations.service import service_person
from wellbeing.tasks.letters import send

As = Callable[[Person], Visitor]
TOMORROW = TODAY + timedelta(days=1)
HOUR = timedelta(hours=1)
MARK = "You are busy then, by your own calendar"
NOT_AVAILABLE = "This person is not available for this session."


def text(answer: Any) -> str:
    return Page.of(answer.content).text


@pytest.fixture
def clash(cast: Cast) -> Event:
    """A session at 2pm when the prosecutor is busy, and a free one at 4pm after it."""
    event = make.make_event(cast.supervisor, TOMORROW, areas=(cast.area,), capacity=2)
    make.make_event(cast.supervisor, TOMORROW, time(16), areas=(cast.area,))
    make_busy(cast.prosecutor, during(event))
    return event


def times(answer: Any) -> list[tuple[str, str]]:
    return [(s.time, s.note) for day in answer.context["days"] for s in day.slots]


def test_left_out_unless_asked_for_and_then_marked_in_their_place(
    cast: Cast, as_: As, clash: Event
) -> None:
    me = as_(cast.prosecutor)
    assert times(me.get("session_list")) == [("4pm to 5pm", "")]
    assert "when you are not busy" in text(me.get("session_list"))
    every = me.get("session_list", search="1")
    assert times(every) == [("2pm to 3pm", MARK), ("4pm to 5pm", "")]
    assert MARK in text(every)
    left_out = me.get("session_list", search="1", leave_out_busy="on")
    assert times(left_out) == [("4pm to 5pm", "")]


def test_who_gave_no_calendar_is_asked_nothing(cast: Cast, as_: As, clash: Event) -> None:
    page = as_(cast.paralegal).get("session_list")
    assert "leave_out_busy" not in page.context["form"].fields
    assert [t for t, _ in times(page)] == ["2pm to 3pm", "4pm to 5pm"]
    assert "busy" not in text(page)


def test_a_warning_and_no_refusal_to_the_person(cast: Cast, as_: As, clash: Event) -> None:
    me = as_(cast.prosecutor)
    for name in ("session_detail", "session_book"):
        assert MARK in text(me.get(name, clash.public_id))
        assert MARK not in text(as_(cast.paralegal).get(name, clash.public_id))
    me.post("session_book", clash.public_id)
    assert Booking.objects.get().person == cast.prosecutor


def test_moving_warns_but_not_of_the_time_given_up(cast: Cast, as_: As) -> None:
    held = make.make_event(cast.supervisor, TOMORROW)
    booking = make.make_booking(held, cast.prosecutor)
    other = make.make_supervisor("Dr Other")
    near = make.make_event(other, TOMORROW, time(14, 30))
    busy = make.make_event(other, TOMORROW, time(16))
    make_busy(cast.prosecutor, during(held), during(busy))
    me = as_(cast.prosecutor)
    assert times(me.get("booking_move", booking.public_id)) == [("2:30pm to 3:30pm", "")]
    assert times(me.get("booking_move", booking.public_id, search="1")) == [
        ("2:30pm to 3:30pm", ""), ("4pm to 5pm", MARK),
    ]  # fmt: skip
    assert MARK not in text(me.get("booking_move_to", booking.public_id, near.public_id))
    assert MARK in text(me.get("booking_move_to", booking.public_id, busy.public_id))


def test_a_lead_finds_nothing_there_and_is_not_told_why(
    cast: Cast, as_: As, clash: Event
) -> None:
    for lead in (cast.lead, cast.area_lead):
        visitor = as_(lead)
        for query in ({}, {"search": "1"}, {"search": "1", "leave_out_busy": ""}):
            page = visitor.get("person_places", cast.prosecutor.public_id, **query)
            assert times(page) == [("4pm to 5pm", "")]
            assert "busy" not in text(page).lower()
        for way in ("offer", "book"):
            page = visitor.post(
                "person_place", cast.prosecutor.public_id, clash.public_id, way=way
            )
            assert NOT_AVAILABLE in text(page)
            assert "busy" not in page.content.decode().lower()
    assert Booking.objects.count() == 0


def test_told_in_the_very_words_of_a_session_at_the_time(cast: Cast, clash: Event) -> None:
    other = make.make_supervisor("Dr Other", areas=(cast.elsewhere.area,))
    make.make_booking(make.make_event(other, TOMORROW, time(14, 30)), cast.paralegal)
    said = set()
    for act in (offer, book):
        for person in (cast.prosecutor, cast.paralegal):
            with pytest.raises(Refused) as refused:
                act(clash, person=person, by=cast.lead, at=NOW)
            said.add((refused.value.sentence, refused.value.field))
    assert {sentence for sentence, _ in said} == {NOT_AVAILABLE}
    assert len(said) == 1


def test_nothing_that_leaves_the_service_says_so(cast: Cast, as_: As, clash: Event) -> None:
    """Booked at a busy time by the person: every page, message and calendar about it."""
    make.make_feed(cast.lead, "a-secret-of-leads", make.FeedKind.SCHEDULE)
    book(clash, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    deliver(send, lambda: NOW)
    said = "".join(str(m.message()) for m in mail.outbox)
    for who in (cast.lead, cast.area_lead, cast.manager, cast.supervisor):
        visitor = as_(who)
        for name, args in (
            ("person", [cast.prosecutor.public_id]),
            ("session_detail", [clash.public_id]),
            ("session_register", [clash.public_id]),
            ("session_schedule", []),
            ("schedule", []),
            ("calendar_feed", ["a-secret-of-leads"]),
        ):
            answer = visitor.get(name, *args)
            assert answer.status_code == 200 or who != cast.lead
            said += b"".join(answer).decode()
    said += str([vars(r) for m in (AuditRow, Message) for r in m.objects.all()])
    for word in ("busy then", "secret-canary", "calendar.example", "busy_elsewhere"):
        assert word not in said


def test_the_waiting_list_does_not_look_at_busy_times(cast: Cast, clash: Event) -> None:
    seats = [book(clash, person=p, by=p, at=NOW) for p in (cast.paralegal, cast.manager)]
    waits = make.make_booking(clash, cast.prosecutor, BookingStatus.WAITING)
    cancel(seats[0], reason=CancelReason.COURT, by=cast.paralegal, at=NOW)
    waits.refresh_from_db()
    assert waits.status == BookingStatus.OFFERED


def test_nor_does_the_service_where_it_books_for_a_group(cast: Cast, clash: Event) -> None:
    taken = take_place(clash.pk, person=cast.prosecutor, by=service_person(), at=NOW)
    assert taken.status == BookingStatus.BOOKED


def published(visitor: Visitor, host: Person | None = None, **more: Any) -> str:
    sent = {
        "size": "one", "on": "13/5/2026", "at": "2pm", "minutes": "60", "mode": "video",
    } | more  # fmt: skip
    if host:
        sent["host"] = str(host.pk)
    answer = visitor.post("session_publish", **sent)
    assert answer.status_code == 302, answer.context["form"].errors
    return text(visitor.client.get(answer.url))


def test_a_host_sees_their_own_clash_and_a_lead_does_not(cast: Cast, as_: As) -> None:
    start = NOW + timedelta(days=1, hours=4)
    make_busy(cast.supervisor, (start, start + timedelta(minutes=30)))
    assert MARK in published(as_(cast.supervisor))
    assert MARK not in published(as_(cast.supervisor), at="3pm")
    Event.objects.all().delete()
    assert "busy" not in published(as_(cast.lead), cast.supervisor)


def test_an_offer_at_a_busy_time_is_a_warning_to_the_person_alone(
    cast: Cast, as_: As, clash: Event
) -> None:
    waits = make.make_booking(clash, cast.prosecutor, BookingStatus.WAITING)
    free = make.make_booking(clash, cast.paralegal, BookingStatus.OFFERED)
    me = as_(cast.prosecutor)
    assert MARK not in text(me.get("booking_detail", waits.public_id))
    Booking.objects.filter(pk=waits.pk).update(status=BookingStatus.OFFERED)
    assert MARK in text(me.get("booking_detail", waits.public_id))
    assert MARK not in text(as_(cast.paralegal).get("booking_detail", free.public_id))
    answer = me.client.post(
        f"/bookings/{waits.public_id}/answer/", {"answer": "accept"}, follow=True
    )
    assert "Booked. The place is yours." in text(answer)
    assert MARK not in text(answer)


def changed(visitor: Visitor, event: Event, **more: Any) -> str:
    sent = {
        "size": "one", "on": "13/5/2026", "at": "2pm", "minutes": "60", "mode": "video",
    } | more  # fmt: skip
    answer = visitor.post("session_edit", event.public_id, **sent)
    assert answer.status_code == 302, answer.context["form"].errors
    return text(visitor.client.get(answer.url))


def test_a_host_who_moves_a_session_sees_their_clash_and_a_lead_does_not(
    cast: Cast, as_: As
) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    four = NOW + timedelta(days=1, hours=6)
    # What their calendar shows of the session itself, and something else at four.
    make_busy(cast.supervisor, during(event), (four, four + timedelta(hours=1)))
    host = as_(cast.supervisor)
    assert "busy" not in changed(host, event, place="Room 4")
    assert "busy" not in changed(host, event, at="2:30pm")
    said = changed(host, event, at="3:30pm")
    assert "1 session changed." in said
    assert f"{MARK}: change or cancel the session if it cannot stand." in said
    named = {"host": cast.supervisor.pk}
    assert "busy" not in changed(as_(cast.lead), event, at="4pm", **named)


def test_a_lead_who_takes_a_session_over_sees_their_own_clash_and_nobody_elses(
    cast: Cast, as_: As
) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    other = make.make_supervisor("Dr Other")
    for person in (cast.supervisor, other):
        make.make_grant(person, Role.LEAD)
        make_busy(person, during(event))
    me = as_(cast.supervisor)
    assert "busy" not in changed(me, event, host=other.pk)
    assert MARK in changed(me, event, host=cast.supervisor.pk)


def test_a_series_says_at_how_many_of_its_times(cast: Cast, as_: As) -> None:
    series = UUID(int=7)
    events = [
        make.make_event(cast.supervisor, TOMORROW + timedelta(weeks=n), series=series)
        for n in range(3)
    ]
    later = [(start + HOUR, end + HOUR) for start, end in map(during, events)]
    make_busy(cast.supervisor, *map(during, events), *later[1:])
    host = as_(cast.supervisor)
    said = changed(host, events[0], at="3pm", reach="following")
    assert "3 sessions changed. At 2 of these times you are busy, by your own calendar" in said
    assert "busy" not in changed(host, events[0], at="5pm", reach="following")


def test_a_host_sees_their_clashes_before_hours_are_published(cast: Cast, as_: As) -> None:
    make_hours(cast.supervisor)
    start = NOW + timedelta(days=1)
    make_busy(cast.supervisor, (start, start + timedelta(minutes=30)))

    def previewed(who: Person, **more: Any) -> list[str]:
        page = as_(who).get("hours_publish", first="2026-05-12", weeks="1", **more)
        ((_, words),) = page.context["outcome"].slots
        return words

    assert previewed(cast.supervisor) == ["9am to 10am, video", f"10am to 11am, video. {MARK}"]
    by_lead = previewed(cast.lead, host=cast.supervisor.pk)
    assert by_lead == ["9am to 10am, video", "10am to 11am, video"]


@pytest.mark.parametrize("size", [1, 3])
def test_takes_the_same_queries_for_any_number(
    cast: Cast, as_: As, django_assert_num_queries: Any, size: int
) -> None:
    events = [make.make_event(cast.supervisor, TOMORROW, time(9 + 2 * i)) for i in range(size)]
    make_busy(cast.prosecutor, *(during(e) for e in events))
    search = Search(TODAY, TODAY + timedelta(days=13))
    with django_assert_num_queries(10):
        places = bookable(cast.prosecutor.pk, search, at=NOW)
    assert [p.is_busy for p in places] == [True] * size
    assert BusyTime.objects.count() == size
    visitor = as_(cast.prosecutor)
    with django_assert_num_queries(21):
        assert len(times(visitor.get("session_list", search="1"))) == size
