"""What events and sessions of a file have in common: hosts known, times that exist, no overlap."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from supervision.models import Supervisor
from wellbeing.domain.csv_file import Row, Table
from wellbeing.domain.local_time import LONDON, NoSuchTime, span
from wellbeing.domain.roles import Strand
from wellbeing.models import ClaimedTime, Event, Person

# Strand, host, day, local start, minutes: which event a row means.
Key = tuple[str, int, date, time | None, int | None]


class Hosts:
    """People by e-mail, and which of them are supervisors."""

    def __init__(self) -> None:
        people = Person.objects.filter(is_service=False).values_list("email", "pk")
        self._by_email = {email.lower(): pk for email, pk in people.iterator()}
        self._supervisors = set(Supervisor.objects.values_list("person", flat=True))

    def find(self, table: Table, row: Row) -> int | None:
        """The host of a row; notes a fault where nobody, or no supervisor, is meant."""
        if not row.has("strand", "host"):
            return None
        host = self._by_email.get(row["host"])
        if row["strand"] == Strand.SUPERVISION and host not in self._supervisors:
            table.fault(
                row,
                "host",
                f"{row['host']!r} is no known supervisor. Import the supervisor first.",
            )
            return None
        if host is None:
            table.fault(
                row, "host", f"{row['host']!r} is no known person. Import the person first."
            )
        return host


def times(table: Table, row: Row) -> tuple[datetime | None, datetime | None]:
    """Start and end in UTC, each None where the row does not tell it."""
    if not row.has("date", "start") or row["start"] is None:
        return None, None
    minutes = row.values.get("minutes")
    try:
        start, end = _span(row["date"], row["start"], minutes or 0)
    except NoSuchTime as error:
        table.fault(row, "start", f"{row['start']:%H:%M} {error}. Correct the time.")
        return None, None
    except OverflowError:
        table.fault(row, "minutes", "ends after the last day of the calendar. Correct it.")
        return None, None
    return start, end if minutes else None


@lru_cache(50_000)
def _span(on: date, start: time, minutes: int) -> tuple[datetime, datetime]:
    """Many rows have the same times. OverflowError where the end is in no calendar."""
    begins, ends = span(on, start, minutes)
    ends.astimezone(LONDON)
    return begins, ends


# Above so many people, all claims are read: more parameters than a statement may have.
FEW = 500


@dataclass(slots=True)
class Claim:
    """Time of a person that an event takes; `row` is its number, None where it is taken already."""

    person: int
    event: object
    from_at: datetime
    to_at: datetime
    row: int | None
    is_host: bool


def held_claims(people: Collection[int]) -> list[Claim]:
    """What these people's time is taken by."""
    claims = ClaimedTime.objects.all()
    wanted = set(people)
    if len(wanted) <= FEW:
        claims = claims.filter(person__in=wanted)
    rows = claims.values_list("person", "event", "from_at", "to_at", "kind")
    return [
        Claim(person, event, start, end, None, kind == "host")
        for person, event, start, end, kind in rows.iterator(chunk_size=5000)
        if person in wanted
    ]


def check_overlaps(table: Table, claims: Iterable[Claim]) -> None:
    """Notes each row whose time overlaps other time of the same person, half-open."""
    by_person: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_person[claim.person].append(claim)
    for mine in by_person.values():
        mine.sort(key=lambda c: (c.from_at, c.to_at))
        latest = mine[0]
        for claim in mine[1:]:
            if claim.from_at < latest.to_at:
                _note(table, latest, claim)
            if claim.to_at > latest.to_at:
                latest = claim


def _note(table: Table, before: Claim, after: Claim) -> None:
    claim, other = (after, before) if after.row else (before, after)
    if claim.row is None:
        return
    where = f"row {other.row}" if other.row else "what is held already"
    if claim.is_host and other.is_host:
        table.fault(claim.row, "start", f"overlaps another event of the same host ({where}).")
    else:
        table.fault(claim.row, "start", f"overlaps other time of the same person ({where}).")


@dataclass(slots=True)
class HeldEvent:
    """An event that is there."""

    pk: int
    status: str
    is_bookable: bool


def held_events(rows: Iterable[Row], hosts: Collection[int]) -> dict[Key, list[HeldEvent]]:
    """Events of these hosts in the days and strands of the file, by what the rows call them."""
    days = [row["date"] for row in rows]
    found: dict[Key, list[HeldEvent]] = defaultdict(list)
    if not days:
        return found
    events = Event.objects.filter(
        host__in=hosts,
        kind__in=[s.value for s in Strand],
        local_on__gte=min(days),
        local_on__lte=max(days),
    ).values_list(
        "pk", "kind", "host", "local_on", "start_at", "minutes", "status", "is_bookable"
    )  # fmt: skip
    for pk, kind, host, on, start, minutes, status, bookable in events.iterator(
        chunk_size=5000
    ):
        local = start.astimezone(LONDON).time() if start else None
        found[kind, host, on, local, minutes].append(HeldEvent(pk, status, bookable))
    return found
