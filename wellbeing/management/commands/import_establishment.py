"""Takes the establishment file in (docs/imports.md)."""

from wellbeing.management.import_command import ImportCommand
from wellbeing.operations.imports.establishment import import_establishment


class Command(ImportCommand):
    help = "Imports HR's headcounts by unit and job role from a CSV file, all or nothing."
    importer = staticmethod(import_establishment)
