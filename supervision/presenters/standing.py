"""A standing in words: to the person, to their manager, and the sentence why (pages.md)."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from supervision.domain.cover import Standing, Status
from wellbeing.domain.roles import Strand
from wellbeing.presenters.dates import counted, short_day


@dataclass(frozen=True, slots=True)
class Tag:
    """A status tag. No red for a person."""

    text: str
    colour: str


# The words beside it say the rest; a tag only where something is asked of somebody.
TAGS = {Status.DUE_SOON: Tag("Due soon", "blue"), Status.OVERDUE: Tag("Overdue", "yellow")}
AWAY = "You are marked as away. Nothing is due until you are back"


def tag(standing: Standing) -> Tag | None:
    """What a manager's or a lead's eye should find; None for in date and away."""
    return TAGS.get(standing.status)


def to_person(standing: Standing, next_on: date | None = None) -> str:
    """The headline of one's own page; `next_on`: the day of the next session one has booked."""
    due = _due(standing)
    session = "first session" if standing.never_seen else "session"
    if standing.status == Status.ABSENT:
        return AWAY
    if standing.status == Status.OVERDUE:
        then = "You have booked one" if next_on else "Choose a time that suits you"
        return f"Your {session} was due by {due}. {then}"
    words = f"our {'first' if standing.never_seen else 'next'} session is due by {due}"
    if is_late(standing, next_on):
        return f"Y{words}. The one you have booked is after that"
    if standing.status == Status.DUE_SOON and not standing.never_seen and not next_on:
        return f"Time to book: y{words}"
    if standing.status == Status.IN_DATE and not standing.never_seen:
        return f"In date. Y{words}"
    return f"Y{words}. You have booked one" if next_on else f"Y{words}"


def is_late(standing: Standing, next_on: date | None) -> bool:
    """True where the session one has booked is after the day that is still ahead."""
    is_ahead = standing.status in (Status.IN_DATE, Status.DUE_SOON)
    return bool(is_ahead and next_on and standing.due_on and next_on > standing.due_on)


def check_in_to_person(standing: Standing) -> str:
    """The same of check-ins, which one's manager arranges."""
    if standing.status == Status.ABSENT:
        return AWAY
    if standing.status == Status.OVERDUE:
        return f"Your check-in was due by {_due(standing)}. Agree a time with your manager"
    which = "first" if standing.never_seen else "next"
    return f"Your {which} check-in is due by {_due(standing)}"


def training_to_person(standing: Standing) -> str:
    """The same of welfare training."""
    if standing.status == Status.ABSENT:
        return AWAY
    which = "first" if standing.never_seen else "next"
    is_past = standing.status == Status.OVERDUE
    return f"Your {which} training {'was' if is_past else 'is'} due by {_due(standing)}"


def to_manager(standing: Standing) -> str:
    """What a manager or a lead reads in a list."""
    due = _due(standing)
    if standing.status == Status.ABSENT:
        return "Away"
    if standing.never_seen:
        was = "was due" if standing.status == Status.OVERDUE else "due"
        return f"Not yet seen, first {was} by {due}"
    if standing.status == Status.OVERDUE:
        return f"Was due by {due}"
    if standing.status == Status.DUE_SOON:
        return f"Due by {due}"
    return f"In date, due by {due}"


def check_in_to_manager(standing: Standing) -> str:
    """The same of check-ins, which are theirs to hold."""
    if standing.status == Status.ABSENT:
        return "None due while away"
    if standing.never_seen:
        was = "was due" if standing.status == Status.OVERDUE else "due"
        return f"None yet, first {was} by {_due(standing)}"
    return to_manager(standing)


def last_seen(standing: Standing | None) -> str:
    """`27 October 2026`, or `Not yet` within this run of service."""
    last = standing.last_counted_on if standing else None
    return short_day(last) if last else "Not yet"


def why(standing: Standing) -> str:
    """`42 days after 21 March 2026, not counting 10 days away; policy of 1 April 2025.`

    Nothing for somebody who is away: no day is named that would want a reason.
    """
    if standing.status == Status.ABSENT:
        return ""
    since = (
        f"joining on {short_day(standing.run_started_on)}"
        if standing.last_counted_on is None
        else short_day(standing.last_counted_on)
    )
    words = f"{counted(standing.limit_days, 'day')} after {since}"
    if standing.days_away:
        words += f", not counting {counted(standing.days_away, 'day')} away"
    return f"{words}; policy of {short_day(standing.terms.effective_from)}."


def why_href(public_id: UUID, strand: Strand, on: date | None = None) -> str:
    """The address that a status opens to; `on`: of another day than today."""
    query = {"strand": strand.value} | ({"on": on.isoformat()} if on else {})
    return f"{reverse('person_why', args=[public_id])}?{urlencode(query)}"


def _due(standing: Standing) -> str:
    return _day(standing.due_on) if standing.due_on else "the day you are back for good"


def _day(on: date) -> str:
    return short_day(on)
