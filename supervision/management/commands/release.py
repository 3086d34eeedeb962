"""Freezes a month-end's figures for readers who may not see names (contracts.md)."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from supervision.operations.releases import release
from wellbeing.domain.refusals import Refused
from wellbeing.management.arguments import day


class Command(BaseCommand):
    help = (
        "Freezes the suppressed figures of a past month-end, every strand, as they are known now."
        " A second run changes nothing. Can take a minute."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--on",
            type=day,
            required=True,
            metavar="MONTH_END",
            help="the last day of a month, YYYY-MM-DD",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            released = release(options["on"], at=timezone.now())
        except Refused as refused:
            self.stderr.write(refused.sentence)
            sys.exit(1)
        if released is None:
            self.stdout.write(f"{options['on']} was released before. Nothing has changed.")
        else:
            self.stdout.write(f"{options['on']} is released.")
