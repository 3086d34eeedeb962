"""Home: the next session or the one thing to do, in words that fit whoever reads them."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest

from supervision.presenters.navigation import navigation
from supervision.queries.viewers import viewer_of
from tests import factories as make
from tests.conftest import TODAY, Cast, Visitor
from wellbeing.domain.roles import EventKind
from wellbeing.models import Event, Person

As = Callable[[Person], Visitor]
NEVER, NOTHING = None, None
AWAY = "You are marked as away. Nothing is due until you are back"
LATE = "Your next session is due by 19 May 2026. The one you have booked is after that"

# Days since the last session, days away from today, days to the next booked one -> headline.
HEADLINES = [
    (20, 0, NOTHING, "In date. Your next session is due by 3 June 2026"),
    (20, 0, 9, "In date. Your next session is due by 3 June 2026"),
    (35, 0, NOTHING, "Time to book: your next session is due by 19 May 2026"),
    (35, 0, 7, "Your next session is due by 19 May 2026. You have booked one"),
    (35, 0, 8, LATE),
    (50, 0, NOTHING, "Your session was due by 4 May 2026. Choose a time that suits you"),
    (50, 0, 1, "Your session was due by 4 May 2026. You have booked one"),
    (50, 3, NOTHING, AWAY),
    (NEVER, 0, NOTHING, "Your first session was due by 2 February 2020. Choose a time that suits you"),
]  # fmt: skip


@pytest.mark.parametrize(("seen", "away", "ahead", "headline"), HEADLINES)
def test_headline_of_ones_own_page(
    cast: Cast, as_: As, seen: int | None, away: int, ahead: int | None, headline: str
) -> None:
    if seen is not None:
        make.make_held(cast.prosecutor, cast.supervisor, TODAY - timedelta(days=seen))
    if away:
        make.make_absence(cast.prosecutor, TODAY, TODAY + timedelta(days=away))
    if ahead is not None:
        event = make.make_event(cast.supervisor, TODAY + timedelta(days=ahead), time(15))
        make.make_booking(event, cast.prosecutor)
    page = as_(cast.prosecutor).get("home")
    assert page.context["headline"] == headline
    body = page.content.decode()
    assert ("Find an earlier session" in body) == (headline == LATE)
    # The navigation has the same words once.
    assert body.count(">Find a session</a>") == (2 if ahead is None else 1)
    assert bool(page.context["why"]) == (headline != AWAY)


def test_new_person_reads_at_once_what_supervision_is(cast: Cast, as_: As) -> None:
    new = make.make_staff("New", cast.unit, start_on=TODAY)
    page = as_(new).get("home")
    assert page.context["headline"] == "Your first session is due by 8 June 2026"
    assert '<details class="govuk-details" open>' in page.content.decode()
    make.make_held(cast.prosecutor, cast.supervisor, TODAY - timedelta(days=1))
    assert "open>" not in as_(cast.prosecutor).get("home").content.decode()


# Days since the last check-in -> what the person reads; one's manager arranges it.
CHECK_INS = [
    (1, "Your next check-in is due by 8 June 2026"),
    (26, "Your next check-in is due by 14 May 2026"),
    (40, "Your check-in was due by 30 April 2026. Agree a time with your manager"),
]


@pytest.mark.parametrize(("days", "said"), CHECK_INS)
def test_check_in_is_not_the_persons_to_book(cast: Cast, as_: As, days: int, said: str) -> None:
    held_on = TODAY - timedelta(days=days)
    data = {"held_on_day": held_on.day, "held_on_month": held_on.month, "held_on_year": 2026}
    as_(cast.manager).post("check_in_add", cast.prosecutor.public_id, **data)
    assert as_(cast.prosecutor).get("home").context["check_in"] == said


def make_round(theme: str, days: int, *areas: Any) -> Event:
    on: date = TODAY + timedelta(days=days)
    return make.make_event(
        None, on, kind=EventKind.ROUND, capacity=50, theme=theme, areas=areas
    )


def test_next_round_is_one_that_the_person_may_come_to(cast: Cast, as_: As) -> None:
    make_round("Theirs", 3, cast.elsewhere.area)
    make_round("Ours", 5, cast.area)
    visitor = as_(cast.prosecutor)
    event = visitor.get("home").context["round"]
    assert event.theme == "Ours"
    assert visitor.get("round_detail", event.public_id).status_code == 200


def test_supervisor_reads_at_home_who_comes_today(cast: Cast, as_: As) -> None:
    make.make_booking(make.make_event(cast.supervisor, TODAY, time(16)), cast.prosecutor)
    assert "Amira Prosecutor" in as_(cast.supervisor).get("home").content.decode()


def test_an_account_without_a_part_is_told_whom_to_ask(cast: Cast, as_: As) -> None:
    said = "Your account has no RASSO posting and no role today"
    stranger = make.make_person("Stranger")
    assert said in as_(stranger).get("home").content.decode()
    for name, member in cast.everyone().items():
        assert said not in as_(member).get("home").content.decode(), name


# Who, at which address -> what the navigation marks.
CURRENT = [
    ("prosecutor", "/sessions/x/book/", "Find a session"),
    ("supervisor", "/sessions/x/register/", "Diary"),
    ("supervisor", "/sessions/publish/", "Diary"),
    ("lead", "/sessions/publish/", "Sessions"),
    ("lead", "/sessions/published/", "Sessions"),
    ("lead", "/hours/publish/", "Sessions"),
    ("supervisor", "/hours/publish/", "Hours"),
    ("lead", "/registrations/", "Sessions"),
    ("area_lead", "/registrations/x/move/", "Sessions"),
    ("supervisor", "/registration/", "Registration"),
    ("lead", "/people/x/", "People"),
    ("manager", "/people/x/", "Team"),
    ("manager", "/check-ins/x/take-back/", "Check-ins"),
    ("manager", "/", "Home"),
]


@pytest.mark.parametrize(("who", "path", "marked"), CURRENT)
def test_navigation_marks_where_a_page_belongs(
    cast: Cast, who: str, path: str, marked: str
) -> None:
    items = navigation(viewer_of(getattr(cast, who).pk, TODAY), path)
    assert [item.text for item in items if item.current] == [marked]
