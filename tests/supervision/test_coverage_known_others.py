"""Known now and known then: of outcomes of people whom the reader may not name a line a session."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.conftest import Cast, Visitor
from tests.pages import page_of
from wellbeing.domain.booking import BookingStatus
from wellbeing.models import Booking, Person
from wellbeing.operations.attendance import record_attendance

from .test_coverage_known import ASKED, late, later

As = Callable[[Person], Visitor]


def test_another_areas_outcome_at_a_shared_session_is_listed_without_its_name(
    cast: Cast, as_: As
) -> None:
    there = make.make_staff("Far Away", cast.elsewhere)
    event = make.make_event(cast.supervisor, date(2026, 4, 20), capacity=3)
    rows = [
        make.make_booking(event, p, BookingStatus.ATTENDED) for p in (there, cast.prosecutor)
    ]
    record_attendance(event, {rows[0].pk: False}, by=cast.lead, at=later(), as_lead=True)
    page = as_(cast.area_lead).get("coverage_known", **ASKED)
    assert late(page) == [
        (
            "People you do not lead today",
            "Outcomes recorded or corrected",
            "Session of 20 April 2026",
            "",
        )
    ]
    assert Booking.objects.get(pk=rows[0].pk).status == BookingStatus.MISSED


@pytest.mark.parametrize("number", [1, 3])
def test_of_outcomes_of_others_neither_how_many_nor_when_is_told(
    cast: Cast, as_: As, number: int
) -> None:
    event = make.make_event(cast.supervisor, date(2026, 4, 20), capacity=9)
    mine = make.make_booking(event, cast.prosecutor, BookingStatus.ATTENDED)
    for n in range(number):
        booking = make.make_booking(event, make.make_staff(f"Eve {n}", cast.elsewhere))
        at = later() + timedelta(minutes=number + n)
        record_attendance(event, {booking.pk: True}, by=cast.lead, at=at, as_lead=True)
    page = as_(cast.area_lead).get("coverage_known", **ASKED)
    (line,) = page.context["late"]
    assert (line.recorded, line.href, line.words) == ("", "", "")
    counts = [(c.words, c.number) for c in page.context["counts"]]
    assert counts == [("Sessions with outcomes of people you do not lead today", 1)]
    record_attendance(event, {mine.pk: False}, by=cast.lead, at=later(2), as_lead=True)
    named = as_(cast.area_lead).get("coverage_known", **ASKED)
    assert late(named) == [
        ("Amira Prosecutor", "Outcome corrected", "Session of 20 April 2026", "Did not come; was: came"),
        ("People you do not lead today", "Outcomes recorded or corrected", "Session of 20 April 2026", ""),
    ]  # fmt: skip
    assert len(late(as_(cast.lead).get("coverage_known", **ASKED))) == number + 1


def test_of_somebody_who_left_a_session_of_their_own_is_listed_without_its_day(
    cast: Cast, as_: As
) -> None:
    for name, moved_on in (("Left Service", False), ("Moved East", True)):
        gone = make.make_staff(name, cast.unit, end_on=date(2026, 5, 3))
        if moved_on:
            make.make_posting(gone, cast.elsewhere, start_on=date(2026, 5, 4))
        booking = make.make_held(gone, cast.supervisor, date(2026, 4, 20 + moved_on))
        record_attendance(
            booking.event, {booking.pk: False}, by=cast.lead, at=later(), as_lead=True
        )
    page = as_(cast.area_lead).get("coverage_known", **ASKED)
    unnamed = ("People you do not lead today", "Outcomes recorded or corrected", "", "")
    assert late(page) == [unnamed, unnamed]
    page = as_(cast.lead).get("coverage_known", **ASKED)
    assert [x[0] for x in late(page)] == ["Moved East", "People you do not lead today"]
    assert "Left Service" not in page_of(page)
