"""Known now and known then: the same queries for any number of entries, and two Areas' one entry."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.conftest import Cast, Visitor
from wellbeing.domain.roles import Role
from wellbeing.models import Person, Posting
from wellbeing.operations.absences import end_absence
from wellbeing.operations.attendance import record_attendance
from wellbeing.operations.facts import close

from .test_coverage_known import ASKED, later

As = Callable[[Person], Visitor]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("reader", "queries"), [("lead", 37), ("area_lead", 37)])
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


def test_posting_corrected_to_another_area_is_news_in_both(cast: Cast, as_: As) -> None:
    """Whose person it is follows the posting as known now or then; whose name, today's."""
    held = Posting.objects.get(person=cast.prosecutor)
    close(held, by=cast.lead, at=later())
    Posting.objects.create(
        person=held.person, unit=cast.elsewhere, job_role=held.job_role,
        start_on=held.start_on, recorded_at=later(), recorded_by=cast.lead,
    )  # fmt: skip
    east = make.make_person("East Lead")
    make.make_grant(east, Role.AREA_LEAD, cast.elsewhere.area)
    names = [
        [line.who for line in as_(reader).get("coverage_known", **ASKED).context["late"]]
        for reader in (cast.area_lead, east, cast.lead)
    ]
    amira = ["Amira Prosecutor"]
    assert names == [["Somebody you do not lead today"], amira, amira]
