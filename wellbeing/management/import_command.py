"""What the import commands share: the file, the dry run, faults on stderr, exit codes."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, ClassVar, Protocol

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone
from tqdm import tqdm

from wellbeing.domain.csv_file import FileFaults
from wellbeing.domain.refusals import Busy
from wellbeing.operations.imports.frame import Counts, Taking
from wellbeing.operations.service import service_person


class Importer(Protocol):
    """An operation that takes a file's bytes in; or the file itself, if it reads it in pieces."""

    def __call__(self, data: Any, *, taking: Taking, dry_run: bool = ...) -> Counts: ...


class ImportCommand(BaseCommand):
    """Exit 0: taken in, or nothing to do; 1: the file is at fault; 2: wrong usage."""

    importer: ClassVar[Any]
    # For how long others wait on SQLite, in seconds for 100,000 rows; measured with people.
    waiting: ClassVar[int] = 20
    # Whether the importer reads the open file piece by piece.
    in_pieces: ClassVar[bool] = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check only, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        importer: Importer = type(self).importer
        try:
            with self._opened(file) as data:
                counts = importer(data, taking=self._taking(), dry_run=options["dry_run"])
        except FileFaults as faults:
            self._stop("\n".join(f"{file}, {fault}" for fault in faults.faults))
        except Busy:
            self._stop(f"{file}: the database is busy. Nothing was written; try again.")
        dry = "Dry run, nothing written: " if options["dry_run"] else ""
        self.stdout.write(f"{dry}{counts}")

    def _taking(self) -> Taking:
        return Taking(
            by=service_person(),
            at=timezone.now(),
            progress=progress,
            beforehand=self._say_beforehand,
        )

    @contextmanager
    def _opened(self, file: Path) -> Iterator[Any]:
        """The file's bytes, or the open file: on disk, where it cannot be read twice as it is."""
        with ExitStack() as stack:
            try:
                data: Any = stack.enter_context(file.open("rb"))
                if not self.in_pieces:
                    data = data.read()
                elif not data.seekable():
                    source, data = data, stack.enter_context(TemporaryFile())
                    copyfileobj(source, data)
            except OSError as error:
                self._stop(f"{file}: cannot be read ({error.strerror}).")
            yield data

    def _say_beforehand(self, rows: int) -> None:
        """On SQLite whoever takes a file in is the only one who can write meanwhile."""
        seconds = rows * self.waiting // 100_000
        if connection.vendor == "sqlite" and seconds:
            self.stdout.write(f"Nobody else can save anything for about {seconds} s.")
            self.stdout.flush()

    def _stop(self, text: str) -> Any:
        self.stderr.write(text)
        sys.exit(1)


def progress(rows: Iterable[Any], label: str) -> Iterable[Any]:
    """A bar on a terminal, and nothing elsewhere."""
    return tqdm(rows, desc=label, disable=not sys.stderr.isatty(), leave=False)
