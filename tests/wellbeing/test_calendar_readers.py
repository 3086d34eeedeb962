"""Every .ics of the service, read by three programs: the same events at the same instants.

And in none of a person's own the name or e-mail of anybody but them, the host, the service.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import call_command
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar
from ics import Calendar as IcsCalendar

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from tests.wellbeing.feeds import read
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.feeds import FeedKind
from wellbeing.domain.ical import EntryStatus, Method
from wellbeing.domain.invitations import Invitation, invitation
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.mail.invitation import invitation_mail, service_mailbox
from wellbeing.models import Event, Person
from wellbeing.operations.bookings import book, cancel
from wellbeing.operations.cancelling import cancel_event
from wellbeing.operations.changing import change_event
from wellbeing.operations.events import Details
from wellbeing.operations.offers import decline, offer
from wellbeing.operations.preferences import set_preferences
from wellbeing.presenters.calendars import PAGES
from wellbeing.queries.own_calendar import entry_of

As = Callable[[Person], Visitor]
Seen = list[tuple[str, datetime, datetime, str]]
PLACES = ["Room 4; floor 2, West", "Llŷn – ŵ", "👩‍⚖️" * 30, "https://video.example/x?a=1,2"]
# Both Sundays of the clock change, and the days around them, to where a feed looks.
DAYS = [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25), date(2026, 10, 26)]
TOMORROW = TODAY + timedelta(days=1)


def seen_by_icalendar(data: bytes) -> Seen:
    calendar = Calendar.from_ical(data)
    assert calendar.errors == []
    events = calendar.walk("VEVENT")
    assert all(event.errors == [] for event in events)
    return sorted(
        (
            str(e["UID"]),
            e["DTSTART"].dt.astimezone(UTC),
            e["DTEND"].dt.astimezone(UTC),
            str(e["SUMMARY"]),
        )
        for e in events
    )


def seen_by_ical(data: bytes) -> Seen:
    events = IcsCalendarStream.calendar_from_ics(data.decode()).events
    return sorted(
        (e.uid, e.dtstart.astimezone(UTC), e.dtend.astimezone(UTC), e.summary)  # type: ignore[misc,union-attr]
        for e in events
    )


def seen_by_ics(data: bytes) -> Seen:
    events = IcsCalendar(data.decode()).events
    return sorted(
        (e.uid, e.begin.datetime.astimezone(UTC), e.end.datetime.astimezone(UTC), e.name)
        for e in events
    )


def checked(data: bytes) -> Seen:
    """What all three see; and the lines are as RFC 5545 §3.1 wants them."""
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    first = seen_by_icalendar(data)
    assert first == seen_by_ical(data) == seen_by_ics(data)
    return first


def invited(person: Person, event: Event) -> Invitation:
    entry = entry_of(person.pk, event, pages=PAGES)
    return invitation(entry, attendee=person.email, organizer=service_mailbox(), sent_at=NOW)


def body(answer: Any) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def exported() -> bytes:
    class Out(StringIO):
        buffer = BytesIO()

    out = Out()
    call_command("export_calendar", stdout=out)
    return out.buffer.getvalue()


def group_sessions(cast: Cast) -> list[Event]:
    """Sessions that three people come to, all of whom have names that could leak."""
    events = []
    for on, place in zip(DAYS, PLACES, strict=True):
        event = make.make_event(cast.supervisor, on, time(9), capacity=4, place=place)
        for who in (cast.prosecutor, cast.paralegal):
            make.make_booking(event, who)
        make.make_booking(event, cast.manager, BookingStatus.CANCELLED)
        events.append(event)
    return events


def personal(cast: Cast, as_: As, events: list[Event]) -> dict[Person, list[bytes]]:
    """All that the service gives or sends each of them of these events."""
    given: dict[Person, list[bytes]] = {}
    for who in (cast.prosecutor, cast.paralegal, cast.manager, cast.supervisor):
        kind = FeedKind.HOSTED if who == cast.supervisor else FeedKind.OWN
        make.make_feed(who, f"of-{who.pk}", kind)
        files = [body(read(f"of-{who.pk}")), body(as_(who).get("own_calendar"))]
        given[who] = files + [invited(who, event).data for event in events]
    return given


def test_every_calendar_is_the_same_to_three_programs(cast: Cast, as_: As) -> None:
    events = group_sessions(cast)
    set_preferences(
        cast.paralegal, wording="a, b; c \\ ŵ 👩‍⚖️" * 6, wants_reminders=True, by=cast.paralegal,
        at=NOW,
    )  # fmt: skip
    make.make_feed(cast.lead, "of-all", FeedKind.SCHEDULE)
    schedule = body(as_(cast.lead).get("schedule", download="1", first="1/1/2026"))
    instants = [
        (f"{e.public_id}@rasso-wellbeing.invalid", e.start_at, e.end_at) for e in events
    ]
    whole = [body(read("of-all")), exported(), schedule]
    for who, files in personal(cast, as_, events).items():
        # What the manager has cancelled is too long ago, or too far ahead, to be shown.
        whole += files[:2] if who != cast.manager else []
        assert sorted(seen[:3] for data in files[2:] for seen in checked(data)) == sorted(
            instants
        )
    assert len(whole) == 3 + 6
    for data in whole:
        assert [seen[:3] for seen in checked(data)] == sorted(instants)
    assert [e.start_at.hour for e in events] == [9, 8, 9, 9]


def leaks(data: bytes, cast: Cast, *allowed: Person) -> list[str]:
    """Names and e-mails of others in what is folded, or encoded for the wire."""
    text = data.replace(b"\r\n ", b"").decode()
    words = [w for p in cast.everyone().values() if p not in allowed for w in (p.name, p.email)]
    return [word for word in words if word.lower() in text.lower()]


def test_no_calendar_or_message_names_anybody_else(cast: Cast, as_: As) -> None:
    events = group_sessions(cast)
    for who, files in personal(cast, as_, events).items():
        assert len(files) == 2 + len(events)
        for data in files:
            assert leaks(data, cast, who, cast.supervisor) == []
        mail = invitation_mail(
            invited(who, events[0]),
            to=who.email,
            subject="Protected time",
            text="A page",
            html="<p>A page</p>",
            message_id="<1@rasso-wellbeing.invalid>",
            sent_at=NOW,
        ).message()
        assert leaks(mail.as_bytes(), cast, who) == []
        for part in mail.walk():
            assert leaks(part.get_payload(decode=True) or b"", cast, who) == []
    assert leaks(exported(), cast, cast.supervisor) == []


def test_a_planted_leak_is_found(cast: Cast) -> None:
    (event, *_) = group_sessions(cast)
    Event.objects.filter(pk=event.pk).update(place=f"with {cast.paralegal.name}, Room 4")
    event.refresh_from_db()
    assert leaks(invited(cast.prosecutor, event).data, cast, cast.prosecutor) == [
        "Joe Paralegal"
    ]


Story = tuple[Method, EntryStatus]
ASKED, TAKEN_BACK = (
    (Method.REQUEST, EntryStatus.CONFIRMED),
    (Method.CANCEL, EntryStatus.CANCELLED),
)
OFFERED = (Method.REQUEST, EntryStatus.TENTATIVE)


class Told:
    """What one person's calendar is told of an event, move after move."""

    def __init__(self, person: Person, event: Event) -> None:
        self.person, self.event = person, event
        self.sequences: list[int] = []
        self.uids: set[str] = set()

    def now(self) -> Story:
        event = Event.objects.get(pk=self.event.pk)
        made = invited(self.person, event)
        (told,) = Calendar.from_ical(made.data).walk("VEVENT")
        self.sequences.append(int(told["SEQUENCE"]))
        self.uids.add(str(told["UID"]))
        return made.method, EntryStatus(str(told["STATUS"]))

    def rose_every_time(self) -> bool:
        rising = self.sequences == sorted(set(self.sequences))
        return rising and len(self.uids) == 1


def test_each_move_is_a_higher_sequence_of_the_same_uid(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TOMORROW, areas=(cast.area,))
    me, lead = cast.prosecutor, cast.lead
    told = Told(me, event)
    booking = book(event, person=me, by=me, at=NOW)
    assert told.now() == ASKED
    change_event(event, at_time(15, cast), host=cast.supervisor, by=lead, at=NOW)
    assert told.now() == ASKED
    set_preferences(me, wording="Busy", wants_reminders=True, by=me, at=NOW)
    assert told.now() == ASKED
    cancel(booking, reason="court", by=me, at=NOW)
    assert told.now() == TAKEN_BACK
    offered = offer(event, person=me, by=lead, at=NOW)
    assert told.now() == OFFERED
    decline(offered, by=me, at=NOW)
    assert told.now() == TAKEN_BACK
    book(event, person=me, by=me, at=NOW)
    assert told.now() == ASKED
    cancel_event(event, by=lead, at=NOW)
    assert told.now() == TAKEN_BACK
    assert told.rose_every_time()


def at_time(hour: int, cast: Cast) -> Details:
    return Details(
        kind=EventKind.SUPERVISION,
        on=TOMORROW,
        at=time(hour),
        minutes=60,
        capacity=1,
        mode=Mode.VIDEO,
        areas=frozenset({cast.area.pk}),
    )


def test_a_host_who_is_replaced_is_told_to_let_go(cast: Cast) -> None:
    other = make.make_supervisor("Dr Other", areas=(cast.area,))
    event = make.make_event(cast.supervisor, TOMORROW, areas=(cast.area,), place="Room 4")
    before, after = Told(cast.supervisor, event), Told(other, event)
    assert before.now() == ASKED
    change_event(event, at_time(14, cast), host=other, by=cast.lead, at=NOW)
    assert (before.now(), after.now()) == (TAKEN_BACK, ASKED)
    assert before.rose_every_time()
    event.refresh_from_db()
    assert event.status == EventStatus.PUBLISHED
    assert "Room 4" not in invited(cast.supervisor, event).data.decode()


@pytest.mark.parametrize("on", DAYS)
def test_an_invitation_on_a_sunday_of_the_change_is_right_in_utc(cast: Cast, on: date) -> None:
    """Nine o'clock in London, an hour before noon or not, by three programs."""
    event = make.make_event(cast.supervisor, on, time(9))
    make.make_booking(event, cast.prosecutor)
    ((_, start, end, _),) = checked(invited(cast.prosecutor, event).data)
    summer = date(2026, 3, 29) <= on < date(2026, 10, 25)
    assert start == datetime.combine(on, time(8 if summer else 9), UTC)
    assert end - start == timedelta(hours=1)
