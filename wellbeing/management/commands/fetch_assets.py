"""Puts the front-end files in place; a second run is instant."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from wellbeing.assets import AssetsFault, fetch


class Command(BaseCommand):
    help = "Fetches GOV.UK Frontend and MoJ Frontend, as package-lock.json names them."
    # It runs before anything else is there, its own check's complaint included.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changed = fetch()
        except AssetsFault as fault:
            self.stderr.write(str(fault))
            sys.exit(1)
        self.stdout.write(
            "Front-end files fetched." if changed else "Front-end files are current."
        )
