"""`python -m wellbeing.busy_fetch.child FROM TO`: the child that reads one calendar.

The calendar comes on standard input; what goes out is JSON, either `{"busy": [...]}` or
`{"refused": "a sentence"}`. Its limits hold for whatever the calendar makes the libraries do.
"""

import json
import os
import resource
import sys
import threading
import time
from contextlib import suppress
from datetime import datetime

from wellbeing.domain.busy import NOT_UNDERSTOOD, busy_times
from wellbeing.domain.busy_file import LARGEST_BYTES
from wellbeing.domain.refusals import Refused

SECONDS = 10
MEGABYTE = 1024 * 1024
MEMORY_BYTES = 512 * MEGABYTE
TOO_MUCH = "The calendar takes too much memory to work out."
# What the parent reads of one that ended itself.
OUT_OF_MEMORY = 3


def main(first: str, last: str) -> str:
    """The answer, as JSON."""
    limit()
    window = datetime.fromisoformat(first), datetime.fromisoformat(last)
    try:
        found = busy_times(sys.stdin.buffer.read(LARGEST_BYTES + 1), window)
    except Refused as refused:
        return json.dumps({"refused": refused.sentence})
    except (MemoryError, RecursionError):
        return json.dumps({"refused": TOO_MUCH})
    except Exception:  # whatever a stranger's file makes a library do is no fault of ours
        return json.dumps({"refused": NOT_UNDERSTOOD})
    return json.dumps({"busy": [[a.isoformat(), b.isoformat()] for a, b in found]})


def limit() -> None:
    """Time and memory, as far as the system can hold to them."""
    wanted = {
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CORE: 0,
        # It writes no files.
        resource.RLIMIT_FSIZE: 0,
    }
    for what, value in wanted.items():
        # macOS refuses a limit of memory: there the watch below is what holds.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (value, value))
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    unit = 1 if sys.platform == "darwin" else 1024
    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit < MEMORY_BYTES:
        time.sleep(0.1)
    os._exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    sys.stdout.write(main(*sys.argv[1:]))
