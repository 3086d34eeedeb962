"""Coverage as known then, and its late entries, beside a raw scan of the rows that they read.

    .venv/bin/python bench/known_at.py [--database sqlite|postgres] [--people 20000]

On a history of its own (bench/known_history.py). First a tenth of the people, then all: the
last column, ten times the people, says whether the time grows with the rows. CPU is this
process's own: on PostgreSQL the server is apart. Read the ratios, not the seconds. `--database postgres` uses the server of DATABASE_URL, and a database of its own that
it takes away again. The goal: 20,000 people and 700,000 sessions in under 10 s.
"""

import sys
from pathlib import Path

# First of all: beside this file Python would look for its own `calendar`, and find ours.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

import argparse
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from time import perf_counter, process_time

from django.db import connection

from bench.calendar import a_database
from bench.known_history import NOW, ON, fill

ROUNDS = 3
GOAL_SECONDS = 10
# What a raw scan reads: the rows from which a report as known then is computed.
SCANNED = (
    "wellbeing_bookingmove",
    "wellbeing_booking",
    "wellbeing_event",
    "wellbeing_posting",
    "wellbeing_absence",
)


def main() -> None:
    """Reads the options; fills, measures and prints twice."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--people", type=int, default=20_000)
    options = parser.parse_args()
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellbeing.settings")
    with a_database(options.database):
        small: dict[str, Took] = {}
        for number in (options.people // 10, options.people):
            sessions = fill(number - (options.people // 10 if small else 0))
            found = measure()
            print(f"{options.database}: {number:,} people, {sessions:,} bookings")
            for name, took in found.items():
                print(line(name, took, found, small), flush=True)
            small = small or found
    if found[WHOLE][0] > GOAL_SECONDS:
        sys.exit(f"The goal of {GOAL_SECONDS} s was missed.")


SCAN, WHOLE = "raw scan", "coverage --known-at a month ago"
# Seconds by the clock, and of this process.
Took = tuple[float, float]


def line(name: str, took: Took, found: dict[str, Took], small: dict[str, Took]) -> str:
    """One way: seconds, CPU, how often the raw scan, how often the same of a tenth of the people."""
    seconds, cpu = took
    grown = f"{seconds / small[name][0]:6.1f}" if small else ""
    return (
        f"  {name:<40}{seconds:8.2f} s {cpu:8.2f} CPU {seconds / found[SCAN][0]:8.1f} {grown}"
    )


def measure() -> dict[str, Took]:
    """The best of some rounds of each way."""
    best: dict[str, Took] = {}
    for _ in range(ROUNDS):
        for name, way in ways().items():
            start, used = perf_counter(), process_time()
            way()
            took = perf_counter() - start, process_time() - used
            best[name] = min(best.get(name, took), took)
    return best


def ways() -> dict[str, Callable[[], object]]:
    """What is measured, by what it is called."""
    from supervision.queries.cover_facts import load
    from supervision.queries.coverage import Asked, coverage
    from supervision.queries.late_entries import LateEntries
    from supervision.queries.late_sources import Late
    from wellbeing.domain.roles import Role, Strand
    from wellbeing.domain.viewer import Viewer
    from wellbeing.models import Area

    lead = Viewer(person=1, roles=frozenset({Role.LEAD}))
    month, years = NOW - timedelta(days=30), NOW - timedelta(days=730)

    def report(at: datetime) -> object:
        return coverage(Asked(on=ON, strand=Strand.SUPERVISION, known_at=at))

    def entries(at: datetime, area: int | None = None) -> object:
        return LateEntries(Late(Strand.SUPERVISION, ON, at, NOW, area), lead)[0:25]

    def counts(at: datetime, area: int | None = None) -> object:
        return LateEntries(Late(Strand.SUPERVISION, ON, at, NOW, area), lead).counts

    west = Area.objects.order_by("pk").values_list("pk", flat=True)[0]
    return {
        SCAN: scan,
        "facts as known now, the slow way": lambda: load(Strand.SUPERVISION, ON),
        "facts as known a month ago": lambda: load(Strand.SUPERVISION, ON, known_at=month),
        WHOLE: lambda: report(month),
        "coverage --known-at two years ago": lambda: report(years),
        "late entries of a month, counted": lambda: counts(month),
        "late entries of a month, a page": lambda: entries(month),
        "late entries of an Area, counted": lambda: counts(month, west),
        "late entries of an Area, a page": lambda: entries(month, west),
        "late entries of two years, counted": lambda: counts(years),
    }


def scan() -> None:
    with connection.cursor() as cursor:
        for table in SCANNED:
            cursor.execute(f"SELECT sum(id) FROM {table}")
            cursor.fetchall()


if __name__ == "__main__":
    main()
