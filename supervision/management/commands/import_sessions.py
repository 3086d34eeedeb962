"""Takes the sessions file in (docs/imports.md)."""

from supervision.operations.imports.sessions import import_sessions
from wellbeing.management.import_command import ImportCommand


class Command(ImportCommand):
    help = "Imports sessions from a CSV file, all or nothing."
    importer = staticmethod(import_sessions)
    waiting = 4
    in_pieces = True
