"""Calendars: what is in them, what never is, and that other programs read them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import ManagementUtility, call_command
from icalendar import Calendar

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from wellbeing.domain.booking import BookingStatus, CancelReason, EventStatus
from wellbeing.domain.ical import Entry, EntryStatus, clean, component, serialised, stream
from wellbeing.domain.local_time import span
from wellbeing.domain.roles import EventKind
from wellbeing.models import Booking, Event, Person
from wellbeing.operations.bookings import book, cancel

As = Callable[[Person], Visitor]
TOMORROW = TODAY + timedelta(days=1)
STAMP = datetime(2026, 5, 1, 9, tzinfo=UTC)


def entry(**more: Any) -> Entry:
    start, end = span(date(2026, 7, 1), time(10), 60)
    values = {
        "uid": "a@b.invalid",
        "sequence": 3,
        "created_at": STAMP,
        "changed_at": STAMP,
        "start_at": start,
        "end_at": end,
        "summary": "Protected time",
        "status": EntryStatus.CONFIRMED,
    } | more
    return Entry(**values)  # type: ignore[arg-type]


def parsed(*entries: Entry) -> list[Any]:
    data = b"".join(stream(entries, name="Mine"))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.count(b"\n") == data.count(b"\r\n")
    calendar = Calendar.from_ical(data)
    assert calendar.errors == []
    assert str(calendar["METHOD"]) == "PUBLISH"
    return list(calendar.walk("VEVENT"))


def test_every_property_of_an_entry() -> None:
    (event,) = parsed(entry(location="Room 4", page="https://x.example/bookings/1/"))
    assert str(event["UID"]) == "a@b.invalid"
    assert event["SEQUENCE"] == 3
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert event.decoded("DTSTART") == datetime(
        2026, 7, 1, 10, tzinfo=ZoneInfo("Europe/London")
    )
    assert (event["DTEND"].dt - event["DTSTART"].dt) == timedelta(hours=1)
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == STAMP
    assert (str(event["CLASS"]), str(event["STATUS"]), str(event["TRANSP"])) == (
        "PRIVATE",
        "CONFIRMED",
        "OPAQUE",
    )
    assert str(event["X-MICROSOFT-CDO-BUSYSTATUS"]) == "BUSY"
    assert "ORGANIZER" not in event
    assert "ATTENDEE" not in event


def test_a_cancelled_entry_says_so_and_takes_no_time() -> None:
    (event,) = parsed(entry(status=EntryStatus.CANCELLED))
    assert str(event["SUMMARY"]) == "Cancelled: Protected time"
    assert (str(event["TRANSP"]), str(event["X-MICROSOFT-CDO-BUSYSTATUS"])) == (
        "TRANSPARENT",
        "FREE",
    )


TEXTS = ["a, b; c \\ d", "one\ntwo\n", "Canolfan Gymraeg, Llŷn – ŵ", "👩‍⚖️" * 30, "x" * 200]


@pytest.mark.parametrize("text", TEXTS)
def test_text_survives_escaping_and_folding(text: str) -> None:
    (event,) = parsed(entry(location=text))
    assert str(event["LOCATION"]) == text


@pytest.mark.parametrize("length", range(40, 90))
@pytest.mark.parametrize("letter", ["x", "ŵ", ",", "\\", "👩"])
def test_the_bytes_are_those_of_the_library(letter: str, length: int) -> None:
    event = component(entry(location=letter * length), summary="x", stamp=STAMP)
    assert serialised(event) == event.to_ical()


def test_control_characters_and_surrogates_are_dropped() -> None:
    assert clean("a\x00\x1b\x0b\x85\u2028\ud800\r\nb\rc") == "a\nb\nc"


# London's start -> the instant, on and around the two Sundays.
SUNDAYS = [
    (date(2026, 3, 29), time(9), datetime(2026, 3, 29, 8, tzinfo=UTC)),
    (date(2026, 3, 28), time(9), datetime(2026, 3, 28, 9, tzinfo=UTC)),
    (date(2026, 10, 25), time(9), datetime(2026, 10, 25, 9, tzinfo=UTC)),
    (date(2026, 10, 24), time(9), datetime(2026, 10, 24, 8, tzinfo=UTC)),
]


@pytest.mark.parametrize(("on", "at", "instant"), SUNDAYS)
def test_sessions_around_the_clock_changes_are_right_in_utc(
    on: date, at: time, instant: datetime
) -> None:
    start, end = span(on, at, 60)
    (event,) = parsed(entry(start_at=start, end_at=end))
    assert event["DTSTART"].dt.astimezone(UTC) == instant


def test_our_timezone_agrees_with_zoneinfo_from_1996_to_2040() -> None:
    data = b"".join(stream([], name="x"))
    zone = Calendar.from_ical(data).walk("VTIMEZONE")[0].to_tz()
    london = ZoneInfo("Europe/London")
    at = datetime(1996, 11, 1, 12)
    while at.year < 2041:
        assert at.replace(tzinfo=zone).utcoffset() == at.replace(tzinfo=london).utcoffset(), at
        at += timedelta(days=3, hours=1)


def calendar(answer: Any) -> list[Any]:
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(b"".join(answer.streaming_content)).walk("VEVENT"))


def test_own_calendar_holds_ones_own_and_what_one_hosts(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, TOMORROW, capacity=2, place="Room 4")
    make.make_booking(event, cast.prosecutor)
    make.make_booking(event, cast.paralegal)
    (mine,) = calendar(as_(cast.prosecutor).get("own_calendar"))
    assert str(mine["SUMMARY"]) == "Protected time"
    assert str(mine["LOCATION"]) == "Room 4"
    text = mine.to_ical()
    assert b"Megan" not in text
    assert b"Joe" not in text
    (hosted,) = calendar(as_(cast.supervisor).get("own_calendar"))
    assert hosted["UID"] == mine["UID"]
    assert calendar(as_(cast.lead).get("own_calendar")) == []


def test_the_address_in_ones_calendar_leads_to_the_round(cast: Cast, as_: As) -> None:
    event = make.make_event(None, TOMORROW, kind=EventKind.ROUND, capacity=9, theme="A theme")
    booking = make.make_booking(event, cast.prosecutor)
    (mine,) = calendar(as_(cast.prosecutor).get("own_calendar"))
    assert str(mine["DESCRIPTION"]).endswith(f"/bookings/{booking.public_id}/")
    answer = as_(cast.prosecutor).get("booking_detail", booking.public_id)
    assert answer.headers["Location"] == f"/rounds/{event.public_id}/"
    assert as_(cast.manager).get("booking_detail", booking.public_id).status_code == 404
    assert as_(cast.prosecutor).get("booking_cancel", booking.public_id).status_code == 404


def test_sequence_rises_and_the_uid_stays_through_cancel_and_rebooking(
    cast: Cast, as_: As
) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    person = cast.prosecutor
    seen = []
    steps = (
        lambda: book(event, person=person, by=person, at=NOW),
        lambda: cancel(Booking.objects.get(), reason=CancelReason.COURT, by=person, at=NOW),
        lambda: book(event, person=person, by=person, at=NOW),
    )
    for step in steps:
        step()
        (shown,) = calendar(as_(person).get("own_calendar"))
        seen.append((str(shown["UID"]), int(shown["SEQUENCE"]), str(shown["STATUS"])))
    uid = f"{event.public_id}@rasso-wellbeing.invalid"
    assert seen == [(uid, 0, "CONFIRMED"), (uid, 1, "CANCELLED"), (uid, 2, "CONFIRMED")]


def test_cancelled_entries_go_the_day_after_they_would_have_ended(
    cast: Cast, as_: As, clock: Any
) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    make.make_booking(event, cast.prosecutor, BookingStatus.CANCELLED)
    Event.objects.filter(pk=event.pk).update(status=EventStatus.CANCELLED)
    for days, shown in ((0, 1), (2, 1), (3, 0)):
        clock(NOW + timedelta(days=days))
        assert len(calendar(as_(cast.prosecutor).get("own_calendar"))) == shown


def test_schedule_is_cut_to_area_host_and_days(cast: Cast, as_: As) -> None:
    other = make.make_supervisor("Dr Other")
    make.make_event(cast.supervisor, TOMORROW, areas=(cast.area,))
    make.make_event(other, TOMORROW, areas=(cast.elsewhere.area,))
    make.make_event(other, TODAY + timedelta(days=30))
    booked = make.make_event(other, TODAY + timedelta(days=40))
    make.make_booking(booked, cast.prosecutor)

    def asked(who: Person, **query: Any) -> list[str]:
        found = calendar(as_(who).get("schedule", download="1", **query))
        return [f"{e['DTSTART'].dt:%d %b} {e['SUMMARY']}" for e in found]

    one, two = "13 May Supervision: Dr Megan Hughes", "13 May Supervision: Dr Other"
    three, four = "11 Jun Supervision: Dr Other", "21 Jun Supervision: Dr Other"
    assert asked(cast.lead) == [one, two, three, four]
    assert asked(cast.lead, area=cast.area.pk) == [one, three, four]
    assert asked(cast.lead, host=other.pk, last="1/6/2026") == [two]
    assert asked(cast.lead, first="12/6/2026") == [four]
    assert asked(cast.area_lead) == [one, three, four]
    page = as_(cast.area_lead).get("schedule", download="1", area=cast.elsewhere.area.pk)
    assert page.context["form"].errors


def test_an_area_leads_file_has_the_place_of_their_own_sessions_only(
    cast: Cast, as_: As
) -> None:
    west, east = cast.area, cast.elsewhere.area
    for days, areas in ((1, (west,)), (2, (west, east)), (3, ())):
        event = make.make_event(
            cast.supervisor, TODAY + timedelta(days=days), areas=areas, place=f"Link {days}"
        )
        shown = as_(cast.area_lead).get("session_detail", event.public_id).status_code
        assert (shown == 200) == (days == 1)
    places = {}
    for who in (cast.area_lead, cast.lead):
        found = calendar(as_(who).get("schedule", download="1"))
        places[who.name] = [(str(e.get("LOCATION", "")), "DESCRIPTION" in e) for e in found]
    assert places == {
        "Gwen Area Lead": [("Link 1", True), ("", False), ("", False)],
        "Nadia Lead": [("Link 1", True), ("Link 2", True), ("Link 3", True)],
    }


def exported(**options: Any) -> bytes:
    class Out(StringIO):
        buffer = BytesIO()

    out = Out()
    call_command("export_calendar", stdout=out, **options)
    return out.buffer.getvalue()


def test_export_calendar_is_the_same_schedule_and_names_nobody_booked(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TOMORROW, areas=(cast.area,))
    make.make_booking(event, cast.prosecutor)
    data = exported(area="West", host=cast.supervisor.email.upper())
    (found,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(found["SUMMARY"]) == "Supervision: Dr Megan Hughes"
    assert b"Amira" not in data


def test_export_of_an_unknown_area_or_host_is_refused(cast: Cast) -> None:
    for options in ({"area": "North"}, {"host": "nobody@x.example"}):
        err = StringIO()
        with pytest.raises(SystemExit) as stop:
            call_command("export_calendar", stderr=err, **options)
        assert stop.value.code == 1
        assert err.getvalue().startswith("No")


# Options as typed, the exit code, and what is said.
ODD = [
    (["--area="], 2, "argument --area: is empty"),
    (["--host="], 2, "argument --host: is empty"),
    (["--area=\udcff"], 2, "argument --area: is not UTF-8 text"),
    (["--from=2026-06-02", "--to=2026-06-01"], 1, "--from is after --to"),
]


@pytest.mark.parametrize(("argv", "code", "said"), ODD)
def test_options_that_make_no_sense_export_nothing(
    db: None, capsys: pytest.CaptureFixture[str], argv: list[str], code: int, said: str
) -> None:
    with pytest.raises(SystemExit) as stop:
        ManagementUtility(["manage.py", "export_calendar", *argv]).execute()
    out, err = capsys.readouterr()
    assert (stop.value.code, out) == (code, "")
    assert said in err


def test_check_ins_stay_out_of_the_schedule(cast: Cast) -> None:
    held = make.make_event(cast.manager, TODAY, kind=EventKind.CHECK_IN, capacity=None)
    make.make_booking(held, cast.prosecutor, BookingStatus.ATTENDED)
    make.make_event(cast.supervisor, TODAY)
    assert exported().count(b"BEGIN:VEVENT") == 1
