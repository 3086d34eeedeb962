"""Busy times of other calendars: whole files as clients write them, ends, dates and zones."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.domain.busy_elsewhere import busy_elsewhere
from tests.domain.busy_files import (
    BRITAIN,
    FLAVOURS,
    GOOGLE,
    LONDON,
    YEAR,
    calendar,
    event,
    read,
    timezone,
)
from wellbeing.domain.busy import busy_times, window_of
from wellbeing.domain.busy_file import Part
from wellbeing.domain.busy_file import read as parts_of
from wellbeing.domain.busy_zones import Zones


@pytest.mark.parametrize("client", FLAVOURS)
def test_calendars_of_the_three_clients(client: str) -> None:
    data, expected = FLAVOURS[client]
    assert read(data) == expected


@pytest.mark.parametrize("client", ["Outlook", "Google"])
def test_another_library_reads_the_same(client: str) -> None:
    data, _ = FLAVOURS[client]
    window = window_of(YEAR, 53)
    assert busy_times(data, window) == busy_elsewhere(data, window)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\r\r\n"])
@pytest.mark.parametrize("client", FLAVOURS)
def test_any_line_end_is_read(client: str, end: str) -> None:
    data, expected = FLAVOURS[client]
    assert read(data.replace(b"\r\n", end.encode())) == expected


@pytest.mark.parametrize("client", FLAVOURS)
def test_folding_at_any_octet_changes_nothing(client: str) -> None:
    data, expected = FLAVOURS[client]
    for width in (3, 20, 75):
        lines = data.split(b"\r\n")
        pieces = [[one[n : n + width] for n in range(0, len(one), width)] for one in lines]
        assert read(b"\r\n".join(b"\r\n ".join(piece) for piece in pieces)) == expected


MARK = b"\xef\xbb\xbf"


def test_marks_and_several_calendars_in_one_file_are_read() -> None:
    both = sorted(FLAVOURS["Outlook"][1] + FLAVOURS["Google"][1])
    data = MARK + FLAVOURS["Outlook"][0] + b"\r\n" + MARK + FLAVOURS["Google"][0]
    # Outlook's days away end on the morning of Google's first change.
    assert read(data) == both
    assert read(GOOGLE.decode().encode("utf-16")) == FLAVOURS["Google"][1]


def test_nothing_but_times_is_kept() -> None:
    kept = repr(parts_of(b"".join(data for data, _ in FLAVOURS.values())))
    assert "SUMMARY" not in kept
    assert "Secret" not in kept


BST = "20260601"
# What an entry says of its end -> the busy time.
ENDS = [
    (f"DTSTART;{LONDON}:20260601T090000\nDTEND;{LONDON}:20260601T100000", ["06-01T08:00/09:00"]),
    (f"DTSTART;{LONDON}:20260601T090000\nDURATION:PT90M", ["06-01T08:00/09:30"]),
    (f"DTSTART;{LONDON}:20260601T090000\nDTEND:20260601T100000Z", ["06-01T08:00/10:00"]),
    ("DTSTART:20260601T090000Z\nDTEND;TZID=Asia/Tokyo:20260601T190000", ["06-01T09:00/10:00"]),
    ("DTSTART:20260601T090000\nDTEND:20260601T100000", ["06-01T08:00/09:00"]),
    ("DTSTART;VALUE=DATE:20260601", ["05-31T23:00/06-01T23:00"]),
    ("DTSTART;VALUE=DATE:20260601\nDTEND;VALUE=DATE:20260603", ["05-31T23:00/06-02T23:00"]),
    ("DTSTART;VALUE=DATE:20260601\nDURATION:P2D", ["05-31T23:00/06-02T23:00"]),
    ("DTSTART;VALUE=DATE:20260601\nDURATION:P1W", ["05-31T23:00/06-07T23:00"]),
    # Real hours and days on the wall clock, over both Sundays.
    (f"DTSTART;{LONDON}:20260328T220000\nDURATION:PT24H", ["03-28T22:00/03-29T22:00"]),
    (f"DTSTART;{LONDON}:20260328T220000\nDURATION:P1D", ["03-28T22:00/03-29T21:00"]),
    (f"DTSTART;{LONDON}:20260328T220000\nDURATION:P1DT2H", ["03-28T22:00/03-29T23:00"]),
    (f"DTSTART;{LONDON}:20261024T220000\nDURATION:PT24H", ["10-24T21:00/10-25T21:00"]),
    (f"DTSTART;{LONDON}:20261024T220000\nDURATION:P1D", ["10-24T21:00/10-25T22:00"]),
    (f"DTSTART;{LONDON}:20261024T220000\nDTEND;{LONDON}:20261025T060000", ["10-24T21:00/10-25T06:00"]),
    ("DTSTART;VALUE=DATE:20260329", ["03-29T00:00/23:00"]),
    ("DTSTART;VALUE=DATE:20261025", ["10-24T23:00/10-26T00:00"]),
    # A time that is skipped, and one that occurs twice (RFC 5545 §3.3.5).
    (f"DTSTART;{LONDON}:20260329T013000\nDURATION:PT10M", ["03-29T01:30/01:40"]),
    (f"DTSTART;{LONDON}:20261025T013000\nDURATION:PT10M", ["10-25T00:30/00:40"]),
    # No time at all.
    ("DTSTART:20260601T090000Z", []),
    ("DTSTART:20260601T090000Z\nDTEND:20260601T090000Z", []),
    ("DTSTART:20260601T090000Z\nDTEND:20260601T080000Z", []),
    ("DTSTART:20260601T090000Z\nDURATION:-PT1H", []),
    ("DTSTART;VALUE=DATE:20260601\nDTEND;VALUE=DATE:20260601", []),
    ("DTSTART:20260601T090000Z\nDURATION:PT0S", []),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), ENDS)
def test_end_of_an_entry(lines: str, expected: list[str]) -> None:
    assert read(calendar(event(lines))) == expected


HOUR = "DTSTART:20260601T090000Z\nDTEND:20260601T100000Z\n"
TAKES = [
    ("", True),
    ("TRANSP:OPAQUE", True),
    ("TRANSP:TRANSPARENT", False),
    ("transp:transparent", False),
    ("TRANSP:SOMETHING-NEW", True),
    ("STATUS:CONFIRMED", True),
    ("STATUS:TENTATIVE", True),
    ("STATUS:CANCELLED", False),
    ("X-MICROSOFT-CDO-BUSYSTATUS:FREE\nTRANSP:OPAQUE", False),
    ("X-MICROSOFT-CDO-BUSYSTATUS:BUSY", True),
    ("X-MICROSOFT-CDO-BUSYSTATUS:OOF", True),
    ("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", True),
]


@pytest.mark.parametrize(("lines", "takes_time"), TAKES)
def test_what_takes_time(lines: str, takes_time: bool) -> None:
    assert bool(read(calendar(event(HOUR, lines)))) is takes_time


ZONES = [
    ("Europe/London", "", "08:00"),
    ('"Europe/London"', "", "08:00"),
    ("/Europe/London", "", "08:00"),
    ("GMT Standard Time", "", "08:00"),
    ("Romance Standard Time", "", "07:00"),
    ("Etc/UTC", "", "09:00"),
    ("tzone://Microsoft/Utc", "", "09:00"),
    ("/mozilla.org/20071231_1/Europe/London", "", "08:00"),
    ("/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires", "", "12:00"),
    ("Customized Time Zone", timezone("Customized Time Zone", *BRITAIN), "08:00"),
    (
        '"(UTC+00:00) Dublin, Edinburgh, Lisbon, London"',
        timezone("(UTC+00:00) Dublin\\, Edinburgh\\, Lisbon\\, London", *BRITAIN),
        "08:00",
    ),
    # The world's own zone goes before what the file says of it.
    (
        "Europe/London",
        timezone("Europe/London", ("STANDARD", "19700101T000000", "", "+0500", "+0500")),
        "08:00",
    ),
    ("Mine", timezone("Mine", ("STANDARD", "19700101T000000", "", "+0530", "+0530")), "03:30"),
]


@pytest.mark.parametrize(("tzid", "described", "start"), ZONES)
def test_zones(tzid: str, described: str, start: str) -> None:
    lines = f"DTSTART;TZID={tzid}:20260601T090000\nDURATION:PT1H"
    (busy,) = read(calendar(described, event(lines)))
    assert busy.startswith(f"06-01T{start}/")


def test_britain_as_outlook_describes_it_is_britain() -> None:
    (part,) = parts_of(calendar(timezone("Somewhere", *BRITAIN)))
    described, london = Zones(part)("Somewhere"), ZoneInfo("Europe/London")
    at = datetime(2025, 12, 1, 0, 30)
    while at.year < 2028:
        for fold in (0, 1):
            theirs = at.replace(tzinfo=described, fold=fold).utcoffset()
            ours = at.replace(tzinfo=london, fold=fold)
            if ours.astimezone(UTC).astimezone(london).replace(tzinfo=None) == at:
                assert theirs == ours.utcoffset(), at
        at += timedelta(hours=1)


def test_zone_that_one_rule_ended_goes_on_with_the_next() -> None:
    """An UNTIL in UTC is told by the clock before the change, or its last onset is lost."""
    described = timezone(
        "Moved",
        ("STANDARD", "20200101T030000", "FREQ=YEARLY;BYMONTH=1;UNTIL=20260101T000000Z", "+0300", "+0400"),
        ("STANDARD", "20200601T030000", "FREQ=YEARLY;BYMONTH=6;UNTIL=20250701T000000Z", "+0400", "+0300"),
    )  # fmt: skip
    lines = "DTSTART;TZID=Moved:20260301T120000\nDURATION:PT1H"
    assert read(calendar(described, event(lines))) == ["03-01T08:00/09:00"]


def test_zone_whose_changes_are_listed() -> None:
    """As Google and others write them for countries that change by decree."""
    listed = timezone(
        "Listed",
        ("STANDARD", "20251001T000000", "", "+0300", "+0200"),
        ("DAYLIGHT", "20250501T000000", "", "+0200", "+0300"),
    ).replace("DTSTART:20250501", "RDATE:20260501T000000,20270501T000000\nDTSTART:20250501")
    hours = [
        f"DTSTART;TZID=Listed:2026{day}T120000\nDURATION:PT1H"
        for day in ("0430", "0501", "1201")
    ]
    parts = [event(lines, uid=lines) for lines in hours]
    found = read(calendar(listed, *parts))
    assert found == ["04-30T10:00/11:00", "05-01T09:00/10:00", "12-01T09:00/10:00"]


def test_a_zone_of_one_calendar_is_unknown_to_the_next() -> None:
    (first,) = parts_of(calendar(timezone("Mine", *BRITAIN)))
    (second,) = parts_of(calendar())
    assert Zones(first)("Mine")
    with pytest.raises(Exception, match="nobody knows"):
        Zones(second)("Mine")
    assert isinstance(second, Part)


def test_free_and_busy_times() -> None:
    lines = (
        "BEGIN:VFREEBUSY\nDTSTART:20260601T000000Z\nDTEND:20260701T000000Z\n"
        "FREEBUSY:20260601T080000Z/20260601T090000Z,20260602T080000Z/PT30M\n"
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260603T080000Z/PT30M\n"
        "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20260604T080000Z/PT30M\n"
        "FREEBUSY;FBTYPE=X-NEW:20260605T080000Z/PT30M\n"
        "FREEBUSY;FBTYPE=FREE:20260606T080000Z/PT30M\nEND:VFREEBUSY"
    )
    assert read(calendar(lines)) == [
        "06-01T08:00/09:00",
        *(f"06-0{day}T08:00/08:30" for day in (2, 3, 4, 5)),
    ]


def test_window_cuts_and_touching_times_are_joined() -> None:
    parts = [
        event("DTSTART:20260831T230000Z\nDTEND:20260901T010000Z", uid="1"),
        event("DTSTART:20260901T010000Z\nDTEND:20260901T020000Z", uid="2"),
        event("DTSTART:20260901T013000Z\nDTEND:20260901T014500Z", uid="3"),
        event("DTSTART:20260907T230000Z\nDTEND:20260909T000000Z", uid="4"),
        event("DTSTART:20260908T000000Z\nDTEND:20260909T000000Z", uid="5"),
        event("DTSTART:20260820T000000Z\nDTEND:20260901T000000Z", uid="6"),
    ]
    found = read(calendar(*parts), first=date(2026, 9, 1), weeks=1)
    assert found == ["09-01T00:00/02:00", "09-07T23:00/09-08T00:00"]


def test_an_entry_longer_than_the_window_fills_it() -> None:
    data = calendar(event("DTSTART:20200101T000000Z\nDTEND:20300101T000000Z"))
    assert read(data, first=date(2026, 9, 1), weeks=1) == ["09-01T00:00/09-08T00:00"]


def test_entries_without_a_uid_are_each_their_own() -> None:
    parts = [event(HOUR), event(HOUR.replace("0601", "0602"))]
    nameless = [p.replace("UID:one@calendar.example\n", "") for p in parts]
    assert len(read(calendar(*nameless))) == 2


def test_an_empty_calendar_is_free() -> None:
    assert read(calendar()) == []
