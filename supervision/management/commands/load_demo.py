"""Fills an empty database with the demonstration; refuses anywhere but in demo or debug mode."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from supervision.operations.cover import rebuild
from supervision.operations.cover_months import add_up_months
from supervision.operations.demo.load import load
from wellbeing.management.arguments import day
from wellbeing.management.import_command import progress
from wellbeing.queries.people import is_empty


class Command(BaseCommand):
    help = "Loads the demonstration: invented people, two years of sessions, and the cast."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--people", type=int, default=2000)
        parser.add_argument("--on", type=day, help="the day the demo is for; default today")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there is data"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO or settings.DEBUG):
            self._stop("load_demo refuses: this is neither demo nor debug mode (DEMO=1).")
        if not is_empty():
            if options["if_empty"]:
                return
            self._stop("load_demo refuses: this database already holds people.")
        if options["people"] < 100:
            self._stop("load_demo needs --people 100 or more.")
        load(
            seed=options["seed"],
            number=options["people"],
            on=options["on"] or timezone.localdate(),
            policy_file=settings.BASE_DIR / "docs" / "sample" / "policy.csv",
            progress=progress,
        )
        rebuild(lambda people: progress(people, "cover"))
        # Once to make the rows and once to fill them; by the clock an hour lies between.
        for _ in range(2):
            add_up_months(at=timezone.now())
        self.stdout.write("The demonstration is loaded.")

    def _stop(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(1)
