"""A timeline in words: each entry a day, what it is, and what follows from it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from supervision.domain.cover import Standing
from supervision.domain.credit import Credit, WhyNot
from supervision.domain.timeline import Entry, Reader, Timeline, What
from supervision.queries.record import Record
from wellbeing.domain.roles import Strand
from wellbeing.presenters.dates import counted, short_day

from .standing import (
    check_in_to_manager,
    check_in_to_person,
    to_manager,
    to_person,
    training_to_person,
    why,
)

OWN_WORDS = {
    Strand.SUPERVISION: to_person,
    Strand.CHECK_IN: check_in_to_person,
    Strand.TRAINING: training_to_person,
}
HELD = {
    Strand.SUPERVISION: "Session that counts",
    Strand.CHECK_IN: "Check-in held",
    Strand.TRAINING: "Training taken",
}
# One of them, and how often it is to be.
NOUNS = {
    Strand.SUPERVISION: "session",
    Strand.CHECK_IN: "check-in",
    Strand.TRAINING: "training",
}


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """Strings of one entry. `iso`: its first day, for machines."""

    iso: str
    day: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry's words are made of besides the entry."""

    reader: Reader
    strand: Strand
    record: Record
    standing: Standing | None
    on: date


def sentence(strand: Strand, one: Standing, reader: Reader, *, is_today: bool) -> str:
    """Where somebody stands; of another day than today what is to be done is not said."""
    if reader == Reader.OWN and is_today:
        return OWN_WORDS[strand](one)
    return check_in_to_manager(one) if strand == Strand.CHECK_IN else to_manager(one)


def timeline_lines(
    shown: Timeline, reader: Reader, strand: Strand, record: Record
) -> tuple[list[TimelineLine], list[TimelineLine]]:
    """What the due day follows from, in order; and what was before, the latest first."""
    told = Told(reader, strand, record, shown.standing, shown.on)
    now = [_line(e, told) for e in shown.entries if e.explains]
    earlier = [_line(e, told) for e in shown.entries if not e.explains]
    return now, earlier[::-1]


def _line(entry: Entry, told: Told) -> TimelineLine:
    title, text = WORDS[entry.what](entry, told)
    day = short_day(entry.on)
    if entry.what == What.AWAY:
        until = f" to {short_day(entry.until)}" if entry.until else ", no last day entered"
        day = day if entry.until == entry.on else f"{day}{until}"
    return TimelineLine(entry.on.isoformat(), day, title, text)


def _place(entry: Entry, told: Told) -> str:
    assert entry.posting is not None  # of service
    unit = told.record.units[entry.posting.unit]
    return f"{unit.name}, {unit.area_name}, as a {entry.posting.job_role.value}."


def _terms(entry: Entry, told: Told) -> tuple[str, str]:
    one = entry.terms
    if one is None:
        return "No policy covers this job role", "Nothing is due."
    least = one.least_credited_minutes
    minutes = f" At least {counted(least, 'credited minute')}." if least else ""
    return (
        "Terms in force from this day",
        f"A {NOUNS[told.strand]} every {counted(one.interval_days, 'day')}, the first within"
        f" {counted(one.first_within_days, 'day')} of joining; due soon with"
        f" {counted(one.due_soon_days, 'day')} or fewer left.{minutes}"
        f" Policy of {short_day(one.effective_from)}.",
    )


def _session(entry: Entry, told: Told) -> tuple[str, str]:
    assert entry.credit is not None  # of a session
    credit = entry.credit
    return HELD[told.strand], f"{_length(credit)}, with {_host(credit, told)}."


def _length(credit: Credit) -> str:
    """`60 minutes`; of a group what of it is credited (rule 2)."""
    held = credit.held
    if held.minutes is None:
        return "Length not recorded"
    if held.attended <= 1:
        return counted(held.minutes, "minute")
    return f"{counted(credit.minutes, 'minute')} credited of {held.minutes}, as one of {held.attended}"


def _host(credit: Credit, told: Told) -> str:
    return told.record.hosts.get(credit.held.host, "somebody")


def _not_counted(entry: Entry, told: Told) -> tuple[str, str]:
    assert entry.credit is not None  # of a session
    credit, host = entry.credit, _host(entry.credit, told)
    whose = "your" if told.reader == Reader.OWN else "this person's"
    least = entry.terms.least_credited_minutes if entry.terms else 0
    reasons = {
        WhyNot.NOT_REGISTERED: f"no registration that we hold of {host} covers that day",
        WhyNot.IN_CHAIN: f"{host} was in {whose} management chain that day",
        WhyNot.TOO_SHORT: f"{counted(credit.minutes, 'minute')} credited, and at least {least} asked for that day",
    }
    assert credit.why_not is not None  # it does not count
    text = f"{_length(credit)}, with {host}. Why not: {reasons[credit.why_not]}."
    return "Session that does not count", text


def _anchor(entry: Entry, told: Told) -> tuple[str, str]:
    if told.standing is None or told.standing.never_seen:
        return (
            "The clock begins",
            "With the first day of this run of service: none was held yet.",
        )
    return "The clock runs from this day", f"The last {NOUNS[told.strand]} that counts."


def _away(entry: Entry, told: Told) -> tuple[str, str]:
    if entry.until is None:
        return "Away", "The clock stands still until the day back."
    days = (entry.until - entry.on).days + 1
    return "Away", f"The clock stands still for {counted(days, 'day')}."


def _first_day(words: str) -> Callable[[Entry, Told], tuple[str, str]]:
    """Words of a day from which a status holds, with what they hang on while it is ahead."""

    def said(entry: Entry, told: Told) -> tuple[str, str]:
        noun = NOUNS[told.strand]
        unless = f"Unless a {noun} is held before." if entry.on > told.on else ""
        return f"{words} from this day", unless

    return said


def _due(entry: Entry, told: Told) -> tuple[str, str]:
    reason = why(told.standing) if told.standing else ""
    return "Due by this day", reason


WORDS: dict[What, Callable[[Entry, Told], tuple[str, str]]] = {
    What.BEGAN: lambda e, told: ("RASSO service began", _place(e, told)),
    What.MOVED: lambda e, told: ("Another posting", _place(e, told)),
    What.ENDED: lambda e, told: ("Last day of RASSO service", _place(e, told)),
    What.TERMS: _terms,
    What.COUNTED: _session,
    What.NOT_COUNTED: _not_counted,
    What.ANCHOR: _anchor,
    What.AWAY: _away,
    What.DUE_SOON: _first_day("Due soon"),
    What.DUE: _due,
    What.OVERDUE: _first_day("Overdue"),
}
