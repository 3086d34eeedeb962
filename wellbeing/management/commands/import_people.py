"""Takes the people file in (docs/imports.md)."""

from wellbeing.management.import_command import ImportCommand
from wellbeing.operations.imports.people import import_people


class Command(ImportCommand):
    help = "Imports people from a CSV file, all or nothing."
    importer = staticmethod(import_people)
