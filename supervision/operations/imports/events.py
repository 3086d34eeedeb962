"""Publishing from a spreadsheet: one row an event of supervision or training."""

from collections.abc import Iterable
from datetime import datetime

from supervision.queries.registers import registers_of
from wellbeing.domain import csv_values as value
from wellbeing.domain.booking import HOLDS_SEAT, EventStatus
from wellbeing.domain.csv_file import Row, Table
from wellbeing.domain.roles import Mode, Strand
from wellbeing.models import Area, Booking, Event, EventArea
from wellbeing.operations.imports.frame import Counts, Taking, check_once, take_in

from .timed import Claim, HeldEvent, Hosts, Key, check_overlaps, held_claims, held_events, times


def _published_strand(cell: str) -> Strand:
    strand = value.one_of(Strand)(cell)
    if strand == Strand.CHECK_IN:
        raise ValueError("'check_in' is not published: it is supervision or training.")
    return Strand(strand)


PARSERS = {
    "strand": _published_strand,
    "host": value.email,
    "date": value.day,
    "start": value.clock,
    "minutes": value.whole(1),
    "capacity": value.whole(1),
    "mode": value.one_of(Mode),
    "place": value.text(0, 200),
    "areas": value.area_names,
}


def import_events(data: bytes, *, taking: Taking, dry_run: bool = False) -> Counts:
    """Publishes events. A later file may change places, mode, place and Areas of the same event."""
    return take_in("events", data, PARSERS, _write, taking=taking, dry_run=dry_run)


class _Planned:
    """A row with its host, its instants and the published event it means, if there is one."""

    def __init__(self, row: Row, host: int, start: datetime, end: datetime) -> None:
        self.row, self.host, self.start, self.end = row, host, start, end
        self.held: HeldEvent | None = None

    @property
    def key(self) -> Key:
        row = self.row
        return row["strand"], self.host, row["date"], row["start"], row["minutes"]


def _write(table: Table, taking: Taking) -> Counts:
    areas = dict(Area.objects.values_list("name", "pk"))
    check_once(table, ("strand", "host", "date", "start", "minutes"), "This event")
    planned = _planned(table, areas)
    held = held_events(table.rows, {p.host for p in planned})
    for one in planned:
        one.held = _held_one(held.get(one.key, ()))
    _check_capacity(table, planned)
    fresh = [p for p in planned if p.held is None]
    people = {p.host for p in fresh}
    claims = [Claim(p.host, p, p.start, p.end, p.row.number, True) for p in fresh]
    check_overlaps(table, [*held_claims(people), *claims])
    table.raise_faults()
    _publish(fresh, areas, taking)
    changed = _change([p for p in planned if p.held], areas, taking)
    return Counts(len(fresh), changed, len(planned) - len(fresh) - changed)


def _held_one(events: Iterable[HeldEvent]) -> HeldEvent | None:
    """The event that a row means. One that was cancelled stays so: a second run changes nothing."""
    known = [e for e in events if e.is_bookable and e.status != EventStatus.DRAFT]
    return max(known, key=lambda e: e.status != EventStatus.CANCELLED, default=None)


def _planned(table: Table, areas: dict[str, int]) -> list[_Planned]:
    hosts = Hosts()
    found: dict[int, int] = {}
    planned: list[_Planned] = []
    for row in table.all_rows:
        for name in sorted(row.values.get("areas", frozenset()) - areas.keys()):
            table.fault(row, "areas", f"{name!r} is no Area known from people. Correct it.")
        host = hosts.find(table, row)
        start, end = times(table, row)
        if host is None:
            continue
        found[row.number] = host
        if row.has(*PARSERS) and start is not None and end is not None:
            planned.append(_Planned(row, host, start, end))
    _check_registered(table, found)
    return planned


def _check_registered(table: Table, hosts: dict[int, int]) -> None:
    """`hosts`: who holds the event, by the row's number."""
    registers = registers_of(set(hosts.values()))
    for row in table.having("strand", "host", "date"):
        if row["strand"] != Strand.SUPERVISION or row.number not in hosts:
            continue
        if not registers.registered(hosts[row.number], row["date"]):
            table.fault(row, "host", f"{row['host']!r} holds no registration on {row['date']}.")


def _check_capacity(table: Table, planned: list[_Planned]) -> None:
    held = {p.held.pk for p in planned if p.held}
    seats: dict[int, int] = dict.fromkeys(held, 0)
    taken = Booking.objects.filter(event__in=held, status__in=HOLDS_SEAT)
    for event in taken.values_list("event", flat=True):
        seats[event] += 1
    for one in planned:
        if one.held and one.row["capacity"] < seats[one.held.pk]:
            table.fault(
                one.row,
                "capacity",
                f"is less than the {seats[one.held.pk]} places already taken.",
            )


def _publish(planned: list[_Planned], areas: dict[str, int], taking: Taking) -> None:
    events = [_event(p, taking) for p in planned]
    Event.objects.bulk_create(events, batch_size=500)
    EventArea.objects.bulk_create(
        [
            EventArea(event=event, area_id=areas[name])
            for event, p in zip(events, planned, strict=True)
            for name in sorted(p.row["areas"])
        ],
        batch_size=500,
    )


def _event(one: _Planned, taking: Taking) -> Event:
    row = one.row
    return Event(
        kind=row["strand"],
        status=EventStatus.PUBLISHED,
        host_id=one.host,
        local_on=row["date"],
        start_at=one.start,
        end_at=one.end,
        minutes=row["minutes"],
        capacity=row["capacity"],
        mode=row["mode"],
        place=row["place"],
        created_at=taking.at,
        created_by=taking.by,
        changed_at=taking.at,
    )


def _change(planned: list[_Planned], areas: dict[str, int], taking: Taking) -> int:
    """Brings held events in line with their rows; how many changed."""
    held = {p.held.pk: p for p in planned if p.held}
    events = Event.objects.in_bulk(list(held))
    served: dict[int, set[int]] = {pk: set() for pk in held}
    for event, area in EventArea.objects.filter(event__in=held).values_list("event", "area"):
        served[event].add(area)
    changed = 0
    for pk, one in held.items():
        wanted = {name: one.row[name] for name in ("capacity", "mode", "place")}
        named = {areas[name] for name in one.row["areas"]}
        same = {name: getattr(events[pk], name) for name in wanted} == wanted
        if same and served[pk] == named:
            continue
        changed += 1
        Event.objects.filter(pk=pk).update(
            **wanted, sequence=events[pk].sequence + 1, changed_at=taking.at
        )
        EventArea.objects.filter(event=pk).delete()
        EventArea.objects.bulk_create(EventArea(event_id=pk, area_id=a) for a in named)
    return changed
