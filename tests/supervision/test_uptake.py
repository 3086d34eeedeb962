"""Offered beside taken up, and what became of bookings: by facts that the test makes."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from supervision.domain.outcomes import (
    CancelledBy,
    Ended,
    Notice,
    Outcomes,
    together,
)
from supervision.queries.coverage import By
from supervision.queries.outcomes import outcomes
from supervision.queries.parts import part
from supervision.queries.stored_cover import StoredCover
from supervision.queries.verify_outcomes import outcome_differences
from tests import factories as make
from tests.bookings import ended, session
from tests.conftest import TODAY, Cast, Visitor
from wellbeing.domain.booking import BookingStatus as S
from wellbeing.domain.booking import EventStatus
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.roles import EventKind, Strand
from wellbeing.models import Booking, BookingMove, Person

As = Callable[[Person], Visitor]


def found(cast: Cast) -> Outcomes:
    """What became of the bookings of everybody, of the 365 days to today.

    The same from what is stored as from the facts of whoever is stale, and as the database
    says by a statement of its own.
    """

    def now() -> Outcomes:
        cover = StoredCover(part(TODAY, Strand.SUPERVISION, None, by=By.AREA).where)
        return together(outcomes(cover, TODAY - timedelta(days=364), TODAY).values())

    from_facts = now()
    make.build_cover()
    assert now() == from_facts
    assert list(outcome_differences(Strand.SUPERVISION)) == []
    return from_facts


@pytest.mark.parametrize("is_built", [False, True])
def test_offered_and_taken_up_stand_side_by_side(cast: Cast, as_: As, is_built: bool) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, TODAY - timedelta(days=41))
    make.make_booking(session(cast, 10), cast.paralegal, S.MISSED)
    make.make_staff("Elsewhere", cast.elsewhere)
    if is_built:
        make.build_cover()
    page = as_(cast.lead).get("coverage_uptake")
    assert page.context["headlines"] == [
        "Of 2 prosecutors in RASSO units, 1 (50.0%) were offered clinical supervision within"
        " the interval that the policy sets, and 1 (50.0%) took it up.",
        "Of all 4 RASSO staff in RASSO units, 2 (50.0%) were offered clinical supervision within"
        " the interval that the policy sets, and 1 (25.0%) took it up.",
    ]
    rows = [
        (x.name, p.in_scope.text, p.offered.text, p.not_offered.text, p.taken_up.text, p.taken_up_share)
        for x in page.context["lines"]
        for p in (x.prosecutors, x.everyone)
    ]  # fmt: skip
    assert rows == [
        ("East", "1", "0", "1", "0", "0.0%"),
        ("East", "1", "0", "1", "0", "0.0%"),
        ("West", "1", "1", "0", "1", "100.0%"),
        ("West", "3", "2", "1", "1", "33.3%"),
    ]


# Who, by whom, how long before the start -> by whom and with how much notice it counts.
SERVICE = [
    (
        "host",
        EventStatus.CANCELLED,
        timedelta(days=7, minutes=1),
        CancelledBy.HOST,
        Notice.WEEK,
    ),
    ("host", EventStatus.CANCELLED, timedelta(days=7), CancelledBy.HOST, Notice.DAYS),
    ("host", EventStatus.CANCELLED, timedelta(hours=48), CancelledBy.HOST, Notice.DAYS),
    ("lead", EventStatus.CANCELLED, timedelta(hours=47), CancelledBy.LEAD, Notice.SHORT),
    ("lead", EventStatus.CANCELLED, timedelta(), CancelledBy.LEAD, Notice.AFTER),
    ("lead", EventStatus.PUBLISHED, timedelta(days=8), CancelledBy.PLACE, Notice.WEEK),
    ("service", EventStatus.CANCELLED, timedelta(days=8), CancelledBy.FILE, Notice.WEEK),
]


@pytest.mark.parametrize(("who", "status", "before", "by", "notice"), SERVICE)
def test_what_the_service_cancelled_by_whom_and_how_late(
    cast: Cast,
    who: str,
    status: EventStatus,
    before: timedelta,
    by: CancelledBy,
    notice: Notice,
) -> None:
    event = session(cast, 5, status=status)
    whom = {
        "host": cast.supervisor,
        "lead": cast.lead,
        "service": make.recorded()["recorded_by"],
    }
    ended(event, cast.prosecutor, S.CANCELLED_BY_SERVICE, by=whom[who], before=before)
    expected = Ended(S.CANCELLED_BY_SERVICE, by=by, notice=notice, was_booked=True)
    assert dict(found(cast).ended) == {expected: 1}


def test_a_file_of_sessions_says_neither_who_nor_when(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TODAY, capacity=None, status=EventStatus.CANCELLED)
    ended(event, cast.prosecutor, S.CANCELLED_BY_SERVICE, by=cast.admin, was=S.BOOKED)
    one = found(cast)
    assert one.by_service() == one.by_service(CancelledBy.FILE) == 1


def test_who_only_waited_and_what_was_taken_back_are_no_cancelled_places(cast: Cast) -> None:
    event = session(cast, 5, status=EventStatus.CANCELLED)
    ended(event, cast.prosecutor, S.CANCELLED_BY_SERVICE, was=S.WAITING)
    ended(event, cast.paralegal, S.CANCELLED_BY_SERVICE, was=S.ATTENDED)
    ended(event, cast.manager, S.CANCELLED_BY_SERVICE, was=S.OFFERED, by=cast.lead)
    one = found(cast)
    assert (one.by_service(), one.booked) == (1, 0)


def test_every_other_outcome_is_counted_once(cast: Cast, as_: As) -> None:
    statuses = [S.ATTENDED, S.MISSED, S.DISPUTED, S.BOOKED, S.DECLINED, S.EXPIRED]
    for i, status in enumerate([*statuses, S.WAITING, S.LEFT, S.OFFERED]):
        make.make_booking(session(cast, 5 + i), cast.prosecutor, status)
    page = as_(cast.lead).get("coverage_uptake")
    (row,) = page.context["outcomes"].rows
    assert row.numbers == ["4", "1", "1", "1", "1", "0", "0", "0"]
    assert page.context["offers"].total.numbers == ["1", "1", "1"]
    assert page.context["sentence"] == "Of 4 booked places, 1 (25.0%) was attended."


def test_a_booking_belongs_to_the_unit_of_the_events_day(cast: Cast) -> None:
    moved = make.make_person("Moved", staff=True)
    make.make_posting(moved, cast.unit, end_on=TODAY - timedelta(days=10))
    make.make_posting(moved, cast.elsewhere, start_on=TODAY - timedelta(days=9))
    for days in (10, 9, 8):
        make.make_booking(session(cast, days), moved, S.MISSED)
        make.make_held(moved, cast.supervisor, TODAY - timedelta(days=days), time(9))
    gone = make.make_person("Gone", staff=True)
    make.make_booking(session(cast, 8, 16), gone, S.MISSED)
    whole = part(TODAY, Strand.SUPERVISION, None, by=By.AREA)
    for _ in range(2):
        cover = StoredCover(whole.where)
        by_unit = outcomes(cover, TODAY - timedelta(days=364), TODAY)
        assert {
            unit: (one.of(S.ATTENDED), one.of(S.MISSED)) for unit, one in by_unit.items()
        } == {cast.unit.pk: (1, 1), cast.elsewhere.pk: (2, 2)}
        make.build_cover()


@pytest.mark.parametrize("is_built", [False, True])
def test_only_events_of_the_period_and_the_strand_count(cast: Cast, is_built: bool) -> None:
    for days in (-1, 0, 364, 365):
        make.make_booking(session(cast, days), cast.prosecutor, S.MISSED)
        make.make_held(cast.paralegal, cast.supervisor, TODAY - timedelta(days=days), time(9))
    training = session(cast, 3, kind=EventKind.TRAINING)
    make.make_booking(training, cast.prosecutor, S.MISSED)
    make.make_booking(training, cast.paralegal, S.ATTENDED)
    if is_built:
        make.build_cover()
    assert (found(cast).of(S.MISSED), found(cast).of(S.ATTENDED)) == (2, 2)


def test_the_period_can_be_chosen(cast: Cast, as_: As) -> None:
    make.make_booking(session(cast, 30), cast.prosecutor, S.MISSED)
    visitor = as_(cast.lead)
    page = visitor.get("coverage_uptake", since="12/4/2026")
    assert page.context["outcomes"].total.numbers[2] == "1"
    page = visitor.get("coverage_uptake", since="13/4/2026")
    assert page.context["outcomes"].rows == []
    assert "Nothing was booked or offered in this period" in page.content.decode()


def test_a_period_that_ends_before_it_begins_is_said(cast: Cast, as_: As) -> None:
    visitor = as_(cast.lead)
    for query in ({"since": "13/5/2026"}, {"since": "2/5/2026", "on": "1/5/2026"}):
        page = visitor.get("coverage_uptake", **query)
        assert page.context["form"].errors == {
            "since": ["The first day must be the same as or before the date"]
        }


def test_late_moves_of_a_settled_dispute_count_by_where_they_stand(cast: Cast) -> None:
    booking = make.make_booking(session(cast, 3), cast.prosecutor, S.DISPUTED)
    at = datetime.combine(TODAY, time(9), LONDON)
    BookingMove.objects.filter(booking=booking).update(
        superseded_at=at, superseded_by=cast.lead
    )
    BookingMove.objects.create(
        booking=booking,
        before=S.DISPUTED,
        after=S.MISSED,
        recorded_at=at,
        recorded_by=cast.lead,
    )
    Booking.objects.filter(pk=booking.pk).update(status=S.MISSED)
    one = found(cast)
    assert (one.of(S.MISSED), one.of(S.DISPUTED), one.ended.total()) == (1, 0, 1)
