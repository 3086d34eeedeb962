"""Pages and files of a sample: frozen as drawn, nothing of a return, the same queries for any number."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.models import Sample, SampleMember
from supervision.operations.releases import release
from tests import factories as make
from tests.conftest import NOW, Cast, Visitor
from tests.samples import MONTH_END, As, before, make_drawable, make_sample, pseudonym_in
from wellbeing.checks import samples_have_a_key
from wellbeing.domain.roles import Strand
from wellbeing.models import Person

ASKED = {"strand": "supervision", "on": MONTH_END.isoformat(), "size": 10, "seed": 1}


@pytest.fixture
def staff(cast: Cast) -> list[Person]:
    return make_drawable(cast)


def draw(visitor: Visitor, **other: Any) -> Any:
    return visitor.post("sample_make", **(ASKED | other))


def test_a_row_stays_as_drawn_when_a_fact_is_recorded_later(
    cast: Cast, staff: list[Person], as_: As
) -> None:
    draw(as_(cast.auditor))
    sample = Sample.objects.get()
    member = SampleMember.objects.filter(sample=sample, status="overdue", never_seen=False)[0]
    make.make_held(member.person, cast.supervisor, before(2))
    make.build_cover()
    page = as_(cast.auditor).get(
        "sample_trace", sample.public_id, pseudonym_in(sample, member.person)
    )
    assert page.context["line"].status == "Overdue"
    assert page.context["changed"] == "Overdue: 50 days counted, limit 42"
    assert page.context["now"] == "In date: 2 days counted, limit 42"


def test_the_file_is_the_sample_and_says_nothing_of_when_somebody_is_back(
    cast: Cast, staff: list[Person], as_: As
) -> None:
    visitor = as_(cast.auditor)
    draw(visitor)
    sample = Sample.objects.get()
    answer = visitor.get("sample_file", sample.public_id)
    assert answer["Content-Disposition"] == (
        'attachment; filename="sample-supervision-2026-04-30-10-1.csv"'
    )
    head, *rows = answer.content.decode().removeprefix("\ufeff").splitlines()
    assert head == (
        "pseudonym,strand,on,job_role,area,status,never_seen,last_counted_on,due_on,"
        "elapsed_days,limit_days"
    )
    lines = visitor.get("sample", sample.public_id).context["lines"]
    assert [row.split(",")[0] for row in rows] == [line.pseudonym for line in lines]
    away = [row.split(",") for row in rows if ",absent," in row]
    assert away
    assert {row[8] for row in away} == {""}


@pytest.mark.parametrize("people", [1, 3])
def test_a_sample_takes_the_same_queries_for_any_number(
    cast: Cast, staff: list[Person], as_: As, people: int
) -> None:
    sample = make_sample(cast.auditor, *staff[:people])
    for name, number in (("sample_list", 5), ("sample", 9)):
        visitor = as_(cast.auditor)
        args = () if name == "sample_list" else (sample.public_id,)
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(name, *args).status_code == 200
        assert len(queries) == number, name


@pytest.mark.parametrize("samples", [1, 3])
def test_a_list_takes_the_same_queries_for_any_number(
    cast: Cast, as_: As, samples: int
) -> None:
    for seed in range(samples):
        make_sample(cast.auditor, cast.prosecutor, seed=seed + 1)
    visitor = as_(cast.auditor)
    with CaptureQueriesContext(connection) as queries:
        assert len(visitor.get("sample_list").context["lines"]) == samples
    assert len(queries) == 5


def test_another_strand_has_a_sample_of_its_own(
    cast: Cast, staff: list[Person], as_: As
) -> None:
    make_sample(cast.auditor, staff[0], strand=Strand.TRAINING)
    page = as_(cast.auditor).get("sample_list")
    assert page.context["lines"][0].title == "Welfare training on 30 April 2026"


def test_a_figure_leads_to_a_sample_of_its_day_and_strand(cast: Cast, as_: As) -> None:
    release(date(2026, 3, 31), at=NOW)
    visitor = as_(cast.auditor)
    query = {"on": "2026-03-31", "strand": "training"}
    page = visitor.get("coverage_national", **query)
    link = "/audit/samples/draw/?on=2026-03-31&amp;strand=training"
    assert f'href="{link}"' in page.content.decode()
    form = visitor.get("sample_make", **query).context["form"]
    assert (form["on"].value(), form["strand"].value()) == ("2026-03-31", "training")
    form = visitor.get("sample_make", on="2026-03-30").context["form"]
    assert form["on"].value() == "2026-04-30"
    assert "/audit/samples/" not in as_(cast.lead).get("coverage_national").content.decode()


@pytest.mark.parametrize(("key", "ids"), [("a key", []), ("", ["wellbeing.W004"])])
def test_a_missing_key_is_said_before_the_service_is_deployed(
    settings: Any, key: str, ids: list[str]
) -> None:
    settings.SAMPLE_KEY = key
    assert [m.id for m in samples_have_a_key()] == ids


def test_the_key_of_samples_is_not_the_key_of_sessions(settings: Any) -> None:
    settings.SAMPLE_KEY = settings.SECRET_KEY
    assert [m.id for m in samples_have_a_key()] == ["wellbeing.W004"]
