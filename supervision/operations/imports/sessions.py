"""History from before the service, or bookings taken elsewhere: one row a person at an event."""

from typing import BinaryIO

from wellbeing.domain.csv_file import Table
from wellbeing.domain.pieces import Pieces
from wellbeing.operations.imports.frame import Counts, Taking
from wellbeing.operations.imports.staged import take_in_staged
from wellbeing.operations.temporary import drop

from .session_checks import CLAIMS, check_changes, check_keys, check_seats, check_time
from .session_matching import CHANGES, HELD, MATCHES, TARGETS, match
from .session_staging import PARSERS, ROWS, stage
from .session_writer import write_sessions

__all__ = ["PARSERS", "import_sessions"]
CHECKS = (check_keys, check_changes, check_seats, check_time)


def import_sessions(data: bytes | BinaryIO, *, taking: Taking, dry_run: bool = False) -> Counts:
    """Takes sessions in, row by row; rows of one event become one event.

    A file that is open and able to seek is read piece by piece, and left open.
    """
    staging = _Sessions(Pieces(data), taking)
    return take_in_staged("sessions", staging, taking=taking, dry_run=dry_run)


class _Sessions:
    """The file, staged: what its rows show alone, then beside each other and what is held."""

    def __init__(self, pieces: Pieces, taking: Taking) -> None:
        self._pieces, self._taking = pieces, taking
        self._alone = Table(list(PARSERS))

    def read(self) -> str:
        stage(self._pieces, self._alone, self._taking)
        return self._pieces.digest

    def check(self) -> Counts:
        counts = match(self._taking)
        table = Table(list(PARSERS), faults=list(self._alone.faults))
        for check in self._taking.progress(CHECKS, "Checking"):
            check(table)
        table.raise_faults()
        return counts

    def write(self) -> None:
        write_sessions(self._taking)

    def drop(self) -> None:
        drop(ROWS, HELD, MATCHES, CHANGES, TARGETS, CLAIMS)
