"""Holds what is stored of cover against the rules of cover, for a sample or for everybody."""

import random
import sys
from argparse import ArgumentParser
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from supervision.queries.clocks import whoever_has_a_clock
from supervision.queries.verify_cover import differences
from supervision.queries.verify_outcomes import outcome_differences
from wellbeing.domain.roles import Strand

YEARS_BACK = timedelta(days=4 * 365)


class Command(BaseCommand):
    help = "Compares stored cover with the rules, from raw facts only; exit 1 where it differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--people", type=int, default=500, metavar="N", help="so many, drawn by --seed"
        )
        parser.add_argument("--all", action="store_true", help="everybody")
        parser.add_argument(
            "--days", type=int, default=5, metavar="N", help="today, and N - 1 past days"
        )
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["people"] < 1 or options["days"] < 1:
            self.stderr.write("--people and --days are whole numbers from 1.")
            sys.exit(2)
        drawn = random.Random(options["seed"])
        everybody = sorted(whoever_has_a_clock())
        people: Collection[int] | None = None
        if not options["all"]:
            people = drawn.sample(everybody, min(options["people"], len(everybody)))
        days = self._days(drawn, options["days"])
        number = 0
        for line in self._lines(days, people):
            number += 1
            self.stdout.write(line)
        if number:
            self.stderr.write(f"{number:,} differ. `manage.py rebuild_cover` builds them anew.")
            sys.exit(1)
        count = len(everybody if people is None else people)
        self.stdout.write(
            f"{count:,} people on {len(days)} days in {len(Strand)} strands: all as the rules say."
        )

    @staticmethod
    def _lines(days: list[date], people: Collection[int] | None) -> Iterator[str]:
        for strand in Strand:
            for on in days:
                yield from differences(on, strand, people)
            yield from outcome_differences(strand, people)

    @staticmethod
    def _days(drawn: random.Random, number: int) -> list[date]:
        today = timezone.localdate()
        back = [drawn.randrange(1, YEARS_BACK.days) for _ in range(number - 1)]
        return [today, *(today - timedelta(days=n) for n in sorted(back))]
