"""Days and times are written as GOV.UK writes them, in UK time."""

from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, Template

from wellbeing.presenters import dates


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (time(9, 30), "9:30am"),
        (time(14), "2pm"),
        (time(14, 5), "2:05pm"),
        (time(12), "midday"),
        (time(12, 1), "12:01pm"),
        (time(0), "midnight"),
        (time(0, 30), "12:30am"),
        (time(11), "11am"),
        (time(23, 59), "11:59pm"),
        (utc(2026, 5, 12, 13), "2pm"),  # summer time
        (utc(2026, 12, 8, 13), "1pm"),
        (utc(2026, 5, 12, 11), "midday"),
        (utc(2026, 5, 12, 23), "midnight"),
    ],
)
def test_clock_is_written_as_govuk_writes_it(at: datetime | time, written: str) -> None:
    assert dates.clock(at) == written


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (utc(2026, 5, 12, 13), utc(2026, 5, 12, 14), "Tuesday 12 May 2026, 2pm to 3pm"),
        (
            utc(2026, 12, 8, 9, 30),
            utc(2026, 12, 8, 12),
            "Tuesday 8 December 2026, 9:30am to midday",
        ),
        # 11pm UTC is the next day in London in summer.
        (utc(2026, 5, 12, 23), utc(2026, 5, 13, 0), "Wednesday 13 May 2026, midnight to 1am"),
        (
            utc(2026, 12, 8, 22),
            utc(2026, 12, 9, 0),
            "Tuesday 8 December 2026, 10pm to midnight",
        ),
        (
            utc(2026, 12, 8, 23),
            utc(2026, 12, 9, 1),
            "Tuesday 8 December 2026, 11pm to Wednesday 9 December 2026, 1am",
        ),
        # The hour that the clocks go back: an hour and a half of real time.
        (
            utc(2026, 10, 25, 0),
            utc(2026, 10, 25, 1, 30),
            "Sunday 25 October 2026, 1am to 1:30am",
        ),
    ],
)
def test_when_is_written_in_london_time(start: datetime, end: datetime, written: str) -> None:
    assert dates.when(start, end) == written


@pytest.mark.parametrize(
    ("on", "written"),
    [
        (date(2026, 5, 3), "today, 3 May"),
        (date(2026, 5, 4), "tomorrow, 4 May"),
        (date(2026, 5, 2), "yesterday, 2 May"),
        (date(2026, 5, 12), "in 9 days, on 12 May"),
        (date(2026, 4, 24), "9 days ago, on 24 April"),
        (date(2027, 1, 3), "in 245 days, on 3 January 2027"),
    ],
)
def test_a_relative_day_never_stands_alone(on: date, written: str) -> None:
    assert dates.away(on, date(2026, 5, 3)) == written


@pytest.mark.parametrize(
    ("number", "written"),
    [(0, "0 people"), (1, "1 person"), (2, "2 people"), (1234, "1,234 people")],
)
def test_a_count_agrees_with_its_noun(number: int, written: str) -> None:
    assert dates.counted(number, "person", "people") == written


def test_the_filters_write_what_the_presenter_writes() -> None:
    template = Template(
        "{% load govuk %}{{ on|day }} / {{ on|short_day }} / {{ start|clock }} / "
        "{% hours start end %} / {% when start end %} / {{ on|away:today }} / {{ n|counted:'session' }}"
    )
    context = Context(
        {
            "on": date(2026, 5, 12),
            "today": date(2026, 5, 3),
            "start": utc(2026, 5, 12, 13),
            "end": utc(2026, 5, 12, 14),
            "n": 3,
        }
    )
    assert template.render(context) == (
        "Tuesday 12 May 2026 / 12 May 2026 / 2pm / 2pm to 3pm / "
        "Tuesday 12 May 2026, 2pm to 3pm / in 9 days, on 12 May / 3 sessions"
    )
