"""What a session's pages show to whom: never a supervisor above one, a place, a name too many."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.conftest import TODAY, Cast, Visitor
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.roles import EventKind, JobRole, Role
from wellbeing.models import Booking, Event, Person

As = Callable[[Person], Visitor]
TOMORROW = TODAY + timedelta(days=1)
BUTTON = b"Book this place"


def filtered(visitor: Visitor) -> list[str]:
    choices = visitor.get("session_list").context["form"].fields["host"].choices
    return [words for _, words in choices]


def boss_of(cast: Cast) -> tuple[Person, Person]:
    """A supervisor who is also a manager's manager, and somebody two steps below."""
    boss = make.make_staff("Big Boss", cast.unit, job_role=JobRole.MANAGER)
    make.make_supervisor("", person=boss)
    middle = make.make_staff("Middle", cast.unit, manager=boss, job_role=JobRole.MANAGER)
    return boss, make.make_staff("Below", cast.unit, manager=middle)


def test_filter_names_only_supervisors_one_may_be_offered(cast: Cast, as_: As) -> None:
    boss_of(cast)
    below = Person.objects.get(name="Below")
    make.make_supervisor("Dr Lapsed", end_on=TODAY - timedelta(days=1))
    make.make_supervisor("Dr Uninsured", indemnity_to=TODAY - timedelta(days=1))
    make.make_supervisor("Dr Soon", start_on=TODAY + timedelta(days=9))
    make.make_supervisor("Dr East", areas=(cast.elsewhere.area,))
    own = ["Anyone", "Dr Megan Hughes", "Dr Soon"]
    assert filtered(as_(below)) == own
    assert filtered(as_(cast.prosecutor)) == ["Anyone", "Big Boss", *own[1:]]


def test_filter_does_not_name_oneself(cast: Cast, as_: As) -> None:
    both = make.make_staff("Dr Both", cast.unit)
    make.make_supervisor("", person=both)
    assert filtered(as_(both)) == ["Anyone", "Dr Megan Hughes"]
    other = make.make_event(cast.supervisor, TOMORROW)
    assert as_(both).post("session_book", other.public_id).status_code == 302


def test_a_session_by_ones_managers_manager_has_no_button_anywhere(cast: Cast, as_: As) -> None:
    boss, below = boss_of(cast)
    event = make.make_event(boss, TOMORROW)
    assert BUTTON in as_(cast.prosecutor).get("session_book", event.public_id).content
    for name in ("session_detail", "session_book"):
        page = as_(below).get(name, event.public_id).content
        assert b"You cannot book with someone in your own management chain." in page
        assert BUTTON not in page
        assert b">Book a place<" not in page
    page = as_(below).post("session_book", event.public_id).content
    assert b"<title>Error: " in page
    assert Booking.objects.count() == 0


def spoil_status(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(status=EventStatus.DRAFT)


def spoil_area(event: Event) -> None:
    event.areas.create(area=make.make_unit("East", "East One").area)


def spoil_kind(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(kind=EventKind.TRAINING)


@pytest.mark.parametrize("spoil", [spoil_status, spoil_area, spoil_kind])
@pytest.mark.parametrize("name", ["session_detail", "session_book"])
def test_what_is_not_ones_to_know_is_not_there(
    cast: Cast, as_: As, name: str, spoil: Callable[[Event], None]
) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    visitor = as_(cast.prosecutor)
    assert visitor.get(name, event.public_id).status_code == 200
    spoil(event)
    assert visitor.get(name, event.public_id).status_code == 404
    assert visitor.post("session_book", event.public_id).status_code == 404
    assert as_(cast.supervisor).get("session_detail", event.public_id).status_code == 200


def test_an_unknown_session_is_not_there(cast: Cast, as_: As) -> None:
    booking = make.make_booking(make.make_event(cast.supervisor, TOMORROW), cast.prosecutor)
    for name in ("session_detail", "session_book", "session_register", "session_cancel"):
        assert as_(cast.lead).get(name, booking.public_id).status_code == 404


def test_a_full_session_says_so_and_offers_another(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TOMORROW, capacity=2)
    for i in range(2):
        make.make_booking(event, make.make_staff(f"Taken {i}", cast.unit))
    page = as_(cast.prosecutor).get("session_detail", event.public_id).content.decode()
    assert "Every place at this session has been taken. Choose another time." in page
    assert "Find another session" in page
    assert "Taken" not in page


def test_training_is_nowhere_for_who_does_not_run_it(cast: Cast, as_: As) -> None:
    event = make.make_event(
        cast.supervisor, TOMORROW, kind=EventKind.TRAINING, areas=(cast.area,)
    )
    for name in ("session_detail", "session_book", "session_register", "session_cancel"):
        assert as_(cast.prosecutor).get(name, event.public_id).status_code == 404
        assert as_(cast.prosecutor).post(name, event.public_id).status_code == 404


def test_place_and_names_are_shown_to_those_who_may(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TOMORROW, capacity=5, place="Room XYZ")
    event.areas.create(area=cast.area)
    given_up = make.make_booking(event, cast.manager, BookingStatus.CANCELLED)
    make.make_booking(event, cast.paralegal)
    seen = {}
    for who in (
        cast.prosecutor,
        cast.paralegal,
        given_up.person,
        cast.supervisor,
        cast.area_lead,
        cast.lead,
    ):
        page = as_(who).get("session_detail", event.public_id).content.decode()
        register = as_(who).get("session_register", event.public_id)
        named = register.status_code == 200 and "Joe Paralegal" in register.content.decode()
        seen[who.name] = ("Room XYZ" in page, named)
    assert seen == {
        "Amira Prosecutor": (False, False),
        "Joe Paralegal": (True, False),
        "Helen Manager": (False, False),
        "Dr Megan Hughes": (True, True),
        "Gwen Area Lead": (True, True),
        "Nadia Lead": (True, True),
    }


def test_somebody_about_to_move_books_in_their_next_area(cast: Cast, as_: As) -> None:
    leaves = TODAY + timedelta(days=3)
    mover = make.make_staff("Mover", cast.unit, end_on=leaves)
    make.make_posting(mover, cast.elsewhere, start_on=leaves + timedelta(days=1))
    there = (cast.elsewhere.area,)
    after = make.make_event(cast.supervisor, leaves + timedelta(days=3), areas=there)
    before = make.make_event(cast.supervisor, TOMORROW, areas=there)
    visitor = as_(mover)
    slots = [slot for day in visitor.get("session_list").context["days"] for slot in day.slots]
    assert [slot.href for slot in slots] == [f"/sessions/{after.public_id}/book/"]
    assert visitor.get("session_detail", before.public_id).status_code == 404
    assert visitor.post("session_book", after.public_id).status_code == 302


def test_a_lead_who_is_staff_books_like_anybody(cast: Cast, as_: As) -> None:
    both = make.make_staff("Both", cast.unit)
    make.make_grant(both, Role.LEAD)
    event = make.make_event(cast.supervisor, TOMORROW)
    page = as_(both).get("session_detail", event.public_id).content
    assert b">Book a place<" in page
    assert b"Cancel this session" in page
    assert (
        b">Book a place<" not in as_(cast.lead).get("session_detail", event.public_id).content
    )


def test_training_opens_from_the_schedule(cast: Cast, as_: As) -> None:
    make.make_event(cast.supervisor, TOMORROW, kind=EventKind.TRAINING, capacity=12)
    visitor = as_(cast.lead)
    (line,) = visitor.get("session_schedule").context["lines"]
    assert line.what == "Training for up to 12, video"
    for address in (line.page, line.register, line.cancel):
        assert visitor.client.get(address).status_code == 200


def test_after_booking_it_is_said_what_follows(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    visitor = as_(cast.prosecutor)
    confirm = visitor.get("session_book", event.public_id).content.decode()
    assert "Your supervisor sees your name and the time." in confirm
    answer = visitor.post("session_book", event.public_id)
    page = visitor.client.get(answer["Location"]).content.decode()
    assert (
        "Booked: Wednesday 13 May 2026, 2pm to 3pm. We have e-mailed you an invitation. "
        "Your manager sees when you were last seen, not by whom." in page
    )


def test_booking_twice_leads_to_the_booking(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TOMORROW, capacity=3)
    visitor = as_(cast.prosecutor)
    booked = visitor.post("session_book", event.public_id)["Location"]
    for page in (
        visitor.post("session_book", event.public_id).content.decode(),
        visitor.get("session_book", event.public_id).content.decode(),
    ):
        assert page.count("You already have a place at this session.") == 1
        assert booked in page
        assert BUTTON.decode() not in page


def test_cancelled_session_says_so_once(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TOMORROW, status=EventStatus.CANCELLED)
    page = as_(cast.prosecutor).get("session_detail", event.public_id).content.decode()
    assert page.count("has been cancelled") == 1
    assert ">Book a place<" not in page


@pytest.mark.parametrize("size", [1, 3])
def test_schedule_and_detail_take_the_same_queries_for_any_number(
    cast: Cast, as_: As, django_assert_num_queries: Any, size: int
) -> None:
    for i in range(size):
        host = make.make_supervisor(f"Dr {i}")
        event = make.make_event(host, TOMORROW, capacity=4, areas=(cast.area,))
        for j in range(size):
            make.make_booking(event, make.make_staff(f"P {i} {j}", cast.unit))
    lead, staff = as_(cast.lead), as_(cast.prosecutor)
    with django_assert_num_queries(8):
        assert lead.get("session_schedule").context["count"] == size
    with django_assert_num_queries(22):
        staff.get("session_detail", event.public_id)
    with django_assert_num_queries(22):
        staff.get("session_book", event.public_id)


# What is asked -> what the list says it is of.
ASKED = [
    ({}, "From 12 May 2026 to 25 May 2026, on your working days"),
    ({"search": "1", "first": "13/5/2026"}, "From 13 May 2026 to 26 May 2026"),
    ({"search": "1", "mode": "phone", "size": "one"}, "From 12 May 2026 to 25 May 2026, by phone, one-to-one"),
    ({"search": "1", "size": "group", "own_days": "on"}, "From 12 May 2026 to 25 May 2026, on your working days, in a group"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "said"), ASKED)
def test_list_says_what_it_is_of_and_how_to_clear_it(
    cast: Cast, as_: As, asked: dict[str, str], said: str
) -> None:
    page = as_(cast.prosecutor).get("session_list", **asked)
    assert page.context["words"] == said
    assert ("Clear these choices" in page.content.decode()) == bool(asked)


def test_list_names_the_supervisor_chosen(cast: Cast, as_: As) -> None:
    page = as_(cast.prosecutor).get("session_list", search="1", host=cast.supervisor.pk)
    assert page.context["words"].endswith(", with Dr Megan Hughes")


def test_a_link_to_join_can_be_followed_and_a_room_is_words(cast: Cast, as_: As) -> None:
    pages = []
    for days, place in ((1, "https://meet.test.example/7"), (2, "Room <7>"), (3, "")):
        event = make.make_event(cast.supervisor, TODAY + timedelta(days=days), place=place)
        booking = make.make_booking(event, cast.prosecutor)
        page = as_(cast.prosecutor).get("booking_detail", booking.public_id)
        pages.append(page.content.decode())
    assert '<a class="govuk-link" href="https://meet.test.example/7">' in pages[0]
    assert "Room &lt;7&gt;</dd>" in pages[1]
    assert "Not given yet. Your wellbeing lead can tell you." in pages[2]


def test_a_group_is_said_to_be_among_others(cast: Cast, as_: As) -> None:
    for capacity in (1, 5):
        event = make.make_event(cast.supervisor, TODAY + timedelta(days=capacity), capacity=capacity)  # fmt: skip
        page = as_(cast.prosecutor).get("session_book", event.public_id).content.decode()
        assert ("else comes to the group sees you there" in page) == (capacity > 1)
        assert ("5 places free." in page) == (capacity > 1)


def test_whoever_did_not_come_reads_who_sees_it_and_who_corrects_it(
    cast: Cast, as_: As
) -> None:
    event = make.make_event(cast.supervisor, TODAY - timedelta(days=1))
    booking = make.make_booking(event, cast.prosecutor, BookingStatus.MISSED)
    page = as_(cast.prosecutor).get("booking_detail", booking.public_id).content.decode()
    assert "Your manager does not see this." in page
    assert f"/bookings/{booking.public_id}/not-right/" in page


def test_pages_of_a_session_lead_back_to_where_it_is_listed(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    seen = {
        who.name: as_(who).get("session_detail", event.public_id).context["back"]
        for who in (cast.supervisor, cast.lead, cast.prosecutor)
    }
    assert seen == {
        "Dr Megan Hughes": "/diary/",
        "Nadia Lead": "/sessions/published/",
        "Amira Prosecutor": "/sessions/",
    }
    register = as_(cast.supervisor).get("session_register", event.public_id).content.decode()
    assert "Who is coming</h1>" in register
