"""The seats that make it fit are published in one step: as shown, once, and what cannot be is said."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.conftest import TODAY, Cast, Visitor
from tests.hours import make_hours, make_leave
from tests.pages import page_of
from wellbeing.models import AuditRow, Event, EventArea, Person

As = Callable[[Person], Visitor]

# The cast's three staff were never seen and are overdue. A Thursday a week and two days on.
DAY = TODAY + timedelta(days=9)
# With a week's notice, the Tuesday after this one.
FIT = TODAY + timedelta(days=7)


def main(answer: Any) -> str:
    page = page_of(answer)
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.parametrize("areas", [1, 3])
def test_publishing_takes_the_same_queries_for_any_number(
    cast: Cast, as_: As, areas: int
) -> None:
    for n in range(areas - 1):
        make.make_staff("Somebody", make.make_unit(f"Area {n}", "One"))
    make.build_cover()
    visitor = as_(cast.lead)
    with CaptureQueriesContext(connection) as queries:
        page = preview(visitor, cast.supervisor)
    assert ([len(x.times) for x in page.context["lines"]], len(queries)) == (
        [1, 1, 3][-areas:],
        30,
    )


def preview(visitor: Visitor, host: Person, **more: str) -> Any:
    return visitor.get("coverage_ahead_publish", host=str(host.pk), **more)


def press(visitor: Visitor, page: Any, **more: str) -> Any:
    """Sends the form below the preview, with its token."""
    form = page.context["publish"]
    sent = {name: field.initial for name, field in form.fields.items()}
    html = page.content.decode()
    token = html.rpartition('name="form_token" value="')[2].partition('"')[0]
    return visitor.post("coverage_ahead_publish", **{**sent, "form_token": token, **more})


def published() -> list[tuple[date, str, str, set[str]]]:
    return [
        (
            e.local_on,
            f"{e.start_at:%H:%M}",
            e.host.name if e.host else "",
            set(EventArea.objects.filter(event=e).values_list("area__name", flat=True)),
        )
        for e in Event.objects.order_by("start_at")
    ]


def test_what_is_shown_is_published_in_one_step(cast: Cast, as_: As) -> None:
    visitor = as_(cast.lead)
    page = preview(visitor, cast.supervisor)
    assert published() == []
    line = page.context["lines"][0]
    assert (line.day, line.area, line.host) == (
        "Tuesday 19 May 2026",
        "West",
        "Dr Megan Hughes",
    )
    assert line.times == ("9am to 10am", "10am to 11am", "11am to midday")
    assert "Publish these 3 sessions" in main(page)
    answer = press(visitor, page)
    assert answer.status_code == 302
    assert answer["Location"] == "/coverage/ahead/?first=2026-05-12&weeks=6"
    # Instants are UTC: nine in London is eight.
    assert published() == [
        (FIT, f"{hour:02}:00", "Dr Megan Hughes", {"West"}) for hour in (8, 9, 10)
    ]
    assert {(e.capacity, e.mode, e.minutes) for e in Event.objects.all()} == {(1, "video", 60)}
    after = visitor.get("coverage_ahead")
    assert "3 sessions published. They can be booked now." in page_of(after)
    assert after.context["found"].short == 0
    row = AuditRow.objects.get(verb="ahead.publish")
    assert (row.by, row.details) == (cast.lead, {"published": 3, "left_out": 0})


def test_the_same_form_again_is_answered_the_same(cast: Cast, as_: As) -> None:
    visitor = as_(cast.lead)
    page = preview(visitor, cast.supervisor)
    first = press(visitor, page)
    again = press(visitor, page)
    assert first["Location"] == again["Location"]
    assert Event.objects.count() == 3


def test_the_same_page_sent_anew_adds_nothing(cast: Cast, as_: As) -> None:
    """Another lead, or the same with the page open twice: the places are there by now."""
    page = preview(as_(cast.lead), cast.supervisor)
    other = make.make_person("Second Lead")
    make.make_grant(other, make.Role.LEAD)
    twice = preview(as_(other), cast.supervisor)
    press(as_(cast.lead), page)
    answer = press(as_(other), twice)
    assert answer.status_code == 200
    assert "Nothing is needed" in main(answer)
    assert Event.objects.count() == 3


def test_what_has_changed_since_is_looked_at_again(cast: Cast, as_: As) -> None:
    visitor = as_(cast.lead)
    page = preview(visitor, cast.supervisor)
    make.make_event(cast.supervisor, FIT, time(9), areas=(cast.elsewhere.area,))
    answer = press(visitor, page)
    assert answer.status_code == 200
    assert "Look at it again before you publish." in main(answer)
    assert Event.objects.count() == 1
    assert answer.context["lines"][0].times[0] == "10am to 11am"
    assert press(visitor, answer).status_code == 302
    assert Event.objects.count() == 4


def test_one_supervisor_for_every_day_and_another_for_one(cast: Cast, as_: As) -> None:
    make.make_staff("Elsie Elsewhere", cast.elsewhere)
    other = make.make_supervisor("Dr Other", areas=(cast.elsewhere.area,))
    visitor = as_(cast.lead)
    row = {f"host_{FIT}_{cast.elsewhere.area.pk}": str(other.pk)}
    page = preview(visitor, cast.supervisor, **row)
    assert [(x.area, x.host, len(x.times)) for x in page.context["lines"]] == [
        ("East", "Dr Other", 1),
        ("West", "Dr Megan Hughes", 3),
    ]
    press(visitor, page)
    assert {(host, *areas) for _, _, host, areas in published()} == {
        ("Dr Other", "East"),
        ("Dr Megan Hughes", "West"),
    }


def test_supervisors_of_other_areas_or_not_registered_are_no_choice(
    cast: Cast, as_: As
) -> None:
    make.make_supervisor("Dr East", areas=(cast.elsewhere.area,))
    make.make_supervisor("Dr Ended", end_on=FIT - timedelta(days=1))
    page = as_(cast.lead).get("coverage_ahead_publish")
    field = page.context["form"].fields[f"host_{FIT}_{cast.area.pk}"]
    assert [words for _, words in field.choices] == [
        "The one chosen for every day",
        "Dr Megan Hughes",
    ]
    nobody = page.context["form"].fields["host"].choices
    assert [words for _, words in nobody] == ["Nobody", "Dr Megan Hughes"]


def test_what_cannot_be_published_is_said_and_the_rest_is(cast: Cast, as_: As) -> None:
    """Six hours a day is the most that this supervisor gives: five of them are taken."""
    make.make_event(
        cast.supervisor, FIT, time(9), minutes=300, areas=(cast.elsewhere.area,), capacity=8
    )
    visitor = as_(cast.lead)
    page = preview(visitor, cast.supervisor)
    line = page.context["lines"][0]
    assert (line.times, line.missing) == (("2pm to 3pm",), 2)
    assert line.reason == "Dr Megan Hughes has no more free time that day."
    press(visitor, page)
    assert Event.objects.count() == 2
    said = page_of(visitor.get("coverage_ahead"))
    assert (
        "1 session published. They can be booked now. 2 places are not: Dr Megan Hughes has no"
        " more free time that day."
    ) in said


def test_a_day_off_is_said_like_any_other_lack_of_time(cast: Cast, as_: As) -> None:
    make_leave(cast.supervisor, FIT)
    page = preview(as_(cast.lead), cast.supervisor)
    assert page.context["lines"][0].reason == "Dr Megan Hughes has no more free time that day."
    assert page.context["publish"] is None


def test_own_hours_of_the_day_come_before_the_usual_ones(cast: Cast, as_: As) -> None:
    make_hours(cast.supervisor, weekday=1, starts=13, ends=16)
    page = preview(as_(cast.lead), cast.supervisor)
    assert page.context["lines"][0].times == ("1pm to 2pm", "2pm to 3pm", "3pm to 4pm")


def test_nobody_chosen_says_so_and_publishes_nothing(cast: Cast, as_: As) -> None:
    visitor = as_(cast.lead)
    assert "You have chosen nobody." in main(visitor.get("coverage_ahead_publish", host=""))
    answer = visitor.post("coverage_ahead_publish", first="2026-05-12", weeks="6")
    assert answer.status_code == 200
    assert Event.objects.count() == 0


def test_an_area_lead_publishes_for_their_own_area_alone(cast: Cast, as_: As) -> None:
    """Somebody of theirs moves: the place for them is the other Area's to publish."""
    for person in (cast.prosecutor, cast.paralegal, cast.manager):
        make.make_absence(person, TODAY, None)
    mover = make.make_staff("Mo Mover", cast.unit, end_on=TODAY)
    make.make_posting(mover, cast.elsewhere, start_on=TODAY + timedelta(days=1))
    make.make_absence(mover, date(2020, 3, 1), date(2020, 3, 2))
    page = as_(cast.area_lead).get("coverage_ahead")
    assert [(s.area, s.reason) for s in page.context["seats"]] == [
        ("East", "For a lead of East to publish")
    ]
    page = preview(as_(cast.area_lead), cast.supervisor)
    assert "Nothing is needed that you could publish." in main(page)
