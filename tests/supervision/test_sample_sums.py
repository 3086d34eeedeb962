"""A row of a sample: the sum from which its status follows, by hand, and what came later."""

import re
from datetime import timedelta

import pytest

from supervision.domain.sampling import Question
from supervision.models import Sample
from supervision.operations.samples import draw_sample
from tests import factories as make
from tests.conftest import NOW, Cast
from tests.samples import (
    MONTH_END,
    As,
    at,
    before,
    pseudonym_in,
    steps,
    traced,
)
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.operations.absences import enter_absence, take_back_absence


def test_the_sum_is_told_step_by_step(cast: Cast, as_: As) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, before(52))
    make.make_absence(cast.prosecutor, before(40), before(36))
    make.make_absence(cast.prosecutor, before(37), before(31))
    page = traced(cast, as_, cast.prosecutor)
    assert page.context["now"] == "Due soon: 42 days counted, limit 42"
    assert steps(page) == {
        "Policy in force": "Of 1 January 2020: a session every 42 days, the first within 28 of joining; due soon with 14 or fewer left",
        "The clock runs from": "9 March 2026, 52 days before: the last session that counts",
        "Days since": "52, the month-end included",
        "Of those away": "10",
        "Days counted": "52 − 10 = 42",
        "Limit": "42: the interval",
        "Due by": "30 April 2026: 42 days and 10 days away after the clock began",
        "Status": "Due soon: 42 − 42 = 0 left, no more than 14",
        "Offered": "No, within the interval, from 20 March 2026 to 30 April 2026",
        "Taken up": "No, within the interval, from 20 March 2026 to 30 April 2026",
    }
    body = page.content.decode()
    assert not any(str(on) in body for on in (before(40), before(36), before(31)))
    assert "21 March 2026" not in body


def test_never_seen_is_counted_from_the_day_before_joining(cast: Cast, as_: As) -> None:
    new = make.make_staff("New", cast.unit, start_on=before(28))
    told = steps(traced(cast, as_, new))
    assert told["The clock runs from"] == (
        "1 April 2026, 29 days before: the day before this run of service began"
    )
    assert told["Limit"] == "28: the first-session limit, nothing counts yet"
    assert told["Status"] == "Overdue: 29 is more than 28"


def test_who_is_away_is_told_no_day_of_return(cast: Cast, as_: As) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, before(9))
    make.make_absence(cast.prosecutor, before(3), MONTH_END + timedelta(days=40))
    page = traced(cast, as_, cast.prosecutor)
    assert steps(page)["Due by"] == "None while away"
    assert steps(page)["Status"] == "Away: an absence covers the day, whatever is counted"
    assert "July 2026" not in page.content.decode()


@pytest.mark.parametrize("first", [2, 11, 25])
def test_nothing_about_who_is_away_moves_with_the_first_day_of_the_absence(
    cast: Cast, as_: As, first: int
) -> None:
    """The same page and file whenever it began: so nobody can work out from them when."""
    make.make_held(cast.prosecutor, cast.supervisor, before(30))
    make.make_absence(cast.prosecutor, before(first), None)
    make.build_cover()
    sample = draw_all(cast)
    visitor, name = as_(cast.auditor), pseudonym_in(sample, cast.prosecutor)
    page = visitor.get("sample_trace", sample.public_id, name)
    told = steps(page)
    assert (page.context["now"], page.context["changed"]) == ("Away", "")
    assert told.pop("Policy in force")
    assert told == {
        "The clock runs from": "31 March 2026, 30 days before: the last session that counts",
        "Days since": "30, the month-end included",
        "Of those away": "Away on this day: the clock stands still",
        "Limit": "42: the interval",
        "Due by": "None while away",
        "Status": "Away: an absence covers the day, whatever is counted",
        "Offered": "Yes, within the interval, from 20 March 2026 to 30 April 2026",
        "Taken up": "Yes, within the interval, from 20 March 2026 to 30 April 2026",
    }
    lines = visitor.get("sample", sample.public_id).context["lines"]
    assert [x.elapsed for x in lines if x.pseudonym == name] == ["Not shown while away"]
    rows = visitor.get("sample_file", sample.public_id).content.decode().splitlines()
    assert [r.split(",")[1:] for r in rows if r.startswith(name)] == [
        ["supervision", "2026-04-30", "", "", "absent", "no", "2026-03-31", "", "", "42"]
    ]


def draw_all(cast: Cast) -> Sample:
    """The prosecutor as the operation keeps them: of twenty in scope, as they stand."""
    for n in range(20):
        make.make_staff(f"Other {n}", cast.elsewhere, job_role=JobRole.PARALEGAL)
    make.build_cover()
    for seed in range(1, 99):
        Sample.objects.all().delete()
        asked = Question(Strand.SUPERVISION, MONTH_END, 10, seed)
        sample = draw_sample(asked, by=cast.auditor, at=NOW)
        if sample.members.filter(person=cast.prosecutor).exists():
            return sample
    raise AssertionError("never drawn")


def test_who_is_in_scope_no_more_is_said_to_be(cast: Cast, as_: As) -> None:
    gone = make.make_staff("Gone", cast.unit, end_on=before(1))
    page = traced(cast, as_, gone)
    assert (page.context["now"], page.context["steps"]) == ("Not in scope", [])
    assert page.context["changed"] == "Overdue, not yet seen: 30 days counted, limit 28"


def test_what_was_recorded_after_the_day_is_counted_by_kind(cast: Cast, as_: As) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, before(20))
    kept = make.make_absence(cast.prosecutor, before(9), before(8))
    # Before the period: it moves nothing, and is not told.
    enter_absence(
        cast.prosecutor, start_on=before(90), end_on=before(80), by=cast.lead, at=at(-2)
    )
    enter_absence(
        cast.prosecutor, start_on=before(5), end_on=before(4), by=cast.lead, at=at(-3)
    )
    take_back_absence(kept, by=cast.lead, at=at(-4))
    page = traced(cast, as_, cast.prosecutor)
    assert page.context["late"] == [
        "one absence or more recorded",
        "one absence or more closed or corrected",
    ]
    assert page.context["then"] == page.context["now"] == "In date: 18 days counted, limit 42"


def numbers(words: str) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", words)]


def test_the_status_can_be_worked_out_by_hand_from_the_page(cast: Cast, as_: As) -> None:
    """For every number of days since a session, with and without days away before."""
    found = set()
    for days in (4, 27, 28, 29, 41, 42, 43, 44, 60):
        for away in (0, 3):
            who = make.make_staff(f"By hand {days} {away}", cast.unit)
            host = make.make_supervisor(f"Dr {days} {away}")
            make.make_held(who, host, before(days))
            if away:
                first = before(days - 1)
                make.make_absence(who, first, first + timedelta(days=away - 1))
            page = traced(cast, as_, who)
            told = steps(page)
            since = numbers(told["Days since"])[0]
            gone = numbers(told["Of those away"] + " 0")[0]
            limit, soon = numbers(told["Limit"])[0], numbers(told["Policy in force"])[-1]
            counted = since - gone
            status = (
                "Overdue"
                if counted > limit
                else "Due soon"
                if limit - counted <= soon
                else "In date"
            )
            assert page.context["now"].startswith(f"{status}: {counted} day"), (days, away)
            found.add(status)
    assert found == {"Overdue", "Due soon", "In date"}
