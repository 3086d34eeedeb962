"""Publishing a session and cancelling it: who may, what is refused, what follows."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages

from tests import factories as make
from tests.conftest import TODAY, Cast, Visitor
from wellbeing.domain.booking import BookingStatus
from wellbeing.models import Booking, Event, Person

As = Callable[[Person], Visitor]
TOMORROW = TODAY + timedelta(days=1)


def errors(answer: Any) -> list[str]:
    form = answer.context["form"]
    return [str(e) for messages in form.errors.values() for e in messages]


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


def test_supervisor_publishes_for_themself_only(cast: Cast, as_: As) -> None:
    other = make.make_supervisor("Dr Other")
    assert publish(as_(cast.supervisor), cast.supervisor).status_code == 302
    event = Event.objects.get()
    assert (event.host, event.capacity, event.local_on) == (
        cast.supervisor,
        1,
        date(2026, 5, 14),
    )
    publish(as_(cast.supervisor), other, on="15/5/2026")
    assert set(Event.objects.values_list("host", flat=True)) == {cast.supervisor.pk}


def test_area_lead_publishes_for_their_own_areas(cast: Cast, as_: As) -> None:
    visitor = as_(cast.area_lead)
    assert errors(publish(visitor, cast.supervisor)) == ["Choose at least one Area"]
    assert publish(visitor, cast.supervisor, areas=[cast.elsewhere.area.pk]).status_code == 200
    assert publish(visitor, cast.supervisor, areas=[cast.area.pk]).status_code == 302
    assert [a.area for a in Event.objects.get().areas.all()] == [cast.area]


# What is typed -> what is said.
REFUSED = [
    ({"on": "11/5/2026"}, "Enter a date and time that are still to come"),
    ({"on": "30/2/2026"}, "The date must be a real date, like 12/5/2026"),
    ({"on": "28/3/2027", "at": "01:30"}, "01:30 does not exist on that day: the clocks go forward. Choose another time."),
    ({"on": "25/10/2026", "at": "1:30am"}, "01:30 occurs twice on that day: the clocks go back. Choose another time."),
    ({"size": "group"}, "Enter the number of places in the group"),
    ({"size": "group", "capacity": "1"}, "The number of places must be a whole number from 2 to 100"),
    ({"size": "one", "capacity": "6"}, "Leave the places empty for one-to-one, or choose group"),
    ({"at": ""}, "Enter the start time, like 9:30am"),
    ({"at": "25:00"}, "The start time must be a time, like 9:30am or 14:00"),
    ({"on": ""}, "Enter the date"),
    ({"on": "1/1/9999"}, "The date must be a real date, like 12/5/2026"),
    ({"place": "x" * 201}, "Room, or link to join must be 200 characters or fewer"),
    ({"place": "a\x00b"}, "Null characters are not allowed."),
    ({"minutes": "0"}, "The length in minutes must be a whole number from 15 to 480"),
    ({"on": "13/5/2026", "at": "14:30"}, "Dr Megan Hughes already has something else at this time"),
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
    assert said == ["Dr Lapsed's registration does not cover that date"]


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


def test_supervisor_of_some_areas_names_one_of_theirs(cast: Cast, as_: As) -> None:
    west = make.make_supervisor("Dr West", areas=(cast.area,))
    visitor = as_(west)
    choices = visitor.get("session_publish").context["form"].fields["areas"].choices
    assert [words for _, words in choices] == ["West"]
    assert errors(publish(visitor, west)) == ["Choose at least one Area"]
    assert publish(visitor, west, areas=[cast.area.pk]).status_code == 302


def test_lead_is_told_which_areas_a_supervisor_does_not_serve(cast: Cast, as_: As) -> None:
    west = make.make_supervisor("Dr West", areas=(cast.area,))
    answer = publish(as_(cast.lead), west)
    assert answer.context["form"].errors == {
        "areas": ["Dr West does not serve all Areas. Choose the Areas this session is for."]
    }
    answer = publish(as_(cast.lead), west, areas=[cast.elsewhere.area.pk])
    assert errors(answer) == ["Dr West does not serve every Area you chose"]


def test_a_person_who_is_no_supervisor_cannot_hold_one(cast: Cast, as_: As) -> None:
    answer = publish(as_(cast.lead), cast.manager)
    assert errors(answer) == ["Select one of the choices listed"]


def test_cancelling_says_why_it_cannot_be_done(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TODAY, time(9))
    make.make_booking(event, cast.prosecutor, BookingStatus.ATTENDED)
    page = as_(cast.supervisor).get("session_cancel", event.public_id).content.decode()
    said = "Somebody&#x27;s attendance has been recorded, so this session cannot be cancelled."
    assert page.count(said) == 1
    assert "Cancel the session</button>" not in page
    as_(cast.supervisor).post("session_cancel", event.public_id)
    event.refresh_from_db()
    assert event.status == "published"


def test_a_session_that_did_not_take_place_is_cancelled_after_its_start(
    cast: Cast, as_: As
) -> None:
    event = make.make_event(cast.supervisor, TODAY, time(9))
    booking = make.make_booking(event, cast.prosecutor)
    visitor = as_(cast.supervisor)
    link = f"/sessions/{event.public_id}/cancel/"
    assert link in visitor.get("session_register", event.public_id).content.decode()
    visitor.post("session_cancel", event.public_id)
    booking.refresh_from_db()
    assert booking.status == BookingStatus.CANCELLED_BY_SERVICE
