"""Takes the events file in (docs/imports.md)."""

from supervision.operations.imports.events import import_events
from wellbeing.management.import_command import ImportCommand


class Command(ImportCommand):
    help = "Imports events from a CSV file, all or nothing."
    importer = staticmethod(import_events)
