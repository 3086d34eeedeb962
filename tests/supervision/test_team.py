"""What a line manager sees of their people, and what they never see."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.conftest import TODAY, Cast, Visitor
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.roles import EventKind
from wellbeing.models import Person

As = Callable[[Person], Visitor]


def held(person: Person, cast: Cast, days: int) -> None:
    make.make_held(person, cast.supervisor, TODAY - timedelta(days=days))


def test_team_in_words_who_needs_a_word_first(cast: Cast, as_: As) -> None:
    held(cast.prosecutor, cast, 20)
    held(cast.paralegal, cast, 50)
    due_soon = make.make_staff("Dora Due", cast.unit, manager=cast.manager)
    held(due_soon, cast, 35)
    away = make.make_staff("Will Away", cast.unit, manager=cast.manager)
    make.make_absence(away, TODAY, None)
    start = TODAY - timedelta(days=3)
    make.make_staff("Nell New", cast.unit, manager=cast.manager, start_on=start)
    make.make_staff("Not Mine", cast.unit)
    page = as_(cast.manager).get("team")
    lines = [
        (line.name, line.tag and line.tag.text, line.words, line.last)
        for line in page.context["lines"]
    ]
    assert lines == [
        ("Joe Paralegal", "Overdue", "Was due by 4 May 2026", "23 March 2026"),
        ("Dora Due", "Due soon", "Due by 19 May 2026", "7 April 2026"),
        ("Amira Prosecutor", None, "In date, due by 3 June 2026", "22 April 2026"),
        ("Nell New", None, "Not yet seen, first due by 5 June 2026", "Not yet"),
        ("Will Away", None, "Away", "Not yet"),
    ]
    check_ins = {line.name: line.check_in for line in page.context["lines"]}
    assert check_ins["Nell New"] == "None yet, first due by 22 May 2026"
    assert check_ins["Joe Paralegal"] == "None yet, first was due by 19 January 2020"
    assert check_ins["Will Away"] == "None due while away"
    assert page.context["headline"] == "1 of 5 people was due before today."


@pytest.mark.parametrize("people", [1, 3])
def test_team_takes_the_same_queries_for_any_number(cast: Cast, as_: As, people: int) -> None:
    boss = make.make_staff("Boss", cast.unit)
    for i in range(people):
        held(make.make_staff(f"Report {i}", cast.unit, manager=boss), cast, 10 + i)
    make.build_cover()
    visitor = as_(boss)
    with CaptureQueriesContext(connection) as queries:
        assert len(visitor.get("team").context["lines"]) == people
    assert len(queries) == 14


CANARIES = ("Canary Supervisor", "Canary Room", "court", "cancel", "missed")


def test_manager_is_told_nothing_of_what_was_missed_cancelled_or_by_whom(
    cast: Cast, as_: As
) -> None:
    canary = make.make_supervisor("Canary Supervisor")
    ago = TODAY - timedelta(days=5)
    missed = make.make_event(canary, ago, time(9), place="Canary Room")
    make.make_booking(missed, cast.prosecutor, BookingStatus.MISSED)
    cancelled = make.make_event(canary, ago, time(11), place="Canary Room")
    make.make_booking(cancelled, cast.prosecutor, BookingStatus.CANCELLED)
    ahead = make.make_event(canary, TODAY + timedelta(days=1), place="Canary Room")
    booking = make.make_booking(ahead, cast.prosecutor)
    kept = make.make_event(None, TODAY, kind=EventKind.ROUND, theme="Canary Round", capacity=9)
    make.make_booking(kept, cast.prosecutor)
    own = as_(cast.prosecutor).get("booking_detail", booking.public_id).content.decode()
    assert "Canary Supervisor" in own
    assert "Canary Room" in own
    visitor = as_(cast.manager)
    for name, args in (
        ("team", ()),
        ("person", (cast.prosecutor.public_id,)),
        ("person_why", (cast.prosecutor.public_id,)),
        ("check_ins", ()),
        ("people", ()),
        ("home", ()),
        ("check_in_add", (cast.prosecutor.public_id,)),
        ("absence_add", (cast.prosecutor.public_id,)),
    ):
        page = visitor.get(name, *args).content.decode()
        main = page[page.index("<main") : page.index("</main>")].lower()
        for word in CANARIES:
            assert word.lower() not in main, (name, word)


def test_access_ends_on_the_day_the_relation_ends(cast: Cast, as_: As) -> None:
    left = make.make_staff(
        "Left Yesterday", cast.unit, manager=cast.manager, end_on=TODAY - timedelta(days=1)
    )
    page = as_(cast.manager).get("team")
    assert "Left Yesterday" not in page.content.decode()
    assert as_(cast.manager).get("person", left.public_id).status_code == 404
    stays = make.make_staff("Leaves Today", cast.unit, manager=cast.manager, end_on=TODAY)
    assert as_(cast.manager).get("person", stays.public_id).status_code == 200
