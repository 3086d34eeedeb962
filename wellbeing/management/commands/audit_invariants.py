"""Asks the database from the outside whether all that must hold does (contracts.md)."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from wellbeing.queries.invariants import broken


class Command(BaseCommand):
    help = "Reads everything, changes nothing; one line a broken invariant, exit 1 if any."

    def handle(self, *args: Any, **options: Any) -> None:
        number = 0
        for line in broken(timezone.now()):
            number += 1
            self.stdout.write(line)
        if number:
            self.stderr.write(f"{number} broken.")
            sys.exit(1)
        self.stdout.write("All invariants hold.")
