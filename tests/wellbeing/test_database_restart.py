"""PostgreSQL crashes under load and comes back: whatever was acknowledged is there."""

import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.wellbeing.cluster import Cluster, cluster, programs
from tests.wellbeing.processes import answers, send_form, started, until

CLIENTS, SESSIONS = 10, 12
# Run in the project's own shell, on the cluster: people with a session, sessions to book.
WORLD = f"""
import json
from datetime import date, time, timedelta
from django.test import Client
from tests import factories as make
unit = make.make_unit()
hosts = [make.make_supervisor(f"Dr {{i}}") for i in range({SESSIONS})]
day = date.today() + timedelta(days=3)
events = [
    make.make_event(h, day + timedelta(days=i), time(9 + i % 8), capacity={CLIENTS})
    for i, h in enumerate(hosts)
]
cookies = []
for i in range({CLIENTS}):
    client = Client()
    client.force_login(make.make_staff(f"Client {{i}}", unit))
    cookies.append(client.cookies["session"].value)
print(json.dumps([cookies, [str(e.public_id) for e in events]]))
"""


def manage(url: str, *words: str, stdin: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=settings.BASE_DIR,
        env=_environment(url),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _environment(url: str, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    return kept | {"DEMO": "1", "DATABASE_URL": url, "EMAIL_FOLDER": "", **more}


@pytest.fixture
def bin_folder() -> Path:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL's own crash: asked once, with PostgreSQL")
    found = programs()
    if found is None:
        assert os.environ.get("CI") != "true", "CI installs PostgreSQL's server"
        pytest.skip("initdb is not installed here")
    return found


def test_what_was_acknowledged_outlives_a_crash_of_the_database(
    bin_folder: Path, tmp_path: Path
) -> None:
    with cluster(bin_folder) as database:
        manage(database.url, "migrate", "--verbosity", "0")
        shell = manage(database.url, "shell", "--no-imports", stdin=WORLD)
        cookies, events = json.loads(shell.strip().splitlines()[-1])
        acknowledged = _under_load(database, cookies, events, tmp_path)
        booked = _rows(
            database, "SELECT public_id FROM wellbeing_booking WHERE status = 'booked'"
        )
        held = {f"/bookings/{public_id}/" for public_id in booked}
        assert len(acknowledged) > CLIENTS
        assert acknowledged <= held
        assert "hold" in manage(database.url, "audit_invariants")
        manage(database.url, "work", "--once")
        left = "SELECT id FROM wellbeing_message WHERE sent_at IS NULL AND dropped_at IS NULL"
        assert _rows(database, left) == []
        told = "SELECT booking_id FROM wellbeing_message WHERE kind = 'booked'"
        assert len(_rows(database, told)) == len(held)


def _rows(database: Cluster, sql: str) -> list[Any]:
    with psycopg.connect(database.url) as line:
        return [row[0] for row in line.execute(sql).fetchall()]  # type: ignore[call-overload]


def _under_load(
    database: Cluster, cookies: list[str], events: list[str], folder: Path
) -> set[str]:
    """Every client asks for every session, each form until it is answered; and a crash."""
    port = database.port + 1 if database.port < 65535 else database.port - 1
    serve = [
        "-m",
        "gunicorn",
        "wellbeing.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "2",
    ]
    acknowledged: set[str] = set()

    def client(cookie: str) -> None:
        for event in events:
            token, end = str(uuid4()), time.monotonic() + 20
            while time.monotonic() < end:
                status, where = send_form(port, f"/sessions/{event}/book/", cookie, token)
                if status == 302:
                    acknowledged.add(where)
                if status in (200, 302):
                    break
                time.sleep(0.2)

    def crash() -> None:
        database.crash()
        time.sleep(0.5)
        database.start()

    with started(serve, _environment(database.url)):
        until(lambda: answers(f"http://127.0.0.1:{port}/readyz"), "the server did not start")
        threading.Timer(0.5, crash).start()
        with ThreadPoolExecutor(len(cookies)) as pool:
            list(pool.map(client, cookies))
    return acknowledged
