"""Secret addresses: what they show, to whom, how little is read, and what is never written."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from tests.wellbeing.feeds import SECRET, events, read, summaries
from wellbeing.domain.booking import BookingStatus, CancelReason, EventStatus
from wellbeing.domain.feeds import FeedKind, new_secret
from wellbeing.domain.roles import Role
from wellbeing.models import AuditRow, Booking, CalendarFeed, Event, Person, RoleGrant
from wellbeing.operations.bookings import book, cancel
from wellbeing.operations.facts import close
from wellbeing.operations.feeds import make_feed, revoke_feed
from wellbeing.operations.preferences import set_preferences

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def own(cast: Cast) -> CalendarFeed:
    """The prosecutor's address, and a session of theirs that somebody else comes to."""
    event = make.make_event(cast.supervisor, TOMORROW, capacity=2, place="Room 4")
    make.make_booking(event, cast.prosecutor)
    make.make_booking(event, cast.paralegal)
    return make.make_feed(cast.prosecutor, SECRET)


def test_it_is_a_calendar_to_be_read_again(own: CalendarFeed) -> None:
    answer = read(**{"Accept-Encoding": "gzip", "Accept": "text/html"})
    kept = ("Content-Type", "Cache-Control", "Referrer-Policy", "X-Robots-Tag")
    assert {name: answer[name] for name in kept} == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Cache-Control": "private",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }
    absent = {"Content-Disposition", "Content-Encoding", "Set-Cookie", "Vary"}
    assert absent & set(answer.headers) == set()
    assert answer.cookies == {}
    calendar = Calendar.from_ical(b"".join(answer.streaming_content))
    assert (str(calendar["METHOD"]), calendar["REFRESH-INTERVAL"].to_ical()) == (
        "PUBLISH",
        b"PT1H",
    )
    assert (str(calendar["NAME"]), str(calendar["X-WR-CALNAME"])) == ("Protected time",) * 2


def test_it_shows_ones_own_bookings_and_nobody_else(own: CalendarFeed) -> None:
    answer = read()
    assert summaries(answer) == ["13 May Protected time"]
    (event,) = events(read())
    assert (str(event["LOCATION"]), "ATTENDEE" in event, "ORGANIZER" in event) == (
        "Room 4",
        False,
        False,
    )
    for word in (b"Megan", b"Joe", b"test.example"):
        assert word not in event.to_ical()


def test_head_is_get_without_the_calendar(own: CalendarFeed) -> None:
    got, head = read(), read(method="head")
    assert (head.status_code, head.content) == (200, b"")
    assert dict(got.items()) == {n: v for n, v in head.items() if n != "Content-Length"}


def test_nothing_else_is_done_by_it(own: CalendarFeed) -> None:
    for method in ("post", "put", "delete", "patch", "options"):
        assert read(method=method).status_code == 405


def test_unchanged_it_is_304_before_any_event_is_read(
    own: CalendarFeed, monkeypatch: Any
) -> None:
    etag = read()["ETag"]

    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError("an event was read")

    monkeypatch.setattr("wellbeing.operations.feed_contents.vevent", never)
    monkeypatch.setattr("wellbeing.operations.feed_contents.published", never)
    with CaptureQueriesContext(connection) as asked:
        answer = read(etag=etag)
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
    assert answer["Cache-Control"] == "private"
    assert len(asked) == 3
    assert read(etag=f"W/{etag}").status_code == read(etag=f'"x", {etag}').status_code == 304


@pytest.mark.parametrize("kind", [FeedKind.HOSTED, FeedKind.SCHEDULE])
def test_a_large_one_is_304_without_the_stored_bytes(cast: Cast, kind: FeedKind) -> None:
    who = cast.supervisor if kind == FeedKind.HOSTED else cast.lead
    for days in (1, 2, 3):
        make.make_event(cast.supervisor, TODAY + timedelta(days=days))
    make.make_feed(who, SECRET, kind)
    first = read()
    assert len(events(first)) == 3
    with CaptureQueriesContext(connection) as asked:
        assert read(etag=first["ETag"]).status_code == 304
    assert [q["sql"] for q in asked if "storedentry" in q["sql"]] == []
    assert len(asked) == 3


def test_every_change_is_another_etag(cast: Cast, own: CalendarFeed, settings: Any) -> None:
    person = cast.prosecutor
    other = make.make_event(cast.supervisor, TODAY + timedelta(days=9))

    def moved() -> None:
        Event.objects.filter(pk=other.pk).update(sequence=F("sequence") + 1)

    def gone() -> None:
        Event.objects.filter(pk=other.pk).update(local_on=TODAY - timedelta(days=200))

    def reworded() -> None:
        set_preferences(person, wording="Busy", wants_reminders=True, by=person, at=NOW)

    def elsewhere() -> None:
        settings.SITE_ORIGIN = "https://another.example"

    seen = [read()["ETag"]]
    for change in (
        lambda: book(other, person=person, by=person, at=NOW),
        moved,
        reworded,
        elsewhere,
        gone,
    ):
        change()
        seen.append(read()["ETag"])
        assert read(etag=seen[-2]).status_code == 200
        assert read(etag=seen[-1]).status_code == 304
    assert len(set(seen)) == len(seen)


def test_a_cancelled_booking_stays_as_cancelled_with_a_higher_sequence(
    cast: Cast, own: CalendarFeed
) -> None:
    (before,) = events(read())
    booking = cast.prosecutor.bookings.get()
    cancel(booking, reason=CancelReason.COURT, by=cast.prosecutor, at=NOW)
    (after,) = events(read())
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert str(after["SUMMARY"]) == "Cancelled: Protected time"


def test_own_words_raise_every_sequence_and_no_uid(cast: Cast, own: CalendarFeed) -> None:
    (before,) = events(read())
    person = cast.prosecutor
    set_preferences(person, wording="Dentist, 2", wants_reminders=True, by=person, at=NOW)
    (after,) = events(read())
    assert (str(after["SUMMARY"]), after["UID"]) == ("Dentist, 2", before["UID"])
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1


def test_a_host_reads_what_they_hold_in_their_own_words(cast: Cast) -> None:
    make.make_feed(cast.supervisor, SECRET, FeedKind.HOSTED)
    booked = make.make_event(cast.supervisor, TOMORROW, place="Room 4")
    make.make_booking(booked, cast.prosecutor)
    make.make_event(make.make_supervisor("Dr Other"), TOMORROW)
    who = cast.supervisor
    assert summaries(read()) == ["13 May Protected time"]
    set_preferences(who, wording="Clinic", wants_reminders=True, by=who, at=NOW)
    answer = read()
    assert summaries(answer) == ["13 May Clinic"]
    (event,) = events(read())
    assert b"Amira" not in event.to_ical()
    assert str(event["LOCATION"]) == "Room 4"
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == NOW


def test_a_lead_reads_the_schedule_of_an_area(cast: Cast) -> None:
    west, east = cast.area, cast.elsewhere.area
    make.make_feed(cast.area_lead, SECRET, FeedKind.SCHEDULE, area=west)
    for days, areas in ((1, (west,)), (2, (east,)), (3, (west, east)), (4, ())):
        event = make.make_event(
            cast.supervisor, TODAY + timedelta(days=days), areas=areas, place="A link"
        )
        make.make_booking(event, cast.prosecutor)
    found = events(read())
    assert [(f"{e['DTSTART'].dt:%d %b}", "LOCATION" in e) for e in found] == [
        ("13 May", True),
        ("15 May", False),
        ("16 May", False),
    ]
    assert {str(e["SUMMARY"]) for e in found} == {"Supervision: Dr Megan Hughes"}
    assert all(b"Amira" not in e.to_ical() for e in found)


def test_a_role_that_ends_ends_its_feed(cast: Cast) -> None:
    make.make_feed(cast.area_lead, SECRET, FeedKind.SCHEDULE, area=cast.area)
    make.make_feed(cast.lead, "of-all", FeedKind.SCHEDULE)
    assert read().status_code == read("of-all").status_code == 200
    for who in (cast.area_lead, cast.lead):
        close(RoleGrant.objects.get(person=who), by=cast.admin, at=NOW)
    assert read().status_code == read("of-all").status_code == 404


def test_more_rights_show_at_once(cast: Cast) -> None:
    """The place of what a lead runs: the ETag changes with the right to see it."""
    make.make_feed(cast.area_lead, SECRET, FeedKind.SCHEDULE, area=cast.area)
    both = (cast.area, cast.elsewhere.area)
    make.make_event(cast.supervisor, TOMORROW, areas=both, place="A link")
    before = read()
    assert "LOCATION" not in events(before)[0]
    make.make_grant(cast.area_lead, Role.AREA_LEAD, cast.elsewhere.area)
    after = read(etag=before["ETag"])
    assert str(events(after)[0]["LOCATION"]) == "A link"


def test_whoever_has_left_has_no_feed(own: CalendarFeed) -> None:
    Person.objects.filter(pk=own.person_id).update(is_active=False)
    assert read().status_code == 404


def test_what_is_no_address_is_404_after_one_query_whatever_the_reason(cast: Cast) -> None:
    stopped = make.make_feed(cast.prosecutor, "stopped")
    revoke_feed(stopped, by=cast.prosecutor, at=NOW)
    make.make_feed(cast.paralegal, "no-lead", FeedKind.SCHEDULE, area=cast.area)
    seen = set()
    for secret in ("stopped", "no-lead", "unknown", new_secret(), "é", "x" * 500):
        with CaptureQueriesContext(connection) as asked:
            answer = read(secret)
        headers = sorted((n, v) for n, v in answer.headers.items() if "Policy" not in n)
        seen.add((answer.status_code, answer.content, str(headers), len(asked)))
    assert len(seen) == 1
    assert next(iter(seen))[0] == 404


def test_a_secret_is_kept_as_a_hash_only(cast: Cast) -> None:
    secret = new_secret()
    assert len(secret) == 43
    assert len({new_secret() for _ in range(100)}) == 100
    feed = make_feed(cast.prosecutor, FeedKind.OWN, secret=secret, by=cast.prosecutor, at=NOW)
    assert feed.token_hash == sha256(secret.encode()).hexdigest()
    kept = [str(vars(row)) for m in (CalendarFeed, AuditRow) for row in m.objects.all()]
    assert kept
    assert not [row for row in kept if secret in row]


def test_last_read_is_written_once_an_hour(
    own: CalendarFeed, clock: Callable[..., None]
) -> None:
    def writes(minutes: int) -> int:
        clock(NOW + timedelta(minutes=minutes))
        with CaptureQueriesContext(connection) as asked:
            read()
        return sum(q["sql"].startswith("UPDATE") for q in asked)

    assert [writes(m) for m in (0, 1, 59, 60, 61, 119, 121)] == [1, 0, 0, 1, 0, 0, 1]
    own.refresh_from_db()
    assert own.last_read_at == NOW + timedelta(minutes=121)


def test_past_and_cancelled_events_leave_the_window(
    cast: Cast, clock: Callable[..., None]
) -> None:
    make.make_feed(cast.prosecutor, SECRET)
    past = make.make_event(cast.supervisor, TODAY - timedelta(days=90))
    make.make_booking(past, cast.prosecutor, BookingStatus.ATTENDED)
    ahead = make.make_event(cast.supervisor, TOMORROW, status=EventStatus.CANCELLED)
    make.make_booking(ahead, cast.prosecutor, BookingStatus.CANCELLED_BY_SERVICE)
    assert len(events(read())) == 2
    clock(NOW + timedelta(days=1))
    assert len(events(read())) == 1
    clock(NOW + timedelta(days=3))
    assert events(read()) == []


@pytest.mark.parametrize("status", [BookingStatus.DECLINED, BookingStatus.EXPIRED])
def test_offer_that_was_not_taken_stays_as_cancelled(cast: Cast, status: BookingStatus) -> None:
    """It stood there as tentative, and some programs keep what is gone from a file."""
    make.make_feed(cast.prosecutor, SECRET)
    event = make.make_event(cast.supervisor, TOMORROW)
    booking = make.make_booking(event, cast.prosecutor, BookingStatus.OFFERED)
    assert [str(e["STATUS"]) for e in events(read())] == ["TENTATIVE"]
    Booking.objects.filter(pk=booking.pk).update(status=status)
    assert [str(e["STATUS"]) for e in events(read())] == ["CANCELLED"]
