"""Series of other calendars: rules, what is added, left out and changed, over both Sundays."""

from datetime import date

import pytest

from tests.domain.busy_files import LONDON, calendar, event, read
from wellbeing.domain.refusals import Refused


def at(day: str, hour: int = 9) -> str:
    return f"{LONDON}:2026{day}T{hour:02}0000"


def daily(count: int, *more: str) -> str:
    """From 1 June, nine to ten in London: 08:00 to 09:00 UTC."""
    return event(
        f"DTSTART;{at('0601')}\nDTEND;{at('0601', 10)}",
        f"RRULE:FREQ=DAILY;COUNT={count}",
        *more,
    )


def change(of: str, *lines: str) -> str:
    return event(f"RECURRENCE-ID{of}", *lines)


def june(*days: int) -> list[str]:
    return [f"06-{day:02}T08:00/09:00" for day in days]


MOVED = f"DTSTART;{at('0620', 14)}\nDTEND;{at('0620', 16)}"
THERE = "06-20T13:00/15:00"
# (components, the busy times)
CASES = [
    ([daily(3)], june(1, 2, 3)),
    ([daily(3, f"EXDATE;{at('0602')}")], june(1, 3)),
    ([daily(3, "EXDATE:20260602T080000Z")], june(1, 3)),
    ([daily(3, "EXDATE;TZID=Asia/Tokyo:20260602T170000")], june(1, 3)),
    ([daily(3, "EXDATE;VALUE=DATE:20260602")], june(1, 3)),
    ([daily(3, f"EXDATE;{at('0601')},2026", "X-A:b")], None),
    ([daily(2, f"RDATE;{at('0605')}")], june(1, 2, 5)),
    ([daily(2, "RDATE:20260605T080000Z,20260606T080000Z")], june(1, 2, 5, 6)),
    ([daily(1, "RDATE;VALUE=PERIOD:20260605T080000Z/PT3H")], [*june(1), "06-05T08:00/11:00"]),
    (
        [daily(1, "RDATE;VALUE=PERIOD:20260605T080000Z/20260605T081500Z")],
        [*june(1), "06-05T08:00/08:15"],
    ),
    ([daily(2, f"RDATE;{at('0602')}")], june(1, 2)),
    # Changed: moved, moved into and out of the window, cancelled, made free, told in UTC.
    ([daily(3), change(f";{at('0602')}", MOVED)], [*june(1, 3), THERE]),
    ([change(f";{at('0602')}", MOVED), daily(3)], [*june(1, 3), THERE]),
    ([daily(3), change(":20260602T080000Z", MOVED)], [*june(1, 3), THERE]),
    ([daily(3), change(";TZID=Asia/Tokyo:20260602T170000", MOVED)], [*june(1, 3), THERE]),
    ([daily(3), change(";VALUE=DATE:20260602", MOVED)], [*june(1, 3), THERE]),
    ([daily(3), change(":20260602T090000", MOVED)], [*june(1, 3), THERE]),
    ([daily(3), change(f";{at('0602')}", f"DTSTART;{at('0602')}\nSTATUS:CANCELLED")], june(1, 3)),
    ([daily(3), change(f";{at('0602')}", f"{MOVED}\nTRANSP:TRANSPARENT")], june(1, 3)),
    (
        [daily(3), change(f";{at('0602')}", f"{MOVED}\nX-MICROSOFT-CDO-BUSYSTATUS:FREE")],
        june(1, 3),
    ),
    ([daily(3), change(f";{at('0602')}", "DTSTART:20270602T090000Z\nDURATION:PT1H")], june(1, 3)),
    # A free series with one occurrence that is not.
    ([daily(3, "TRANSP:TRANSPARENT"), change(f";{at('0602')}", MOVED)], [THERE]),
    # The newer of two, and the later of two equally old.
    (
        [
            daily(3),
            change(f";{at('0602')}", f"{MOVED}\nSEQUENCE:2"),
            change(f";{at('0602')}", f"DTSTART;{at('0610')}\nDURATION:PT1H\nSEQUENCE:1"),
        ],
        [*june(1, 3), THERE],
    ),
    (
        [
            daily(3),
            change(f";{at('0602')}", f"DTSTART;{at('0610')}\nDURATION:PT1H"),
            change(f";{at('0602')}", MOVED),
        ],
        [*june(1, 3), THERE],
    ),
    # A change alone, and of what the rule does not have.
    ([change(f";{at('0602')}", MOVED)], [THERE]),
    ([daily(2), change(f";{at('0615')}", MOVED)], [*june(1, 2), THERE]),
    # From here on: other times, another length, cancelled, and one after it changed again.
    (
        [daily(4), change(f";RANGE=THISANDFUTURE;{at('0603')}", f"DTSTART;{at('0603', 14)}\nDURATION:PT2H")],
        [*june(1, 2), "06-03T13:00/15:00", "06-04T13:00/15:00"],
    ),
    (
        [daily(4), change(f";RANGE=THISANDFUTURE;{at('0603')}", f"DTSTART;{at('0603')}\nSTATUS:CANCELLED")],
        june(1, 2),
    ),
    (
        [
            daily(4),
            change(f";RANGE=THISANDFUTURE;{at('0602')}", f"DTSTART;{at('0602', 14)}\nDURATION:PT1H"),
            change(f";{at('0603')}", MOVED),
        ],
        [*june(1), "06-02T13:00/14:00", "06-04T13:00/14:00", THERE],
    ),
    # A newer version takes the place of an older one; two of one age are both kept.
    ([daily(3), daily(1, "SEQUENCE:1")], june(1)),
    (
        [daily(1), event(f"DTSTART;{at('0609')}\nDURATION:PT1H")],
        june(1, 9),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "expected"), CASES)
def test_series(parts: list[str], expected: list[str] | None) -> None:
    if expected is None:
        with pytest.raises(Refused, match="cannot be read"):
            read(calendar(*parts))
        return
    assert read(calendar(*parts)) == expected


def test_a_change_in_a_calendar_of_its_own_is_found() -> None:
    data = calendar(daily(3)) + calendar(change(f";{at('0602')}", MOVED))
    assert read(data) == [*june(1, 3), THERE]


def test_an_occurrence_is_not_taken_for_the_one_whose_utc_time_reads_the_same() -> None:
    """Hourly in summer: 10:00 in London is 09:00 UTC, and 09:00 is another occurrence."""
    hourly = event(f"DTSTART;{at('0601')}\nDURATION:PT10M", "RRULE:FREQ=HOURLY;COUNT=3")
    cancelled = change(f";{at('0601')}", f"DTSTART;{at('0601')}\nSTATUS:CANCELLED")
    assert read(calendar(hourly, cancelled)) == ["06-01T09:00/09:10", "06-01T10:00/10:10"]


def weekly(*lines: str) -> list[str]:
    return read(calendar(event(*lines)))


def test_a_series_keeps_its_wall_clock_over_both_sundays() -> None:
    spring = weekly(
        "DTSTART;TZID=Europe/London:20260322T093000\nDURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3"
    )
    autumn = weekly(
        "DTSTART;TZID=Europe/London:20261018T093000\nDURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3"
    )
    assert spring == ["03-22T09:30/10:30", "03-29T08:30/09:30", "04-05T08:30/09:30"]
    assert autumn == ["10-18T08:30/09:30", "10-25T09:30/10:30", "11-01T09:30/10:30"]  # fmt: skip


def test_a_series_of_another_country_keeps_that_country_s_clock() -> None:
    found = weekly(
        "DTSTART;TZID=Eastern Standard Time:20260304T090000\nDURATION:PT1H",
        "RRULE:FREQ=WEEKLY;COUNT=5",
    )
    hours = [14, 13, 13, 13, 13]
    assert [int(one[6:8]) for one in found] == hours


def test_every_hour_goes_on_through_the_hour_that_occurs_twice() -> None:
    found = weekly(
        f"DTSTART;{LONDON}:20261024T230000\nDURATION:PT1H", "RRULE:FREQ=HOURLY;COUNT=5"
    )
    # 23:00, 00:00, 01:00 twice, 02:00 and 03:00.
    assert found == ["10-24T22:00/10-25T04:00"]


def test_a_series_in_utc_stays_in_utc() -> None:
    found = weekly("DTSTART:20261018T093000Z\nDURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2")
    assert found == ["10-18T09:30/10:30", "10-25T09:30/10:30"]


def test_nights_last_as_long_in_real_time_when_the_clock_changes() -> None:
    """RFC 5545 §3.8.5.3: with a DTEND, every occurrence is exactly as long as the first."""
    nights = f"DTSTART;{LONDON}:20261024T220000\nDTEND;{LONDON}:20261025T060000"
    before = f"DTSTART;{LONDON}:20261023T220000\nDTEND;{LONDON}:20261024T060000"
    assert weekly(nights) == ["10-24T21:00/10-25T06:00"]
    assert weekly(before, "RRULE:FREQ=DAILY;COUNT=2") == [
        "10-23T21:00/10-24T05:00",
        "10-24T21:00/10-25T05:00",
    ]


def test_whole_days_end_at_midnight_when_the_clock_changes() -> None:
    days = weekly("DTSTART;VALUE=DATE:20261024", "RRULE:FREQ=WEEKLY;COUNT=2;BYDAY=SA,SU")
    assert days == ["10-23T23:00/10-26T00:00"]


ENDINGS = [
    ("UNTIL=20260603T080000Z", june(1, 2, 3)),
    ("UNTIL=20260603T075959Z", june(1, 2)),
    ("UNTIL=20260603T090000", june(1, 2, 3)),
    ("UNTIL=20260603", june(1, 2, 3)),
    ("UNTIL=20260530T000000Z", []),
    ("COUNT=2;INTERVAL=3", june(1, 4)),
    ("COUNT=2;BYDAY=WE", june(1, 3, 10)),
    ("COUNT=2;RSCALE=GREGORIAN;", june(1, 2)),
]


@pytest.mark.parametrize(("end", "expected"), ENDINGS)
def test_end_of_a_rule(end: str, expected: list[str]) -> None:
    rule = f"RRULE:FREQ=DAILY;{end}"
    assert weekly(f"DTSTART;{at('0601')}\nDTEND;{at('0601', 10)}", rule) == expected


@pytest.mark.parametrize("until", ["20260603", "20260602T230000Z", "20260603T000000Z"])
def test_last_day_of_whole_days_is_included(until: str) -> None:
    found = weekly("DTSTART;VALUE=DATE:20260601", f"RRULE:FREQ=DAILY;UNTIL={until}")
    assert found == ["05-31T23:00/06-03T23:00"]


def test_changes_of_whole_days() -> None:
    days = event("DTSTART;VALUE=DATE:20260601", "RRULE:FREQ=WEEKLY;COUNT=4")
    gone = change(";VALUE=DATE:20260608", "DTSTART;VALUE=DATE:20260608\nSTATUS:CANCELLED")
    timed = change(";VALUE=DATE:20260615", f"DTSTART;{at('0615')}\nDURATION:PT1H")
    told_by_time = change(":20260621T230000Z", "DTSTART;VALUE=DATE:20260623")
    assert read(calendar(days, gone, timed, told_by_time)) == [
        "05-31T23:00/06-01T23:00",
        "06-15T08:00/09:00",
        "06-22T23:00/06-23T23:00",
    ]


def test_a_change_on_the_second_hour_that_occurs_twice_stays_there() -> None:
    series = event(f"DTSTART;{at('1024')}\nDURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2")
    moved = change(f";{at('1025')}", "DTSTART:20261025T013000Z\nDURATION:PT15M")
    assert read(calendar(series, moved)) == ["10-24T08:00/09:00", "10-25T01:30/01:45"]


def test_a_change_of_a_series_that_is_over_is_found() -> None:
    old = event("DTSTART:20240105T090000Z\nDURATION:PT1H", "RRULE:FREQ=WEEKLY;UNTIL=20250131")
    cases = [
        (change(":20250110T090000Z", "DTSTART:20260110T090000Z\nDURATION:PT1H"), True),
        (change(":20250110T090000Z", "DTSTART:20260110T090000Z\nSTATUS:CANCELLED"), False),
        (change(":20250111T090000Z", "DTSTART:20260110T090000Z\nDURATION:PT1H"), True),
    ]
    for changed, is_busy in cases:
        assert read(calendar(old, changed)) == ["01-10T09:00/10:00"] * is_busy
    left_out = old.replace("UNTIL=20250131", "UNTIL=20250131\nEXDATE:20250110T090000Z")
    assert read(calendar(left_out, cases[0][0])) == []


def test_faults_of_a_series_that_is_over_are_faults() -> None:
    with pytest.raises(Refused, match="not understood"):
        weekly("DTSTART:20200105T090000Z", "RRULE:FREQ=NEVERLY;UNTIL=20200131")


def test_a_long_occurrence_begun_before_the_window_is_found() -> None:
    series = event("DTSTART:20260101T000000Z\nDURATION:P10D", "RRULE:FREQ=MONTHLY;COUNT=6")
    assert read(calendar(series))[:2] == ["01-01T00:00/01-11T00:00", "02-01T00:00/02-11T00:00"]
    later = read(calendar(series), first=date(2026, 2, 5), weeks=1)
    assert later == ["02-05T00:00/02-11T00:00"]


def test_changes_from_here_on_may_lead_out_of_a_series_that_is_over() -> None:
    old = event("DTSTART:20251201T090000Z\nDURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20251210")
    moved = change(
        ";RANGE=THISANDFUTURE:20251209T090000Z", "DTSTART:20260109T090000Z\nDURATION:PT1H"
    )
    assert read(calendar(old, moved)) == ["01-09T09:00/10:00", "01-10T09:00/10:00"]


def test_days_of_a_change_from_here_on_pass_on_its_own_clock() -> None:
    """New York changes its clock three weeks before London."""
    series = event(f"DTSTART;{at('0306')}\nDURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3")
    away = change(
        f";RANGE=THISANDFUTURE;{at('0307')}",
        "DTSTART;TZID=America/New_York:20260307T120000\nDURATION:P1D",
    )
    found = read(calendar(series, away))
    # Its clock goes forward within the first of the two days, and the series keeps London's.
    assert found == [
        "03-06T09:00/10:00",
        "03-07T17:00/03-08T16:00",
        "03-08T17:00/03-09T17:00",
    ]
