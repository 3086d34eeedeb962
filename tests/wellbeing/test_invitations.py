"""Invitations: the bytes for one recipient, and the e-mail that carries them."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage as Letter
from typing import Any, cast

import pytest
from django.core import mail
from icalendar import Calendar

from tests.wellbeing.test_calendars import entry
from wellbeing.domain.ical import EntryStatus, Method
from wellbeing.domain.invitations import Invitation, cancel, invitation, mailto, request
from wellbeing.mail.invitation import invitation_mail, service_mailbox

SENT = datetime(2026, 5, 12, 9, tzinfo=UTC)
MAILBOX = "wellbeing@service.example"
GUEST = "amira.o'neill+x@cps.example"
ADDRESSED = {"attendee": GUEST, "organizer": MAILBOX, "sent_at": SENT}


def event_of(made: Invitation) -> Any:
    assert all(len(line) <= 75 for line in made.data.split(b"\r\n"))
    assert made.data.count(b"\n") == made.data.count(b"\r\n")
    calendar = Calendar.from_ical(made.data)
    assert calendar.errors == []
    assert str(calendar["METHOD"]) == made.method.value
    assert "X-WR-CALNAME" not in calendar
    (event,) = calendar.walk("VEVENT")
    return event


def test_a_request_names_its_recipient_and_the_service_alone() -> None:
    event = event_of(request(entry(sequence=4), **ADDRESSED))
    assert event["ORGANIZER"] == f"mailto:{MAILBOX}"
    assert event["ATTENDEE"] == f"mailto:{GUEST}"
    assert dict(event["ATTENDEE"].params) == {
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "FALSE",
    }
    assert event["DTSTAMP"].dt == SENT
    assert event["LAST-MODIFIED"].dt == datetime(2026, 5, 1, 9, tzinfo=UTC)
    assert (event["SEQUENCE"], str(event["STATUS"])) == (4, "CONFIRMED")


def test_a_cancel_keeps_uid_times_and_words_and_says_cancelled() -> None:
    before, after = entry(sequence=4), entry(sequence=5)
    asked, taken_back = event_of(request(before, **ADDRESSED)), cancel(after, **ADDRESSED)
    event = event_of(taken_back)
    assert taken_back.method == Method.CANCEL
    for same in ("UID", "DTSTART", "DTEND", "SUMMARY", "ORGANIZER", "ATTENDEE"):
        assert event[same].to_ical() == asked[same].to_ical()
    assert event["SEQUENCE"] > asked["SEQUENCE"]
    assert (str(event["STATUS"]), str(event["TRANSP"])) == ("CANCELLED", "TRANSPARENT")


# status -> (METHOD, what Outlook shows of the time)
KINDS = [
    (EntryStatus.CONFIRMED, Method.REQUEST, "BUSY"),
    (EntryStatus.TENTATIVE, Method.REQUEST, "TENTATIVE"),
    (EntryStatus.CANCELLED, Method.CANCEL, "FREE"),
]


@pytest.mark.parametrize(("status", "method", "busy"), KINDS)
def test_the_status_says_which_message_it_is(
    status: EntryStatus, method: Method, busy: str
) -> None:
    made = invitation(entry(status=status), **ADDRESSED)
    event = event_of(made)
    assert (made.method, str(event["STATUS"])) == (method, status.value)
    assert str(event["X-MICROSOFT-CDO-BUSYSTATUS"]) == busy


def test_a_cancelled_entry_is_never_asked_for() -> None:
    with pytest.raises(ValueError, match="cancel it"):
        request(entry(status=EntryStatus.CANCELLED), **ADDRESSED)


def test_the_service_never_invites_itself() -> None:
    with pytest.raises(ValueError, match="itself"):
        request(entry(), attendee=MAILBOX.upper(), organizer=MAILBOX, sent_at=SENT)


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example?bcc=c@d.example",
        "a@b.example\r\nATTENDEE:mailto:c@d.example",
        "a@b.example,c@d.example",
        "mailto:a@b.example",
        "A <a@b.example>",
        "a@b",
        "a b@c.example",
        "",
    ],
)
def test_what_is_more_or_less_than_one_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        request(entry(), attendee=address, organizer=MAILBOX, sent_at=SENT)


def test_an_address_is_escaped_for_a_uri() -> None:
    assert mailto("a&b%c@d.example") == "mailto:a%26b%25c@d.example"


WORDS = "Amser wedi’i ddiogelu ŵ, “Protected time” – 12 May 👩‍⚖️ " * 3


def written(**more: Any) -> mail.EmailMessage:
    made = request(entry(summary=WORDS, location="Llŷn; a, b\nSecond line"), **ADDRESSED)
    values = {
        "to": GUEST,
        "subject": WORDS.strip(),
        "text": "Ŵyn\n.\nFrom here",
        "html": "<p>Ŵyn</p>",
        "message_id": "<0198.1@rasso-wellbeing.invalid>",
        "sent_at": SENT,
    } | more
    return invitation_mail(made, **values)


def read(message: mail.EmailMessage) -> Letter:
    data = message.message().as_bytes(linesep="\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert data.isascii()
    return cast(Letter, message_from_bytes(data, policy=policy.default))


def test_the_email_has_the_parts_that_clients_look_for() -> None:
    letter = read(written())
    tree = [(p.get_content_type(), p["Content-Transfer-Encoding"]) for p in letter.walk()]
    assert tree == [
        ("multipart/mixed", None),
        ("multipart/alternative", None),
        ("text/plain", "quoted-printable"),
        ("text/html", "quoted-printable"),
        ("text/calendar", "base64"),
        ("application/ics", "base64"),
    ]
    *_, shown, attached = letter.walk()
    assert (shown["Content-Type"].params["method"], shown.get_content_charset()) == (
        "REQUEST",
        "utf-8",
    )
    assert attached.get_filename() == "invite.ics"
    data = request(entry(summary=WORDS, location="Llŷn; a, b\nSecond line"), **ADDRESSED).data
    assert shown.get_payload(decode=True) == attached.get_payload(decode=True) == data


def test_the_email_says_what_it_was_given() -> None:
    letter = read(written())
    assert str(letter["Subject"]) == WORDS.strip()
    assert (str(letter["From"]), str(letter["To"])) == (MAILBOX, GUEST)
    assert str(letter["Message-ID"]) == "<0198.1@rasso-wellbeing.invalid>"
    assert letter["Date"].datetime == SENT
    plain = letter.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().splitlines() == ["Ŵyn", ".", "From here"]


def test_the_organizer_is_the_address_that_mail_comes_from(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "RASSO wellbeing <office@service.example>"
    assert service_mailbox() == "office@service.example"
    assert str(read(written())["From"]) == "RASSO wellbeing <office@service.example>"


@pytest.mark.parametrize("line", ["\r\nBcc: c@d.example", "\nBcc: c@d.example", "\rx"])
@pytest.mark.parametrize("header", ["subject", "to", "message_id"])
def test_no_line_break_reaches_a_header(header: str, line: str) -> None:
    good = {"subject": "x", "to": GUEST, "message_id": "<1@x.invalid>"}[header]
    with pytest.raises(ValueError):
        written(**{header: good + line})


@pytest.mark.parametrize(
    "wrong", ["1@x.invalid", "<1>", "<a b@x>", "<1@x><2@x>", "<é@x>", "<>"]
)
def test_another_form_of_message_id_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="Message-ID"):
        written(message_id=wrong)


def test_sending_again_is_the_same_message_to_the_same_person() -> None:
    assert written().send() == 1
    assert written().send() == 1
    first, second = mail.outbox
    assert first.recipients() == second.recipients() == [GUEST]
    assert first.message()["Message-ID"] == second.message()["Message-ID"]


def test_a_raised_sequence_moves_the_event_and_keeps_its_uid() -> None:
    moved = entry(sequence=4, start_at=SENT, end_at=SENT + timedelta(hours=1))
    before, after = (
        event_of(request(entry(), **ADDRESSED)),
        event_of(request(moved, **ADDRESSED)),
    )
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt.astimezone(UTC) == SENT
