"""Serves, has everybody book, and prints bookings a second and how long an answer took."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wellbeing.models import Event
from wellbeing.queries.invariants import broken

from .browser import Browser
from .crew import Crew, Job, Outcome
from .load import Speed, speed_of
from .report import free_days
from .world import Slot, World, make_world

SESSIONS = 10
# Each way of a block, and what a client does of it.
WAYS = {
    "the button": "books, its page open",
    "page and button": "opens the page, then books",
    "a page that reads nothing": "Help now, for comparison",
}


def run(*, clients: int, workers: int, blocks: int) -> int:
    """The whole bench; 0 where nothing was oversold and nothing is lost."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    world = make_world(clients)
    sessions = [_signed_in(world, i) for i in range(clients)]
    days = free_days(timezone.localdate())
    with _served(workers) as port, Crew(clients, _ready) as crew:
        jobs = [{"port": port, "session": session} for session in sessions]
        won = _last_seat(crew, world, jobs, next(days))
        speeds, booked = _load(crew, world, jobs, days, blocks)
    oversold, there = _counted()
    lines = list(broken(timezone.now()))
    connections.close_all()
    print(f"{workers} gunicorn processes, {clients} clients, PostgreSQL")
    print(f"the last seat: {won} of {clients} got it")
    _say(speeds)
    print(
        f"oversold {oversold}, lost {won + booked - there}, audit_invariants: {len(lines)} broken"
    )
    return 0 if (won, oversold, there, lines) == (1, 0, won + booked, []) else 1


def _signed_in(world: World, i: int) -> str:
    client = Client()
    client.force_login(world.staff[i])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@contextmanager
def _served(workers: int) -> Iterator[int]:
    """gunicorn as in production, on a free port; gone afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    bind, number = f"127.0.0.1:{port}", str(workers)
    command = [sys.executable, "-m", "gunicorn", "wellbeing.wsgi", "--bind", bind]
    server = subprocess.Popen([*command, "--workers", number, "--log-level", "warning"])
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("gunicorn does not answer.")


def _ready(job: Job, meet: Callable[[], None]) -> Callable[[], Any]:
    browser = Browser(job.given["port"], job.given["session"])
    paths: Sequence[str] = job.given["paths"]
    if job.act == "the button":
        for path in paths:
            browser.open(path)
        return lambda: [browser.send(path) for path in paths]
    if job.act == "page and button":
        return lambda: [_whole(browser, path) for path in paths]
    return lambda: [(True, browser.open(reverse("help_now"))) for _ in paths]


def _whole(browser: Browser, path: str) -> tuple[bool, float]:
    opened = browser.open(path)
    done, sent = browser.send(path)
    return done, opened + sent


def _paths(events: Sequence[Event]) -> list[str]:
    return [reverse("session_book", args=[event.public_id]) for event in events]


def _last_seat(crew: Crew, world: World, who: list[dict[str, Any]], on: date) -> int:
    """How many got the only place."""
    paths = _paths([Slot(on, 9).session(world.hosts[0], capacity=1)])
    outcomes = crew.race([Job("the button", one | {"paths": paths}) for one in who])
    return sum(done for o in _sound(outcomes) for done, _ in o.value)


def _load(
    crew: Crew, world: World, who: list[dict[str, Any]], days: Iterator[date], blocks: int
) -> tuple[dict[str, Speed], int]:
    """Ways in turn, block by block; how fast each was, and how many places were booked."""
    calls: dict[str, list[float]] = {name: [] for name in WAYS}
    spent, booked = dict.fromkeys(WAYS, 0.0), 0
    for name in [*WAYS] * blocks:
        places = [
            Slot(next(days), 9).session(world.hosts[0], capacity=crew.size)
            for _ in range(SESSIONS)
        ]
        paths = _paths(places)
        outcomes = _sound(
            crew.race(
                [
                    Job(name, one | {"paths": paths[k:] + paths[:k]})
                    for i, one in enumerate(who)
                    for k in [i % SESSIONS]
                ]
            )
        )
        spent[name] += max(o.ended for o in outcomes) - min(o.began for o in outcomes)
        calls[name] += [seconds for o in outcomes for _, seconds in o.value]
        if "button" in name:
            booked += sum(done for o in outcomes for done, _ in o.value)
    return {name: speed_of(times, spent[name]) for name, times in calls.items()}, booked


def _sound(outcomes: list[Outcome]) -> list[Outcome]:
    wrong = [o.value for o in outcomes if o.how != "done"]
    if wrong:
        raise SystemExit(f"A client met an error: {wrong[0]}")
    return outcomes


def _counted() -> tuple[int, int]:
    """Seats too many, and bookings that are there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(greatest(h.held - e.capacity, 0)), 0),"
            " coalesce(sum(h.held), 0) FROM wellbeing_event e"
            " JOIN (SELECT event_id, count(*) AS held FROM wellbeing_booking"
            " WHERE status = 'booked' GROUP BY event_id) h ON h.event_id = e.id"
        )
        oversold, there = cursor.fetchone()
    return int(oversold), int(there)


def _say(speeds: dict[str, Speed]) -> None:
    page = speeds["a page that reads nothing"]
    print(f"{'':60}{'number':>8}{'a second':>10}{'p95 ms':>9}{'ratio':>8}")
    for name, speed in speeds.items():
        title = f"{name} ({WAYS[name]})"
        ratio = speed.per_second / page.per_second
        cells = f"{speed.number:>8}{speed.per_second:>10.1f}{speed.p95 * 1000:>9.0f}"
        print(f"{title:60}{cells}{ratio:>8.2f}")
