"""A session is changed alone or with the later ones of its series; a host cannot come today."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.messages import get_messages

from tests import factories as make
from tests.conftest import TODAY, Cast, Visitor
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.roles import EventKind
from wellbeing.models import Booking, Event, Person

As = Callable[[Person], Visitor]
SERIES = UUID(int=9)
WED = date(2026, 5, 13)


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


def sent(**more: Any) -> dict[str, Any]:
    return {
        "size": "one", "on": "13/5/2026", "at": "2pm", "minutes": "60", "mode": "video",
        "place": "",
    } | more  # fmt: skip


def errors(answer: Any) -> list[str]:
    return [str(e) for messages in answer.context["form"].errors.values() for e in messages]


def said(answer: Any) -> list[str]:
    return [str(m) for m in get_messages(answer.wsgi_request)]


def starts() -> list[str]:
    rows = Event.objects.order_by("pk")
    return [f"{e.start_at.astimezone(LONDON):%d/%m %H:%M}" for e in rows if e.start_at]


def series(cast: Cast, weeks: int = 3) -> list[Event]:
    return [
        make.make_event(cast.supervisor, WED + timedelta(weeks=n), series=SERIES)
        for n in range(weeks)
    ]


def test_form_begins_with_what_is_published(cast: Cast, as_: As) -> None:
    event = make.make_event(
        cast.supervisor, WED, time(9, 30), capacity=4, place="Room 4", areas=(cast.area,)
    )
    form = as_(cast.supervisor).get("session_edit", event.public_id).context["form"]
    begins = {n: form.initial[n] for n in ("size", "on", "at", "capacity", "place", "areas")}
    assert begins == {
        "size": "group", "on": WED, "at": time(9, 30), "capacity": 4, "place": "Room 4",
        "areas": [str(cast.area.pk)],
    }  # fmt: skip
    assert "reach" not in form.fields
    assert "host" not in form.fields


def test_host_moves_a_session_with_its_bookings(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, WED)
    booking = make.make_booking(event, cast.prosecutor)
    visitor = as_(cast.supervisor)
    shown = visitor.get("session_edit", event.public_id)
    assert "1 person has a place and keeps it" in shown.content.decode()
    assert "areas" not in shown.context["form"].fields
    answer = visitor.post("session_edit", event.public_id, **sent(at="4pm"))
    assert said(answer) == ["1 session changed. Whoever has a place keeps it."]
    assert starts() == ["13/05 16:00"]
    booking.refresh_from_db()
    assert booking.status == BookingStatus.BOOKED


def test_areas_stay_where_somebody_is_booked(cast: Cast, as_: As) -> None:
    west = make.make_supervisor("Dr West", areas=(cast.area,))
    event = make.make_event(west, WED, areas=(cast.area,))
    make.make_booking(event, cast.prosecutor)
    answer = as_(west).post("session_edit", event.public_id, **sent(at="4pm"))
    assert answer.status_code == 302
    assert [a.area for a in event.areas.all()] == [cast.area]


def test_lead_gives_it_another_host_and_a_supervisor_cannot(cast: Cast, as_: As) -> None:
    other = make.make_supervisor("Dr Other")
    event = make.make_event(cast.supervisor, WED, areas=(cast.area,))
    wanted = sent(host=other.pk, areas=[cast.area.pk])
    as_(cast.supervisor).post("session_edit", event.public_id, **wanted)
    assert Event.objects.get().host == cast.supervisor
    answer = as_(cast.area_lead).post("session_edit", event.public_id, **wanted)
    assert answer.status_code == 302
    assert Event.objects.get().host == other
    wanted["areas"] = [cast.elsewhere.area.pk]
    assert errors(as_(cast.area_lead).post("session_edit", event.public_id, **wanted)) == [
        "Select one of the choices listed"
    ]


REFUSED = [
    ({"at": "3:30pm"}, "Dr Megan Hughes already has something else at this time"),
    ({"on": "11/5/2026"}, "Enter a date and time that are still to come"),
    ({"on": "20/5/2026"}, "Somebody who has a place cannot come then. Choose another time or supervisor, or cancel the session."),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "sentence"), REFUSED)
def test_change_is_refused_with_a_sentence(
    cast: Cast, as_: As, typed: dict[str, str], sentence: str
) -> None:
    event = make.make_event(cast.supervisor, WED)
    make.make_event(cast.supervisor, WED, time(16))
    make.make_booking(event, cast.prosecutor)
    elsewhere = make.make_event(make.make_supervisor("Dr O"), date(2026, 5, 20))
    make.make_booking(elsewhere, cast.prosecutor)
    answer = as_(cast.supervisor).post("session_edit", event.public_id, **sent(**typed))
    assert errors(answer) == [sentence]
    assert starts()[0] == "13/05 14:00"


def test_one_of_a_series_or_from_this_date_on(cast: Cast, as_: As) -> None:
    events = series(cast)
    visitor = as_(cast.supervisor)
    form = visitor.get("session_edit", events[1].public_id).context["form"]
    assert [words for _, words in form.fields["reach"].choices] == [
        "This one only", "This one and 1 later one of the same working hours",
    ]  # fmt: skip
    wanted = sent(on="13/5/2026", at="3pm", reach="this")
    visitor.post("session_edit", events[0].public_id, **wanted)
    assert starts() == ["13/05 15:00", "20/05 14:00", "27/05 14:00"]
    wanted = sent(on="21/5/2026", at="10am", reach="following")
    answer = visitor.post("session_edit", events[1].public_id, **wanted)
    assert said(answer)[-1] == "2 sessions changed."
    assert starts() == ["13/05 15:00", "21/05 10:00", "28/05 10:00"]


def test_refusal_of_a_series_names_the_day(cast: Cast, as_: As) -> None:
    events = series(cast)
    make.make_event(cast.supervisor, date(2026, 5, 27), time(16))
    wanted = sent(at="4pm", reach="following")
    answer = as_(cast.supervisor).post("session_edit", events[0].public_id, **wanted)
    assert errors(answer) == [
        "Wednesday 27 May 2026: Dr Megan Hughes already has something else at this time"
    ]


def test_area_lead_changes_no_session_of_another_area_with_it(cast: Cast, as_: As) -> None:
    events = series(cast, 2)
    make.EventArea.objects.create(event=events[0], area=cast.area)
    wanted = sent(at="4pm", reach="following", host=cast.supervisor.pk, areas=[cast.area.pk])
    visitor = as_(cast.area_lead)
    assert visitor.post("session_edit", events[0].public_id, **wanted).status_code == 403
    assert visitor.post("session_cancel_following", events[0].public_id).status_code == 403
    assert starts() == ["13/05 14:00", "20/05 14:00"]


def test_training_keeps_its_kind_and_its_host(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.facilitator, WED, kind=EventKind.TRAINING, capacity=12)
    wanted = sent(at="4pm", size="group", capacity="15")
    answer = as_(cast.lead).post("session_edit", event.public_id, **wanted)
    assert answer.status_code == 302
    fresh = Event.objects.get()
    assert (fresh.kind, fresh.host, fresh.capacity) == ("training", cast.facilitator, 15)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"at": time(9)}, "already started, so it cannot be changed"),
        (
            {"at": time(15), "status": "cancelled"},
            "has been cancelled, so it cannot be changed",
        ),
    ],
)
def test_what_cannot_be_changed_says_why(
    cast: Cast, as_: As, more: dict[str, Any], sentence: str
) -> None:
    event = make.make_event(cast.supervisor, TODAY, **more)
    page = as_(cast.supervisor).get("session_edit", event.public_id).content.decode()
    assert sentence in page
    assert "Save the change" not in page
    answer = as_(cast.supervisor).post("session_edit", event.public_id, **sent())
    assert answer.status_code == 200


def test_cancelled_from_a_date_on(cast: Cast, as_: As) -> None:
    events = series(cast)
    make.make_booking(events[2], cast.prosecutor)
    visitor, token = as_(cast.supervisor), uuid4()
    page = visitor.get("session_cancel_following", events[1].public_id).content.decode()
    assert "Cancel 2 sessions" in page
    for _ in range(2):
        answer = visitor.post("session_cancel_following", events[1].public_id, form_token=token)
        assert answer.url == "/diary/"
    assert said(answer)[0] == "2 sessions cancelled. 1 place cancelled with them."
    assert list(Event.objects.order_by("pk").values_list("status", flat=True)) == [
        "published", "cancelled", "cancelled",
    ]  # fmt: skip
    alone = make.make_event(cast.supervisor, on(3))
    assert visitor.get("session_cancel_following", alone.public_id).url.endswith("/cancel/")


def test_cannot_come_today_cancels_what_is_left(cast: Cast, as_: As) -> None:
    came = make.make_event(cast.supervisor, TODAY, time(9, 30))
    make.make_booking(came, cast.paralegal, BookingStatus.ATTENDED)
    later = make.make_event(cast.supervisor, TODAY, time(15))
    booking = make.make_booking(later, cast.prosecutor)
    visitor = as_(cast.supervisor)
    assert "I cannot come today" in visitor.get("diary").content.decode()
    assert len(visitor.get("cannot_come_today").context["lines"]) == 1
    answer = visitor.post("cannot_come_today")
    assert said(answer)[0] == "1 session cancelled. 1 place cancelled with it."
    booking.refresh_from_db()
    assert booking.status == BookingStatus.CANCELLED_BY_SERVICE
    assert Booking.objects.filter(status="attended").count() == 1
    assert errors(visitor.post("cannot_come_today")) == [
        "There is nothing left to cancel on that day."
    ]


@pytest.mark.parametrize("size", [1, 3])
def test_pages_take_the_same_queries_for_any_number(
    cast: Cast, as_: As, django_assert_num_queries: Any, size: int
) -> None:
    for i in range(size):
        make.make_event(cast.supervisor, TODAY, time(13 + i))
    event = series(cast, size + 1)[0]
    visitor = as_(cast.supervisor)
    with django_assert_num_queries(5):
        assert len(visitor.get("cannot_come_today").context["lines"]) == size
    with django_assert_num_queries(11):
        visitor.get("session_edit", event.public_id)
    with django_assert_num_queries(9):
        context = visitor.get("session_cancel_following", event.public_id).context
    assert context["count"] == size + 1
