"""Agreements and closed groups in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from supervision.models import Agreement, SupervisionGroup
from supervision.queries.agreements import Supervised
from supervision.queries.lapses import Lapsed
from wellbeing.models import Event
from wellbeing.presenters.dates import away, counted, day, hours, short_day


def session_words(event: Event) -> str:
    """`Tuesday 12 May 2026, 2pm to 3pm`."""
    if event.start_at is None or event.end_at is None:
        return day(event.local_on)
    return f"{day(event.local_on)}, {hours(event.start_at, event.end_at)}"


def review_words(agreement: Agreement, on: date) -> str:
    """`Review due in 9 days, on 12 May` or `Review was due 2 days ago, on 10 May`."""
    verb = "is" if agreement.review_on >= on else "was"
    return f"Review {verb} due {away(agreement.review_on, on)}"


def declined_words(name: str, again: date) -> str:
    """Why somebody cannot be chosen now, and what to do: not their doing, and not for good."""
    return (
        f"{name} could not take on anybody new when you asked. Choose another, or ask again from"
        f" {short_day(again)}."
    )


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody a supervisor supervises; addresses are empty where there is nothing to do."""

    name: str
    next: str
    last: str
    agreement: str
    review: str
    decline: str
    reviewed: str


def person_line(one: Supervised, on: date) -> PersonLine:
    """A line of My people: name, sessions of the two, agreement and review, nothing else."""
    agreement = one.agreement
    signed = agreement is not None and agreement.signed_at is not None
    return PersonLine(
        name=one.person.name,
        next=session_words(one.next) if one.next else "None booked",
        last=day(one.last.local_on) if one.last else "None yet",
        agreement=_agreement_words(agreement),
        review=review_words(agreement, on) if agreement and signed else "",
        decline=reverse("agreement_decline", args=[agreement.public_id])
        if agreement and not one.has_begun
        else "",
        reviewed=reverse("agreement_review", args=[agreement.public_id])
        if agreement and signed and one.has_begun
        else "",
    )


def _agreement_words(agreement: Agreement | None) -> str:
    if agreement is None:
        return "Single bookings"
    since = short_day(agreement.start_on)
    return f"Since {since}" if agreement.signed_at else f"Chosen on {since}, not signed yet"


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A lead's line: whose agreement with whom is to be reviewed by when."""

    name: str
    supervisor: str
    when: str
    tag: str
    colour: str


def review_line(agreement: Agreement, on: date) -> ReviewLine:
    """Grey while it is still to come, yellow once it has passed; never red for a person."""
    is_past = agreement.review_on < on
    return ReviewLine(
        name=agreement.person.name,
        supervisor=agreement.supervisor.name,
        when=review_words(agreement, on),
        tag="Was due" if is_past else "Due",
        colour="yellow" if is_past else "grey",
    )


@dataclass(frozen=True, slots=True)
class LapseLine:
    """A supervisor who is not registered, what ends with it, and when."""

    name: str
    what: str
    when: str


def lapse_line(one: Lapsed, on: date) -> LapseLine:
    """`Agreements with Amira Ali, Joe Low; “Thursday group”`, `Registration last held on 3 May 2026. ...`"""
    names = ", ".join(person.name for person in one.people)
    parts = [f"Agreement{'s' if len(one.people) > 1 else ''} with {names}"] if names else []
    parts += [f"“{group.name}”" for group in one.groups]
    last, ends = one.lapse.last, max(one.lapse.ends_on, on)
    since = (
        f"Registration last held on {short_day(last)}"
        if last > date.min
        else "No registration held"
    )
    return LapseLine(
        name=one.supervisor.name,
        what="; ".join(parts),
        when=f"{since}. Without a new registration this ends {away(ends, on)}",
    )


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A closed group in a list."""

    name: str
    what: str
    href: str


def group_lines(
    groups: Iterable[SupervisionGroup], counts: Mapping[int, int], *, with_host: bool
) -> list[GroupLine]:
    """`Thursday group`; `2 members, at least 3 and at most 6, too few to publish a session, West`.

    With the supervisor for leads.
    """
    return [
        GroupLine(
            name=group.name,
            what=", ".join(
                part
                for part in (
                    group.supervisor.name if with_host else "",
                    group_size(group, counts[group.pk]),
                    "too few to publish a session" if counts[group.pk] < group.least else "",
                    group.area.name if group.area else "every Area served",
                )
                if part
            ),
            href=reverse("group_detail", args=[group.public_id]),
        )
        for group in groups
    ]


def group_size(group: SupervisionGroup, members: int) -> str:
    """`4 members, at least 3 and at most 6`."""
    number = counted(members, "member") if members else "no members yet"
    return f"{number}, at least {group.least} and at most {group.most}"


def too_few(group: SupervisionGroup, members: int, *, is_ahead: bool) -> str:
    """What follows for a group below its least number; nothing where it has enough.

    `is_ahead`: sessions of it are published.
    """
    missing = group.least - members
    if missing <= 0:
        return ""
    needed = counted(missing, "more member", "more members")
    words = f"This group needs {needed} before a session can be published."
    return f"{words} Sessions that are published stay." if is_ahead else words
