"""Who is due in the weeks ahead and whom the free seats can hold: the operator's report."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from supervision.presenters.ahead_out import as_json, as_table
from supervision.queries.ahead import MOST_WEEKS, Asked, ahead
from supervision.queries.ahead_groups import listed
from wellbeing.domain.roles import Strand
from wellbeing.management.arguments import day, name
from wellbeing.queries.areas import area_named

WRITERS = {"json": as_json, "table": as_table}


class Command(BaseCommand):
    help = "People due in the weeks ahead, and how many of them the free seats can hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from", dest="first", type=day, required=True, metavar="DATE",
            help="the first day, YYYY-MM-DD",
        )  # fmt: skip
        parser.add_argument(
            "--weeks", type=weeks, required=True, metavar="N", help="how many weeks"
        )
        # Check-ins are nobody's to publish, and training has no registration or chain to ask.
        parser.add_argument("--strand", choices=[Strand.SUPERVISION.value], required=True)
        parser.add_argument(
            "--area",
            type=name,
            metavar="NAME",
            help="an Area's name: the people posted there on the first day",
        )
        parser.add_argument(
            "--make-it-fit", action="store_true", help="the fewest seats that would do"
        )
        parser.add_argument("--format", choices=list(WRITERS), default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        area = area_named(options["area"]) if options["area"] else None
        if options["area"] and area is None:
            self.stderr.write(f"No Area is called {options['area']!r}.")
            sys.exit(1)
        asked = Asked(
            first=options["first"],
            weeks=options["weeks"],
            areas=frozenset({area.pk}) if area else None,
            notice_days=settings.EXTRA_SEAT_NOTICE_DAYS,
        )
        found = ahead(asked, with_fit=options["make_it_fit"])
        self.stdout.write(WRITERS[options["format"]](found, listed(found)))


def weeks(text: str) -> int:
    """A number of weeks. ArgumentTypeError, and so exit 2, for anything else."""
    if text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= MOST_WEEKS and len(text) < 5:
        return int(text)
    raise ArgumentTypeError(f"{text!r} is not a whole number from 1 to {MOST_WEEKS}")
