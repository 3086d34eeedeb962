"""Reads a calendar in a child process, so that none can hang or exhaust whoever calls."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from wellbeing.domain.busy import NOT_UNDERSTOOD
from wellbeing.domain.busy_events import Span
from wellbeing.domain.busy_file import LARGEST_BYTES
from wellbeing.domain.refusals import Refused

from .child import OUT_OF_MEMORY, SECONDS, TOO_MUCH

PROJECT = Path(__file__).resolve().parent.parent.parent
NOT_NOW = "The calendar could not be read just now."
# The child ends itself after SECONDS of work; on a machine under load they take longer.
PATIENCE = 2 * SECONDS
TOO_LONG = f"The calendar takes longer than {SECONDS} seconds to work out."
# Nothing else of the environment: a stranger's calendar meets no secret.
PASSED_ON = ("PYTHONTZPATH", "LANG", "SYSTEMROOT")


def busy_in_child(data: bytes, window: Span, *, seconds: float = PATIENCE) -> list[Span]:
    """As `busy_times`, within 10 seconds of work (`seconds` by the clock) and half a gigabyte. Refused where it takes more."""
    if len(data) > LARGEST_BYTES:
        raise Refused("The calendar is larger than 5 MB.")
    first, last = (at.isoformat() for at in window)
    command = [sys.executable, "-m", "wellbeing.busy_fetch.child", first, last]
    environment = {n: os.environ[n] for n in PASSED_ON if n in os.environ}
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            cwd=PROJECT,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Refused(TOO_LONG) from late
    except OSError as error:
        # This machine has no room for another process.
        raise Refused(NOT_NOW) from error
    return _answer(done.returncode, done.stdout)


def _answer(code: int, out: bytes) -> list[Span]:
    if code:
        raise Refused(_ended(code))
    try:
        said = json.loads(out)
    except ValueError as error:
        raise Refused(NOT_UNDERSTOOD) from error
    if "refused" in said:
        raise Refused(said["refused"])
    return [(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in said["busy"]]


def _ended(code: int) -> str:
    """Why a child that said nothing may have ended; killed by a signal: its code is below 0."""
    if code == OUT_OF_MEMORY:
        return TOO_MUCH
    return TOO_LONG if code < 0 else NOT_UNDERSTOOD
