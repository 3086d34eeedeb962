"""Takes the absences file in (docs/imports.md)."""

from wellbeing.management.import_command import ImportCommand
from wellbeing.operations.imports.absences import import_absences


class Command(ImportCommand):
    help = "Imports absences from a CSV file, all or nothing."
    importer = staticmethod(import_absences)
