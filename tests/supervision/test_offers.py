"""The other offers beside coverage: twelve months to the day, never supervision, Rounds by nobody's name."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.queries.offers import Offers, RoundsHeld, TakenUp, offers, twelve_months
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from tests.pages import page_of
from wellbeing.domain.booking import BookingStatus as S
from wellbeing.domain.booking import EventStatus
from wellbeing.domain.roles import EventKind, JobRole
from wellbeing.models import Event, Person

As = Callable[[Person], Visitor]
FIRST = date(2025, 5, 13)
NONE = TakenUp()


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (TODAY, FIRST),
        (date(2026, 12, 31), date(2026, 1, 1)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2025, 2, 28), date(2024, 2, 29)),
    ],
)
def test_twelve_months_end_on_the_day(last: date, first: date) -> None:
    assert twelve_months(last) == first


def taken(
    kind: EventKind, on: date, *people: Person, status: S = S.ATTENDED, at: time = time(9)
) -> None:
    host = make.make_person()
    event = make.make_event(host, on, at, kind=kind, capacity=None)
    for person in people:
        make.make_booking(event, person, status)


def test_each_offer_is_counted_by_itself_and_supervision_in_none(cast: Cast) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, TODAY - timedelta(days=1))
    assert offers(TODAY, at=NOW) == Offers(FIRST, TODAY, NONE, NONE, RoundsHeld(0, 0, 0))
    for on in (FIRST, TODAY - timedelta(days=3)):
        taken(EventKind.CHECK_IN, on, cast.prosecutor)
    taken(EventKind.CHECK_IN, FIRST - timedelta(days=1), cast.paralegal)
    taken(EventKind.CHECK_IN, TODAY - timedelta(days=4), cast.paralegal, status=S.MISSED)
    taken(EventKind.TRAINING, TODAY - timedelta(days=5), cast.prosecutor, cast.paralegal)
    found = offers(TODAY, at=NOW)
    assert (found.check_ins, found.training) == (TakenUp(2, 1, 1), TakenUp(1, 1, 2))


def test_people_are_counted_where_and_as_what_they_were_on_the_day(cast: Cast) -> None:
    moved = make.make_staff("Moved", cast.unit, end_on=date(2025, 12, 31))
    make.make_posting(
        moved, cast.elsewhere, start_on=date(2026, 1, 1), job_role=JobRole.MANAGER
    )
    taken(EventKind.TRAINING, date(2025, 12, 31), moved)
    taken(EventKind.TRAINING, date(2026, 1, 1), moved)
    taken(EventKind.TRAINING, date(2026, 1, 2), make.make_person("Outside the staff"))
    west, east = (frozenset({u.area.pk}) for u in (cast.unit, cast.elsewhere))
    assert offers(TODAY, at=NOW, areas=west).training == TakenUp(1, 1, 1)
    assert offers(TODAY, at=NOW, areas=east).training == TakenUp(1, 0, 1)
    # One person, who was a prosecutor at one of the two.
    assert offers(TODAY, at=NOW).training == TakenUp(2, 1, 1)


def a_round(on: date, coming: int, *, at: time = time(8), **more: object) -> Event:
    event = make.make_event(None, on, at, kind=EventKind.ROUND, capacity=99, theme="T", **more)  # type: ignore[arg-type]
    for _ in range(coming):
        make.make_booking(event, make.make_person())
    return event


def test_rounds_are_held_when_over_and_few_are_in_no_sum(cast: Cast) -> None:
    a_round(TODAY - timedelta(days=9), 5)
    a_round(TODAY - timedelta(days=8), 6, areas=(cast.area,))
    a_round(TODAY - timedelta(days=7), 4)
    a_round(TODAY, 7, at=time(14))
    a_round(TODAY - timedelta(days=6), 0, status=EventStatus.CANCELLED)
    a_round(FIRST - timedelta(days=1), 8)
    west, east = (frozenset({u.area.pk}) for u in (cast.unit, cast.elsewhere))
    assert offers(TODAY, at=NOW).rounds == RoundsHeld(3, 11, 1)
    assert offers(TODAY, at=NOW, areas=west).rounds == RoundsHeld(3, 11, 1)
    assert offers(TODAY, at=NOW, areas=east).rounds == RoundsHeld(2, 5, 1)


def test_no_two_dates_tell_how_many_came_to_a_small_round(cast: Cast) -> None:
    a_round(TODAY - timedelta(days=9), 5)
    a_round(TODAY - timedelta(days=5), 3)
    sums = {offers(TODAY - timedelta(days=n), at=NOW).rounds.coming for n in range(12)}
    assert sums == {0, 5}


def test_page_says_what_is_held_and_what_is_never_recorded(cast: Cast, as_: As) -> None:
    taken(EventKind.TRAINING, TODAY - timedelta(days=5), cast.prosecutor, cast.paralegal)
    a_round(TODAY - timedelta(days=7), 4)
    page = as_(cast.lead).get("offers")
    assert [(x.name, x.times, x.prosecutors, x.everyone) for x in page.context["lines"]] == [
        ("Line-manager check-ins", "0", "0", "0"),
        ("Schwartz Rounds", "1", "–", "0"),
        ("RASSO Welfare Support Training", "1", "1", "2"),
    ]
    assert [one.name for one in page.context["not_recorded"]] == [
        "Team support sessions",
        "Counselling",
        "Mental health allies",
        "RASSO Wellbeing Toolkit",
    ]
    text = page_of(page)
    assert "13 May 2025 to 12 May 2026" in text
    assert "1 Round with fewer than 5 left out of that number." in text
    assert text.count("Not recorded, by design") == 3


def test_area_lead_has_their_areas_and_no_other(cast: Cast, as_: As) -> None:
    taken(EventKind.TRAINING, TODAY - timedelta(days=5), cast.prosecutor)
    taken(EventKind.TRAINING, TODAY - timedelta(days=6), make.make_staff("E", cast.elsewhere))
    lead, area_lead = as_(cast.lead), as_(cast.area_lead)

    def times(visitor: Visitor, **asked: object) -> str:
        return str(visitor.get("offers", **asked).context["lines"][2].times)

    east = cast.elsewhere.area.pk
    assert (times(lead), times(lead, area=east), times(area_lead)) == ("2", "1", "1")
    assert times(area_lead, area=cast.area.pk) == "1"
    refused = area_lead.get("offers", area=east)
    assert list(refused.context["form"].errors) == ["area"]
    assert "East" not in page_of(refused).partition("<main")[2]


@pytest.mark.parametrize("on", ["x", "30/2/2026", "13/5/2026", "1/1/9999", "\x00"])
def test_a_day_that_is_none_or_to_come_is_a_clean_page(cast: Cast, as_: As, on: str) -> None:
    page = as_(cast.lead).get("offers", on=on)
    assert list(page.context["form"].errors) == ["on"]


def test_the_earliest_day_is_a_clean_page(cast: Cast, as_: As) -> None:
    assert as_(cast.lead).get("offers", on="1/1/1900").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_the_same_queries_for_any_number(cast: Cast, as_: As, number: int) -> None:
    for i in range(number):
        taken(EventKind.CHECK_IN, TODAY - timedelta(days=2 + i), cast.prosecutor)
        a_round(TODAY - timedelta(days=20 + i), 5)
    visitor = as_(cast.lead)
    with CaptureQueriesContext(connection) as queries:
        visitor.get("offers")
    assert len(queries) == 7
