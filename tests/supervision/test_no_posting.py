"""Whoever left the staff, or joins it soon: a sentence on the staff's pages, and nothing else."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.access import ALL, OPEN, addresses, url
from tests.conftest import NOW, TODAY, Cast, Visitor
from tests.wellbeing.page import Page
from tests.world import make_world
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.roles import EventKind
from wellbeing.models import Person, Posting
from wellbeing.operations.facts import close

As = Callable[[Person], Visitor]
DAY = timedelta(days=1)
HEADINGS = {
    "session_list": "Find a session",
    "check_ins": "My check-ins",
    "own_supervisor": "My supervisor",
    "rounds": "Schwartz Rounds",
}
ENDED = (
    "Your RASSO posting ended on Monday 11 May 2026, so there is nothing here for you any more."
)
BEGINS = "Your RASSO posting begins on Tuesday 19 May 2026, so there is nothing here for you before that day."


@pytest.fixture
def leaver(cast: Cast) -> Person:
    """Gone since today, with what they had."""
    who = make.make_staff("Ada Leaver", cast.unit, manager=cast.manager, end_on=TODAY - DAY)
    make.make_booking(make.make_event(cast.supervisor, TODAY + 2 * DAY), who)
    held = make.make_event(
        cast.manager, TODAY - 9 * DAY, time(9), kind=EventKind.CHECK_IN, capacity=None
    )
    make.make_booking(held, who, BookingStatus.ATTENDED)
    return who


@pytest.fixture
def joiner(cast: Cast) -> Person:
    return make.make_staff(
        "Bo Joiner", cast.unit, manager=cast.manager, start_on=TODAY + 7 * DAY
    )


def shown(answer: Any) -> Page:
    assert answer.status_code == 200
    return Page.of(answer.content)


def test_a_sentence_says_why_and_nothing_is_disclosed(
    cast: Cast, as_: As, leaver: Person, joiner: Person
) -> None:
    make_world(cast)
    for who, words in ((leaver, ENDED), (joiner, BEGINS)):
        for name, heading in HEADINGS.items():
            answer = as_(who).get(name)
            text = shown(answer).text
            assert heading in text
            assert words in text
            for other in (cast.supervisor, cast.manager, cast.lead):
                assert other.name not in text
            links = [i.text for i in answer.context["navigation"]]
            assert links == ["Home", "Calendar and messages"]
            assert ("My bookings" in text) == (who == leaver)


def test_every_other_page_is_as_for_somebody_without_a_part(
    cast: Cast, as_: As, leaver: Person, joiner: Person
) -> None:
    world, wrong = make_world(cast), []
    for who in (leaver, joiner):
        client = as_(who).client
        for name, args, whose in addresses(cast, world):
            opens = whose in (OPEN, ALL) or name in HEADINGS
            status = client.get(url(name, args)).status_code
            if name != "account_logout" and (status in (200, 302)) != opens:
                wrong.append((who.name, name, status))
    assert wrong == []


def test_nothing_for_whoever_never_had_a_posting(cast: Cast, as_: As) -> None:
    """Nor for one whose posting was recorded by mistake, and closed."""
    mistaken = make.make_staff("Cy Mistaken", cast.unit, end_on=TODAY - DAY)
    close(Posting.objects.get(person=mistaken), by=cast.admin, at=NOW)
    for who in (cast.auditor, cast.admin, cast.supervisor, mistaken):
        for name in HEADINGS:
            assert as_(who).get(name).status_code == 404, (who.name, name)


def test_a_posting_to_come_is_said_before_one_that_ended(
    cast: Cast, as_: As, leaver: Person
) -> None:
    make.make_posting(leaver, cast.elsewhere, start_on=TODAY + 7 * DAY)
    assert BEGINS in shown(as_(leaver).get("check_ins")).text


def test_the_pages_open_on_the_first_day_and_close_after_the_last(
    cast: Cast, as_: As, leaver: Person, joiner: Person, clock: Callable[..., None]
) -> None:
    clock(NOW + 7 * DAY)
    assert BEGINS not in shown(as_(joiner).get("session_list")).text
    clock(NOW - DAY)
    assert ENDED not in shown(as_(leaver).get("session_list")).text
