"""How long each coverage page and report takes, against a raw scan of the rows, and what writes cost.

    DATABASE_URL=postgres://… .venv/bin/python bench/coverage.py --database postgres
    .venv/bin/python bench/coverage.py --database sqlite [--people 2000|20000|200000]

    DATABASE_URL=… .venv/bin/python bench/coverage.py --loaded

Loads an invented history (four years of about six-weekly sessions) by the import commands and
builds what is stored of cover. Then each page is asked for by whoever it is for, in turn with a raw
scan of every attended booking, and printed as a ratio to it: best of several, with the peak of
Python's memory. At 2,000 people a loop over them by the ORM stands beside. The database is the
bench's own; `--loaded` measures what such a run has loaded elsewhere, and writes to it. Exit 1 if what is stored is not what the rules say.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from tempfile import TemporaryDirectory

# In the place of this folder, whose files bear names of Python's own modules.
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[0] = ROOT

import django

from bench.generate import HEADERS
from bench.racing.database import own_database


def arguments() -> Namespace:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--database", choices=["sqlite", "postgres"])
    where.add_argument("--loaded", action="store_true", help="DATABASE_URL as it stands")
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=7, help="each page so often")
    return parser.parse_args()


def load(people: int) -> None:
    """The history through the service's own commands, each in a process of its own."""
    with TemporaryDirectory(prefix="bench-") as folder:
        generate = [sys.executable, os.path.join(ROOT, "bench", "generate.py"), folder]
        subprocess.run(
            [*generate, "--people", str(people)], check=True, stdout=subprocess.DEVNULL
        )
        manage("migrate", "-v0")
        manage("collectstatic", "--noinput")
        for name in HEADERS:
            manage(f"import_{name}", str(Path(folder) / f"{name}.csv"))
    manage("rebuild_cover")


def manage(*words: str) -> None:
    """Runs a command of the service. CalledProcessError where it fails."""
    command = [sys.executable, os.path.join(ROOT, "manage.py"), *words]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    asked = arguments()
    if asked.people < 100 or asked.times < 1:
        print("At least 100 people and one time.", file=sys.stderr)
        return 2
    os.environ |= {"DEMO": "1", "DJANGO_SETTINGS_MODULE": "wellbeing.settings"}
    if asked.loaded:
        return measure(asked)
    with own_database(asked.database) as url:
        os.environ["DATABASE_URL"] = url
        load(asked.people)
        return measure(asked)


def measure(asked: Namespace) -> int:
    """Pages, reports and writes of the database of DATABASE_URL."""
    django.setup()
    from bench.reports.measure import run  # models need settings and the database's address

    return run(people=asked.people, times=asked.times)


if __name__ == "__main__":
    sys.exit(main())
