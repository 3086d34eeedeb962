"""Messages as e-mails: true when they leave, naming nobody else, with the right calendar part."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from email.message import EmailMessage as Letter
from typing import Any

import pytest
from django.core import mail
from icalendar import Calendar

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from tests.wellbeing.busy import make_busy
from wellbeing.domain.booking import BookingStatus, CancelReason, EventStatus
from wellbeing.domain.messages import MessageKind, State, is_still_true
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import Booking, Event, Message, Person
from wellbeing.operations.bookings import book, cancel
from wellbeing.operations.cancelling import cancel_event
from wellbeing.operations.changing import change_event
from wellbeing.operations.delivery import deliver
from wellbeing.operations.events import Details
from wellbeing.operations.offers import offer
from wellbeing.operations.preferences import set_preferences
from wellbeing.tasks.letters import send

SOON = TODAY + timedelta(days=7)
HOUR = timedelta(hours=1)
K = MessageKind
ABOUT_NO_EVENT = {
    K.DUE_SOON, K.OVERDUE, K.WELCOME_BACK, K.BUSY_UNREADABLE, K.REGISTRATION_ENDS,
    K.SUPERVISOR_ENDS, K.ACTION_GIVEN, K.REPORT_READY,
}  # fmt: skip
ME = "Amira Prosecutor"


@pytest.fixture
def event(cast: Cast) -> Event:
    return make.make_event(cast.supervisor, SOON, capacity=3, place="Room 4")


def delivered(at: datetime = NOW) -> list[Any]:
    """What leaves now, as it is on the wire."""
    mail.outbox.clear()
    deliver(send, lambda: at)
    return [m.message() for m in mail.outbox]


def to(letters: list[Any], person: Person) -> Any:
    (letter,) = [m for m in letters if person.email in m["To"]]
    return letter


def calendar(letter: Letter) -> Any:
    """The one event of the calendar part, with its METHOD; None where there is no such part."""
    parts = [p for p in letter.walk() if p.get_content_type() == "text/calendar"]
    if not parts:
        return None
    read = Calendar.from_ical(parts[0].get_payload(decode=True))
    (entry,) = read.walk("VEVENT")
    return str(read["METHOD"]), entry


def everything(letter: Letter) -> str:
    parts = [p.get_payload(decode=True) for p in letter.walk() if not p.is_multipart()]
    return str(letter.items()) + "".join(p.decode() for p in parts if p)


def test_confirmation_is_an_invitation(cast: Cast, event: Event) -> None:
    booking = book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    letter = to(delivered(), cast.prosecutor)
    assert letter["Subject"] == "Protected time: booked for Tuesday 19 May 2026, 2pm to 3pm"
    method, entry = calendar(letter)
    assert (method, str(entry["STATUS"]), str(entry["SUMMARY"])) == (
        "REQUEST", "CONFIRMED", "Protected time",
    )  # fmt: skip
    text = next(p for p in letter.walk() if p.get_content_type() == "text/plain")
    words = text.get_payload(decode=True).decode()
    assert words.startswith("Accepting or declining this in your calendar changes nothing here")
    assert f"http://127.0.0.1:8000/bookings/{booking.public_id}/" in words


def test_calendar_is_changed_and_let_go_by_the_same_uid_and_a_higher_sequence(
    cast: Cast, event: Event
) -> None:
    booking = book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    _, first = calendar(to(delivered(), cast.prosecutor))
    details = Details(EventKind.SUPERVISION, SOON, time(16), 60, 3, Mode.VIDEO)
    change_event(event, details, host=cast.supervisor, by=cast.lead, at=NOW)
    _, second = calendar(to(delivered(), cast.prosecutor))
    cancel(booking, reason=CancelReason.COURT, by=cast.prosecutor, at=NOW)
    method, third = calendar(to(delivered(), cast.prosecutor))
    assert method == "CANCEL"
    assert first["UID"] == second["UID"] == third["UID"]
    assert first["SEQUENCE"] < second["SEQUENCE"] < third["SEQUENCE"]
    assert second["DTSTART"].dt == datetime(2026, 5, 19, 16, tzinfo=second["DTSTART"].dt.tzinfo)


def test_cancelled_before_the_invitation_left_neither_is_in_a_calendar(
    cast: Cast, event: Event
) -> None:
    booking = book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    cancel(booking, reason=CancelReason.COURT, by=cast.prosecutor, at=NOW)
    letters = delivered()
    mine = [m for m in letters if cast.prosecutor.email in m["To"]]
    assert [m["Subject"].split(":")[1].split(" for")[0] for m in mine] == [" no longer booked"]
    assert calendar(mine[0]) is None


def test_nobody_else_is_named_in_anything_sent(cast: Cast, event: Event) -> None:
    """A group: two booked, one offered, the host and a lead, who must not meet in any letter."""
    people = [cast.prosecutor, cast.paralegal]
    for person in people:
        book(event, person=person, by=person, at=NOW)
    third = make.make_staff("Zebedee Third", cast.unit)
    offer(event, person=third, by=cast.lead, at=NOW)
    letters = delivered()
    cancel_event(event, by=cast.lead, at=NOW)
    letters += delivered()
    assert len(letters) >= 8
    everybody = [*people, third, cast.supervisor, cast.lead]
    for letter in letters:
        said = everything(letter)
        for person in everybody:
            if person.email not in letter["To"] and person != cast.supervisor:
                assert person.email not in said
                assert person.name not in said


def test_nothing_sensitive_is_named(cast: Cast, event: Event) -> None:
    booking = book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    letters = delivered()
    cancel(booking, reason=CancelReason.COURT, by=cast.prosecutor, at=NOW)
    letters += delivered()
    for letter in letters:
        words = everything(letter).lower()
        for word in ("supervision", "clinical", "therap", "rape", "court", "hughes, "):
            assert word not in words.replace("rasso-wellbeing", ""), word


def test_words_are_the_persons_own(cast: Cast, event: Event) -> None:
    me = cast.prosecutor
    set_preferences(me, wording="Busy – do not book", wants_reminders=True, by=me, at=NOW)
    book(event, person=me, by=me, at=NOW)
    letter = to(delivered(), me)
    assert str(letter["Subject"]).startswith("Busy – do not book: booked")
    assert str(calendar(letter)[1]["SUMMARY"]) == "Busy – do not book"


def test_message_id_is_the_same_at_every_try(cast: Cast, event: Event) -> None:
    book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    message = Message.objects.get(person=cast.prosecutor)
    ids = set()
    for _ in range(2):
        mail.outbox.clear()
        assert send(message, NOW)
        ids.add(mail.outbox[0].message()["Message-ID"])
    assert ids == {f"<{message.public_id}@rasso-wellbeing.invalid>"}


@pytest.mark.parametrize("change", [{"is_active": False}])
def test_closed_account_is_not_written_to(cast: Cast, event: Event, change: Any) -> None:
    book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    Person.objects.filter(pk=cast.prosecutor.pk).update(**change)
    assert [m for m in delivered() if cast.prosecutor.email in m["To"]] == []


def test_who_wants_no_reminders_gets_none_but_is_told_of_changes(
    cast: Cast, event: Event
) -> None:
    me = cast.prosecutor
    set_preferences(me, wording="", wants_reminders=False, by=me, at=NOW)
    booking = book(event, person=me, by=me, at=NOW)
    Message.objects.create(
        person=me, kind=K.REMINDER, event=event, booking=booking, created_at=NOW, due_at=NOW
    )
    subjects = [str(m["Subject"]) for m in delivered() if me.email in m["To"]]
    assert len(subjects) == 1
    assert "booked for" in subjects[0]


@pytest.mark.parametrize("kind", list(K))
def test_every_kind_can_be_said(cast: Cast, event: Event, kind: MessageKind) -> None:
    """With a subject, a text without holes, and a link to a page that is there."""
    statuses: dict[MessageKind, BookingStatus] = {
        K.OFFERED: BookingStatus.OFFERED,
        K.PROMOTED: BookingStatus.OFFERED,
        K.PASSED_OVER: BookingStatus.WAITING,
    }
    status = statuses.get(kind, BookingStatus.BOOKED)
    booking = make.make_booking(event, cast.prosecutor, status)
    Booking.objects.filter(pk=booking.pk).update(offer_ends_at=NOW + 48 * HOUR)
    who = cast.supervisor if kind.startswith("host_") else cast.prosecutor
    about_event = kind not in ABOUT_NO_EVENT
    if kind == K.BUSY_UNREADABLE:
        make_busy(who, fault="The calendar is larger than 5 MB.")
    message = Message.objects.create(
        person=who,
        kind=kind,
        event=event if about_event else None,
        booking=booking if about_event and who == cast.prosecutor else None,
        created_at=NOW,
        due_at=NOW,
    )
    assert send(message, NOW)
    letter = mail.outbox[0].message()
    said = everything(letter)
    assert str(letter["Subject"]).startswith("Protected time: ")
    assert not re.search(r"\{|\}|None| ,| \.|  +\S", mail.outbox[0].body or "x")
    assert "http://127.0.0.1:8000/" in said


Told = Callable[..., None]
# (kind, what is so when its turn comes, is it still true)
B, E = BookingStatus, EventStatus
TRUE = State(E.PUBLISHED, NOW + HOUR, B.BOOKED, None, 1)
CASES = [
    (K.BOOKED, TRUE, True),
    (K.BOOKED, State(E.PUBLISHED, NOW + HOUR, B.CANCELLED), False),
    (K.BOOKED, State(E.CANCELLED, NOW + HOUR, B.BOOKED), False),
    (K.BOOKED, State(E.PUBLISHED, NOW, B.BOOKED), False),
    (K.CHANGED, State(E.PUBLISHED, NOW + HOUR, B.WAITING), True),
    (K.CHANGED, State(E.PUBLISHED, NOW + HOUR, B.LEFT), False),
    (K.OFFERED, State(E.PUBLISHED, NOW + HOUR, B.OFFERED, NOW + HOUR), True),
    (K.OFFERED, State(E.PUBLISHED, NOW + HOUR, B.OFFERED, NOW), False),
    (K.PROMOTED, State(E.PUBLISHED, NOW + HOUR, B.BOOKED, NOW + HOUR), False),
    (K.PASSED_OVER, State(E.PUBLISHED, NOW + HOUR, B.WAITING), True),
    (K.REMINDER, State(E.PUBLISHED, NOW + HOUR, B.CANCELLED), False),
    (K.CANCELLED, State(E.CANCELLED, NOW - HOUR, B.CANCELLED), True),
    (K.HOST_CANCELLED, State(E.CANCELLED, NOW - HOUR), True),
    (K.HOST_BOOKED, State(E.CANCELLED, NOW + HOUR), False),
    (K.HOST_TO_RECORD, State(E.PUBLISHED, NOW - HOUR, None, None, 1), True),
    (K.HOST_TO_RECORD, State(E.PUBLISHED, NOW - HOUR, None, None, 0), False),
    (K.OVERDUE, State(), True),
    (K.BUSY_UNREADABLE, State(is_unreadable=True), True),
    (K.BUSY_UNREADABLE, State(), False),
    (K.REGISTRATION_ENDS, State(), True),
]


@pytest.mark.parametrize(("kind", "state", "is_true"), CASES)
def test_what_is_no_longer_so_is_not_said(
    kind: MessageKind, state: State, is_true: bool
) -> None:
    assert is_still_true(kind, state, NOW) == is_true
