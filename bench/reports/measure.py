"""Pages and reports in turn with a raw scan; writes beside them; printed as ratios."""

import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from bench.generate import UNTIL
from supervision.operations.cover_months import add_up_months
from wellbeing.domain.roles import Strand
from wellbeing.models import Booking, Person

from .pages import pages
from .writes import attendance, policy_for_all

# The loop over people is slow beyond any use above so many.
LOOP_AT_MOST = 2000


@dataclass
class Taken:
    """Seconds of each time, and the peak of Python's memory in MB."""

    seconds: list[float] = field(default_factory=list)
    peak: float = 0.0

    @property
    def best(self) -> float:
        return min(self.seconds)


def run(*, people: int, times: int) -> int:
    """The whole bench; 0 where what is stored is as the rules say."""
    settings.ALLOWED_HOSTS = ["*"]
    for _ in range(2):  # Rows are made, then filled.
        add_up_months(at=timezone.now())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    ways = pages() | reports()
    found = {name: Taken() for name in ("raw scan", *ways)}
    for _ in range(times):
        for name, way in ways.items():
            found["raw scan"].seconds.append(timed(scan))
            found[name].seconds.append(timed(way))
    for name, way in ways.items():
        found[name].peak = peak(way)
    say(people, found)
    if people <= LOOP_AT_MOST:
        loop = timed(loop_over_people)
        print(
            f"{'a loop over people by the ORM':44}{loop * 1000:>10.0f}{loop / found['raw scan'].best:>10.1f}"
        )
    attendance(UNTIL)
    policy_for_all(UNTIL)
    now = timezone.now().isoformat()
    known = timed(lambda: command("--known-at", now))
    print(f"coverage --known-at: {known:.1f} s")
    code = 0 if verified() else 1
    connections.close_all()
    return code


def reports() -> dict[str, Callable[[], object]]:
    """The command's reports, printed into nothing."""
    return {
        "coverage by unit over a year": lambda: command(
            "--by", "unit", "--from", (UNTIL - timedelta(days=364)).isoformat()
        ),
        "coverage --people as CSV": lambda: command("--people", "--format", "csv"),
    }


def command(*words: str) -> None:
    given = ["--on", UNTIL.isoformat(), "--strand", Strand.SUPERVISION.value]
    call_command("coverage", *given, *words, stdout=StringIO())


def scan() -> None:
    """Every attended booking, by the database alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(event_id) FROM wellbeing_booking WHERE status = 'attended'")
        cursor.fetchone()


def loop_over_people() -> None:
    """What nobody should do: three queries a person."""
    for person in Person.objects.filter(staff_number__isnull=False):
        mine = Booking.objects.filter(
            person=person, status="attended", event__local_on__lte=UNTIL
        )
        mine.filter(event__kind="supervision").order_by("-event__local_on").first()
        list(person.bookings.filter(event__local_on__gte=UNTIL - timedelta(days=42)))


def timed(way: Callable[[], object]) -> float:
    begun = time.perf_counter()
    way()
    return time.perf_counter() - begun


def peak(way: Callable[[], object]) -> float:
    """MB that Python held at the most while it ran."""
    tracemalloc.start()
    way()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1e6


def say(people: int, found: dict[str, Taken]) -> None:
    raw = found["raw scan"].best
    print(f"{connection.vendor}, {people:,} people, {Booking.objects.count():,} bookings")
    print(f"{'':44}{'best ms':>10}{'ratio':>10}{'peak MB':>10}")
    for name, taken in found.items():
        print(
            f"{name:44}{taken.best * 1000:>10.0f}{taken.best / raw:>10.1f}{taken.peak:>10.1f}"
        )


def verified() -> bool:
    """What is stored, against the rules, of a sample."""
    out = StringIO()
    try:
        call_command("verify_cover", "--people", "300", "--days", "3", stdout=out, stderr=out)
    except SystemExit:
        print(out.getvalue())
        return False
    print(out.getvalue().strip())
    return True
