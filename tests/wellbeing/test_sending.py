"""Every POST is safe to repeat: the same form again gets the same answer, and does nothing."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests import factories as make
from tests.access import LETTERS, OPEN, addresses, url
from tests.conftest import TODAY, Cast, Visitor
from tests.world import make_world
from wellbeing.models import Absence, Booking, Event, FormToken, Person

As = Callable[[Person], Visitor]
POSTS = re.compile(r'<form[^>]*method="post"[^>]*>.*?</form>', re.DOTALL)
TOMORROW = TODAY + timedelta(days=1)


def banner(visitor: Visitor, answer: Any) -> str:
    page = visitor.client.get(answer["Location"]).content.decode()
    found = re.search(r"notification-banner__heading\">(.*?)<", page)
    return found[1] if found else ""


def test_booking_sent_twice_is_one_booking(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    me, token = as_(cast.prosecutor), uuid4()
    answers = [me.post("session_book", event.public_id, form_token=token) for _ in range(3)]
    addresses = {a["Location"] for a in answers}
    assert addresses == {f"/bookings/{Booking.objects.get().public_id}/"}
    assert banner(me, answers[2]).startswith("Booked: Wednesday 13 May 2026, 2pm to 3pm.")


def test_what_was_taken_back_is_taken_back_once_and_said_twice(cast: Cast, as_: As) -> None:
    make.make_absence(cast.prosecutor, TODAY, None)
    me, token = as_(cast.manager), uuid4()
    where = ("absence_take_back", cast.prosecutor.public_id, TODAY)
    for _ in range(2):
        answer = me.post(*where, form_token=token)
        assert (answer.status_code, banner(me, answer)[:25]) == (
            302,
            "The absence is taken back",
        )
    assert Absence.as_recorded.count() == 1
    assert me.post(*where, form_token=uuid4()).status_code == 404


def test_published_twice_is_published_once(cast: Cast, as_: As) -> None:
    form = {
        "size": "one", "on": "13/5/2026", "at": "10:00", "minutes": "60", "mode": "video",
        "form_token": uuid4(),
    }  # fmt: skip
    me = as_(cast.supervisor)
    first, second = (me.post("session_publish", **form) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Event.objects.count() == 1


def test_same_form_with_other_answers_is_told(cast: Cast, as_: As) -> None:
    booking = make.make_booking(make.make_event(cast.supervisor, TOMORROW), cast.prosecutor)
    me, token = as_(cast.prosecutor), uuid4()
    me.post("booking_cancel", booking.public_id, reason="court", form_token=token)
    again = me.post("booking_cancel", booking.public_id, reason="leave", form_token=token)
    assert "This form has been sent already" in again.content.decode()


def test_refused_form_may_be_sent_again(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    other = make.make_booking(event, cast.paralegal)
    me, token = as_(cast.prosecutor), uuid4()
    assert me.post("session_book", event.public_id, form_token=token).status_code == 200
    Booking.objects.filter(pk=other.pk).update(status="cancelled")
    assert me.post("session_book", event.public_id, form_token=token).status_code == 302


def test_anothers_token_gives_nothing_away(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    token = uuid4()
    as_(cast.prosecutor).post("session_book", event.public_id, form_token=token)
    other = as_(cast.paralegal).post("session_book", event.public_id, form_token=token)
    assert other.status_code == 200
    assert "has just been taken" in other.content.decode()


@pytest.mark.parametrize("token", ["", "x", "1" * 500, "\x00"])
def test_form_without_a_token_is_done_as_it_comes(cast: Cast, as_: As, token: str) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    answer = as_(cast.prosecutor).post("session_book", event.public_id, form_token=token)
    assert answer.status_code == 302
    assert FormToken.objects.count() == 0


def test_every_form_that_posts_brings_a_token(cast: Cast, as_: As) -> None:
    world, seen, without = make_world(cast), 0, set()
    for letter, member in LETTERS.items():
        client = as_(getattr(cast, member)).client
        for name, args, who in addresses(cast, world):
            if name.startswith("account_") or not (who == OPEN or letter in who):
                continue
            page = b"".join(client.get(url(name, args))).decode(errors="replace")
            for form in POSTS.findall(page):
                if 'action="/accounts/logout/"' not in form:
                    seen += 1
                    without |= set() if 'name="form_token"' in form else {name}
    assert without == set()
    assert seen > 20
