"""Hours as a supervisor sees and sets them, the preview, and publishing; queries for any number."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages

from supervision.models import HoursException, WorkingHours
from tests import factories as make
from tests.conftest import TODAY, Cast, Visitor
from tests.hours import make_hours, make_leave
from wellbeing.models import Event, Person

As = Callable[[Person], Visitor]
WED = date(2026, 5, 13)
HOURS = {
    "weekdays": ["2"], "starts": "9am", "ends": "midday", "minutes": "60", "pause_minutes": "0",
    "mode": "video", "first_on": "12/5/2026",
}  # fmt: skip


def errors(answer: Any) -> list[str]:
    return [str(e) for messages in answer.context["form"].errors.values() for e in messages]


def said(answer: Any) -> list[str]:
    return [str(m) for m in get_messages(answer.wsgi_request)]


def test_hours_of_several_weekdays_are_added(cast: Cast, as_: As) -> None:
    visitor = as_(cast.supervisor)
    answer = visitor.post(
        "hours_add", **HOURS | {"weekdays": ["0", "4"], "last_on": "1/9/2026"}
    )
    assert answer.status_code == 302
    assert list(WorkingHours.objects.values_list("weekday", "starts", "ends", "last_on")) == [
        (0, time(9), time(12), date(2026, 9, 1)), (4, time(9), time(12), date(2026, 9, 1)),
    ]  # fmt: skip
    page = visitor.get("hours").content.decode()
    assert "Mondays, 9am to midday" in page
    assert "until 1 September 2026" in page.replace("Until", "until")


# What is typed -> what is said.
WRONG = [
    ({"weekdays": []}, "Select at least one day"),
    ({"weekdays": ["7"]}, "Select one of the choices listed"),
    ({"starts": ""}, "Enter the start, like 9:30am"),
    ({"ends": "9"}, "The end must be a time, like 9:30am or 14:00"),
    ({"ends": "8am"}, "The end must be after the start, on the same day"),
    ({"minutes": "240"}, "There is no room for a session of that length"),
    ({"minutes": "0"}, "The length in minutes must be a whole number from 15 to 480"),
    ({"pause_minutes": ""}, "Enter the break in minutes"),
    ({"last_on": "11/5/2026"}, "The last day must be the same as or after the first day"),
    ({"first_on": "30/2/2026"}, "The first day must be a real date, like 12/5/2026"),
    ({"mode": "carrier"}, "Select one of the choices listed"),
    ({"starts": "11am", "ends": "1pm"}, "These hours overlap others of that weekday"),
]


@pytest.mark.parametrize(("typed", "sentence"), WRONG)
def test_hours_are_refused_beside_their_box(
    cast: Cast, as_: As, typed: dict[str, Any], sentence: str
) -> None:
    make_hours(cast.supervisor, 2, 9, 12)
    # Meets what is there, unless a case says otherwise.
    wanted = HOURS | {"starts": "midday", "ends": "3pm"} | typed
    assert errors(as_(cast.supervisor).post("hours_add", **wanted)) == [sentence]
    assert WorkingHours.objects.count() == 1


def test_change_starts_on_a_day(cast: Cast, as_: As) -> None:
    row = make_hours(cast.supervisor)
    visitor = as_(cast.supervisor)
    form = visitor.get("hours_change", row.public_id).context["form"]
    assert (form.initial["first_on"], form.initial["starts"]) == (TODAY, time(9))
    wanted = HOURS | {"first_on": "20/5/2026", "starts": "10am"}
    assert visitor.post("hours_change", row.public_id, **wanted).status_code == 302
    assert list(WorkingHours.objects.order_by("pk").values_list("first_on", "last_on")) == [
        (TODAY, date(2026, 5, 19)), (date(2026, 5, 20), None),
    ]  # fmt: skip


def test_another_supervisors_hours_are_not_there(cast: Cast, as_: As) -> None:
    other = make.make_supervisor("Dr Other")
    row, leave = make_hours(other), make_leave(other, WED)
    visitor = as_(cast.supervisor)
    for name, public_id in (
        ("hours_change", row.public_id),
        ("hours_end", row.public_id),
        ("exception_take_back", leave.public_id),
    ):
        assert visitor.get(name, public_id).status_code == 404
        assert visitor.post(name, public_id, last_on="12/5/2026").status_code == 404
    page = visitor.get("hours").content.decode()
    assert "Wednesdays" not in page
    assert (WorkingHours.objects.count(), HoursException.objects.count()) == (1, 1)


def test_taking_back_twice_gives_the_first_answer(cast: Cast, as_: As) -> None:
    leave, visitor, token = make_leave(cast.supervisor, WED), as_(cast.supervisor), uuid4()
    answers = [
        visitor.post("exception_take_back", leave.public_id, form_token=token) for _ in range(2)
    ]
    assert [a.url for a in answers] == ["/hours/", "/hours/"]
    assert said(answers[0]) == ["Your usual hours stand again on those days."]
    again = visitor.post("exception_take_back", leave.public_id, form_token=uuid4())
    assert again.status_code == 404


def test_leave_shows_what_is_published_then_and_cancels_it(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, WED)
    make.make_booking(event, cast.prosecutor)
    kept = make.make_event(cast.supervisor, WED + timedelta(days=1))
    visitor = as_(cast.supervisor)
    assert "published on your days off" not in visitor.get("hours").content.decode()
    visitor.post("leave_add", first_on="13/5/2026", last_on="")
    assert "1 session is published on your days off" in visitor.get("hours").content.decode()
    answer = visitor.post("cancel_while_off")
    assert said(answer)[-1] == "1 session cancelled. 1 place cancelled with it."
    states = dict(Event.objects.values_list("pk", "status"))
    assert states == {event.pk: "cancelled", kept.pk: "published"}
    assert errors(visitor.post("cancel_while_off")) == ["There is nothing left to cancel."]


def test_other_hours_of_one_day(cast: Cast, as_: As) -> None:
    visitor = as_(cast.supervisor)
    wanted = HOURS | {"on": "25/5/2026", "instead": "no"}
    assert visitor.post("exception_add", **wanted).status_code == 302
    row = HoursException.objects.get()
    assert (row.kind, row.first_on, row.last_on) == (
        "extra",
        date(2026, 5, 25),
        date(2026, 5, 25),
    )
    shown = visitor.get("hours").content.decode()
    assert "9am to midday, beside the usual" in shown


def preview(visitor: Visitor, **more: Any) -> Any:
    return visitor.get("hours_publish", **{"first": "2026-05-12", "weeks": "3"} | more)


def test_preview_says_what_and_what_not_and_writes_nothing(cast: Cast, as_: As) -> None:
    make_hours(cast.supervisor, 0, 9, 11)
    make_leave(cast.supervisor, date(2026, 5, 18))
    make.make_event(cast.supervisor, date(2026, 6, 1), time(10))
    shown = preview(as_(cast.supervisor))
    assert shown.context["outcome"].slots == [("Monday 1 June 2026", ["9am to 10am, video"])]
    assert shown.context["outcome"].left_out == [
        ("Monday 18 May 2026", ["day off"]),
        ("Monday 25 May 2026", ["bank holiday"]),
        ("Monday 1 June 2026", ["10am: something else at that time"]),
    ]
    page = shown.content.decode()
    assert "1 session would be published" in page
    assert "Publish this session" in page
    assert Event.objects.count() == 1


def test_publish_button_publishes_once(cast: Cast, as_: As) -> None:
    make_hours(cast.supervisor)
    visitor, token = as_(cast.supervisor), uuid4()
    hidden = preview(visitor).context["publish"].initial
    sent = {**hidden, "host": "", "form_token": token}
    answers = [visitor.post("hours_publish", **sent) for _ in range(2)]
    assert [a.url for a in answers] == ["/diary/", "/diary/"]
    assert said(answers[0])[0] == "6 sessions published. They can be booked now."
    assert Event.objects.count() == 6
    page = preview(visitor).content.decode()
    assert "6 sessions are published already and stay as they are" in page
    assert "There is nothing new in these weeks." in page


PERIODS = [
    ({"weeks": "0"}, "The number of weeks must be a whole number from 1 to 52"),
    ({"weeks": "53"}, "The number of weeks must be a whole number from 1 to 52"),
    ({"first": "2026-02-30"}, "The first day must be a real date, like 12/5/2026"),
    ({"first": "9999-01-01"}, "The first day must be a real date, like 12/5/2026"),
    ({"first": "\x00"}, "The first day must be a real date, like 12/5/2026"),
]


@pytest.mark.parametrize(("asked", "sentence"), PERIODS)
def test_period_is_refused_with_a_sentence(
    cast: Cast, as_: As, asked: dict[str, str], sentence: str
) -> None:
    assert errors(preview(as_(cast.supervisor), **asked)) == [sentence]
    answer = as_(cast.supervisor).post(
        "hours_publish", **{"first": "2026-05-12", "weeks": "3"} | asked
    )
    assert answer.status_code == 200


def test_lead_publishes_for_supervisors_of_their_areas(cast: Cast, as_: As) -> None:
    west = make.make_supervisor("Dr West", areas=(cast.area,))
    both = make.make_supervisor("Dr Both", areas=(cast.area, cast.elsewhere.area))
    for host in (west, both, cast.supervisor):
        make_hours(host)

    def offered(who: Person) -> list[str]:
        form = as_(who).get("hours_publish").context["form"]
        return [words for value, words in form.fields["host"].choices if value]

    assert offered(cast.lead) == ["Dr Both", "Dr Megan Hughes", "Dr West"]
    assert offered(cast.area_lead) == ["Dr West"]
    visitor = as_(cast.area_lead)
    assert errors(preview(visitor)) == ["Choose a supervisor"]
    assert errors(preview(visitor, host=both.pk)) == ["Select one of the choices listed"]
    sent = {"first": "2026-05-12", "weeks": "1", "host": west.pk}
    assert visitor.post("hours_publish", **sent).url == "/sessions/published/"
    assert set(Event.objects.values_list("host", flat=True)) == {west.pk}


@pytest.mark.parametrize("size", [1, 3])
def test_hours_take_the_same_queries_for_any_number(
    cast: Cast, as_: As, django_assert_num_queries: Any, size: int
) -> None:
    for i in range(size):
        make_hours(cast.supervisor, i)
        make_leave(cast.supervisor, WED + timedelta(days=i))
        make.make_event(cast.supervisor, WED + timedelta(days=i))
    visitor = as_(cast.supervisor)
    with django_assert_num_queries(8):
        context = visitor.get("hours").context
    assert len(context["lines"]) == len(context["exceptions"]) == context["while_off"] == size


@pytest.mark.parametrize("size", [1, 3])
def test_preview_takes_the_same_queries_for_any_number(
    cast: Cast, as_: As, django_assert_num_queries: Any, size: int
) -> None:
    for i in range(size):
        make_hours(cast.supervisor, i, ends=10)
        make_leave(cast.supervisor, WED + timedelta(days=7 * i))
        make_hours(make.make_supervisor(f"Dr {i}"))
    for who, queries in ((cast.supervisor, 14), (cast.lead, 15)):
        visitor = as_(who)
        with django_assert_num_queries(queries):
            shown = preview(visitor, host=cast.supervisor.pk)
        assert len(shown.context["done"].slots) == {1: 2, 3: 4}[size]


@pytest.mark.parametrize("size", [1, 3])
def test_what_is_published_on_days_off_takes_the_same_queries(
    cast: Cast, as_: As, django_assert_num_queries: Any, size: int
) -> None:
    make_leave(cast.supervisor, WED, WED + timedelta(days=9))
    for i in range(size):
        make.make_event(cast.supervisor, WED + timedelta(days=i))
    visitor = as_(cast.supervisor)
    with django_assert_num_queries(5):
        assert visitor.get("cancel_while_off").context["count"] == size
