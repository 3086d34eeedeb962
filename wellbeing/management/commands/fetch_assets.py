"""Puts the front-end files in place; a second run is instant."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from wellbeing.assets.__main__ import main


class Command(BaseCommand):
    help = "Fetches GOV.UK Frontend and MoJ Frontend, as package-lock.json names them."
    # It runs before anything else is there: no database, and its own check would complain.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if main():
            sys.exit(1)
