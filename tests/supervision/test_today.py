"""A lead's *Today*: who needs a place is who the rules say, and every number opens to its list."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.domain.cover import Standing, Status
from supervision.queries.coverage import Asked, By, coverage
from supervision.queries.nudges import back_from_long_absence
from supervision.queries.parts import part
from supervision.queries.stored_cover import StoredCover
from supervision.queries.today import Need, Needing, NeedList, added
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from tests.supervision.test_cover_lists import populate
from tests.wellbeing.page import Page
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.models import Booking, Person

As = Callable[[Person], Visitor]
DAY = timedelta(days=1)
# The pages' own queries: the session, the viewer, cover, needs, availability, what else waits.
QUERIES, LIST_QUERIES = 25, 11


def has_place(person: int) -> bool:
    """Asked of each by itself, without a join."""
    return any(
        b.event.kind == "supervision"
        and b.event.local_on >= TODAY
        and (
            b.status == BookingStatus.BOOKED
            or (
                b.status == BookingStatus.OFFERED
                and (b.offer_ends_at is None or b.offer_ends_at > NOW)
            )
        )
        for b in Booking.objects.filter(person=person).select_related("event")
    )


def by_rules(need: Need) -> list[Standing]:
    """From the facts alone, soonest due first."""
    lines = coverage(Asked(on=TODAY, strand=Strand.SUPERVISION), with_people=True).people
    back = back_from_long_absence(TODAY)
    belongs = {
        Need.OVERDUE: lambda s: s.status == Status.OVERDUE,
        Need.NEVER_SEEN: lambda s: s.never_seen,
        Need.BACK: lambda s: s.person in back,
    }[need]
    found = [
        x.standing
        for x in lines
        if belongs(x.standing)
        and x.standing.status != Status.ABSENT
        and not has_place(x.standing.person)
    ]
    return sorted(found, key=lambda s: (s.due_on or TODAY.max, s.person))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("build", ["stale", "built", "mixed"])
def test_who_needs_a_place_is_who_the_rules_say(cast: Cast, seed: int, build: str) -> None:
    populate(cast, seed)
    for person in Person.objects.filter(name__in=["P01", "P02", "P03", "P04"]):
        make.make_absence(person, TODAY - 60 * DAY, TODAY - 3 * DAY)
    if build != "stale":
        make.build_cover()
    if build == "mixed":
        make.mark_stale(*Person.objects.filter(staff_number__isnull=False)[::3])
    whole = part(TODAY, Strand.SUPERVISION, None, by=By.UNIT)
    needing = Needing(StoredCover(whole.where), TODAY, NOW)
    sums = added(list(needing.by_unit().values()))
    for need in Need:
        wanted = by_rules(need)
        assert wanted, need
        found = NeedList(needing, whole, need)
        pages = [found[i : i + 7] for i in range(0, found.count(), 7)]
        assert [x.standing.person for p in pages for x in p] == [s.person for s in wanted]
        prosecutors = [s for s in wanted if s.job_role == JobRole.PROSECUTOR]
        assert NeedList(needing, whole, need, JobRole.PROSECUTOR).count() == len(prosecutors)
        assert (sums[need].everyone, sums[need].prosecutors) == (len(wanted), len(prosecutors))
        for unit, counts in needing.by_unit().items():
            there = [s for s in wanted if s.unit == unit]
            assert counts[need].everyone == len(there)


OFFERS = [
    # status, days ahead, the offer's end -> somebody who still needs a place
    (BookingStatus.BOOKED, 0, None, False),
    (BookingStatus.BOOKED, 9, None, False),
    (BookingStatus.BOOKED, -1, None, True),
    (BookingStatus.OFFERED, 9, NOW + timedelta(hours=1), False),
    (BookingStatus.OFFERED, 9, NOW, True),
    (BookingStatus.WAITING, 9, None, True),
    (BookingStatus.DECLINED, 9, None, True),
    (BookingStatus.CANCELLED_BY_SERVICE, 9, None, True),
]


@pytest.mark.parametrize(("status", "ahead", "ends", "needs"), OFFERS)
def test_a_place_ahead_is_what_is_booked_or_can_still_be_accepted(
    cast: Cast, status: BookingStatus, ahead: int, ends: datetime | None, needs: bool
) -> None:
    event = make.make_event(cast.supervisor, TODAY + ahead * DAY)
    booking = make.make_booking(event, cast.prosecutor, status)
    Booking.objects.filter(pk=booking.pk).update(offer_ends_at=ends)
    whole = part(TODAY, Strand.SUPERVISION, None, by=By.UNIT)
    found = NeedList(Needing(StoredCover(whole.where), TODAY, NOW), whole, Need.OVERDUE)
    people = {one.standing.person for one in found[0:10]}
    assert (cast.prosecutor.pk in people) == needs
    assert cast.paralegal.pk in people


def test_every_number_opens_to_its_list_and_links_stay_with_who_is_led(
    cast: Cast, as_: As
) -> None:
    populate(cast, 4)
    for who, names in (
        (cast.lead, {"West One", "West Two", "East One"}),
        (cast.area_lead, {"West One", "West Two"}),
    ):
        visitor = as_(who)
        page = visitor.get("lead_today")
        units = page.context["units"]
        assert {line.name.split(",")[0] for line in units} == names
        for line in units:
            for number in line.numbers:
                if number.href:
                    listed = visitor.client.get(number.href).context
                    assert f"{listed['count']:,}" == number.text
                    assert {one.place for one in listed["people"]} == {line.name}
        for task in page.context["tasks"]:
            assert visitor.client.get(task.href.partition("#")[0]).status_code == 200
    elsewhere = as_(cast.area_lead).get("lead_today_people", unit=cast.elsewhere.public_id)
    assert "people" not in elsewhere.context


def test_each_kind_of_thing_is_there_with_its_step(cast: Cast, as_: As) -> None:
    make.make_held(cast.paralegal, cast.supervisor, TODAY - DAY)
    make.make_booking(
        make.make_event(cast.supervisor, TODAY - 2 * DAY, areas=(cast.area,)), cast.manager
    )
    disputed = make.make_event(cast.supervisor, TODAY - 4 * DAY, areas=(cast.area,))
    make.make_booking(disputed, cast.paralegal, BookingStatus.DISPUTED)
    make.make_supervisor("Dr Ending", end_on=TODAY + 20 * DAY)
    make.build_cover()
    tasks = [(t.text, t.step) for t in as_(cast.area_lead).get("lead_today").context["tasks"]]
    assert tasks == [
        (
            "2 people are overdue, with nothing booked or offered, 1 of them a prosecutor",
            "Offer a session to all",
        ),
        (
            "2 people are not yet seen, with nothing booked or offered, 1 of them a prosecutor",
            "Offer a session to all",
        ),
        ("3 people are short of a place in the next 6 weeks", "See where"),
        ("1 session without a register", "Say who came"),
        ("1 session with an outcome to settle", "Settle"),
        ("1 registration that ends soon or has ended", "See whose"),
    ]


def test_nothing_to_do_says_so(cast: Cast, as_: As) -> None:
    for hour, person in enumerate((cast.prosecutor, cast.paralegal, cast.manager)):
        make.make_held(person, cast.supervisor, TODAY - DAY, time(9 + hour))
    # All three are due again within six weeks.
    make.make_event(cast.supervisor, TODAY + 30 * DAY, capacity=3, areas=(cast.area,))
    visitor = as_(cast.area_lead)
    page = visitor.get("lead_today")
    assert page.context["tasks"] == []
    assert "Nothing needs doing" in Page.of(page.content).text
    assert visitor.get("home").context["lead_words"] == ""
    assert "Nobody." in Page.of(visitor.get("lead_today_people").content).text


def test_home_says_how_many_are_overdue(cast: Cast, as_: As) -> None:
    words = as_(cast.area_lead).get("home").context["lead_words"]
    assert words == (
        "3 people are overdue, with nothing booked or offered, 1 of them a prosecutor"
    )


def queries(visitor: Visitor, name: str, **query: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert visitor.get(name, **query).status_code == 200
    return len(captured)


def test_one_and_three_people_ask_the_same_queries(cast: Cast, as_: As) -> None:
    visitor = as_(cast.lead)
    for person in (cast.paralegal, cast.manager):
        make.make_held(person, make.make_supervisor("Dr"), TODAY - DAY)
    make.build_cover()
    before = [queries(visitor, "lead_today"), queries(visitor, "lead_today_people")]
    for i in range(2):
        make.make_staff(f"More {i}", cast.elsewhere)
    make.build_cover()
    assert visitor.get("lead_today_people").context["count"] == 3
    after = [queries(visitor, "lead_today"), queries(visitor, "lead_today_people")]
    assert (before, after) == ([QUERIES, LIST_QUERIES], [QUERIES, LIST_QUERIES])


def test_units_are_listed_a_page_at_a_time(cast: Cast, as_: As, settings: Any) -> None:
    settings.COVER_LIST_PER_PAGE = 2
    for i in range(3):
        make.make_staff(f"Other {i}", make.make_unit("West", f"West {i}"))
    visitor = as_(cast.lead)
    first, second = (visitor.get("lead_today", page=number) for number in (1, 2))
    assert [line.name for page in (first, second) for line in page.context["units"]] == [
        "West One, West",
        "West 0, West",
        "West 1, West",
        "West 2, West",
    ]
    assert 'aria-label="Pages"' in first.content.decode()
