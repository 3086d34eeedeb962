"""What is only half understood is refused with a sentence, and never read as free."""

import pytest

from tests.domain.busy_files import LONDON, calendar, event, read, timezone
from wellbeing.domain.refusals import Refused

START = "DTSTART:20260601T090000Z\nDURATION:PT1H"
NINE = f"DTSTART;{LONDON}:20260601T090000\nDURATION:PT1H"


def rule(text: str) -> bytes:
    return calendar(event(START, f"RRULE:{text}"))


def zone(*observances: tuple[str, str, str, str, str]) -> bytes:
    line = "DTSTART;TZID=Mine:20260601T090000"
    return calendar(timezone("Mine", *observances), event(line))


DEEP = "BEGIN:X-A\n" * 9 + "END:X-A\n" * 9
WHOLE = calendar(event(START))
NO_CALENDAR, RULE, CANNOT = "This is not a calendar", "not understood", "cannot be read"
ZONE = "describes a time zone"
FAULTS = [
    (b"", NO_CALENDAR),
    (b"\r\n\r\n", NO_CALENDAR),
    (b"<!doctype html><title>Sign in</title>", NO_CALENDAR),
    (b"\x00\xff\xfe\x80" * 99, NO_CALENDAR),
    (b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", NO_CALENDAR),
    (b"BEGIN:VCARD\r\nEND:VCARD\r\n", NO_CALENDAR),
    (WHOLE + b"and more", NO_CALENDAR),
    (WHOLE.replace(b"END:VCALENDAR\r\n", b""), "cut off: a VCALENDAR has no end"),
    (WHOLE[: WHOLE.index(b"DURATION")], "cut off: a VEVENT has no end"),
    (WHOLE.replace(b"END:VEVENT", b"END:VTODO"), "line 9 ends what was not begun"),
    (WHOLE + b"END:VCALENDAR\r\n", "line 11 ends what was not begun"),
    (calendar(event(START, "a line without a name")), "line 9 cannot be read"),
    (calendar(DEEP), "nested too deeply"),
    (b"BEGIN:VCALENDAR\r\n" * 9, "nested too deeply"),
    (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
    (calendar("CALSCALE:CHINESE"), "Gregorian"),
    (calendar("BEGIN:VAVAILABILITY\nEND:VAVAILABILITY"), "VAVAILABILITY"),
    (calendar(event("DURATION:PT1H")), "has no DTSTART"),
    (calendar(event("DTSTART:20260230T090000Z")), CANNOT),
    (calendar(event("DTSTART:20260601T250000Z")), CANNOT),
    (calendar(event("DTSTART:2026-06-01T09:00:00Z")), CANNOT),
    (calendar(event("DTSTART:soon")), CANNOT),
    (calendar(event("DTSTART:٢٠٢٦٠٦٠١")), CANNOT),
    (calendar(event("DTSTART:20260601T090000Z\nDTEND:")), CANNOT),
    (calendar(event("DTSTART:20260601T090000Z\nDURATION:1H")), CANNOT),
    (calendar(event("DTSTART:20260601T090000Z\nDURATION:P")), CANNOT),
    (calendar(event("DTSTART:20260601T090000Z\nDURATION:P99999999999D")), CANNOT),
    (calendar(event(START, "EXDATE:tomorrow")), CANNOT),
    (calendar(event(START, "RDATE:tomorrow")), CANNOT),
    (calendar(event(START, "RDATE;VALUE=PERIOD:20260601T090000Z/soon")), CANNOT),
    (calendar(event(START, "RECURRENCE-ID:x")), CANNOT),
    (calendar("BEGIN:VFREEBUSY\nFREEBUSY:20260601T090000Z\nEND:VFREEBUSY"), CANNOT),
    (calendar(event(START, "EXRULE:FREQ=DAILY")), "EXRULE"),
    (calendar(event(START, "DTSTART:20260602T090000Z")), "has DTSTART twice"),
    (calendar(event(START, "TRANSP:TRANSPARENT\nTRANSP:OPAQUE")), "has TRANSP twice"),
    (rule("FREQ=SECONDLY"), "every second or minute"),
    (rule("FREQ=MINUTELY;COUNT=5"), "every second or minute"),
    (rule("INTERVAL=1"), RULE),
    (rule("FREQ=FORTNIGHTLY"), RULE),
    (rule("FREQ=DAILY;FREQ=WEEKLY"), RULE),
    (rule("FREQ=DAILY;INTERVAL=0"), RULE),
    (rule("FREQ=DAILY;COUNT=0"), RULE),
    (rule("FREQ=DAILY;COUNT=-1"), RULE),
    (rule("FREQ=DAILY;BYHOUR=nine"), RULE),
    (rule("FREQ=WEEKLY;BYDAY=XX"), RULE),
    (rule("FREQ=WEEKLY;BYDAY=MOTU"), RULE),
    (rule("FREQ=MONTHLY;BYDAY=-MO"), RULE),
    (rule("FREQ=MONTHLY;BYDAY=0MO"), "cannot be understood"),
    (calendar(event("DTSTART:99991231T235959Z\nDURATION:P1D")), "cannot be understood"),
    (rule("FREQ=YEARLY;BYEASTER=0"), RULE),
    (rule("FREQ=MONTHLY;SKIP=FORWARD"), RULE),
    (rule("FREQ=MONTHLY;RSCALE=HEBREW"), RULE),
    (rule("W1 MO #0"), RULE),
    (rule("FREQ=DAILY;UNTIL=never"), CANNOT),
    (calendar(event(NINE, "RRULE:FREQ=DAILY;COUNT=3"),
              event(NINE, f"RECURRENCE-ID;RANGE=THISANDPRIOR;{LONDON}:20260602T090000")), "changes a series"),
    (calendar(event(NINE, "RRULE:FREQ=DAILY;COUNT=3"),
              event(NINE, "RRULE:FREQ=WEEKLY", f"RECURRENCE-ID;RANGE=THISANDFUTURE;{LONDON}:20260602T090000")), "changes a series"),
    (calendar(event("DTSTART;TZID=Middle-earth:20260601T090000")), "nobody knows: “Middle-earth”"),
    (calendar(event("DTSTART;TZID=../../etc/passwd:20260601T090000")), "nobody knows"),
    (calendar(event("DTSTART;TZID=localtime:20260601T090000")), "nobody knows"),
    (calendar(event("DTSTART;TZID=Europe:20260601T090000")), "nobody knows"),
    (calendar(event("DTSTART:20260601T090000Z\nDTEND;TZID=Nowhere:20260601T100000")), "nobody knows"),
    (calendar(event(START, "EXDATE;TZID=Nowhere:20260601T090000")), "nobody knows"),
    (zone(), ZONE),
    (zone(("STANDARD", "19700101T000000", "", "+0100", "one")), ZONE),
    (zone(("STANDARD", "19700101T000000", "", "+0100", "+9900")), ZONE),
    (zone(("STANDARD", "19700101T000000", "FREQ=SECONDLY", "+0100", "+0000")), "every second"),
    (zone(("STANDARD", "19700101T000000", "FREQ=DAILY", "+0100", "+0000")), ZONE),
    (zone(("STANDARD", "once", "", "+0100", "+0000")), CANNOT),
]  # fmt: skip


@pytest.mark.parametrize(("data", "sentence"), FAULTS)
def test_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        read(data)
    said = refused.value.sentence
    assert said.endswith(".")
    assert "\n" not in said
    assert len(said) < 150


def test_more_than_5000_occurrences_are_refused() -> None:
    hourly = f"DTSTART:20260101T000000Z\nDURATION:PT1M\nRRULE:FREQ=HOURLY;COUNT={5000}"
    assert len(read(calendar(event(hourly)))) == 5000
    with pytest.raises(Refused, match="more than 5,000"):
        read(calendar(event(hourly), event("DTSTART:20260201T003000Z\nDURATION:PT1M", uid="b")))
    with pytest.raises(Refused, match="more than 5,000"):
        read(calendar(event(hourly.replace("5000", "9000"))))


def test_a_fault_in_what_is_not_read_is_no_fault() -> None:
    odd = "GEO:;\nCREATED:whenever\nATTACH:\nORGANIZER:MAILTO\nX-ANYTHING;A=B:\nPRIORITY:high"
    alarm = "BEGIN:VALARM\nTRIGGER:soon\nnot a line\nEND:VALARM"
    todo = "BEGIN:VTODO\nDTSTART:soon\nRRULE:FREQ=SECONDLY\nEND:VTODO"
    assert read(calendar(event(START, odd, alarm), todo)) == ["06-01T09:00/10:00"]


def test_a_property_that_is_there_twice_and_says_the_same_is_no_fault() -> None:
    assert read(calendar(event(START, START))) == ["06-01T09:00/10:00"]


def test_a_zone_that_no_entry_uses_may_be_odd() -> None:
    assert read(calendar(timezone("Odd"), event(START))) == ["06-01T09:00/10:00"]


def test_a_sentence_says_no_more_of_a_value_than_is_plain() -> None:
    with pytest.raises(Refused) as refused:
        read(calendar(event("DTSTART;TZID=\x1b[31m" + "z" * 500 + ":20260601T090000")))
    assert "\x1b" not in refused.value.sentence
    assert len(refused.value.sentence) < 150
