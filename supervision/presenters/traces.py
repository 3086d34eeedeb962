"""A row of an auditor's sample in words: the sum that gives its status, and each booking behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from supervision.domain.cover import Standing, Status
from supervision.models import SampleMember
from supervision.queries.traces import By, Trace, TracedBooking, TracedMessage, anchor_of
from wellbeing.domain.booking import RECORDED, BookingStatus
from wellbeing.domain.local_time import local_day
from wellbeing.domain.messages import MessageKind
from wellbeing.presenters.dates import counted, short_day

from .samples import AWAY, NO_DAY, status_words
from .timeline import NOUNS
from .trace_words import confirmed, counts

S, K = BookingStatus, MessageKind
MOVES = {
    S.WAITING: "Put on the waiting list",
    S.OFFERED: "Offered",
    S.BOOKED: "Booked",
    S.ATTENDED: "Recorded: came",
    S.MISSED: "Recorded: did not come",
    S.DISPUTED: "Said that what was recorded is not right",
    S.DECLINED: "Declined",
    S.EXPIRED: "The offer ended without an answer",
    S.LEFT: "Left the waiting list",
    S.CANCELLED: "Cancelled by the person",
    S.CANCELLED_BY_SERVICE: "Cancelled by the service",
}
BY = {
    By.PERSON: "The person",
    By.HOST: "The host",
    By.LEAD: "A lead",
    By.SERVICE: "The service, or a file",
}
MESSAGES = {
    K.BOOKED: "that it is booked",
    K.CHANGED: "that it has changed",
    K.CANCELLED: "that it is cancelled",
    K.CANCELLED_BY_SERVICE: "that the service cancelled it",
    K.OFFERED: "that it is offered",
    K.PROMOTED: "that a place came free and is offered",
    K.PASSED_OVER: "that a place came free at a time already taken",
    K.REMINDER: "a reminder",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the sum, or of what is known of a booking."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class MoveLine:
    """What a booking became, when that was recorded, and by whom."""

    what: str
    when: str
    by: str


@dataclass(frozen=True, slots=True)
class BookingBlock:
    """One place of the period."""

    title: str
    moves: list[MoveLine]
    facts: list[Step]


def day_words(on: date, end: date) -> str:
    """`9 April 2026, 21 days before`: counted from the month-end."""
    days = (on - end).days
    if days == 0:
        return f"{short_day(on)}, the day itself"
    return f"{short_day(on)}, {counted(abs(days), 'day')} {'before' if days < 0 else 'after'}"


def standing_words(one: Standing | None) -> str:
    """`Overdue, not yet seen: 30 days counted, limit 28`, or that there is no clock."""
    return _counted(one) if one else "Not in scope"


def _counted(one: Standing | SampleMember) -> str:
    """Of whoever is away on the day no days: the first day of the absence would follow."""
    words = status_words(Status(one.status), never_seen=one.never_seen)
    if one.status == Status.ABSENT:
        return words
    return f"{words}: {counted(one.elapsed_days, 'day')} counted, limit {one.limit_days}"


def changed_since(found: Trace, member: SampleMember) -> str:
    """What the row said as it was drawn, where today's facts say something else."""
    words = _counted(member)
    return "" if words == standing_words(found.now) else words


def sum_steps(found: Trace) -> list[Step]:
    """Every figure that the status follows from, so that it can be worked out by hand."""
    one = found.now
    if one is None:
        return []
    return [*_clock(found, one), *_status(one), *_offered(found, one)]


def _clock(found: Trace, one: Standing) -> list[Step]:
    anchor = anchor_of(one)
    calendar = (found.on - anchor).days
    noun = NOUNS[found.strand]
    what = (
        "the day before this run of service began"
        if one.never_seen
        else f"the last {noun} that counts"
    )
    terms = one.terms
    minutes = counted(terms.least_credited_minutes, "credited minute")
    least = f"; at least {minutes}" if terms.least_credited_minutes else ""
    which = "the first-session limit, nothing counts yet" if one.never_seen else "the interval"
    return [
        Step(
            "Policy in force",
            f"Of {short_day(terms.effective_from)}: a {noun} every {terms.interval_days} days,"
            f" the first within {terms.first_within_days} of joining; due soon with"
            f" {terms.due_soon_days} or fewer left{least}",
        ),
        Step("The clock runs from", f"{day_words(anchor, found.on)}: {what}"),
        Step("Days since", f"{calendar}, the month-end included"),
        *_days(found, one, calendar),
        Step("Limit", f"{one.limit_days}: {which}"),
        Step("Due by", _due(one)),
    ]


def _days(found: Trace, one: Standing, calendar: int) -> list[Step]:
    """How many away, never in how many absences; of whoever is away on the day, neither.

    Their status follows from the absence alone, and the sum would give its first day.
    """
    if one.status == Status.ABSENT:
        return [Step("Of those away", "Away on this day: the clock stands still")]
    return [
        Step("Of those away", str(found.away) if found.away else "None"),
        Step("Days counted", f"{calendar} − {found.away} = {one.elapsed_days}"),
    ]


def _due(one: Standing) -> str:
    """Nothing of somebody who is away: it would say when they come back."""
    if one.status == Status.ABSENT:
        return AWAY
    if one.due_on is None:
        return NO_DAY
    away = f" and {counted(one.days_away, 'day')} away" if one.days_away else ""
    return (
        f"{short_day(one.due_on)}: {counted(one.limit_days, 'day')}{away} after the clock began"
    )


def _status(one: Standing) -> list[Step]:
    left = one.limit_days - one.elapsed_days
    window = one.terms.due_soon_days
    sums = f"{one.limit_days} − {one.elapsed_days} = {left} left"
    words = {
        Status.ABSENT: "Away: an absence covers the day, whatever is counted",
        Status.OVERDUE: f"Overdue: {one.elapsed_days} is more than {one.limit_days}",
        Status.DUE_SOON: f"Due soon: {sums}, no more than {window}",
        Status.IN_DATE: f"In date: {sums}, more than {window}",
    }
    return [Step("Status", words[one.status])]


def _offered(found: Trace, one: Standing) -> list[Step]:
    since = found.on - timedelta(days=one.terms.interval_days - 1)
    days = f"within the interval, from {short_day(since)} to {short_day(found.on)}"
    return [
        Step("Offered", f"{_yes(one.offered)}, {days}"),
        Step("Taken up", f"{_yes(one.taken_up)}, {days}"),
    ]


def _yes(value: bool) -> str:
    return "Yes" if value else "No"


def booking_blocks(
    found: Trace, host: Callable[[int], str], at: datetime, dispute_days: int
) -> list[BookingBlock]:
    """Each place of the period in order of its day. `host`: the pseudonym of a primary key."""
    return [
        BookingBlock(
            title=f"{number}. {day_words(one.on, found.on)}",
            moves=_moves(one, found.on),
            facts=[
                Step("Held by", _held_by(one, host(one.host))),
                Step("An offer by the rules", _offer_words(one)),
                *_confirmed(one, at, dispute_days),
                Step("Messages to the person", _messages(one.messages)),
                Step("Counts", counts(one, found.strand, host(one.host))),
            ],
        )
        for number, one in enumerate(found.bookings, 1)
    ]


def _moves(one: TracedBooking, end: date) -> list[MoveLine]:
    found = []
    before: BookingStatus | None = None
    for move in one.moves:
        what = MOVES[move.after]
        if (before, move.after) == (S.OFFERED, S.BOOKED):
            what = "Accepted"
        elif before in RECORDED | {S.DISPUTED} and move.after in RECORDED:
            what = f"Settled or put right. {what}"
        if move.is_late:
            what += ", late"
        found.append(MoveLine(what, day_words(local_day(move.at), end), BY[move.by]))
        before = move.after
    return found


def _held_by(one: TracedBooking, host: str) -> str:
    if one.registered is None:
        return host
    return f"{host}, {'registered' if one.registered else 'not registered'} that day"


def _offer_words(one: TracedBooking) -> str:
    if one.is_offer:
        return "Yes"
    return {
        S.WAITING: "No: only waited for",
        S.LEFT: "No: only waited for",
        S.CANCELLED_BY_SERVICE: "No: the service took it back",
    }[one.status]


def _confirmed(one: TracedBooking, at: datetime, dispute_days: int) -> list[Step]:
    words = confirmed(one, at, dispute_days)
    return [Step("Confirmed", words)] if words else []


def _messages(messages: Sequence[TracedMessage]) -> str:
    if not messages:
        return "None held. They are kept for a year, and what a file brings has none"
    return "; ".join(f"{_message(one)}" for one in messages)


def _message(one: TracedMessage) -> str:
    what = MESSAGES.get(one.kind, one.kind.value.replace("_", " "))
    if one.sent_at:
        return f"{what}, sent on {short_day(local_day(one.sent_at))}"
    if one.failed_at:
        return f"{what}, could not be delivered"
    if one.dropped_at:
        return f"{what}, not sent: no longer so when its turn came"
    return f"{what}, written on {short_day(local_day(one.created_at))} and not sent yet"
