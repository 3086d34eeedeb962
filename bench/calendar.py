"""Calendars: building cold, reading stored bytes, and the 304, beside writing text by hand.

    .venv/bin/python bench/calendar.py [--database sqlite|postgres] [--events 10000]

The ways take turns, several rounds over, and the best of each counts: read the ratios, not
the milliseconds. Peak memory is that of a fresh process that does one thing, above what it
had before. `--database postgres` uses the server of DATABASE_URL, and a database of its own
that it takes away again. The goals are those of docs/decisions/0008-calendar-bytes.md.
"""

import sys
from pathlib import Path

# First of all: beside this file Python would look for its own `calendar`, and find this.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

import argparse
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from typing import Any

import django
from django.db import connection

from bench.calendar_by_hand import written_by_hand

ROUNDS, SLOW_ROUNDS = 7, 3
MEGABYTES = 30
ON = date(2026, 5, 12)
HOSTS, SLOTS = 20, 8
Way = Callable[[], Iterable[bytes]]


@dataclass
class Line:
    """One way: what it is called, what it is compared with, and the goal, if it has one."""

    name: str
    way: Way
    goal: float | None = None
    before: Callable[[], object] = lambda: None
    best: float = float("inf")
    size: int = 0


def main() -> None:
    """Reads the options, fills a database, measures, prints, and takes the database away."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--peak", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellbeing.settings")
    if options.peak is not None:
        return print_own_peak(options.peak)
    with a_database(options.database):
        fill(options.events)
        make_lead()
        measure(options)


@contextmanager
def a_database(kind: str) -> Iterator[None]:
    """Django, set up on an empty database with all guards."""
    url = os.environ.get("DATABASE_URL", "")
    if kind == "postgres" and not url.startswith("postgres"):
        sys.exit("Set DATABASE_URL to a PostgreSQL server for --database postgres.")
    with tempfile.TemporaryDirectory() as folder:
        if kind == "sqlite":
            os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        django.setup()
        if kind == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = f"{folder}/bench.sqlite3"
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(url or folder, verbosity=0)


def fill(number: int) -> None:
    """Published sessions of twenty hosts, eight a day each, none overlapping."""
    from wellbeing.domain.local_time import span
    from wellbeing.models import Event, Person
    from wellbeing.operations.service import service_person

    service = service_person()
    hosts = Person.objects.bulk_create(
        Person(email=f"host{n}@bench.example", name=f"Dr Niamh O’Host, {n}")
        for n in range(HOSTS)
    )
    at = datetime(2026, 5, 1, 9, tzinfo=UTC)
    events = []
    for n in range(number):
        slot = n // HOSTS
        on = ON + timedelta(days=slot // SLOTS)
        start_at, end_at = span(on, time(9 + slot % SLOTS), 60)
        events.append(
            Event(
                kind="supervision", status="published", host=hosts[n % HOSTS], local_on=on,
                start_at=start_at, end_at=end_at, minutes=60, capacity=1, mode="in_person",
                place="Llys Cyfiawnder, Room 4; third floor", created_at=at,
                created_by=service, changed_at=at, sequence=n % 5,
            )
        )  # fmt: skip
    Event.objects.bulk_create(events, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def make_lead() -> None:
    """A national lead, who sees place and page of everything."""
    from wellbeing.models import Person, RoleGrant
    from wellbeing.operations.service import service_person

    lead = Person.objects.create(email="lead@bench.example", name="Lead")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    RoleGrant.objects.create(
        person=lead, role="lead", start_on=at.date(), recorded_at=at,
        recorded_by=service_person(),
    )  # fmt: skip


def ways(*, with_entries: bool = True) -> list[Line]:
    """What is measured; the first is what the others are compared with."""
    from wellbeing.domain.ical import END, Method, opening, stream
    from wellbeing.models import CalendarFeed, Person
    from wellbeing.operations.feed_contents import contents_of
    from wellbeing.operations.stored_entries import drop_stored_entries, vevents
    from wellbeing.presenters.calendars import PAGES
    from wellbeing.queries.schedule import Wanted, schedule_entries, schedule_window

    window = schedule_window(Wanted(), on=ON)
    feed = CalendarFeed(pk=1, person=Person.objects.get(name="Lead"), kind="schedule")
    entries: list[Any] = []
    if with_entries:
        found = dict(schedule_entries([e for e, _, _ in window], "schedule", PAGES))
        entries = [found[event] for event, _, _ in window]

    def by_hand() -> Iterator[bytes]:
        yield opening(Method.PUBLISH, "Bench")
        yield from map(written_by_hand, entries)
        yield END

    def built() -> Iterable[bytes]:
        return stream(entries, name="Bench")

    def whole_feed() -> Iterator[bytes]:
        return contents_of(feed, on=ON, pages=PAGES).pieces()

    def unchanged() -> list[bytes]:
        return [contents_of(feed, on=ON, pages=PAGES).digest.encode()]

    return [
        Line("text written by hand, entries in memory", by_hand),
        Line("first build, component API, in memory", built, 15),
        Line(
            "first feed: built from the database, and kept",
            whole_feed,
            None,
            drop_stored_entries,
        ),
        Line("stored bytes through the ORM", lambda: vevents(window, PAGES), 0.5),
        Line("whole feed of stored bytes, its list included", whole_feed, 0.5),
        Line("304: list and digest, no event read", unchanged),
    ]


def measure(options: argparse.Namespace) -> None:
    """Runs the ways in turn, prints the ratios and the peaks."""
    lines = ways()
    by_hand, built, *_ = lines
    same_text(b"".join(by_hand.way()), b"".join(built.way()))
    for round_ in range(ROUNDS):
        for line in lines:
            if round_ < SLOW_ROUNDS or "first" not in line.name:
                take_time(line)
    print(f"{options.events:,} events, {options.database}, best of {ROUNDS}")
    for line in lines:
        print(row(line, by_hand.best))
    for number, line in enumerate(lines[2:], 2):
        line.before()
        print_peak(line, peak_megabytes(number))


def take_time(line: Line) -> None:
    """One turn of a way, its pieces let go one by one, as a server would."""
    line.before()
    start = perf_counter()
    line.size = sum(map(len, line.way()))
    line.best = min(line.best, perf_counter() - start)


def row(line: Line, base: float) -> str:
    ratio = line.best / base
    goal = "" if line.goal is None else f"  goal ≤ {line.goal:g}: {said(ratio <= line.goal)}"
    return f"{line.name:48}{line.best * 1000:9.1f} ms {ratio:8.2f}{goal}"


def said(met: bool) -> str:
    return "met" if met else "MISSED"


def print_peak(line: Line, peak: float) -> None:
    goal = f"  goal ≤ {MEGABYTES}: {said(peak <= MEGABYTES)}"
    print(f"{line.name:48}{peak:9.1f} MB at its peak for {line.size / 1e6:.1f} MB{goal}")


def peak_megabytes(number: int) -> float:
    """How far a fresh process rises above where it began, doing one way once (Linux only)."""
    made = connection.settings_dict
    url = f"sqlite:///{made['NAME']}"
    if connection.vendor == "postgresql":
        given = os.environ["DATABASE_URL"]
        url = given.rpartition("/")[0] + "/" + str(made["NAME"])
    child = subprocess.run(
        [sys.executable, __file__, "--peak", str(number)],
        env=os.environ | {"DATABASE_URL": url},
        stdout=subprocess.PIPE,
        check=True,
    )
    return float(child.stdout)


def print_own_peak(number: int) -> None:
    """In the child: what it had before is Django, the list of events and a connection."""
    django.setup()
    line = ways(with_entries=False)[number]
    Path("/proc/self/clear_refs").write_text("5")
    before = _kilobytes("VmRSS")
    for _ in line.way():
        pass
    print((_kilobytes("VmHWM") - before) / 1024)


def _kilobytes(what: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what))


def same_text(one: bytes, other: bytes) -> None:
    """They differ in where they fold, and in nothing else."""
    texts = [data.replace(b"\r\n ", b"").split(b"\r\n") for data in (one, other)]
    strange = [pair for pair in zip(*texts, strict=True) if pair[0] != pair[1]]
    assert all(line.startswith((b"NAME", b"X-WR")) for line, _ in strange), strange[:3]


if __name__ == "__main__":
    main()
