"""How a large file is taken in: staged in temporary tables, checked by SQL, written at once.

Until the one transaction that writes, nobody waits and nothing is there to be undone: a
process that is killed leaves nothing. What differs between the engines is when to check.
PostgreSQL checks within the transaction, where reading keeps nobody waiting. On SQLite
whoever may write keeps everybody else waiting, so it is checked before, and again only
where somebody wrote meanwhile.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from django.db import connection

from wellbeing.domain.csv_file import FileFaults
from wellbeing.operations.transaction import operation

from .frame import Counts, Taking, finish, gather_statistics, take_turn, told_as_faults

# Pages that SQLite keeps in memory, in KiB: of the database while it is compared with, which
# is also how much of a sort it keeps, twice; of it while it is written; of temporary tables.
COMPARING, WRITING, TEMPORARY = 24_000, 100_000, 16_000
# What one step of PostgreSQL may sort in memory.
SORTING = "64MB"


class Staging(Protocol):
    """A file in temporary tables; `drop` takes them away, whatever has happened."""

    def read(self) -> str:
        """Reads the file into them; its SHA-256. FileFaults where it is no CSV of these columns."""

    def check(self) -> Counts:
        """Compares with what is held. FileFaults with every fault; done anew each time."""

    def write(self) -> None:
        """Writes what differs, as the last check found it."""

    def drop(self) -> None: ...


def take_in_staged(
    kind: str, staging: Staging, *, taking: Taking, dry_run: bool = False
) -> Counts:
    """Takes a large file in, all or nothing. FileFaults: what is wrong, and nothing was written.

    A dry run does all of it and takes it back.
    """
    with _room(main=COMPARING, temp=TEMPORARY), _dropped(staging):
        with _own_transaction():
            digest = staging.read()
        early = _checked(staging, taking) if connection.vendor == "sqlite" else None
        with told_as_faults():
            counts = _write(kind, digest, staging, early, taking=taking, dry_run=dry_run)
    if counts.wrote and not dry_run:
        gather_statistics()
    return counts


def _checked(staging: Staging, taking: Taking) -> tuple[int, Counts] | None:
    """What the check found, and which state of the database it was found in.

    None where somebody wrote meanwhile: half of it was compared with another state.
    """
    version = _version()
    try:
        counts = staging.check()
    except FileFaults:
        if _version() == version:
            raise
        return None
    _tell(counts, taking)
    return version, counts


def _tell(counts: Counts, taking: Taking) -> None:
    """How many rows others are about to wait for: on PostgreSQL they do not."""
    if connection.vendor == "sqlite":
        taking.beforehand(counts.added + counts.changed)


@operation
def _write(
    kind: str,
    digest: str,
    staging: Staging,
    early: tuple[int, Counts] | None,
    *,
    taking: Taking,
    dry_run: bool,
) -> Counts:
    take_turn()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL work_mem = '{SORTING}'")
            # Else a million checks of foreign keys would queue up until the commit.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    if early and early[0] == _version():
        counts = early[1]
    else:
        counts = staging.check()
        _tell(counts, taking)
    if counts.wrote:
        with _room(main=WRITING):
            staging.write()
    return finish(kind, digest, counts, taking=taking, dry_run=dry_run)


def _version() -> int:
    """Of the SQLite file: another number once anybody else has written."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])


@contextmanager
def _dropped(staging: Staging) -> Iterator[None]:
    try:
        yield
    finally:
        staging.drop()


@contextmanager
def _own_transaction() -> Iterator[None]:
    """On SQLite one transaction for all rows, which as yet locks nothing of the database."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        try:
            yield
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")


@contextmanager
def _room(**wanted: int) -> Iterator[None]:
    """SQLite's caches, `main` and `temp`, are of this many KiB meanwhile."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = {}
        for name, size in wanted.items():
            cursor.execute(f"PRAGMA {name}.cache_size")
            before[name] = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA {name}.cache_size = -{size}")
        try:
            yield
        finally:
            for name, size in before.items():
                cursor.execute(f"PRAGMA {name}.cache_size = {size}")
