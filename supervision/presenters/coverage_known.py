"""Figures as known now and as known then side by side, and late entries in words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from supervision.domain.groups import Tally
from supervision.queries.coverage import Group, Report
from supervision.queries.late_entries import LateEntry
from supervision.queries.late_sources import LateKind
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.local_time import local_day
from wellbeing.presenters.dates import clock, short_day

KINDS = {
    LateKind.RECORDED: "Outcomes recorded",
    LateKind.CORRECTED: "Outcomes corrected",
    LateKind.OTHERS: "Sessions with outcomes of people you do not lead today",
    LateKind.BOOKED: "Bookings made, answered or given up",
    LateKind.MOVED: "Sessions moved to another day",
    LateKind.REGISTRATION: "Registrations",
    LateKind.ABSENCE: "Absences",
    LateKind.POSTING: "Postings",
    LateKind.POLICY: "Policy versions",
}
ONE = {
    LateKind.RECORDED: "Outcome recorded",
    LateKind.CORRECTED: "Outcome corrected",
    LateKind.OTHERS: "Outcomes recorded or corrected",
    LateKind.BOOKED: "Booking",
    LateKind.MOVED: "Session moved",
    LateKind.REGISTRATION: "Registration",
    LateKind.ABSENCE: "Absence",
    LateKind.POSTING: "Posting",
    LateKind.POLICY: "Policy",
}
STATUSES = {
    BookingStatus.CANCELLED_BY_SERVICE: "cancelled by the service",
    BookingStatus.WAITING: "on the waiting list",
    BookingStatus.LEFT: "left the waiting list",
    BookingStatus.MISSED: "did not come",
    BookingStatus.ATTENDED: "came",
}
NOBODY = "Somebody you do not lead today"
OTHERS = "People you do not lead today"


@dataclass(frozen=True, slots=True)
class Pair:
    """One measure: as known now, as known then, and what is between them."""

    now: str
    then: str
    difference: str


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A row of the table: a population, an Area or a unit."""

    name: str
    in_scope: Pair
    in_cover: Pair
    overdue: Pair
    coverage: Pair


def known_lines(now: Report, then: Report) -> list[KnownLine]:
    """Prosecutors, all staff, and each group that either report has."""
    old = {g.key: g for g in then.groups}
    new = {g.key: g for g in now.groups}
    lines = [
        _line("Prosecutors", now.prosecutors, then.prosecutors),
        _line("All RASSO staff", now.total, then.total),
    ]
    for key, group in sorted(
        (old | new).items(), key=lambda item: (item[1].area, item[1].name)
    ):
        lines.append(_line(group.name, new.get(key), old.get(key)))
    return lines


def _line(name: str, now: Group | None, then: Group | None) -> KnownLine:
    new, old = now.counts if now else Tally(), then.counts if then else Tally()
    return KnownLine(
        name=name,
        in_scope=_pair(new.in_scope, old.in_scope),
        in_cover=_pair(new.in_cover, old.in_cover),
        overdue=_pair(new.overdue, old.overdue),
        coverage=_shares(new.coverage, old.coverage),
    )


def _pair(now: int, then: int) -> Pair:
    return Pair(f"{now:,}", f"{then:,}", _signed(f"{now - then:+,}"))


def _shares(now: float | None, then: float | None) -> Pair:
    """In hundredths; the difference in percentage points of what is shown."""
    shown = [None if share is None else round(100 * share, 1) for share in (now, then)]
    new, old = shown
    between = "–" if new is None or old is None else _signed(f"{new - old:+.1f}")
    return Pair(_percent(new), _percent(old), between)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1f}%"


def _signed(number: str) -> str:
    """`0`, `+3`, `−2` with a true minus."""
    if not number.strip("+-0.,"):
        return "0"
    return number.replace("-", "−")


def moment_words(at: datetime) -> str:
    """`12 May 2026, 11:59pm`, UK time."""
    return f"{short_day(local_day(at))}, {clock(at)}"


@dataclass(frozen=True, slots=True)
class LateCount:
    """How many late entries of one kind."""

    words: str
    number: int


def late_counts(counts: dict[LateKind, int]) -> list[LateCount]:
    """The kinds of which there are any."""
    return [LateCount(KINDS[kind], number) for kind, number in counts.items() if number]


@dataclass(frozen=True, slots=True)
class LateLine:
    """A late entry: when it was recorded, of what kind, about whom, which days, what it says."""

    recorded: str
    kind: str
    who: str
    href: str
    days: str
    words: str


def late_line(entry: LateEntry) -> LateLine:
    """Of somebody whom the reader may not name, the kind alone; of outcomes of others not when,
    and which session only where somebody whom they may name had a place."""
    if entry.kind == LateKind.OTHERS:
        day = f"Session of {short_day(entry.row.local_on)}" if entry.row.is_shared else ""
        return LateLine("", ONE[entry.kind], OTHERS, "", day, "")
    recorded, kind = moment_words(entry.at), ONE[entry.kind]
    if entry.person is None and entry.kind != LateKind.POLICY:
        return LateLine(recorded, kind, NOBODY, "", "", "")
    return LateLine(
        recorded=recorded,
        kind=kind,
        who=entry.person.name if entry.person else "Everybody",
        href=_href(entry),
        days=_days(entry),
        words=_words(entry),
    )


def _href(entry: LateEntry) -> str:
    if entry.kind == LateKind.REGISTRATION:
        return reverse("registrations")
    if entry.person is None or entry.kind == LateKind.MOVED:
        return ""
    return reverse("person", args=[entry.person.public_id])


def _days(entry: LateEntry) -> str:
    row = entry.row
    if entry.kind in (LateKind.RECORDED, LateKind.CORRECTED, LateKind.BOOKED):
        return f"Session of {short_day(row.booking.event.local_on)}"
    if entry.kind == LateKind.MOVED:
        return short_day(row.local_on)
    if entry.kind == LateKind.POLICY:
        return f"From {short_day(row.effective_from)}"
    return _span(row.start_on, row.end_on)


def _span(first: date, last: date | None) -> str:
    if last is None:
        return f"From {short_day(first)}"
    return short_day(first) if first == last else f"{short_day(first)} to {short_day(last)}"


def _words(entry: LateEntry) -> str:
    row, before = entry.row, entry.before
    if entry.kind in (LateKind.RECORDED, LateKind.CORRECTED, LateKind.BOOKED):
        return _status_words(row.before, row.after)
    if entry.kind == LateKind.MOVED:
        return f"Was on {short_day(before.local_on)}" if before else ""
    if entry.gone:
        return "Taken back"
    if before is None:
        return _new(entry.kind, row)
    return "Was: " + _says(entry.kind, before)


def _new(kind: LateKind, row: Any) -> str:
    says = _says(kind, row)
    return f"New: {says}" if kind in (LateKind.POSTING, LateKind.POLICY) else "New"


def _says(kind: LateKind, row: Any) -> str:
    """What a row says, so that it can be compared with the one beside it."""
    if kind == LateKind.POLICY:
        return (
            f"every {row.interval_days} days, first within {row.first_within_days},"
            f" due soon {row.due_soon_days}, at least {row.least_credited_minutes} minutes"
        )
    days = _span(row.start_on, row.end_on)
    days = days[:1].lower() + days[1:]
    if kind == LateKind.POSTING:
        return f"{row.job_role} in {row.unit.name}, {row.unit.area.name}, {days}"
    if kind == LateKind.REGISTRATION and row.indemnity_to:
        return f"{days}, indemnity to {short_day(row.indemnity_to)}"
    return days


def _status_words(before: str, after: str) -> str:
    said = _status(after)
    if not before:
        return said[:1].upper() + said[1:]
    return f"{said[:1].upper()}{said[1:]}; was: {_status(before)}"


def _status(status: str) -> str:
    return STATUSES.get(BookingStatus(status), status.replace("_", " "))
