"""History from before the service, or bookings taken elsewhere: one row a person at an event."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from wellbeing.domain import csv_values as value
from wellbeing.domain.booking import (
    CLAIMING_EVENTS,
    HOLDS_SEAT,
    IMPORT_FOLLOWS,
    OUTCOMES,
    BookingStatus,
    import_says_the_same,
)
from wellbeing.domain.csv_file import Row, Table
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.roles import Strand
from wellbeing.models import Booking, Person
from wellbeing.operations.imports.frame import Counts, Taking, check_once, take_in

from .session_writer import write_sessions
from .timed import Claim, HeldEvent, Hosts, Key, check_overlaps, held_claims, held_events, times

PARSERS = {
    "staff_number": value.staff_number,
    "strand": value.one_of(Strand),
    "date": value.day,
    "start": value.optional(value.clock),
    "minutes": value.optional(value.whole(1)),
    "outcome": value.one_of(BookingStatus),
    "host": value.email,
}


def import_sessions(data: bytes, *, taking: Taking, dry_run: bool = False) -> Counts:
    """Takes sessions in, row by row; rows of one event become one event."""
    return take_in("sessions", data, PARSERS, _write, taking=taking, dry_run=dry_run)


@dataclass(slots=True)
class Wanted:
    """A row with whom it is about, its instants, and its booking where there is one."""

    row: Row
    person: int
    host: int
    start: datetime | None
    end: datetime | None
    booking: int | None = None
    before: BookingStatus | None = None

    @property
    def outcome(self) -> BookingStatus:
        return BookingStatus(self.row["outcome"])

    @property
    def changes(self) -> bool:
        return not import_says_the_same(self.before, self.outcome)

    @property
    def key(self) -> Key:
        row = self.row
        return row["strand"], self.host, row["date"], row["start"], row["minutes"]


@dataclass(slots=True)
class Target:
    """An event and the rows that are about it; `held` is None for one to be made."""

    rows: list[Wanted] = field(default_factory=list)
    held: HeldEvent | None = None

    def outcomes(self) -> Iterable[BookingStatus]:
        """Everybody's status as it will be."""
        statuses = {p: s for p, (_, s) in self.held.bookings.items()} if self.held else {}
        return (statuses | {w.person: w.outcome for w in self.rows}).values()  # type: ignore[return-value]

    def is_given_up(self) -> bool:
        """An event of the file's own that the service cancelled for everybody."""
        bookable = self.held is not None and self.held.is_bookable
        return not bookable and set(self.outcomes()) == {BookingStatus.CANCELLED_BY_SERVICE}


def _write(table: Table, taking: Taking) -> Counts:
    check_once(
        table,
        ("strand", "host", "date", "start", "minutes", "staff_number"),
        "This person at this event",
    )
    wanted = _wanted(table, taking)
    targets = _targets(wanted)
    _check_changes(table, wanted)
    _check_seats(table, targets)
    _check_time(table, targets)
    table.raise_faults()
    added = sum(w.booking is None for w in wanted)
    changed = sum(w.booking is not None and w.changes for w in wanted)
    if added or changed:
        write_sessions(targets, taking)
    return Counts(added, changed, len(wanted) - added - changed)


def _wanted(table: Table, taking: Taking) -> list[Wanted]:
    people = dict(
        Person.objects.filter(staff_number__isnull=False).values_list("staff_number", "pk")
    )
    hosts = Hosts()
    wanted: list[Wanted] = []
    for row in taking.progress(table.all_rows, "Checking"):
        person = people.get(row.values.get("staff_number"))
        if person is None and row.has("staff_number"):
            table.fault(
                row, "staff_number", "is not known. Import the person first (import_people)."
            )
        host = hosts.find(table, row)
        has_times = _has_times(table, row)
        start, end = times(table, row)
        _check_past(table, row, start, taking.at)
        if row.has(*PARSERS) and has_times and host is not None and person is not None:
            wanted.append(Wanted(row, person, host, start, end))
    return wanted


def _has_times(table: Table, row: Row) -> bool:
    """Only a check-in may leave its start and its minutes empty."""
    if row.values.get("strand") in (None, Strand.CHECK_IN):
        return True
    empty = [c for c in ("start", "minutes") if row.has(c) and row[c] is None]
    for column in empty:
        table.fault(row, column, "is empty. Only a check-in may leave it so.")
    return not empty


def _check_past(table: Table, row: Row, start: datetime | None, at: datetime) -> None:
    if not row.has("date", "start", "outcome") or row["outcome"] not in OUTCOMES:
        return
    ahead = start > at if start else row["date"] > at.astimezone(LONDON).date()
    if ahead:
        table.fault(
            row, "outcome", f"is {row['outcome'].value} at a start that is still to come."
        )


def _targets(wanted: list[Wanted]) -> list[Target]:
    """Groups the rows by event, and finds the events and bookings that are there."""
    held = held_events([w.row for w in wanted], {w.host for w in wanted})
    _load_bookings(held)
    grouped: dict[tuple[object, ...], Target] = {}
    for one in wanted:
        event = _event_for(one, held.get(one.key, ()))
        alone = one.person if one.row["strand"] == Strand.CHECK_IN else 0
        key = ("held", event.pk) if event else (*one.key, alone)
        target = grouped.setdefault(key, Target(held=event))
        target.rows.append(one)
        if event and one.person in event.bookings:
            one.booking, status = event.bookings[one.person]
            one.before = BookingStatus(status)
    return list(grouped.values())


def _event_for(one: Wanted, events: Iterable[HeldEvent]) -> HeldEvent | None:
    """Where the person has a booking already; else the published event, else the file's own."""
    mine = [e for e in events if one.person in e.bookings]
    if mine:
        return max(mine, key=lambda e: (e.bookings[one.person][1] in HOLDS_SEAT, e.is_bookable))
    if one.row["strand"] == Strand.CHECK_IN:
        return None
    open_ones = [e for e in events if not e.is_bookable or e.status in CLAIMING_EVENTS]
    return max(open_ones, key=lambda e: e.is_bookable, default=None)


def _load_bookings(held: dict[Key, list[HeldEvent]]) -> None:
    by_pk = {e.pk: e for events in held.values() for e in events}
    if not by_pk:
        return
    first = min(e.local_on for e in by_pk.values())
    last = max(e.local_on for e in by_pk.values())
    rows = Booking.objects.filter(event__local_on__gte=first, event__local_on__lte=last)
    for pk, event, person, status in (
        rows.order_by("pk")
        .values_list("pk", "event", "person", "status")
        .iterator(chunk_size=5000)
    ):
        if event in by_pk:
            bookings = by_pk[event].bookings
            # Of several, one that holds a seat tells; else the latest.
            if person not in bookings or bookings[person][1] not in HOLDS_SEAT:
                bookings[person] = (pk, status)


def _check_changes(table: Table, wanted: list[Wanted]) -> None:
    for one in wanted:
        if one.before is None or not one.changes:
            continue
        if one.outcome not in IMPORT_FOLLOWS.get(one.before, ()):
            table.fault(
                one.row,
                "outcome",
                f"is {one.before.value} already, and only booked or offered can be changed by a file.",
            )


def _check_seats(table: Table, targets: list[Target]) -> None:
    for target in targets:
        held = target.held
        if held is None or not held.is_bookable or held.capacity is None:
            continue
        seats = sum(status in HOLDS_SEAT for status in target.outcomes())
        if seats > held.capacity:
            for one in target.rows:
                if one.booking is None and one.outcome in HOLDS_SEAT:
                    table.fault(
                        one.row,
                        "outcome",
                        f"takes a seat too many: {seats} at an event of {held.capacity}.",
                    )


def _check_time(table: Table, targets: list[Target]) -> None:
    claims: list[Claim] = []
    leaving: list[tuple[int, int]] = []
    for target in targets:
        event = target.held.pk if target.held else id(target)
        for one in target.rows:
            if one.host == one.person:
                table.fault(one.row, "host", "is the person themself. Correct one of the two.")
            elif one.before in HOLDS_SEAT and one.outcome not in HOLDS_SEAT:
                leaving.append((one.person, event))
            elif one.before not in HOLDS_SEAT and one.outcome in HOLDS_SEAT:
                claims += _claim(one, one.person, event, is_host=False)
        claims += _host_claim(target, event)
        if target.held and target.is_given_up():
            leaving.append((target.rows[0].host, event))
    people = {c.person for c in claims}
    check_overlaps(table, [*held_claims(people, leaving), *claims])


def _host_claim(target: Target, event: int) -> list[Claim]:
    """An event that begins to take its host's time: it is new, or was cancelled and is not now."""
    if target.held and target.held.status in CLAIMING_EVENTS:
        return []
    if target.is_given_up():
        return []
    return _claim(target.rows[0], target.rows[0].host, event, is_host=True)


def _claim(one: Wanted, person: int, event: int, *, is_host: bool) -> list[Claim]:
    if one.start is None or one.end is None:
        return []
    return [Claim(person, event, one.start, one.end, one.row, is_host)]
