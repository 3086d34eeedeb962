"""How many bookings a second over HTTP: gunicorn, PostgreSQL, 50 people signed in at once.

    DATABASE_URL=postgres://… .venv/bin/python bench/booking_http.py

Real sessions, CSRF and form tokens. First everybody goes for the only place of one session;
then each books place after place: the button alone (the page is open already), and the page
with its button. Beside them a page that reads nothing, as a ratio. Looked at from outside when
it is over: exit 1 if anything was oversold or a booking that was answered is not there.
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
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2, help="gunicorn's processes")
    parser.add_argument("--blocks", type=int, default=3, help="of ten bookings a client")
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    with own_database("postgres") as url:
        os.environ |= {"DATABASE_URL": url, "DEMO": "1"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "wellbeing.settings"
        django.setup()
        from bench.racing.http_report import run  # models need settings and the database

        return run(clients=asked.clients, workers=asked.workers, blocks=asked.blocks)


if __name__ == "__main__":
    sys.exit(main())
