"""Why people gave up their places: told so that nobody's own reason can be read; and court, by unit."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from supervision.domain.outcomes import Ended, Outcomes, is_court_heavy, told
from tests import factories as make
from tests.bookings import ended, session
from tests.conftest import Cast, Visitor
from wellbeing.domain.booking import BookingStatus as S
from wellbeing.domain.booking import CancelReason
from wellbeing.models import Person

As = Callable[[Person], Visitor]


def test_cancelled_by_the_person_in_time_and_late_by_reason(cast: Cast, as_: As) -> None:
    given = [
        *[(CancelReason.COURT, True)] * 8,
        *[(CancelReason.COURT, False)] * 4,
        *[(CancelReason.LEAVE, False)] * 7,
        *[(CancelReason.MOVED, False)] * 5,
        ("", False),
    ]
    for i, (reason, late) in enumerate(given):
        ended(session(cast, 20 + i), cast.prosecutor, S.CANCELLED, reason=reason, is_late=late)
    page = as_(cast.lead).get("coverage_uptake")
    rows = {row.name: row.numbers for row in page.context["reasons"].rows}
    assert rows == {
        "Court": ["under 5", "10", "10"],
        "Other work": ["under 5", "under 5", "under 5"],
        "Leave": ["5", "under 5", "5"],
        "Rather not say": ["under 5", "under 5", "under 5"],
        "Not said: taken from a file": ["–", "–", "1"],
        "Another time instead": ["5", "under 5", "5"],
    }
    # Another time instead is no cancellation, and the booking it led to would be the one counted.
    (row,) = page.context["outcomes"].rows
    assert row.numbers == ["20", "0", "0", "0", "0", "12", "8", "0"]


@pytest.mark.parametrize("address", ["coverage_uptake", "coverage_court"])
def test_no_day_and_no_two_days_tell_a_persons_reason(
    cast: Cast, as_: As, address: str
) -> None:
    """A lead sees by name who cancelled on a day; the reason is theirs alone."""
    visitor = as_(cast.lead)
    shown = "reasons" if address == "coverage_uptake" else "grid"

    def said(**query: str) -> list[tuple[str, list[str]]]:
        rows = visitor.get(address, **query).context[shown].rows
        return [(row.name, row.numbers) for row in rows]

    april = {"on": "30/4/2026"}
    days = [april, {"on": "12/5/2026"}, {"on": "9/5/2026", "since": "9/5/2026"}]
    before = said(**april)
    for i in range(6):
        reason = CancelReason.RATHER_NOT_SAY if i else CancelReason.COURT
        ended(session(cast, 3 + i), cast.prosecutor, S.CANCELLED, reason=reason)
    # Days of a month that is not over tell nothing of it.
    assert [said(**query) for query in days] == [before] * 3
    ended(session(cast, 30), cast.prosecutor, S.CANCELLED, reason=CancelReason.COURT)
    assert said(**april) == before


@pytest.mark.parametrize(
    ("number", "shown"), [(0, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15)]
)
def test_reasons_are_told_to_the_nearest_five(number: int, shown: int | None) -> None:
    assert told(number) == shown


def counts(number: int, court: int) -> Outcomes:
    one = Outcomes()
    one.ended[Ended(S.ATTENDED)] = number - court
    one.ended[Ended(S.CANCELLED, CancelReason.COURT)] = court
    return one


# Booked, of them cancelled because of court -> a prompt.
COURT = [
    (40, 4, False),
    (40, 5, True),
    (50, 5, False),
    (49, 5, True),
    (5, 5, True),
    (0, 0, False),
]


@pytest.mark.parametrize(("booked", "court", "heavy"), COURT)
def test_court_prompts_where_it_is_often_and_much(booked: int, court: int, heavy: bool) -> None:
    assert is_court_heavy(counts(booked, court), least=5, percent=10) == heavy


def test_court_names_the_unit_and_what_helps_and_nobody(cast: Cast, as_: As) -> None:
    for i in range(5):
        ended(session(cast, 15 + i), cast.prosecutor, S.CANCELLED, reason=CancelReason.COURT)
        ended(session(cast, 20 + i), cast.paralegal, S.CANCELLED, reason=CancelReason.LEAVE)
    page = as_(cast.lead).get("coverage_court")
    assert page.context["prompts"] == [
        "West One, West: about 5 of 10 booked places (about 50%)"
    ]
    text = page.content.decode()
    main = text[text.index("<main") : text.index("</main>")]
    assert "The workload is the problem, not the person" in main
    assert 'href="' + reverse("court_lists") + '"' in main
    assert cast.prosecutor.name not in main
    make.make_booking(session(cast, 40), cast.paralegal, S.MISSED)
    for i in range(40):
        make.make_booking(session(cast, 50 + i), cast.manager, S.ATTENDED)
    page = as_(cast.lead).get("coverage_court")
    assert page.context["prompts"] == []
    assert [row.numbers for row in page.context["grid"].rows] == [
        ["51", "about 5", "about 10%"]
    ]
