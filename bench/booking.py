"""Do 50 processes ever get one place twice? Five races, their control, and how fast booking is.

    DATABASE_URL=postgres://… .venv/bin/python bench/booking.py --database postgres

Each round runs every race once. After each heat the database is looked at from outside, by
plain SQL, and at the end by `audit_invariants`. Then the same with the operations' order
defeated: the guards alone must hold; with the guards removed too it must oversell. Exit 1 if
anything came out otherwise. The database is the bench's own.
"""

import os
import sys
from argparse import ArgumentParser, Namespace

# In the place of this folder, whose files bear names of Python's own modules.
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[0] = ROOT

import django

from bench.racing.database import own_database


def arguments() -> Namespace:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--database", choices=["sqlite", "postgres"], required=True)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=50)
    parser.add_argument("--control", type=int, default=3, metavar="ROUNDS")
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    if asked.processes < 2 or asked.rounds < 1 or asked.control < 1:
        print("At least 2 processes, 1 round and 1 round of the control.", file=sys.stderr)
        return 2
    with own_database(asked.database) as url:
        os.environ |= {"DATABASE_URL": url, "DEMO": "1"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "wellbeing.settings"
        django.setup()
        from bench.racing.report import run  # models need settings and the database's address

        return run(rounds=asked.rounds, processes=asked.processes, control=asked.control)


if __name__ == "__main__":
    sys.exit(main())
