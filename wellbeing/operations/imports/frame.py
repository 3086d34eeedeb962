"""How every file is taken in: one at a time, in one transaction, with one audit row."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, OperationalError, connection, transaction

from wellbeing.domain.csv_file import Fault, FileFaults, Parser, Progress, Table, quiet, read
from wellbeing.domain.refusals import Refused
from wellbeing.models import AuditRow, ImportTurn, Person
from wellbeing.operations import audit
from wellbeing.operations.transaction import is_passing, operation


@dataclass(slots=True)
class Counts:
    """How many rows of the file were new, changed something, or changed nothing."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def wrote(self) -> bool:
        """True where a row of the file was not held as it stands."""
        return bool(self.added or self.changed)

    def __str__(self) -> str:
        if not self.wrote:
            return f"Nothing to change: all {self.unchanged} rows are already held."
        return f"{self.added} added, {self.changed} changed, {self.unchanged} unchanged"


def unsaid(rows: int) -> None:
    """Nobody is told how many rows are about to be written."""


@dataclass(frozen=True, slots=True)
class Taking:
    """Who takes a file in, when, and how it is watched.

    `beforehand` is told how many rows at most are about to be written, before others wait.
    """

    by: Person
    at: datetime
    progress: Progress = quiet
    beforehand: Callable[[int], None] = unsaid


# Checks everything, raises the table's faults, then writes.
Writer = Callable[[Table, Taking], Counts]


def take_in(
    kind: str,
    data: bytes,
    parsers: dict[str, Parser],
    write: Writer,
    *,
    taking: Taking,
    dry_run: bool = False,
) -> Counts:
    """Takes a file in, all or nothing. FileFaults: what is wrong, and nothing was written.

    A dry run does all of it and takes it back.
    """
    table = read(data, parsers, taking.progress)
    taking.beforehand(len(table.rows))
    with told_as_faults():
        counts = _write(kind, data, table, write, taking=taking, dry_run=dry_run)
    if counts.wrote and not dry_run:
        gather_statistics()
    return counts


@contextmanager
def told_as_faults() -> Iterator[None]:
    """What the database refuses, as FileFaults of the file as a whole."""
    try:
        yield
    except (Refused, IntegrityError) as error:
        problem = error.sentence if isinstance(error, Refused) else str(error).splitlines()[0]
        fault = Fault(0, "", f"the database refused this file: {problem}")
        raise FileFaults([fault]) from error


@operation
def _write(
    kind: str, data: bytes, table: Table, write: Writer, *, taking: Taking, dry_run: bool
) -> Counts:
    take_turn()
    digest = hashlib.sha256(data).hexdigest()
    return finish(kind, digest, write(table, taking), taking=taking, dry_run=dry_run)


def take_turn() -> None:
    """Waits until no other import is writing; within a transaction, until its end."""
    ImportTurn.objects.get_or_create(pk=1)
    ImportTurn.objects.select_for_update().get(pk=1)


def finish(kind: str, digest: str, counts: Counts, *, taking: Taking, dry_run: bool) -> Counts:
    """The file's audit row, with its SHA-256; then a dry run is taken back."""
    if counts.wrote or not _is_recorded(kind, digest):
        audit.record(
            f"import.{kind}",
            by=taking.by,
            at=taking.at,
            sha256=digest,
            added=counts.added,
            changed=counts.changed,
            unchanged=counts.unchanged,
        )
    if dry_run:
        transaction.set_rollback(True)
    return counts


def gather_statistics() -> None:
    """Of our own tables, once all is written: nobody waits, and where a lock is held it is left.

    The whole database's would wait for whoever analyses PostgreSQL's own.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for table in connection.introspection.django_table_names(only_existing=True):
                cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")
    except OperationalError as error:
        if not is_passing(error):
            raise


def _is_recorded(kind: str, digest: str) -> bool:
    """A file has one audit row: a second run that changes nothing adds none."""
    return AuditRow.objects.filter(verb=f"import.{kind}", details__sha256=digest).exists()


def check_once(table: Table, key: tuple[str, ...], words: str) -> None:
    """Notes every row whose key stands in the file a second time."""
    seen: dict[tuple[object, ...], int] = {}
    for row in table.having(*key):
        found = tuple(row[column] for column in key)
        if found in seen:
            table.fault(
                row, key[0], f"{words} stands in row {seen[found]} already. Keep one of them."
            )
        else:
            seen[found] = row.number
