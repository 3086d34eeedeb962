"""`coverage --known-at`: what it leaves out, how the instant is said, and what it prints of it."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.models import Registration
from tests.supervision.worked_example import ON, WHOLE, d, people, report, run
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.management.arguments import moment
from wellbeing.models import Booking, Event, EventDay, Person
from wellbeing.operations.absences import enter_absence
from wellbeing.operations.attendance import record_attendance
from wellbeing.operations.bookings import book
from wellbeing.operations.changing import change_event
from wellbeing.operations.events import Details, publish
from wellbeing.operations.facts import close
from wellbeing.operations.series import details_of

__all__ = ["people"]

NOW = datetime(2026, 6, 1, 12, tzinfo=LONDON)
THEN = "2026-05-12T12:00"


@pytest.fixture(autouse=True)
def _later() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def test_json_says_when_it_was_known_only_where_it_was_asked(people: dict[str, Person]) -> None:
    asked = report("--known-at", THEN)
    assert asked == {**WHOLE, "known_at": "2026-05-12T11:00:00Z"}
    assert list(asked)[:3] == ["on", "strand", "known_at"]
    assert report() == WHOLE


def test_table_says_when_it_was_known(people: dict[str, Person]) -> None:
    asked = f"--on {ON} --strand supervision --known-at 2026-05-12T12:30"
    assert run(*asked.split())[1].splitlines()[-1] == (
        "As known on Tuesday 12 May 2026, 12:30pm UK time."
    )


def test_whatever_was_recorded_later_is_left_out(people: dict[str, Person]) -> None:
    """An absence, an outcome and a registration that lapsed, each on its own later day."""
    before = report("--people", "--from", "2026-05-01")
    lead = people["host"]
    for n, act in enumerate((_away, _came, _lapsed)):
        act(people, by=lead, at=datetime(2026, 5, 20 + n, 9, tzinfo=LONDON))
        assert report("--people", "--from", "2026-05-01") != before, act
        known = report("--people", "--from", "2026-05-01", "--known-at", THEN)
        assert known.pop("known_at")
        assert known == before


def _away(people: dict[str, Person], *, by: Person, at: datetime) -> None:
    enter_absence(people["S2"], start_on=d(5, 1), end_on=None, by=by, at=at)


def _came(people: dict[str, Person], *, by: Person, at: datetime) -> None:
    missed = Booking.objects.get(status=BookingStatus.MISSED)
    record_attendance(missed.event, {missed.pk: True}, by=by, at=at, as_lead=True)


def _lapsed(people: dict[str, Person], *, by: Person, at: datetime) -> None:
    held = Registration.objects.get(person=people["host"])
    close(held, by=by, at=at)
    Registration.objects.create(
        person=held.person, register=held.register, number=held.number,
        start_on=held.start_on, end_on=d(4, 1), recorded_at=at, recorded_by=by,
    )  # fmt: skip


def test_row_is_known_from_its_very_instant_until_just_before_its_closing(
    people: dict[str, Person],
) -> None:
    at = datetime(2026, 5, 20, 8, tzinfo=UTC)
    _away(people, by=people["host"], at=at)
    west = {
        instant: report("--known-at", instant, "--area", "West")["total"]["absent"]
        for instant in (
            "2026-05-20T07:59:59.999999Z",
            "2026-05-20T08:00:00Z",
            "2026-05-20T09:00",
            "2026-05-20 10:00:00+02:00",
        )
    }
    assert list(west.values()) == [1, 2, 2, 2]


def _moved(people: dict[str, Person], day: int = 14) -> Event:
    """A session of this day of May, booked by somebody, moved on the 12th to six days later."""
    at = datetime(2026, 5, 11, 9, tzinfo=LONDON)
    details = Details(EventKind.SUPERVISION, d(5, day), time(9), 60, 1, Mode.VIDEO)
    event = publish(details, host=people["host"], by=people["host"], at=at)
    book(event, person=people["S1"], by=people["S1"], at=at)
    return _change(event, people["host"], datetime(2026, 5, 12, 15), on=d(5, day + 6))


def _change(event: Event, host: Person, at: datetime, **fields: Any) -> Event:
    details = replace(details_of(event, frozenset()), **fields)
    return change_event(event, details, host=host, by=host, at=at.replace(tzinfo=LONDON))


def test_session_is_on_the_day_that_it_was_known_to_be_on(people: dict[str, Person]) -> None:
    _moved(people)
    offered = {
        (on.day, known): report("--known-at", known, on=on)["total"]["offered"]
        for on in (d(5, 14), d(5, 20))
        for known in ("2026-05-12T14:59", "2026-05-12T15:00")
    }
    assert offered == {
        (14, "2026-05-12T14:59"): 5,
        (14, "2026-05-12T15:00"): 4,
        (20, "2026-05-12T14:59"): 5,
        (20, "2026-05-12T15:00"): 5,
    }


def test_days_of_an_event_follow_each_other(people: dict[str, Person]) -> None:
    event = _moved(people)
    _change(event, people["host"], datetime(2026, 5, 13, 9), on=d(5, 21))
    rows = EventDay.as_recorded.order_by("recorded_at", "pk")
    assert [(r.local_on.day, r.superseded_at is None) for r in rows] == [
        (14, False),
        (20, False),
        (21, True),
    ]


def test_only_another_day_is_kept(people: dict[str, Person]) -> None:
    event = _moved(people)
    held = EventDay.as_recorded.count()
    _change(event, people["host"], datetime(2026, 5, 13, 9), place="Room 2")
    assert EventDay.as_recorded.count() == held


# What is typed, and the instant that it means.
MOMENTS = [
    ("2026-05-12T10:00", "2026-05-12T09:00:00+00:00"),
    ("2026-01-12 10:00", "2026-01-12T10:00:00+00:00"),
    ("2026-05-12T10:00:30.5", "2026-05-12T09:00:30.500000+00:00"),
    ("2026-05-12T10:00Z", "2026-05-12T10:00:00+00:00"),
    ("2026-05-12T10:00-05:00", "2026-05-12T15:00:00+00:00"),
    ("2026-10-25T01:30+00:00", "2026-10-25T01:30:00+00:00"),
    ("2026-05-12", "2026-05-12T22:59:59.999999+00:00"),
    ("2026-10-25", "2026-10-25T23:59:59.999999+00:00"),
]


@pytest.mark.parametrize(("typed", "meant"), MOMENTS)
def test_moments_are_uk_time_unless_an_offset_follows(typed: str, meant: str) -> None:
    assert moment(typed).isoformat() == meant


# What is typed, and what is said.
WRONG = [
    ("2026-03-29T01:30", "does not exist on that day: the clocks go forward"),
    ("2025-10-26T01:30", "occurs twice on that day: the clocks go back"),
    ("2026-05-12T25:00", "is not a time of day"),
    ("2026-05-12T10:00+25:00", "is not a time of day"),
    ("2026-02-30", "is not a date like 2026-05-12"),
    ("1200-02-03T10:00", "is not a date like 2026-05-12"),
    ("yesterday", "is not a time like 2026-05-12T10:00"),
    ("2026-05-12T10", "is not a time like 2026-05-12T10:00"),
    ("", "is not a time like 2026-05-12T10:00"),
]


@pytest.mark.parametrize(("typed", "said"), WRONG)
def test_what_is_no_moment_is_wrong_usage(
    typed: str, said: str, capsys: pytest.CaptureFixture[str], db: None
) -> None:
    code, out, _ = run("--on", "2026-05-12", "--strand", "supervision", f"--known-at={typed}")
    assert (code, out) == (2, "")
    assert said in capsys.readouterr().err


def test_a_moment_to_come_is_refused(people: dict[str, Person]) -> None:
    later = (NOW + timedelta(seconds=1)).isoformat()
    code, out, err = run("--on", "2026-05-12", "--strand", "supervision", "--known-at", later)
    assert (code, out) == (1, "")
    assert err.strip() == ("--known-at is still to come: what will be known then is not known.")
    assert report("--known-at", NOW.isoformat())["on"] == "2026-05-12"


@pytest.mark.parametrize("moved", [1, 3])
def test_queries_are_as_many_for_one_moved_session_as_for_three(
    people: dict[str, Person], moved: int
) -> None:
    for n in range(moved):
        _moved(people, 14 + n)
    with CaptureQueriesContext(connection) as seen:
        found = report("--known-at", "2026-05-12T14:00", "--people", on=d(5, 16))
    assert (len(seen), found["total"]["offered"]) == (11, 5)
