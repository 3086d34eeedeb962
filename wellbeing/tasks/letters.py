"""Turns a message of the outbox into an e-mail and sends it, with its calendar part if it has one."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.urls import reverse

from wellbeing.domain.ical import EntryStatus
from wellbeing.domain.invitations import Invitation, invitation
from wellbeing.domain.messages import (
    INVITES,
    REMINDS,
    TO_HOST,
    WITHDRAWS,
    MessageKind,
    is_still_true,
)
from wellbeing.mail.invitation import invitation_mail, service_mailbox
from wellbeing.models import Message
from wellbeing.presenters.calendars import PAGES
from wellbeing.presenters.messages import Words, words
from wellbeing.queries.messages import About, about, was_invited
from wellbeing.queries.own_calendar import entry_of
from wellbeing.queries.wording import preferences_of, wording_of

FIND, DIARY = "session_list", "diary"
K = MessageKind
# Messages that are answered elsewhere than at a booking, each by the page where that is.
ELSEWHERE = {
    K.BUSY_UNREADABLE: "busy_calendar",
    K.REGISTRATION_ENDS: "registration",
    K.SUPERVISOR_ENDS: "registrations",
    K.AGREEMENT_NEW: "my_people",
    K.AGREEMENT_ENDED: "my_people",
    K.AGREEMENT_DECLINED: "own_supervisor",
    K.AGREEMENT_LAPSED: "own_supervisor",
    K.GROUP_INVITED: "own_supervisor",
    K.GROUP_ASKED: "own_supervisor",
    K.GROUP_WITHDRAWN: "own_supervisor",
    K.GROUP_ENDED: "own_supervisor",
    K.ACTION_GIVEN: "actions",
    K.REPORT_READY: "last_month",
}


def send(message: Message, at: datetime) -> bool:
    """Sends it; False where it is no longer true, or the person wants none of its kind."""
    facts = about(message)
    if not facts.is_active or not is_still_true(facts.kind, facts.state, at):
        return False
    if facts.kind in REMINDS and not preferences_of(facts.person).wants_reminders:
        return False
    wording = wording_of(facts.person).text
    said = words(facts, wording=wording, link=settings.SITE_ORIGIN + _page(facts))
    _letter(message, facts, said, at).send()
    return True


def _page(facts: About) -> str:
    """Where the message's link leads: the page where something can be done about it."""
    if facts.kind in ELSEWHERE:
        return reverse(ELSEWHERE[facts.kind])
    if facts.kind in TO_HOST:
        if facts.kind == MessageKind.HOST_CANCELLED or facts.event is None:
            return reverse(DIARY)
        if facts.kind == MessageKind.HOST_TO_RECORD:
            return reverse("session_register", args=[facts.event])
        return reverse("session_detail", args=[facts.event])
    if facts.kind == MessageKind.GROUP_LEFT_OUT and facts.event:
        return reverse("session_detail", args=[facts.event])
    if facts.booking is None or facts.kind in WITHDRAWS:
        return reverse(FIND)
    return reverse("booking_detail", args=[facts.booking])


def _letter(message: Message, facts: About, said: Words, at: datetime) -> EmailMessage:
    message_id = f"<{message.public_id}@{settings.CALENDAR_DOMAIN}>"
    invited = _invitation(message, facts, at)
    if invited:
        return invitation_mail(
            invited,
            to=facts.to,
            subject=said.subject,
            text=said.text,
            html=said.html,
            message_id=message_id,
            sent_at=at,
        )
    # Nobody's out-of-office needs to answer this (RFC 3834 §5).
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(said.subject, said.text, to=[facts.to], headers=headers)
    mail.attach_alternative(said.html, "text/html")
    return mail


def _invitation(message: Message, facts: About, at: datetime) -> Invitation | None:
    """The calendar part; none where the calendar is as it should be already.

    Taken out is only what was put in; and a message that lags behind what has happened since
    leaves the calendar to the one that follows it.
    """
    if message.event is None or facts.kind not in INVITES | WITHDRAWS:
        return None
    entry = entry_of(facts.person, message.event, pages=PAGES)
    is_off = entry.status == EntryStatus.CANCELLED
    if is_off != (facts.kind in WITHDRAWS) or (is_off and not was_invited(message)):
        return None
    return invitation(entry, attendee=facts.to, organizer=service_mailbox(), sent_at=at)
