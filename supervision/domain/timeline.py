"""Why a person stands where they stand: what their clock is made of, in the order of its days.

Every entry is a fact, or what a rule of domain.md makes of facts, as one day knows them: no
session after that day is in it. Pure, one person and strand at a time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from wellbeing.domain.intervals import FOREVER, Span, ordinal
from wellbeing.domain.policy import Policy, Terms
from wellbeing.domain.postings import Served, posting_on
from wellbeing.domain.roles import Strand

from .cover import Clocked, Standing, Status, standing
from .credit import Credit
from .spans import spans_of
from .strip import Run, runs


class What(StrEnum):
    """What an entry says; of one day, in this order."""

    BEGAN = "began"
    MOVED = "moved"
    TERMS = "terms"
    COUNTED = "counted"
    NOT_COUNTED = "not_counted"
    ANCHOR = "anchor"
    AWAY = "away"
    DUE_SOON = "due_soon"
    DUE = "due"
    OVERDUE = "overdue"
    ENDED = "ended"


ORDER = {what: place for place, what in enumerate(What)}
SESSIONS = frozenset({What.COUNTED, What.NOT_COUNTED})


class Reader(StrEnum):
    """Who reads: the person, a lead of theirs, or their line manager."""

    OWN = "own"
    LEAD = "lead"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `until`: the last day of an absence; None where it has none yet.

    `posting` of service; `credit` of a session; `terms` in force from the day, or on the day
    of a session that does not count (None: no policy covers the role). `explains`: the due
    day of the standing follows from it.
    """

    what: What
    on: date
    until: date | None = None
    posting: Served | None = None
    credit: Credit | None = None
    terms: Terms | None = None
    explains: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """A standing on a day (None: out of scope) and all its entries, in order."""

    on: date
    standing: Standing | None
    entries: tuple[Entry, ...]


def timeline(who: Clocked, policy: Policy, on: date) -> Timeline:
    """All entries up to the day; of what is ahead, whatever bears on the due day by then."""
    known = replace(
        who,
        counted=[day for day in who.counted if day <= on],
        credits=[credit for credit in who.credits if credit.held.on <= on],
    )
    one = standing(known, policy, on)
    ahead = list(_ahead(known, policy, one, on))
    until = max([on, *(entry.on for entry in ahead)])
    found = [
        *_service(known.postings),
        *_terms(known.postings, policy),
        *_sessions(known, policy),
        *_absences(known.absent),
        *ahead,
    ]
    ordered = sorted(
        (entry for entry in found if entry.on <= until),
        key=lambda entry: (entry.on, ORDER[entry.what]),
    )
    return Timeline(on, one, tuple(_explaining(ordered, one)))


def sees_sessions(reader: Reader, strand: Strand) -> bool:
    """True for whoever may see each session and with whom it was (domain.md, Who may see what).

    A line manager has the status, the due day, the last day, absences and postings: of
    supervision, and of training, no session but that last one. Check-ins are theirs too.
    """
    return reader != Reader.MANAGER or strand == Strand.CHECK_IN


def shown_to(reader: Reader, strand: Strand, whole: Timeline) -> Timeline:
    """What this reader may see of it."""
    if sees_sessions(reader, strand):
        return whole
    kept = tuple(entry for entry in whole.entries if entry.what not in SESSIONS)
    return replace(whole, entries=kept)


def since_shown(reader: Reader, strand: Strand, whole: Timeline) -> date | None:
    """The first day whose status this reader may see; None: every day's.

    To a line manager nothing before the last session: the days since follow from what they
    know, and those before would tell of sessions that they are not told of. Of somebody out
    of scope they know of no last session, and nothing before the day itself.
    """
    if sees_sessions(reader, strand):
        return None
    return anchored_on(whole.standing) if whole.standing else whole.on


def anchored_on(one: Standing) -> date:
    """The day of the last session that counts; never seen: the first of the run of service."""
    return one.last_counted_on or one.run_started_on


def _service(postings: Sequence[Served]) -> Iterator[Entry]:
    """Where a run of service begins and ends, and another unit or job role within it."""
    before: Served | None = None
    for posting in postings:
        if before is None or _breaks(before, posting):
            if before and before.last:
                yield Entry(What.ENDED, before.last, posting=before)
            yield Entry(What.BEGAN, posting.first, posting=posting)
        elif _place(before) != _place(posting):
            yield Entry(What.MOVED, posting.first, posting=posting)
        before = posting
    if before and before.last:
        yield Entry(What.ENDED, before.last, posting=before)


def _breaks(before: Served, after: Served) -> bool:
    """True where a day lies between two postings (rule 3)."""
    return after.first.toordinal() > ordinal(before.last) + 1


def _place(posting: Served) -> tuple[int, str]:
    return posting.unit, posting.job_role


def _terms(postings: Sequence[Served], policy: Policy) -> Iterator[Entry]:
    """Each day in service from which other terms are in force for the person (rule 1)."""
    latest: Terms | None = None
    for posting in postings:
        changes = (d for d in policy.changes(posting.job_role) if d > posting.first)
        for day in (posting.first, *(d for d in changes if posting.covers(d))):
            terms = policy.in_force(posting.job_role, day)
            if terms != latest:
                yield Entry(What.TERMS, day, terms=terms)
                latest = terms


def _sessions(who: Clocked, policy: Policy) -> Iterator[Entry]:
    for credit in who.credits:
        if credit.counts:
            yield Entry(What.COUNTED, credit.held.on, credit=credit)
        else:
            posting = posting_on(who.postings, credit.held.on)
            terms = policy.in_force(posting.job_role, credit.held.on) if posting else None
            yield Entry(What.NOT_COUNTED, credit.held.on, credit=credit, terms=terms)


def _absences(absent: Sequence[Span]) -> Iterator[Entry]:
    for first, last in absent:
        end = None if last >= FOREVER else date.fromordinal(last)
        yield Entry(What.AWAY, date.fromordinal(first), until=end)


def _ahead(who: Clocked, policy: Policy, one: Standing | None, on: date) -> Iterator[Entry]:
    """The anchor, the due day, and from when the person is due soon and overdue."""
    if one is None:
        return
    anchor = anchored_on(one)
    yield Entry(What.ANCHOR, anchor)
    if one.due_on:
        yield Entry(What.DUE, one.due_on)
    days = [
        run
        for run in runs(spans_of(who, policy), anchor.toordinal(), FOREVER)
        if run.status != Status.ABSENT
    ]
    for what, statuses in (
        (What.DUE_SOON, {Status.DUE_SOON, Status.OVERDUE}),
        (What.OVERDUE, {Status.OVERDUE}),
    ):
        first = _first_of(days, statuses, on.toordinal())
        if first is not None:
            yield Entry(what, date.fromordinal(first))


def _first_of(days: list[Run], statuses: set[Status], on: int) -> int | None:
    """The first day of the statuses' unbroken stretch that holds the day; else of the next.

    `days` without those away: an absence breaks no stretch.
    """
    start: int | None = None
    for run in days:
        if run.first > on and start is not None:
            break
        if run.status not in statuses:
            start = None
        elif start is None:
            start = run.first
    return start


def _explaining(entries: list[Entry], one: Standing | None) -> Iterator[Entry]:
    """Marks what the due day follows from: the anchor and all since, and the terms in force."""
    if one is None:
        yield from entries
        return
    anchor = anchored_on(one)
    in_force = [e for e in entries if e.what == What.TERMS and e.terms == one.terms]
    for entry in entries:
        last = (entry.until or date.max) if entry.what == What.AWAY else entry.on
        yield replace(entry, explains=last >= anchor or entry in in_force[-1:])
