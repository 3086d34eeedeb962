"""Known now and known then: the figures, what was recorded late, and who reads whose name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from supervision.models import Registration
from tests import factories as make
from tests.conftest import NOW, Cast, Visitor
from tests.pages import page_of
from tests.supervision.replay import PEOPLE, POLICY, SUPERVISORS
from tests.supervision.worked_example import report
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.roles import EventKind, JobRole, Strand
from wellbeing.models import Person, Posting
from wellbeing.operations.absences import end_absence, enter_absence, take_back_absence
from wellbeing.operations.attendance import record_attendance
from wellbeing.operations.bookings import book
from wellbeing.operations.changing import change_event
from wellbeing.operations.facts import close
from wellbeing.operations.series import details_of

As = Callable[[Person], Visitor]
# The figures of this day, as known at its end.
ON = date(2026, 4, 30)
ASKED = {"on": "2026-04-30", "known_on": "2026-04-30"}


def later(days: int = 1) -> datetime:
    return datetime(2026, 4, 30, 9, tzinfo=LONDON) + timedelta(days=days)


def figures(page: Any) -> dict[str, tuple[str, str, str]]:
    """In cover by name of the line: now, then, difference."""
    lines = page.context["lines"]
    return {x.name: (x.in_cover.now, x.in_cover.then, x.in_cover.difference) for x in lines}


def late(page: Any) -> list[tuple[str, str, str, str]]:
    return [(x.who, x.kind, x.days, x.words) for x in page.context["late"]]


def import_file(kind: str, folder: Path, *lines: str) -> None:
    file = folder / f"{kind}.csv"
    file.write_text("\n".join(lines) + "\n")
    call_command(f"import_{kind}", file, stdout=StringIO())


def test_lapsed_registration_changes_today_and_not_what_was_known(
    cast: Cast, as_: As, clock: Callable[[datetime], None], tmp_path: Path
) -> None:
    """The acceptance: found to have lapsed before a session, on a later day."""
    make.make_held(cast.prosecutor, cast.supervisor, date(2026, 4, 20))
    clock(datetime(2026, 4, 30, 18, tzinfo=LONDON))
    before = report("--people", on=ON)
    assert before["total"]["in_date"] == 1
    clock(datetime(2026, 5, 11, 9, tzinfo=LONDON))
    who = cast.supervisor
    row = f"{who.email},{who.name},,6,24,BACP,B{who.pk},{make.START},2026-04-19,"
    import_file("supervisors", tmp_path, SUPERVISORS, row)
    clock(NOW)

    assert report("--people", on=ON)["total"]["in_date"] == 0
    then = report("--people", "--known-at", "2026-04-30T18:00", on=ON)
    assert then.pop("known_at") == "2026-04-30T17:00:00Z"
    assert then == before

    for reader in (cast.lead, cast.area_lead):
        page = as_(reader).get("coverage_known", **ASKED)
        assert figures(page)["Prosecutors"] == ("0", "1", "−1")
        assert figures(page)["All RASSO staff"] == ("0", "1", "−1")
        assert late(page) == [
            ("Dr Megan Hughes", "Registration", "6 January 2020 to 19 April 2026",
             "Was: from 6 January 2020")
        ]  # fmt: skip
        assert [(c.words, c.number) for c in page.context["counts"]] == [("Registrations", 1)]
    assert as_(cast.area_lead).get("coverage").status_code == 200
    # The page that has today's figures leads here, about the same day.
    href = f"{reverse('coverage_known')}?on=2026-04-30&amp;strand=supervision"
    assert href in page_of(as_(cast.lead).get("coverage", on="2026-04-30"))


def test_each_kind_of_late_entry_says_what_it_was(
    cast: Cast, as_: As, clock: Callable[[datetime], None], tmp_path: Path
) -> None:
    who, boss = cast.prosecutor, cast.manager
    said = make.make_booking(make.make_event(cast.supervisor, date(2026, 4, 21)), who)
    missed = make.make_held(who, cast.supervisor, date(2026, 4, 22))
    away = make.make_absence(who, date(2026, 4, 1), None)
    gone = make.make_absence(cast.paralegal, date(2026, 4, 2), date(2026, 4, 3))
    for n, (booking, came) in enumerate(((said, True), (missed, False))):
        record_attendance(
            booking.event, {booking.pk: came}, by=cast.lead, at=later(n), as_lead=True
        )
    end_absence(away, end_on=date(2026, 4, 5), by=boss, at=later(2))
    take_back_absence(gone, by=boss, at=later(3))
    enter_absence(boss, start_on=date(2026, 4, 30), end_on=None, by=boss, at=later(4))
    clock(later(5))
    row = f"{who.staff_number},{who.name},{who.email},paralegal,West,West One,,,2020-01-06,"
    import_file("people", tmp_path, PEOPLE, row)
    clock(later(6))
    import_file("policy", tmp_path, POLICY, "supervision,manager,50,20,7,0,2026-04-01")
    clock(NOW)
    person = "Amira Prosecutor"
    # The first outcome was recorded on the 30th before the day ended: no late entry.
    assert late(as_(cast.lead).get("coverage_known", **ASKED)) == [
        ("Everybody", "Policy", "From 1 April 2026",
         "New: every 50 days, first within 20, due soon 7, at least 0 minutes"),
        (person, "Posting", "From 6 January 2020",
         "Was: prosecutor in West One, West, from 6 January 2020"),
        ("Helen Manager", "Absence", "From 30 April 2026", "New"),
        ("Joe Paralegal", "Absence", "2 April 2026 to 3 April 2026", "Taken back"),
        (person, "Absence", "1 April 2026 to 5 April 2026", "Was: from 1 April 2026"),
        (person, "Outcome corrected", "Session of 22 April 2026", "Did not come; was: came"),
    ]  # fmt: skip
    earlier = as_(cast.lead).get("coverage_known", on="2026-04-30", known_on="2026-04-29")
    assert late(earlier)[-1] == (
        person, "Outcome recorded", "Session of 21 April 2026", "Came; was: booked"
    )  # fmt: skip


def test_bookings_and_moved_sessions_of_days_still_to_come_then(
    cast: Cast, as_: As, clock: Callable[[datetime], None]
) -> None:
    event = make.make_event(cast.supervisor, date(2026, 5, 8))
    book(event, person=cast.prosecutor, by=cast.prosecutor, at=later(1))
    details = details_of(event, frozenset())
    moved = replace(details, on=date(2026, 5, 9))
    change_event(event, moved, host=cast.supervisor, by=cast.lead, at=later(2))
    page = as_(cast.lead).get("coverage_known", on="2026-05-08", known_on="2026-04-30")
    assert late(page) == [
        ("Dr Megan Hughes", "Session moved", "9 May 2026", "Was on 8 May 2026")
    ]
    page = as_(cast.area_lead).get("coverage_known", on="2026-05-09", known_on="2026-04-30")
    assert [x[1:] for x in late(page)] == [
        ("Session moved", "9 May 2026", "Was on 8 May 2026"),
        ("Booking", "Session of 9 May 2026", "Booked"),
    ]
    assert (
        late(as_(cast.lead).get("coverage_known", on="2026-05-07", known_on="2026-04-30")) == []
    )


def test_what_changes_no_figure_up_to_the_day_is_no_entry(
    cast: Cast, as_: As, clock: Callable[[datetime], None], tmp_path: Path
) -> None:
    """An end that moves beyond the day, working days, another strand, and days to come."""
    who = cast.prosecutor
    away = make.make_absence(who, date(2026, 4, 1), None)
    end_absence(away, end_on=date(2026, 5, 2), by=cast.manager, at=later(1))
    enter_absence(who, start_on=date(2026, 5, 1), end_on=None, by=cast.manager, at=later(1))
    check_in = make.make_event(
        cast.manager, date(2026, 4, 2), kind=EventKind.CHECK_IN, capacity=None
    )
    make.make_booking(check_in, who, BookingStatus.ATTENDED)
    clock(later(2))
    row = (
        f"{who.staff_number},{who.name},{who.email},prosecutor,West,West One,"
        f"{cast.manager.staff_number},mon;tue,2020-01-06,2026-06-30"
    )
    import_file("people", tmp_path, PEOPLE, row)
    clock(NOW)
    assert Posting.as_recorded.filter(person=who).count() == 2
    page = as_(cast.lead).get("coverage_known", **ASKED)
    assert (late(page), page.context["number"]) == ([], 0)
    assert "Nothing was recorded since" in page_of(page)
    again = as_(cast.lead).get("coverage_known", on="2026-05-02", known_on="2026-04-30")
    assert [x[1:3] for x in late(again)] == [("Absence", "From 1 May 2026")]


def test_absence_that_ends_on_another_day_within_is_an_entry(cast: Cast, as_: As) -> None:
    away = make.make_absence(cast.prosecutor, date(2026, 4, 1), date(2026, 4, 29))
    end_absence(away, end_on=date(2026, 5, 2), by=cast.manager, at=later(1))
    page = as_(cast.lead).get("coverage_known", **ASKED)
    assert [x[3] for x in late(page)] == ["Was: 1 April 2026 to 29 April 2026"]


def test_area_lead_reads_of_their_areas_people_alone(cast: Cast, as_: As) -> None:
    there = make.make_staff("Far Away", cast.elsewhere)
    left = make.make_staff("Gone East", cast.unit, end_on=date(2026, 5, 3))
    make.make_posting(left, cast.elsewhere, start_on=date(2026, 5, 4))
    for n, who in enumerate((there, left, cast.prosecutor)):
        enter_absence(
            who, start_on=date(2026, 4, 6 + n), end_on=None, by=cast.lead, at=later(n + 1)
        )
    page = as_(cast.area_lead).get("coverage_known", **ASKED)
    assert late(page) == [
        ("Amira Prosecutor", "Absence", "From 8 April 2026", "New"),
        ("Somebody you do not lead today", "Absence", "", ""),
    ]
    assert "Gone East" not in page_of(page)
    assert "Far Away" not in page_of(page)
    assert [x[0] for x in late(as_(cast.lead).get("coverage_known", **ASKED))] == [
        "Amira Prosecutor", "Gone East", "Far Away",
    ]  # fmt: skip


def test_area_of_another_lead_is_no_choice(cast: Cast, as_: As) -> None:
    asked = ASKED | {"area": str(cast.elsewhere.area.public_id)}
    form = as_(cast.area_lead).get("coverage_known", **asked).context["form"]
    assert list(form.errors) == ["area"]
    page = as_(cast.lead).get("coverage_known", **asked)
    assert page.context["area"] == cast.elsewhere.area
    assert [line.name for line in page.context["lines"]] == ["Prosecutors", "All RASSO staff"]


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"on": "2026-04-30", "known_on": "2026-05-13"}, ["known_on"]),
        ({"on": "x", "known_on": "y"}, ["on", "known_on"]),
        ({"on": "2026-04-30", "known_on": "2026-05-12", "page": "x"}, []),
        ({"strand": "nothing"}, ["strand"]),
        ({"area": "\x00"}, ["area"]),
        ({}, []),
    ],
)
def test_whatever_is_asked_is_a_page(
    cast: Cast, as_: As, asked: dict[str, str], wrong: list[str]
) -> None:
    page = as_(cast.lead).get("coverage_known", **asked)
    assert (page.status_code, list(page.context["form"].errors)) == (200, wrong)


def test_known_today_is_known_until_now(cast: Cast, as_: As) -> None:
    page = as_(cast.lead).get("coverage_known", on="2026-05-12", known_on="2026-05-12")
    assert page.context["known_at"] == "12 May 2026, 10am"
    assert page.context["number"] == 0


def test_group_that_is_there_at_one_instant_only_has_a_line(cast: Cast, as_: As) -> None:
    unit = make.make_unit("North", "North One")
    Posting.objects.create(
        person=make.make_person("New", staff=True), unit=unit, job_role=JobRole.PROSECUTOR,
        start_on=date(2026, 4, 1), recorded_at=later(), recorded_by=cast.lead,
    )  # fmt: skip
    make.mark_stale(*Person.objects.filter(name="New"))
    lines = as_(cast.lead).get("coverage_known", **ASKED).context["lines"]
    scope = {x.name: (x.in_scope.now, x.in_scope.then, x.in_scope.difference) for x in lines}
    assert scope["North"] == ("1", "0", "+1")
    assert [(x.coverage.then, x.coverage.difference) for x in lines if x.name == "North"] == [
        ("–", "–")
    ]


def test_late_entries_come_a_page_at_a_time(cast: Cast, as_: As) -> None:
    for n in range(26):
        who = make.make_staff(f"P{n:02}", cast.unit)
        enter_absence(
            who,
            start_on=date(2026, 4, 1),
            end_on=None,
            by=cast.lead,
            at=later() + timedelta(minutes=n),
        )
    visitor = as_(cast.lead)
    first = visitor.get("coverage_known", **ASKED)
    assert [x[0] for x in late(first)] == [f"P{n:02}" for n in range(25, 0, -1)]
    second = visitor.get("coverage_known", **ASKED, page=2)
    assert [x[0] for x in late(second)] == ["P00"]
    assert "26 late entries" in page_of(second)


def test_registration_is_no_entry_of_check_ins(cast: Cast, as_: As) -> None:
    held = Registration.objects.get(person=cast.supervisor)
    close(held, by=cast.lead, at=later())
    visitor = as_(cast.lead)
    found = [visitor.get("coverage_known", **ASKED, strand=s).context["number"] for s in Strand]
    assert dict(zip(Strand, found, strict=True)) == {
        Strand.SUPERVISION: 1, Strand.CHECK_IN: 0, Strand.TRAINING: 0,
    }  # fmt: skip
