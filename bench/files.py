"""How long coverage's files take and how much memory, against a raw scan of the rows.

    DATABASE_URL=postgres://… .venv/bin/python bench/files.py --database postgres
    .venv/bin/python bench/files.py --database sqlite [--people 10000]

On the invented history of bench/coverage.py. Each file is asked for as a national lead and read
to its end, in turn with a raw scan of every attended booking; printed are the best seconds of
several, those until the first bytes, the ratio to the scan, and the peak of Python's memory. The
people of one Area stand beside those of all: what grows with the rows shows there. Exit 1 where
the CSV of people misses the goal: 10,000 people in 3 s. The database is the bench's own.
"""

import os
import sys
from argparse import ArgumentParser, Namespace

# In the place of this folder, whose files bear names of Python's own modules.
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[0] = ROOT

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Any

import django

from bench.coverage import load
from bench.racing.database import own_database

GOAL_SECONDS, GOAL_PEOPLE = 3.0, 10_000
PEOPLE = "people of all Areas, CSV"


@dataclass
class Took:
    """The best seconds to the end and to the first bytes, the size, and the peak in MB."""

    seconds: float
    first: float
    size: int
    peak: float = 0.0


def arguments() -> Namespace:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--database", choices=["sqlite", "postgres"], required=True)
    parser.add_argument("--people", type=int, default=GOAL_PEOPLE)
    parser.add_argument("--times", type=int, default=5, help="each file so often")
    return parser.parse_args()


def addresses(on: str) -> dict[str, str]:
    """Each file by what it is called."""
    from django.urls import reverse  # settings need the database's address

    from wellbeing.models import Area, Unit  # the same

    area = Area.objects.order_by("name")[0]
    unit = Unit.objects.filter(area=area).order_by("name")[0]

    def of(name: str, *args: Any, **more: Any) -> str:
        query = "&".join(f"{key}={value}" for key, value in more.items())
        return f"{reverse(name, args=args)}?on={on}{'&' if query else ''}{query}"

    return {
        PEOPLE: of("people_file", "csv"),
        "people of one Area, CSV": of("area_people_file", area.public_id, "csv"),
        "people of a unit, CSV": of("unit_people_file", unit.public_id, "csv"),
        "people of all Areas, Excel": of("people_file", "xlsx"),
        "people of all Areas, JSON": of("people_file", "json"),
        "longest gaps, CSV": of("gaps_people_file", "csv"),
        "not yet seen, CSV": of("never_seen_people_file", "csv"),
        "overdue, CSV": of("list_people_file", "csv", measure="overdue"),
        "figures by Area, CSV": of("coverage_file", "csv"),
        "figures by Area, Excel": of("coverage_file", "xlsx"),
        "figures by Area, JSON": of("coverage_file", "json"),
        "uptake, CSV": of("uptake_file", "csv"),
        "bookings, Excel": of("bookings_file", "xlsx"),
        "court, CSV": of("court_file", "csv"),
        "equity, CSV": of("equity_file", "csv"),
        "other offers, CSV": of("offers_file", "csv"),
        "hours of supervisors, CSV": of("supervisors_hours_file", "csv"),
    }


def reader() -> Any:
    """The browser of a national lead."""
    from django.conf import settings  # settings need the database's address
    from django.test import Client  # the same
    from django.utils import timezone  # the same

    from wellbeing.domain.roles import Role  # the same
    from wellbeing.models import Person, RoleGrant  # the same
    from wellbeing.operations.service import service_person  # the same

    settings.ALLOWED_HOSTS = ["*"]
    lead = Person.objects.create(name="Lead", email="lead@bench.example")
    RoleGrant.objects.create(
        person=lead, role=Role.LEAD, start_on=date(2020, 1, 1),
        recorded_at=timezone.now(), recorded_by=service_person(),
    )  # fmt: skip
    client = Client()
    client.force_login(lead)
    return client


def take(client: Any, address: str) -> Took:
    """Reads a file to its end, keeping none of it."""
    begun = perf_counter()
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    pieces = iter(answer.streaming_content if answer.streaming else [answer.content])
    size = len(next(pieces))
    first = perf_counter() - begun
    size += sum(len(piece) for piece in pieces)
    return Took(perf_counter() - begun, first, size)


def run(times: int) -> float:
    """Measures and prints; seconds of the CSV of people."""
    from bench.generate import UNTIL
    from bench.reports.measure import peak, scan, timed  # settings need the database's address

    client = reader()
    raw, found = [], {}
    ways: dict[str, Callable[[], Took]] = {
        name: (lambda address=address: take(client, address))
        for name, address in addresses(UNTIL.isoformat()).items()
    }
    for _ in range(times):
        for name, way in ways.items():
            raw.append(timed(scan))
            took = way()
            best = found.setdefault(name, took)
            best.seconds, best.first = (
                min(best.seconds, took.seconds),
                min(best.first, took.first),
            )
    print(f"{'':34}{'seconds':>9}{'first':>8}{'ratio':>8}{'peak MB':>9}{'kB':>8}")
    print(f"{'raw scan':34}{min(raw):>9.3f}")
    for name, took in found.items():
        took.peak = peak(ways[name])
        print(
            f"{name:34}{took.seconds:>9.3f}{took.first:>8.3f}{took.seconds / min(raw):>8.1f}"
            f"{took.peak:>9.1f}{took.size / 1000:>8.0f}"
        )
    return found[PEOPLE].seconds


def main() -> int:
    asked = arguments()
    if asked.people < 100 or asked.times < 1:
        print("At least 100 people and one time.", file=sys.stderr)
        return 2
    with own_database(asked.database) as url:
        os.environ |= {"DATABASE_URL": url, "DEMO": "1"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "wellbeing.settings"
        load(asked.people)
        django.setup()
        print(f"{asked.database}, {asked.people:,} people")
        seconds = run(asked.times)
        from django.db import connections  # settings need the database's address

        connections.close_all()
    if seconds > GOAL_SECONDS * max(1, asked.people / GOAL_PEOPLE):
        print(
            f"The goal of {GOAL_SECONDS:.0f} s for 10,000 people was missed.", file=sys.stderr
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
