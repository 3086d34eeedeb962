"""Real processes of the project on the test's own database: the worker, the web server."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError

from django.conf import settings
from django.db import connection

PATIENCE = 90


def environment(folder: Path) -> dict[str, str]:
    """The demonstration's settings, on this test's database, with mail written to a folder."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{known['NAME']}"
    else:
        user, host, port = known["USER"], known["HOST"], known["PORT"]
        url = f"postgres://{user}:{known['PASSWORD']}@{host}:{port}/{known['NAME']}"
    more = {"DEMO": "1", "DATABASE_URL": url, "EMAIL_FOLDER": str(folder)}
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "EMAIL_HOST"))}
    return kept | more


@contextmanager
def running(folder: Path, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the project's, in a group of its own; killed at the end if it still runs."""
    started = subprocess.Popen(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=environment(folder),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        yield started
    finally:
        kill(started)
        _, said = started.communicate(timeout=PATIENCE)
        print(said.decode(errors="replace"))  # pytest shows it where the test fails


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9, without warning, of the process and all it began."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def until(true: Callable[[], Any], what: str) -> None:
    """Waits for something to become true; a failure that says what did not."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def answers(url: str) -> bool:
    """True where a server is there."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
