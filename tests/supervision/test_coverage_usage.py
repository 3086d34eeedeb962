"""The coverage command's CSV and table, its faults and wrong usage: exit 0, 1 and 2."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests import factories as make
from tests.supervision.worked_example import NIGHT, ON, PERSON, START, WHOLE, d, people, run
from wellbeing.models import Person

__all__ = ["people"]


def printed(form: str) -> tuple[int, str, str]:
    return run("--on", str(ON), "--strand", "supervision", "--format", form)


CSV = """\
name,in_scope,absent,in_date,due_soon,overdue,never_seen,coverage,offered,taken_up
East,1,0,0,0,1,0,0.0,1,0
West,4,1,1,1,1,1,0.6666666666666666,3,2
All RASSO staff,5,1,1,1,2,1,0.5,4,2
Prosecutors,3,0,1,1,1,0,0.6666666666666666,3,2
"""
TABLE = """\
name             in_scope  absent  in_date  due_soon  overdue  never_seen  coverage  offered  taken_up
East             1         0       0        0         1        0           0.0%      1        0
West             4         1       1        1         1        1           66.7%     3        2
All RASSO staff  5         1       1        1         2        1           50.0%     4        2
Prosecutors      3         0       1        1         1        0           66.7%     3        2
"""


def test_csv_of_groups(people: dict[str, Person]) -> None:
    code, out, err = printed("csv")
    assert (code, out, err) == (0, CSV.replace("\n", "\r\n"), "")


def test_table_of_groups(people: dict[str, Person]) -> None:
    code, out, err = printed("table")
    assert (code, out, err) == (0, TABLE, "")


@pytest.mark.parametrize(("form", "between"), [("csv", ","), ("table", "  ")])
def test_columns_of_people_stand_though_nobody_is_in_scope(
    people: dict[str, Person], form: str, between: str
) -> None:
    code, out, _ = run(
        "--on", "1990-01-01", "--strand", "supervision", "--people", "--format", form
    )
    assert (code, out.splitlines()) == (0, [between.join(PERSON)])


def test_table_says_that_it_is_provisional(people: dict[str, Person]) -> None:
    unknown = make.make_event(people["host"], d(5, 10), NIGHT, capacity=None)
    make.make_booking(unknown, people["S5"])
    _, out, _ = printed("table")
    last = "Provisional: more than 5% of recent outcomes are not yet recorded."
    assert out.splitlines()[-1] == last


def test_csv_names_that_look_like_formulas_are_text(people: dict[str, Person]) -> None:
    make.make_posting(
        make.make_person("S9", staff=True), make.make_unit("=1+1", "One"), start_on=START
    )
    _, out, _ = printed("csv")
    assert out.splitlines()[1].startswith("'=1+1,1,")


FAULTS = [
    ("--unit One", 2, "--unit needs --area."),
    ("--area North", 1, "No Area is called 'North'."),
    ("--area West --unit Three", 1, "West has no unit called 'Three'."),
    ("--from 2026-05-13", 1, "--from is after --on: give the period's first day."),
]


@pytest.mark.parametrize(("argv", "code", "sentence"), FAULTS)
def test_fault_is_one_plain_line(
    people: dict[str, Person], argv: str, code: int, sentence: str
) -> None:
    asked = ("--on", "2026-05-12", "--strand", "supervision", *argv.split())
    assert run(*asked) == (code, "", f"{sentence}\n")


WRONG_USAGE = [
    ("--on 2026-02-30 --strand supervision", "'2026-02-30' is not a date like 2026-05-12"),
    ("--on 20260512 --strand supervision", "'20260512' is not a date like 2026-05-12"),
    ("--on 2026-05-12 --strand round", "argument --strand: invalid choice: 'round'"),
    ("--strand supervision", "the following arguments are required: --on"),
    ("--on 2026-05-12", "the following arguments are required: --strand"),
    ("--on 2026-05-12 --strand supervision --by team", "argument --by: invalid choice: 'team'"),
    ("--on 2026-05-12 --strand supervision --area=", "argument --area: is empty"),
    ("--on 2026-05-12 --strand supervision --area \udcff", "argument --area: is not UTF-8 text"),
]  # fmt: skip


@pytest.mark.parametrize(("argv", "sentence"), WRONG_USAGE)
def test_wrong_usage_is_exit_two(
    argv: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*argv.split(" "))[:2] == (2, "")
    assert sentence in capsys.readouterr().err.splitlines()[-1]


def test_call_from_code_takes_a_date(people: dict[str, Person]) -> None:
    out = StringIO()
    call_command("coverage", on=ON, strand="supervision", format="json", stdout=out)
    assert json.loads(out.getvalue()) == WHOLE
