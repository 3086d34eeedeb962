"""A standing in words: to the person, to their manager, and the sentence why (pages.md)."""

from dataclasses import dataclass
from datetime import date

from supervision.domain.cover import Standing, Status
from wellbeing.presenters.dates import counted, short_day


@dataclass(frozen=True, slots=True)
class Tag:
    """A status tag. No red for a person."""

    text: str
    colour: str


TAGS = {
    Status.IN_DATE: Tag("In date", "green"),
    Status.DUE_SOON: Tag("Due soon", "blue"),
    Status.OVERDUE: Tag("Overdue", "yellow"),
    Status.ABSENT: Tag("Away", "grey"),
}


def tag(standing: Standing) -> Tag:
    """`Not yet seen` only while that is all there is to say."""
    if standing.never_seen and standing.status != Status.ABSENT:
        return Tag("Not yet seen", "yellow" if standing.status == Status.OVERDUE else "blue")
    return TAGS[standing.status]


def to_person(standing: Standing, what: str = "session") -> str:
    """The headline of one's own page."""
    due = _due(standing)
    if standing.status == Status.ABSENT:
        return "You are marked as away. Nothing is due until you are back"
    if standing.never_seen and standing.status != Status.OVERDUE:
        return f"Your first {what} is due by {due}"
    if standing.status == Status.OVERDUE:
        return f"Your {what} was due by {due}. Choose a time that suits you"
    if standing.status == Status.DUE_SOON:
        return f"Time to book: your next {what} is due by {due}"
    return f"In date. Your next {what} is due by {due}"


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


def why(standing: Standing) -> str:
    """`42 days after 21 March 2026, not counting 10 days away; policy of 1 April 2025.`"""
    since = (
        f"joining on {short_day(standing.run_started_on)}"
        if standing.last_counted_on is None
        else short_day(standing.last_counted_on)
    )
    words = f"{counted(standing.limit_days, 'day')} after {since}"
    if standing.days_away:
        words += f", not counting {counted(standing.days_away, 'day')} away"
    return f"{words}; policy of {short_day(standing.terms.effective_from)}."


def _due(standing: Standing) -> str:
    return _day(standing.due_on) if standing.due_on else "the day you are back for good"


def _day(on: date) -> str:
    return short_day(on)
