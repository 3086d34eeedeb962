"""Takes the supervisors file in (docs/imports.md)."""

from supervision.operations.imports.supervisors import import_supervisors
from wellbeing.management.import_command import ImportCommand


class Command(ImportCommand):
    help = "Imports supervisors from a CSV file, all or nothing."
    importer = staticmethod(import_supervisors)
