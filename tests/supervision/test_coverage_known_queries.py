"""Known now and known then takes the same queries, however many late entries there are."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.conftest import Cast, Visitor
from wellbeing.models import Person
from wellbeing.operations.absences import end_absence
from wellbeing.operations.attendance import record_attendance

from .test_coverage_known import ASKED, later

As = Callable[[Person], Visitor]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("reader", "queries"), [("lead", 36), ("area_lead", 36)])
def test_page_takes_the_same_queries_for_any_number(
    cast: Cast, as_: As, number: int, reader: str, queries: int
) -> None:
    for n in range(number):
        who = make.make_staff(f"P{n}", cast.unit)
        away = make.make_absence(who, date(2026, 4, 1), None)
        end_absence(away, end_on=date(2026, 4, 5), by=cast.lead, at=later())
        booking = make.make_held(who, cast.supervisor, date(2026, 4, 10 + n))
        record_attendance(
            booking.event, {booking.pk: False}, by=cast.lead, at=later(), as_lead=True
        )
    make.build_cover()
    visitor = as_(getattr(cast, reader))
    with CaptureQueriesContext(connection) as seen:
        page = visitor.get("coverage_known", **ASKED)
    assert (len(seen), page.context["number"]) == (queries, 2 * number)
