"""A PostgreSQL cluster of a test's own, which it may crash and start again."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# Where Debian keeps what it does not put on the path.
DEBIAN = Path("/usr/lib/postgresql")


def programs() -> Path | None:
    """The folder of initdb and pg_ctl; None where PostgreSQL's server is not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
    return versions[-1].parent if versions else None


def _owner() -> str | None:
    """PostgreSQL refuses to run as root; None: as whoever runs the test."""
    if os.getuid():
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return None


@dataclass
class Cluster:
    """A running server on a free port of this machine."""

    bin: Path
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgres://rasso@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *words: str) -> None:
        """One of PostgreSQL's own programs, as the cluster's owner."""
        subprocess.run(
            [str(self.bin / program), *words],
            user=_owner(),
            cwd=self.folder,
            check=True,
            capture_output=True,
            timeout=60,
        )

    def start(self) -> None:
        data, log = self.folder / "data", self.folder / "log"
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        # The server keeps what it is given open: nothing of this process's must be among it.
        self.run("pg_ctl", "-D", str(data), "-w", "-l", str(log), "-o", options, "start")

    def crash(self) -> None:
        """Stops at once, as a power cut would: the next start recovers from the log."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")


@contextmanager
def cluster(bin_folder: Path) -> Iterator[Cluster]:
    """Made, started, and taken away at the end."""
    folder = Path(tempfile.mkdtemp())
    owner = _owner()
    if owner:
        shutil.chown(folder, owner)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    made = Cluster(bin_folder, folder, port)
    try:
        made.run("initdb", "-D", str(folder / "data"), "-U", "rasso", "-A", "trust")
        made.start()
        yield made
        made.crash()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
