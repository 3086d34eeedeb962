"""A message in words: its subject and text, plain and as HTML. Names nothing sensitive.

Subjects begin with the words that the person chose for their calendar; who holds a
session, where, and what it is stand on the page behind the link only.
"""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse

from wellbeing.domain.local_time import local_day
from wellbeing.domain.messages import INVITES, MessageKind
from wellbeing.models import Message
from wellbeing.presenters.dates import clock, day, when
from wellbeing.queries.messages import About

K = MessageKind
# {when} is the session's day and hours; {until} the end of an offer.
SUBJECTS = {
    K.BOOKED: "booked for {when}",
    K.CHANGED: "changed, now {when}",
    K.CANCELLED: "no longer booked for {when}",
    K.CANCELLED_BY_SERVICE: "cancelled, {when}",
    K.OFFERED: "a time is held for you until {until}",
    K.PROMOTED: "a time has come free and is held for you until {until}",
    K.PASSED_OVER: "a time came free when you have something else",
    K.REMINDER: "coming up, {when}",
    K.DUE_SOON: "time to choose a time",
    K.OVERDUE: "choose a time that suits you",
    K.WELCOME_BACK: "welcome back",
    K.BUSY_UNREADABLE: "your own calendar cannot be read",
    K.REGISTRATION_ENDS: "a date that we hold for you is near",
    K.SUPERVISOR_ENDS: "a date to look at is near",
    K.AGREEMENT_NEW: "somebody has chosen you",
    K.AGREEMENT_ENDED: "an agreement has ended",
    K.AGREEMENT_DECLINED: "please choose again",
    K.AGREEMENT_LAPSED: "please choose again",
    K.GROUP_INVITED: "an invitation for you to answer",
    K.GROUP_ASKED: "a question for you to answer",
    K.GROUP_WITHDRAWN: "an invitation has been withdrawn",
    K.GROUP_ENDED: "something that you were part of has ended",
    K.GROUP_LEFT_OUT: "a time was set when you have something else, {when}",
    K.ACTION_GIVEN: "something to look after",
    K.REPORT_READY: "something to read",
    K.HOST_PUBLISHED: "you hold a session, {when}",
    K.HOST_CHANGED: "your session has changed, now {when}",
    K.HOST_CANCELLED: "your session is cancelled, {when}",
    K.HOST_BOOKED: "a place is taken, {when}",
    K.HOST_PLACE_FREED: "a place is free again, {when}",
    K.HOST_TO_RECORD: "say who came, {when}",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What an e-mail says."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class FailedLine:
    """An e-mail that was given up: to whom and when, and what the mail server's fault was."""

    to: str
    given_up: str
    fault: str
    again: str


def failed_line(message: Message) -> FailedLine:
    """A line of the administrators' list."""
    at = message.failed_at
    return FailedLine(
        to=message.person.email,
        given_up=f"{clock(at)} on {day(local_day(at))}" if at else "",
        fault=message.fault,
        again=reverse("message_send_again", args=[message.public_id]),
    )


def words(about: About, *, wording: str, link: str) -> Words:
    """The message as it is sent. `wording`: the person's own; `link`: the page to go to."""
    until = about.state.offer_ends_at
    said = {
        "when": when(about.starts_at, about.ends_at)
        if about.starts_at and about.ends_at
        else "",
        "until": f"{clock(until)} on {day(local_day(until))}" if until else "",
        "link": link,
        "is_invitation": about.kind in INVITES,
    }
    text = render_to_string(f"email/{about.kind}.txt", said).strip()
    paragraphs = [" ".join(p.split("\n")) for p in text.split("\n\n")]
    html = render_to_string("email/message.html", {"paragraphs": paragraphs, "link": link})
    return Words(f"{wording}: {SUBJECTS[about.kind].format(**said)}", text + "\n", html)
