"""Released month-ends: frozen once, read by whoever may not see names, the same in every format."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from supervision.models import Release
from supervision.operations.releases import release, release_last_month
from supervision.presenters.coverage_out import COUNTS
from tests import factories as make
from tests.conftest import NOW, Cast, Visitor
from tests.pages import page_of
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.roles import JobRole, Role
from wellbeing.models import AuditRow, Person, Unit

As = Callable[[Person], Visitor]
ON = date(2026, 4, 30)
ALL, PROSECUTORS = "All RASSO staff", "Prosecutors"


def staff(cast: Cast, unit: Unit, seen: int, number: int, **posting: Any) -> None:
    """So many people, of whom so many were seen on the month-end and some weeks before."""
    for i in range(number):
        person = make.make_staff(f"Canary {unit.pk} {i}", unit, **posting)
        if i < seen:
            host = make.make_supervisor(f"Dr {unit.pk} {i}")
            make.make_held(person, host, ON - timedelta(days=i), time(9))


def asked(who: Person | None = None, **options: Any) -> tuple[str, str]:
    """What the command writes, and what it complains of."""
    out, complaint = StringIO(), StringIO()
    options = {"on": ON, "strand": "supervision", "format": "json"} | options
    if who:
        options["reader"] = who.email
    with suppress(SystemExit):
        call_command("coverage", stdout=out, stderr=complaint, **options)
    return out.getvalue(), complaint.getvalue()


def released(on: str) -> tuple[str, int]:
    out, complaint = StringIO(), StringIO()
    try:
        call_command("release", "--on", on, stdout=out, stderr=complaint)
    except SystemExit as stopped:
        return complaint.getvalue().strip(), int(str(stopped.code))
    return out.getvalue().strip(), 0


def test_a_month_end_is_released_once(cast: Cast) -> None:
    assert released("2026-04-30") == ("2026-04-30 is released.", 0)
    before = Release.objects.get().figures
    again = "2026-04-30 was released before. Nothing has changed."
    assert released("2026-04-30") == (again, 0)
    assert Release.objects.get().figures == before
    assert AuditRow.objects.filter(verb="released").count() == 1
    assert released("2022-09-30") == ("2022-09-30 is released.", 0)


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("2026-04-29", "2026-04-29 is not the last day of a month."),
        ("2026-05-31", "2026-05-31 is not past yet."),
    ],
)
def test_any_other_day_is_refused(cast: Cast, on: str, sentence: str) -> None:
    assert released(on) == (sentence, 1)
    assert not Release.objects.exists()


def test_what_was_released_stays_when_the_facts_are_corrected(cast: Cast, as_: As) -> None:
    staff(cast, cast.unit, 8, 18)
    release(ON, at=NOW)
    before, _ = asked(cast.auditor)
    page = page_of(as_(cast.auditor).get("coverage"))
    staff(cast, cast.unit, 7, 9)
    assert asked()[0] != before
    assert json.loads(asked()[0])["total"]["in_scope"] == 30
    assert asked(cast.auditor)[0] == before
    assert page_of(as_(cast.auditor).get("coverage")) == page


def test_the_page_gives_what_the_command_gives_as_its_reader(cast: Cast, as_: As) -> None:
    staff(cast, cast.unit, 8, 18)
    staff(cast, cast.elsewhere, 9, 16)
    for role in (JobRole.PARALEGAL, JobRole.MANAGER):
        staff(cast, cast.unit, 6, 12, job_role=role)
        staff(cast, cast.elsewhere, 6, 12, job_role=role)
    release(ON, at=NOW)
    given = json.loads(asked(cast.auditor)[0])
    page = as_(cast.auditor).get("coverage")
    heads, rows = page.context["heads"], {r.name: r.cells for r in page.context["measures"]}
    assert heads[:2] == ["Prosecutors", "All RASSO staff"]
    words = {"in_scope": "In scope", "in_date": "In date", "overdue": "Overdue"}
    for measure, label in words.items():
        told = [given[who][measure] for who in ("prosecutors", "total")]
        told = ["withheld" if value == "suppressed" else f"{value:,}" for value in told]
        assert rows[label][:2] == told
    assert given["total"]["overdue"] == 85 - 41
    share = given["total"]["coverage"]
    assert share == 41 / 85
    assert rows["In cover, of those at work"][1] == "48.2%"
    names = [row.name for row in page.context["rows"]]
    assert names == [g["name"] for g in given["groups"]] == ["East", "West"]
    assert given["provisional"] is False
    assert list(given["total"]) == ["name", *COUNTS]


def test_small_numbers_are_withheld_in_every_format(cast: Cast, as_: As) -> None:
    staff(cast, cast.unit, 2, 12)
    staff(cast, cast.elsewhere, 3, 11)
    for i in range(6):
        before = make.make_staff(f"Canary before {i}", cast.unit)
        host = make.make_supervisor(f"Dr before {i}")
        make.make_held(before, host, ON - timedelta(days=100), time(9))
    release(ON, at=NOW)
    for kind in ("json", "csv", "table"):
        assert "suppressed" in asked(cast.auditor, format=kind)[0]
    by_area = {g["name"]: g for g in json.loads(asked(cast.auditor)[0])["groups"]}
    assert by_area["West"]["in_date"] == by_area["East"]["in_date"] == "suppressed"
    assert by_area["West"]["coverage"] == "suppressed"
    page = page_of(as_(cast.auditor).get("coverage_national", area="West"))
    assert "withheld" in page
    assert "Canary" not in page
    # Of 30 prosecutors five are in cover: a share of 16.7 per cent is no small number, parts are.
    roles = json.loads(asked(cast.auditor, by="job_role")[0])["groups"]
    assert {g["name"]: g["coverage"] for g in roles}["prosecutor"] == 5 / 30


def test_nothing_is_released_yet(cast: Cast, as_: As) -> None:
    page = page_of(as_(cast.auditor).get("coverage"))
    assert "No month-end has been released yet" in page
    out, complaint = asked(cast.auditor)
    assert out == ""
    assert complaint.startswith("2026-04-30 is not released.")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"people": True}, "This reader may not see who the people are."),
        ({"since": date(2026, 4, 1)}, "Of a release there is no period"),
        ({"known_at": NOW}, "Of a release there is no period"),
        ({"area": "West", "by": "job_role"}, "Job roles are released for the whole service"),
        ({"on": date(2026, 4, 29)}, "2026-04-29 is not released."),
    ],
)
def test_what_is_not_released_is_refused(
    cast: Cast, options: dict[str, Any], sentence: str
) -> None:
    release(ON, at=NOW)
    out, complaint = asked(cast.auditor, **options)
    assert (out, complaint.startswith(sentence)) == ("", True)


def test_units_and_job_roles_of_a_release(cast: Cast) -> None:
    staff(cast, cast.unit, 6, 12)
    staff(cast, cast.unit, 6, 12, job_role=JobRole.PARALEGAL)
    staff(cast, make.make_unit("West", "West Two"), 7, 15)
    release(ON, at=NOW)
    units = json.loads(asked(cast.auditor, by="unit")[0])["groups"]
    assert [(u["name"], u["area"]) for u in units] == [
        ("East One", "East"),
        ("West One", "West"),
        ("West Two", "West"),
    ]
    one = json.loads(asked(cast.auditor, by="unit", area="West", unit="West Two")[0])
    assert [u["name"] for u in one["groups"]] == ["West Two"]
    assert one["total"]["in_scope"] == units[2]["in_scope"]
    roles = json.loads(asked(cast.auditor, by="job_role")[0])["groups"]
    assert [r["name"] for r in roles] == ["manager", "paralegal", "prosecutor"]


def test_an_area_lead_reads_of_the_whole_service_what_their_own_does_not_undo(
    cast: Cast, as_: As
) -> None:
    staff(cast, cast.unit, 8, 16)
    # In the East one of four: all that is national less all that is West's would say it.
    staff(cast, cast.elsewhere, 1, 4)
    release(ON, at=NOW)
    own = json.loads(asked(cast.area_lead, area="West")[0])
    assert own["total"]["in_scope"] == 19
    whole = json.loads(asked(cast.area_lead)[0])
    assert whole["groups"] == []
    assert whole["total"]["in_scope"] == whole["total"]["in_date"] == "suppressed"
    assert asked(cast.area_lead, area="East")[1].startswith("East is not in this release")
    page = as_(cast.area_lead).get("coverage_national")
    assert page.context["rows"] == []
    assert "East" not in page_of(page)
    # Somebody who leads both has nothing to find out.
    make.make_grant(cast.area_lead, Role.AREA_LEAD, cast.elsewhere.area)
    everywhere = json.loads(asked(cast.area_lead)[0])
    assert everywhere["total"] == json.loads(asked(cast.auditor)[0])["total"]


def test_a_national_lead_has_any_day_and_those_people_whom_they_may_see(cast: Cast) -> None:
    on = date(2026, 4, 29)
    given = json.loads(asked(cast.lead, on=on, people=True)[0])
    assert given == json.loads(asked(on=on, people=True)[0])
    assert given["people"]


@pytest.mark.parametrize("who", ["prosecutor", "manager", "supervisor", "facilitator", "admin"])
def test_nobody_else_has_a_page_of_coverage(cast: Cast, who: str) -> None:
    out, complaint = asked(getattr(cast, who))
    assert out == ""
    assert "no lead and no auditor" in complaint


def test_an_unknown_reader_is_refused(cast: Cast) -> None:
    complaint = StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command(
            "coverage", on=ON, strand="supervision", reader="nobody@x.example", stderr=complaint
        )
    assert complaint.getvalue() == "Nobody with the e-mail nobody@x.example can sign in.\n"


def test_the_worker_releases_on_the_third_working_day(cast: Cast) -> None:
    # 1 May 2026 is a Friday, 4 May a bank holiday: the third working day is Wednesday 6 May.
    assert release_last_month(at=datetime(2026, 5, 5, 12, tzinfo=LONDON)) is None
    found = release_last_month(at=datetime(2026, 5, 6, 12, tzinfo=LONDON))
    assert found is not None
    assert found.month_end == ON
    assert release_last_month(at=datetime(2026, 5, 7, 12, tzinfo=LONDON)) is None
    assert Release.objects.count() == 1


@pytest.mark.parametrize(
    "query", [{"on": "2026-05-11"}, {"strand": "x"}, {"on": "\x00"}, {"area": "Nowhere"}]
)
def test_what_cannot_be_asked_is_a_clean_page(
    cast: Cast, as_: As, query: dict[str, str]
) -> None:
    release(ON, at=NOW)
    page = as_(cast.auditor).get("coverage_national", **query)
    assert page.status_code == (404 if "area" in query else 200)
    assert "Canary" not in page.content.decode()


def test_the_database_keeps_a_release_as_it_was(cast: Cast) -> None:
    release(ON, at=NOW)
    with pytest.raises(DatabaseError, match="row_kept"), transaction.atomic():
        Release.objects.update(figures={})
    with pytest.raises(DatabaseError, match="row_kept"), transaction.atomic():
        Release.objects.all().delete()
