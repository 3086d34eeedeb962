"""Real processes of the project on the test's own database: the worker, the web server."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode

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
    """A process of the project's on the test's database; killed at the end if it still runs."""
    with started(list(command), environment(folder)) as process:
        yield process


@contextmanager
def started(command: list[str], env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Python's in the project's folder, in a group of its own."""
    # A file: nobody reads along, and a pipe that is full would hold the process up.
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=settings.BASE_DIR,
            env=env,
            start_new_session=True,
            stdout=said,
            stderr=said,
        )
        try:
            yield process
        finally:
            kill(process)
            process.wait(timeout=PATIENCE)
            said.seek(0)
            print(said.read().decode(errors="replace"))  # shown where the test fails


def send_form(port: int, path: str, session: str, token: str) -> tuple[int, str]:
    """Posts a form of one button; the status and where the answer leads. 0: no answer came."""
    secret = "a" * 32
    body = urlencode({"csrfmiddlewaretoken": secret, "form_token": token})
    head = {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={secret}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("POST", path, body, head)
        answer = line.getresponse()
        return answer.status, answer.headers.get("Location") or ""
    except (OSError, HTTPException):
        return 0, ""
    finally:
        line.close()


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
