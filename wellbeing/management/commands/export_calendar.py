"""The schedule as an iCalendar file on standard output (contracts.md)."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from wellbeing.domain.ical import published
from wellbeing.management.arguments import day, name
from wellbeing.operations.stored_entries import vevents
from wellbeing.presenters.calendars import PAGES
from wellbeing.queries.areas import area_named
from wellbeing.queries.hosts import host_by_email
from wellbeing.queries.schedule import Wanted, schedule_window


class Command(BaseCommand):
    help = "Writes the published schedule as iCalendar: > schedule.ics"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--area", type=name, metavar="NAME", help="an Area's name")
        parser.add_argument("--host", type=name, metavar="EMAIL", help="who holds the events")
        parser.add_argument("--from", dest="first", type=day, help="first day, YYYY-MM-DD")
        parser.add_argument("--to", dest="last", type=day, help="last day, YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["first"] and options["last"] and options["first"] > options["last"]:
            self._stop("--from is after --to: give the first day first.")
        area = area_named(options["area"]) if options["area"] else None
        if options["area"] and area is None:
            self._stop(f"No Area is called {options['area']!r}.")
        host = host_by_email(options["host"]) if options["host"] else None
        if options["host"] and host is None:
            self._stop(f"Nobody has the email {options['host']!r}.")
        wanted = Wanted(
            areas=frozenset({area.pk}) if area else None,
            host=host.pk if host else None,
            first=options["first"],
            last=options["last"],
        )
        window = schedule_window(wanted, on=timezone.localdate())
        out = getattr(self.stdout, "buffer", None) or sys.stdout.buffer
        try:
            for piece in published(vevents(window, PAGES), name="RASSO supervision schedule"):
                out.write(piece)
            out.flush()
        except BrokenPipeError:
            # Whoever reads has read enough (`| head`); Python's own last flush must not fail.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _stop(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(1)
