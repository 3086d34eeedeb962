"""My record and Why: what each reader is told of a clock, and what a line manager never is."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.conftest import TODAY, Cast, Visitor
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.roles import EventKind, JobRole, Strand
from wellbeing.models import Person

As = Callable[[Person], Visitor]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def lines(page: Any) -> list[tuple[str, str]]:
    return [(line.day, line.title) for line in page.context["now"]]


def texts(page: Any) -> dict[str, str]:
    return {line.title: line.text for line in page.context["now"]}


def main(page: Any) -> str:
    body = page.content.decode()
    return body[body.index("<main") : body.index("</main>")]


def test_own_record_names_what_the_due_day_is_made_of(cast: Cast, as_: As) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, ago(50))
    make.make_held(cast.prosecutor, cast.supervisor, ago(30))
    unregistered = make.make_supervisor("Dr Late", start_on=TODAY)
    make.make_held(cast.prosecutor, unregistered, ago(10))
    make.make_absence(cast.prosecutor, ago(8), ago(6))
    page = as_(cast.prosecutor).get("own_record")
    assert page.context["words"] == "In date. Your next session is due by 27 May 2026"
    assert page.context["why"] == (
        "42 days after 12 April 2026, not counting 3 days away; policy of 1 January 2020."
    )
    assert lines(page) == [
        ("6 January 2020", "Terms in force from this day"),
        ("12 April 2026", "Session that counts"),
        ("12 April 2026", "The clock runs from this day"),
        ("2 May 2026", "Session that does not count"),
        ("4 May 2026 to 6 May 2026", "Away"),
        ("13 May 2026", "Due soon from this day"),
        ("27 May 2026", "Due by this day"),
        ("28 May 2026", "Overdue from this day"),
    ]
    assert texts(page)["Session that does not count"] == (
        "60 minutes, with Dr Late."
        " Why not: no registration that we hold of Dr Late covers that day."
    )
    assert [(line.day, line.title) for line in page.context["earlier"]] == [
        ("23 March 2026", "Session that counts"),
        ("6 January 2020", "RASSO service began"),
    ]


def test_each_reason_is_a_sentence(cast: Cast, as_: As) -> None:
    boss = make.make_staff("Boss", cast.unit)
    report = make.make_staff("Report", cast.unit, manager=boss)
    make.make_supervisor("", person=boss)
    make.make_policy(
        interval_days=42, least_credited_minutes=45, effective_from=date(2026, 1, 1)
    )
    make.make_held(report, boss, ago(4))
    group = make.make_event(cast.supervisor, ago(5), minutes=90, capacity=4)
    for who in (report, cast.prosecutor, cast.paralegal):
        make.make_booking(group, who, BookingStatus.ATTENDED)
    small = make.make_event(cast.supervisor, ago(3), minutes=80, capacity=4)
    for who in (report, cast.prosecutor):
        make.make_booking(small, who, BookingStatus.ATTENDED)
    for reader, whose in ((report, "your"), (cast.lead, "this person's")):
        page = (
            as_(reader).get("own_record")
            if reader == report
            else as_(reader).get("person_why", report.public_id)
        )
        said = [
            (line.title, line.text)
            for line in page.context["now"]
            if line.title.startswith("Session")
        ]
        assert said == [
            ("Session that counts", "45 minutes credited of 90, as one of 3, with Dr Megan Hughes."),
            ("Session that does not count", f"60 minutes, with Boss. Why not: Boss was in {whose} management chain that day."),
            ("Session that does not count", "40 minutes credited of 80, as one of 2, with Dr Megan Hughes. Why not: 40 minutes credited, and at least 45 asked for that day."),
        ]  # fmt: skip


def test_any_day_and_strand_as_known_now(cast: Cast, as_: As) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, ago(30))
    visitor = as_(cast.prosecutor)
    page = visitor.get("own_record", on=ago(31).isoformat())
    assert page.context["words"] == "Not yet seen, first was due by 2 February 2020"
    assert "On Saturday 11 April 2026: Not yet seen" in main(page)
    page = visitor.get("own_record", strand="training")
    assert page.context["words"] == "Your first training was due by 4 April 2020"
    page = visitor.get("own_record", strand="check_in")
    assert page.context["words"].endswith("Agree a time with your manager")
    page = visitor.get("own_record", on="1/1/2019")
    assert "No policy covered you in this on Tuesday 1 January 2019." in main(page)


@pytest.mark.parametrize("query", [{"on": "x"}, {"on": "30/2/2026"}, {"strand": "x"}])
def test_what_cannot_be_asked_is_an_error_and_no_page(
    cast: Cast, as_: As, query: dict[str, str]
) -> None:
    page = as_(cast.prosecutor).get("own_record", **query)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == list(query)
    assert "app-strip" not in main(page)


def test_an_account_without_a_posting_has_no_clock(cast: Cast, as_: As) -> None:
    assert "There is no RASSO posting, and so no clock." in main(
        as_(cast.auditor).get("own_record")
    )


def test_manager_reads_of_supervision_no_session_but_the_last(cast: Cast, as_: As) -> None:
    canary = make.make_supervisor("Canary Supervisor")
    late = make.make_supervisor("Canary Unregistered", start_on=TODAY)
    make.make_held(cast.prosecutor, canary, ago(60), time(9))
    make.make_held(cast.prosecutor, canary, ago(30), time(9))
    make.make_held(cast.prosecutor, late, ago(20), time(9))
    for status, days in ((BookingStatus.MISSED, 19), (BookingStatus.CANCELLED, 18)):
        make.make_booking(make.make_event(canary, ago(days), time(9)), cast.prosecutor, status)
    make.make_booking(make.make_event(canary, TODAY + timedelta(days=6)), cast.prosecutor)
    hidden = ("Canary", "60 minutes", "does not count", "13 March", "22 April", "23 April", "24 April", "18 May")  # fmt: skip
    lead = main(as_(cast.area_lead).get("person_why", cast.prosecutor.public_id))
    assert [word in lead for word in hidden[:5]] == [True] * 5
    visitor = as_(cast.manager)
    # A day asked about is not heard: each of them would tell of another session.
    for query in ({}, {"on": ago(31).isoformat()}, {"strand": "supervision"}):
        page = visitor.get("person_why", cast.prosecutor.public_id, **query)
        assert lines(page) == [
            ("6 January 2020", "Terms in force from this day"),
            ("12 April 2026", "The clock runs from this day"),
            ("10 May 2026", "Due soon from this day"),
            ("24 May 2026", "Due by this day"),
            ("25 May 2026", "Overdue from this day"),
        ]
        assert [(row.first, row.status, row.sessions) for row in page.context["strip"].rows] == [
            ("12 April 2026", "In date", "12 April 2026"),
            ("10 May 2026", "Due soon", ""),
            ("25 May 2026", "Overdue", ""),
        ]  # fmt: skip
        for word in hidden:
            assert word not in main(page), word


def test_manager_reads_check_ins_whole_and_of_training_nothing(cast: Cast, as_: As) -> None:
    for days in (70, 20):
        event = make.make_event(
            cast.manager, ago(days), time(9), kind=EventKind.CHECK_IN, capacity=None
        )
        make.make_booking(event, cast.prosecutor, BookingStatus.ATTENDED)
    visitor = as_(cast.manager)
    page = visitor.get("person_why", cast.prosecutor.public_id, strand="check_in")
    assert texts(page)["Check-in held"] == "60 minutes, with Helen Manager."
    assert [line.title for line in page.context["earlier"]] == [
        "Check-in held",
        "RASSO service began",
    ]
    assert page.context["strip"].rows[0].first == "1 June 2025"
    page = visitor.get("person_why", cast.prosecutor.public_id, strand="training")
    assert list(page.context["form"].errors) == ["strand"]
    assert page.context.get("now") is None


def test_manager_of_somebody_out_of_scope_sees_no_day_before(cast: Cast, as_: As) -> None:
    make.make_policy(Strand.SUPERVISION, for_managers=False, effective_from=ago(5))
    other = make.make_staff("Other", cast.unit, manager=cast.manager, end_on=ago(2))
    make.make_held(other, cast.supervisor, ago(40))
    make.make_posting(
        other, cast.unit, manager=cast.manager, start_on=ago(0), job_role=JobRole.MANAGER
    )
    # No later policy for managers: the earlier stands, so they are in scope from today on.
    page = as_(cast.manager).get("person_why", other.public_id)
    assert page.context["strip"].rows[0].first == "12 May 2026"
    assert "2 April 2026" not in main(page)


def test_access_ends_with_the_relation(cast: Cast, as_: As) -> None:
    gone = make.make_staff("Gone", cast.unit, manager=cast.manager, end_on=ago(1))
    moved = make.make_staff("Moved", cast.unit, manager=cast.manager, end_on=ago(1))
    make.make_posting(moved, cast.elsewhere, start_on=ago(0))
    for who in (cast.manager, cast.area_lead):
        for one in (gone, moved):
            assert as_(who).get("person_why", one.public_id).status_code == 404
    assert as_(cast.lead).get("person_why", gone.public_id).status_code == 404
    assert as_(cast.lead).get("person_why", moved.public_id).status_code == 200


@pytest.mark.parametrize("sessions", [1, 3])
def test_a_page_takes_the_same_queries_for_any_history(
    cast: Cast, as_: As, sessions: int
) -> None:
    for i in range(sessions):
        make.make_held(cast.prosecutor, cast.supervisor, ago(10 + i))
        make.make_absence(cast.prosecutor, ago(100 + 9 * i), ago(98 + 9 * i))
    for who, name, args, number in (
        (cast.prosecutor, "own_record", (), 15),
        (cast.area_lead, "person_why", (cast.prosecutor.public_id,), 17),
        (cast.manager, "person_why", (cast.prosecutor.public_id,), 15),
    ):
        visitor = as_(who)
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(name, *args).status_code == 200
        assert len(queries) == number, (name, who.name)


def test_every_status_shown_opens_to_it(cast: Cast, as_: As) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, ago(30))
    href = f"/people/{cast.prosecutor.public_id}/why/"
    assert 'href="/record/"' in main(as_(cast.prosecutor).get("home"))
    team = main(as_(cast.manager).get("team"))
    assert f"{href}?strand=supervision" in team
    assert f"{href}?strand=check_in" in team
    for who in (cast.manager, cast.area_lead, cast.lead):
        assert href in main(as_(who).get("person", cast.prosecutor.public_id))
    assert href not in main(as_(cast.admin).get("person", cast.prosecutor.public_id))
    unit = as_(cast.area_lead).get("coverage_unit", cast.unit.public_id, on="1/5/2026")
    assert f"{href}?strand=supervision&amp;on=2026-05-01" in main(unit)


def test_the_strip_is_drawn_twice_without_a_style_or_an_id_twice(cast: Cast, as_: As) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, ago(30))
    body = main(as_(cast.prosecutor).get("own_record"))
    assert "style=" not in body
    assert body.count('role="img"') == 2
    ids = [part.split('"')[0] for part in body.split(' id="')[1:]]
    assert sorted(ids) == sorted(set(ids))
    named = {part.split(")")[0] for part in body.split("url(#")[1:]}
    assert named <= set(ids)
