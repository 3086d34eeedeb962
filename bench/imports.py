"""How long the files of a large history take, how much memory, against a raw load of the rows.

    DATABASE_URL=postgres://… .venv/bin/python bench/imports.py --database postgres
    .venv/bin/python bench/imports.py --database sqlite [--people 5000 20000] [--folder FOLDER …]

Each file is taken in by its command, in a process of its own; the sessions a second time, when
nothing changes. A raw load puts the same cells into a table without a key, as text: `COPY` of
the file itself on PostgreSQL, `executemany` on SQLite. Peak is the command's own memory, CPU
its own seconds: the server of PostgreSQL is apart. The database is the bench's own. Of several
sizes, each with a folder if any has, it says how the peak of the sessions grows beside their
file. Exit 1 if a command fails or an invariant is broken.
"""

import csv
import os
import resource
import sqlite3
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

# In the place of this folder, whose files bear names of Python's own modules.
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[0] = ROOT

import psycopg

from bench.generate import HEADERS, History
from bench.racing.database import own_database


@dataclass
class Took:
    """Seconds by the clock, seconds of the processor, and megabytes at the most."""

    seconds: float
    cpu: float
    peak: float
    said: str


def arguments() -> Namespace:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--database", choices=["sqlite", "postgres"], required=True)
    parser.add_argument("--people", type=int, nargs="+", default=[20_000])
    parser.add_argument(
        "--folder", type=Path, nargs="+", help="files made before by generate.py"
    )
    return parser.parse_args()


def command(url: str, *words: str) -> Took:
    """Runs a command of the service on a database. SystemExit where it fails."""
    begun = time.monotonic()
    with subprocess.Popen(
        [sys.executable, os.path.join(ROOT, "manage.py"), *words],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"DATABASE_URL": url, "DEMO": "1"},
    ) as process:
        said = process.stdout.read().strip() if process.stdout else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    took = Took(
        time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said
    )
    if process.returncode:
        raise SystemExit(f"{' '.join(words)}: exit {process.returncode}\n{said}")
    return took


def raw(url: str, file: Path) -> Took:
    """Loads a file's cells as text into a table of its own."""
    columns = HEADERS[file.stem].split(",")
    table = f"CREATE TABLE bench_raw ({', '.join(f'{c}_ text' for c in columns)})"
    used, begun = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    if url.startswith("sqlite"):
        _raw_sqlite(url.removeprefix("sqlite:///"), table, file, len(columns))
    else:
        _raw_postgresql(url, table, file)
    took, now = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_SELF)
    cpu = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    return Took(took, cpu, 0, "raw load")


def _raw_sqlite(name: str, table: str, file: Path, cells: int) -> None:
    with closing(sqlite3.connect(name)) as connection, file.open(newline="") as lines:
        connection.execute(table)
        marks = ", ".join("?" * cells)
        rows = csv.reader(lines)
        next(rows)
        connection.executemany(f"INSERT INTO bench_raw VALUES ({marks})", rows)
        connection.commit()
        connection.execute("DROP TABLE bench_raw")


def _raw_postgresql(url: str, table: str, file: Path) -> None:
    with psycopg.connect(url) as connection, file.open("rb") as data:
        connection.execute(table)  # type: ignore[call-overload]
        with connection.cursor().copy("COPY bench_raw FROM STDIN (FORMAT csv, HEADER)") as copy:
            while chunk := data.read(1 << 20):
                copy.write(chunk)
        connection.commit()
        connection.execute("DROP TABLE bench_raw")


def show(what: str, took: Took, least: Took | None = None) -> None:
    times = f"{took.seconds / least.seconds:6.1f} times" if least else " " * 12
    peak = f"{took.peak:5.0f} MB" if took.peak else " " * 8
    print(
        f"{what:16}{took.seconds:8.1f} s{took.cpu:8.1f} s CPU {peak} {times}  "
        f"{took.said.splitlines()[-1] if took.said else ''}",
        flush=True,
    )


@dataclass
class Sessions:
    """How many bytes the file of sessions has, and the two runs of its command."""

    size: int
    first: Took
    again: Took


def run(url: str, folder: Path) -> Sessions:
    command(url, "migrate", "-v0")
    for kind in HEADERS:
        file = folder / f"{kind}.csv"
        least = raw(url, file)
        show(f"{kind}, raw", least)
        took = command(url, f"import_{kind}", str(file))
        show(kind, took, least)
    again = command(url, "import_sessions", str(file))
    show("sessions again", again, least)
    show("invariants", command(url, "audit_invariants"))
    print(f"load of the machine, of {os.cpu_count()} cores: {os.getloadavg()[1]:.1f}")
    return Sessions(file.stat().st_size, took, again)


def show_growth(one: Sessions, other: Sessions) -> None:
    """How much more memory the sessions take where their file is larger."""
    more = other.size - one.size
    print(f"sessions of {one.size / 1e6:.1f} and {other.size / 1e6:.1f} MB:", end=" ")
    print(f"the file {other.size / one.size:.2f} times", end="")
    for which in ("first", "again"):
        small, large = getattr(one, which).peak, getattr(other, which).peak
        each = f", {(large - small) * 1e6 / more:.2f} MB for each of the file" if more else ""
        print(f"; {which}: peak {small:.0f} to {large:.0f} MB", end=" ")
        print(f"({large / small:.2f} times{each})", end="")
    print()


def measured(database: str, people: int, folder: Path | None) -> Sessions:
    with own_database(database) as url, TemporaryDirectory(prefix="bench-") as made:
        if not folder:
            folder = Path(made)
            History(people=people).write(folder)
        return run(url, folder)


def main() -> int:
    asked = arguments()
    if min(asked.people) < 100:
        print("At least 100 people.", file=sys.stderr)
        return 2
    sizes = asked.people if not asked.folder else [0] * len(asked.folder)
    folders = asked.folder or [None] * len(sizes)
    runs = [
        measured(asked.database, people, folder)
        for people, folder in zip(sizes, folders, strict=True)
    ]
    for one, other in pairwise(runs):
        show_growth(one, other)
    return 0


if __name__ == "__main__":
    sys.exit(main())
