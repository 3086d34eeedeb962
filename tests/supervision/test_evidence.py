"""What is taken away of a release: its figures, and a pack that is the same byte for byte."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest

from supervision.models import Release
from supervision.operations.releases import release
from supervision.presenters.evidence import digest
from tests import factories as make
from tests.conftest import NOW, Cast, Visitor
from wellbeing.domain.roles import JobRole
from wellbeing.models import Person

As = Callable[[Person], Visitor]
ON = date(2026, 4, 30)


@pytest.fixture
def released(cast: Cast) -> Cast:
    for i in range(14):
        person = make.make_staff(f"Canary {i}", cast.unit)
        if i < 7:
            make.make_held(person, cast.supervisor, ON - timedelta(days=i), time(9))
    release(ON, at=NOW)
    return cast


def taken(visitor: Visitor, name: str, *args: str, **query: str) -> bytes:
    answer: Any = visitor.get(name, *args, **query)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def pack(visitor: Visitor) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(taken(visitor, "evidence")))


def test_the_pack_holds_what_an_inspector_asks_for(released: Cast, as_: As) -> None:
    found = pack(as_(released.auditor))
    assert found.namelist() == [
        "report.html",
        "figures-supervision.csv",
        "figures-check-in.csv",
        "figures-training.csv",
        "release.json",
        "policy-in-force.csv",
        "definitions.csv",
        "SHA256SUMS",
    ]
    sums = found.read("SHA256SUMS").decode().splitlines()
    for line in sums:
        expected, name = line.split("  ")
        assert hashlib.sha256(found.read(name)).hexdigest() == expected
    figures = Release.objects.get().figures
    report = found.read("report.html").decode()
    assert digest(figures) in report
    assert json.loads(found.read("release.json")) == figures
    for said in (
        "Nobody with a posting that day: each policy covers",
        "no count given",
        "Policy in force",
        "What does not count is kept",
    ):
        assert said in report
    assert "Canary" not in "".join(found.read(n).decode() for n in found.namelist())
    policy = list(
        csv.DictReader(io.StringIO(found.read("policy-in-force.csv").decode("utf-8-sig")))
    )
    assert [(p["strand"], p["interval_days"]) for p in policy] == [
        ("supervision", "42"), ("check_in", "28"), ("training", "365")
    ]  # fmt: skip


def test_the_same_release_gives_the_same_bytes_whatever_is_corrected(
    released: Cast, as_: As
) -> None:
    first = taken(as_(released.auditor), "evidence")
    make.make_staff("Canary Late", released.unit)
    assert taken(as_(released.lead), "evidence") == first
    for kind in ("csv", "xlsx", "json"):
        one = taken(as_(released.auditor), "released_file", kind)
        assert taken(as_(released.auditor), "released_file", kind) == one


def test_what_is_withheld_is_withheld_in_each_file(released: Cast, as_: As) -> None:
    auditor = as_(released.auditor)
    text = taken(auditor, "released_file", "csv", area="West").decode("utf-8-sig")
    rows = {r["name"]: r for r in csv.DictReader(io.StringIO(text))}
    figures = Release.objects.get().figures["strands"]["supervision"]["areas"]
    west = next(a for a in figures if a["all"]["name"] == "West")["units"][0]["all"]
    assert "suppressed" in west.values()
    assert {k: rows["West One"][k] for k in ("absent", "in_date", "overdue")} == {
        k: str(west[k]) for k in ("absent", "in_date", "overdue")
    }
    given = json.loads(taken(auditor, "released_file", "json"))
    assert given["total"]["absent"] == "suppressed"


@pytest.mark.parametrize("who", ["area_lead", "prosecutor", "manager", "facilitator", "admin"])
def test_the_pack_is_for_auditors_and_national_leads(released: Cast, as_: As, who: str) -> None:
    visitor = as_(getattr(released, who))
    assert visitor.get("evidence").status_code == 404
    status = visitor.get("released_file", "csv").status_code
    assert status == (200 if who == "area_lead" else 404)


def test_an_area_lead_takes_no_other_area_away(released: Cast, as_: As) -> None:
    lead = as_(released.area_lead)
    assert json.loads(taken(lead, "released_file", "json"))["groups"] == []
    assert lead.get("released_file", "csv", area="East").status_code == 404


def test_before_any_policy_everybody_is_outside(cast: Cast) -> None:
    for i in range(6):
        make.make_staff(f"M{i}", cast.unit, job_role=JobRole.MANAGER, start_on=date(2019, 1, 1))
    release(date(2019, 12, 31), at=NOW)
    figures = Release.objects.get().figures
    assert figures["strands"] == {}
    roles = {one["job_role"]: one["people"] for one in figures["outside"]["supervision"]}
    assert roles == {"prosecutor": "suppressed", "paralegal": "suppressed", "manager": 6}
