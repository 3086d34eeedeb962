"""Whether a booking counts and why (domain.md, rule 2), and whether its outcome was confirmed."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from supervision.domain.credit import Credit, WhyNot
from supervision.queries.trace_late import LateFacts, LateKind
from supervision.queries.traces import TracedBooking
from wellbeing.domain.booking import RECORDED, BookingStatus
from wellbeing.domain.local_time import local_day
from wellbeing.domain.roles import Strand
from wellbeing.presenters.dates import counted, short_day

S = BookingStatus
LATE = {
    LateKind.POSTING: ("posting", "postings"),
    LateKind.ABSENCE: ("absence", "absences"),
    LateKind.REGISTRATION: ("registration of a host", "registrations of hosts"),
    LateKind.POLICY: ("policy version", "policy versions"),
}
NOT_HELD = {
    S.WAITING: "No: nobody was given a place",
    S.OFFERED: "No: offered, and not answered",
    S.BOOKED: "No: booked, and nobody has recorded who came",
    S.MISSED: "No: recorded as not having come",
    S.DISPUTED: "No: what was recorded is disputed and not settled",
    S.DECLINED: "No: declined",
    S.EXPIRED: "No: the offer ended",
    S.LEFT: "No: nobody was given a place",
    S.CANCELLED: "No: cancelled",
    S.CANCELLED_BY_SERVICE: "No: cancelled",
}


def counts(one: TracedBooking, strand: Strand, host: str) -> str:
    """Yes or no with every condition of rule 2 that was looked at, in its order."""
    if one.credit is None:
        return NOT_HELD.get(one.status, "No")
    if strand != Strand.SUPERVISION:
        return "Yes: it was held, and nothing else is asked for"
    minutes = _minutes(one.credit, one.least)
    if one.credit.why_not is None:
        return (
            f"Yes: {host} was registered that day and not in the person’s management chain;"
            f" {minutes}"
        )
    return {
        WhyNot.NOT_REGISTERED: f"No: no registration that is held of {host} covers that day",
        WhyNot.IN_CHAIN: f"No: {host} was in the person’s management chain that day",
        WhyNot.TOO_SHORT: f"No: {minutes}",
    }[one.credit.why_not]


def _minutes(credit: Credit, least: int) -> str:
    """`60 minutes credited of 60, as 1 came; no fewer than 30 asked for`."""
    held = credit.held
    asked = f"no fewer than {least} asked for" if least else "no number asked for"
    return (
        f"{counted(credit.minutes, 'minute')} credited of {held.minutes or 0},"
        f" as {held.attended:,} came; {asked}"
    )


def late_words(found: Iterable[LateFacts]) -> list[str]:
    """`2 postings recorded`, `1 posting closed or corrected`: by kind, what came after the day.

    Of absences never how many.
    """
    words = []
    for one in found:
        if one.recorded:
            words.append(f"{_how_many(one.recorded, one.kind)} recorded")
        if one.closed:
            words.append(f"{_how_many(one.closed, one.kind)} closed or corrected")
    return words


def _how_many(number: int, kind: LateKind) -> str:
    if kind == LateKind.ABSENCE:
        return "one absence or more"
    return counted(number, *LATE[kind])


def confirmed(one: TracedBooking, at: datetime, dispute_days: int) -> str:
    """Whether the person let the outcome stand; empty where there is none.

    `dispute_days`: so long after the recording they can say that it is not right.
    """
    if one.status == S.DISPUTED:
        return "No: the person said that it is not right, and no lead has settled it"
    if one.status not in RECORDED or not one.moves:
        return ""
    if any(move.after == S.DISPUTED for move in one.moves):
        return "Disputed by the person, and settled by a lead"
    until = one.moves[-1].at + timedelta(days=dispute_days)
    if at <= until:
        return f"Not yet: the person can dispute it until {short_day(local_day(until))}"
    return f"Yes: not disputed within {counted(dispute_days, 'day')} of the recording"
