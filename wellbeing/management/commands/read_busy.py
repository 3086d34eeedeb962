"""What the service would keep of somebody's calendar (contracts.md): the fetch, without the network."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from wellbeing.busy_fetch import busy_in_child
from wellbeing.domain.busy import window_of
from wellbeing.domain.busy_file import LARGEST_BYTES
from wellbeing.domain.refusals import Refused
from wellbeing.management.arguments import day

# The service itself keeps half a year; who asks about both clock changes needs more.
MOST_WEEKS = 104


def weeks(text: str) -> int:
    """A whole number of weeks. ArgumentTypeError, and so exit 2, for anything else."""
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_WEEKS:
        return int(text)
    raise ArgumentTypeError(f"{text!r} is not a whole number of weeks from 1 to {MOST_WEEKS}")


class Command(BaseCommand):
    help = "Prints the busy times of a calendar file as JSON pairs of UTC times."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.ics", type=Path)
        parser.add_argument(
            "--from", dest="first", type=day, required=True, help="first day, YYYY-MM-DD"
        )
        parser.add_argument("--weeks", type=weeks, required=True, metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            with file.open("rb") as opened:
                data = opened.read(LARGEST_BYTES + 1)
            found = busy_in_child(data, window_of(options["first"], options["weeks"]))
        except OSError as error:
            self._stop(f"{file}: cannot be read ({error.strerror}).")
        except Refused as refused:
            self._stop(f"{file}: {refused.sentence}")
        self.stdout.write(json.dumps([[_utc(a), _utc(b)] for a, b in found]))

    def _stop(self, sentence: str) -> Any:
        self.stderr.write(sentence)
        sys.exit(1)


def _utc(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
