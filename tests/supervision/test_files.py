"""Coverage taken away: the page's figures in each format, names for whoever may see them today."""

import io
import json
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from supervision.operations.files import PEOPLE_TAKEN
from tests import factories as make
from tests.conftest import TODAY, Cast, Visitor
from tests.supervision.taken import content, definitions, rows
from wellbeing.domain.roles import JobRole, Role
from wellbeing.models import AuditRow, Person

As = Callable[[Person], Visitor]
ON = "2026-05-11"


def command(**options: Any) -> Any:
    out = io.StringIO()
    options = {"on": date(2026, 5, 11), "strand": "supervision", "format": "json"} | options
    call_command("coverage", stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.fixture
def staffed(cast: Cast) -> Cast:
    for i, role in enumerate((JobRole.PROSECUTOR, JobRole.PARALEGAL, JobRole.PROSECUTOR)):
        person = make.make_staff(f"=Seen {i}", cast.unit, job_role=role)
        make.make_held(person, cast.supervisor, TODAY - timedelta(days=9 + i), time(9))
    make.make_staff("Elsewhere", cast.elsewhere)
    return cast


def test_the_file_says_what_the_command_says(staffed: Cast, as_: As) -> None:
    lead = as_(staffed.lead)
    area, unit = staffed.area.public_id, staffed.unit.public_id
    for name, args, options in (
        ("coverage_file", (), {}),
        ("coverage_area_file", (area,), {"area": "West", "by": "unit"}),
        ("coverage_unit_file", (unit,), {"area": "West", "unit": "West One", "by": "job_role"}),
    ):
        said = json.loads(content(lead.get(name, *args, "json", on=ON)))
        assert said == command(**options)
        found = rows(lead.get(name, *args, "csv", on=ON))
        told = [*said["groups"], said["total"], said["prosecutors"]]
        assert [row["name"] for row in found] == [group["name"] for group in told]
        assert [row["in_scope"] for row in found] == [str(g["in_scope"]) for g in told]


def test_excel_of_the_same(staffed: Cast, as_: As) -> None:
    answer = as_(staffed.lead).get("coverage_file", "xlsx", on=ON)
    assert 'filename="coverage-supervision-2026-05-11.xlsx"' in answer["Content-Disposition"]
    figures, definitions = load_workbook(io.BytesIO(content(answer))).worksheets
    table = [[cell.value for cell in row] for row in figures.iter_rows()]
    assert table[0][:3] == ["name", "in_scope", "absent"]
    total = command()["total"]
    row = next(r for r in table if r[0] == "All RASSO staff")
    # Excel keeps sixteen digits of a fraction.
    assert row[1:9] == pytest.approx([total[name] for name in table[0][1:9]], rel=1e-15)
    told = {row[0].value: row[1].value for row in definitions.iter_rows()}
    assert told["Report"] == "Clinical supervision on 2026-05-11"
    assert told["Provisional"] == "No"
    assert told["coverage"].startswith("In date or due soon")


def test_people_are_named_and_each_taking_is_written_down(staffed: Cast, as_: As) -> None:
    lead = as_(staffed.area_lead)
    found = rows(lead.get("area_people_file", staffed.area.public_id, "csv", on=ON))
    assert [r["person"] for r in found if "Seen" in r["person"]] == [
        "'=Seen 0", "'=Seen 1", "'=Seen 2"
    ]  # fmt: skip
    assert {row["unit"] for row in found} == {"West One"}
    one = next(row for row in found if "Seen 0" in row["person"])
    assert (one["status"], one["last_counted_on"], one["offered"]) == (
        "in_date", (TODAY - timedelta(days=9)).isoformat(), "yes"
    )  # fmt: skip
    row = AuditRow.objects.get(verb=PEOPLE_TAKEN)
    assert (row.by, row.details["number"]) == (staffed.area_lead, len(found))
    people = json.loads(
        content(lead.get("area_people_file", staffed.area.public_id, "json", on=ON))
    )
    assert people["people"] == command(area="West", by="unit", people=True)["people"]
    book = load_workbook(
        io.BytesIO(content(lead.get("area_people_file", staffed.area.public_id, "xlsx", on=ON)))
    )
    assert book.worksheets[0].cell(1, 2).value == "person"
    assert book.worksheets[0].max_row == len(found) + 1


def moved_away(cast: Cast) -> None:
    mover = make.make_person("Moved Away", staff=True)
    make.make_posting(mover, cast.unit, start_on=date(2025, 1, 1), end_on=date(2026, 5, 10))
    make.make_posting(mover, cast.elsewhere, start_on=date(2026, 5, 11))


@pytest.mark.parametrize("also", [None, Role.ADMINISTRATOR])
def test_whoever_has_moved_away_is_counted_and_not_named(
    staffed: Cast, as_: As, also: Role | None
) -> None:
    """Not to an Area's lead who administers accounts either: that shows nobody's cover."""
    moved_away(staffed)
    if also:
        make.make_grant(staffed.area_lead, also)
    lead, day = as_(staffed.area_lead), "2026-05-08"
    found = rows(lead.get("area_people_file", staffed.area.public_id, "csv", on=day))
    figures = rows(lead.get("coverage_area_file", staffed.area.public_id, "csv", on=day))
    assert "Moved Away" not in {row["person"] for row in found}
    assert int(figures[0]["in_scope"]) == len(found) + 1
    said = json.loads(
        content(lead.get("area_people_file", staffed.area.public_id, "json", on=day))
    )
    assert len(said["people"]) == len(found)
    before = {"before_on": day, "on": "2026-05-12"}
    for name, part, query in (
        ("coverage_unit", staffed.unit.public_id, {"on": day}),
        ("coverage_area_compared", staffed.area.public_id, before),
    ):
        assert "Moved Away" not in lead.get(name, part, **query).content.decode()
    everybody = as_(staffed.lead).get("coverage_unit", staffed.unit.public_id, on=day)
    assert "Moved Away" in everybody.content.decode()


def test_excel_of_people_says_of_whom_it_is_and_who_is_left_out(staffed: Cast, as_: As) -> None:
    moved_away(staffed)
    lead, part = as_(staffed.area_lead), staffed.unit.public_id
    asked = {"on": "2026-05-08", "job_role": "prosecutor"}
    told = definitions(lead.get("unit_people_file", part, "xlsx", **asked))
    assert (told["Area"], told["Unit"], told["Who"]) == ("West", "West One", "Prosecutors")
    assert told["Not in this file"].startswith("1 person is counted and not named")
    told = definitions(lead.get("coverage_unit_file", part, "xlsx"))
    assert (told["Area"], told["Unit"]) == ("West", "West One")
    told = definitions(as_(staffed.lead).get("people_file", "xlsx"))
    assert not {"Area", "Unit", "Who", "Not in this file"} & told.keys()


def test_a_job_role_narrows_the_people(staffed: Cast, as_: As) -> None:
    found = rows(as_(staffed.lead).get("people_file", "csv", on=ON, job_role="paralegal"))
    assert {row["job_role"] for row in found} == {"paralegal"}


@pytest.mark.parametrize("query", [{"on": "x"}, {"strand": "y"}, {"on": "\x00"}])
def test_a_file_of_nothing_that_can_be_asked_is_not_there(
    cast: Cast, as_: As, query: dict[str, str]
) -> None:
    assert as_(cast.lead).get("coverage_file", "csv", **query).status_code == 404


def test_a_format_that_there_is_not_is_not_there(cast: Cast, as_: As) -> None:
    for name in ("coverage_file", "people_file"):
        assert as_(cast.lead).get(name, "pdf").status_code == 404


@pytest.mark.parametrize("people", [1, 3])
def test_a_file_takes_the_same_queries_for_any_number(cast: Cast, as_: As, people: int) -> None:
    for i in range(people):
        make.make_staff(f"P{i}", cast.unit)
    make.build_cover()
    lead = as_(cast.lead)
    with CaptureQueriesContext(connection) as queries:
        content(lead.get("people_file", "csv", on=ON))
    assert len(queries) == 18


@pytest.mark.parametrize("name", ["coverage_unit_file", "unit_people_file"])
def test_a_unit_of_another_area_is_not_there(cast: Cast, as_: As, name: str) -> None:
    for kind in ("csv", "xlsx", "json"):
        address = (name, cast.elsewhere.public_id, kind)
        assert as_(cast.area_lead).get(*address).status_code == 404
        assert as_(cast.lead).get(*address).status_code == 200


def test_the_people_of_another_area_are_not_there(cast: Cast, as_: As) -> None:
    area = cast.elsewhere.area.public_id
    assert as_(cast.area_lead).get("area_people_file", area, "csv").status_code == 404
