"""Takes the policy file in (docs/imports.md)."""

from wellbeing.management.import_command import ImportCommand
from wellbeing.operations.imports.policy import import_policy


class Command(ImportCommand):
    help = "Imports policy from a CSV file, all or nothing."
    importer = staticmethod(import_policy)
