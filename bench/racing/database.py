"""A database that the bench makes for itself and takes away again."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psycopg


@contextmanager
def own_database(kind: str) -> Iterator[str]:
    """Yields the DATABASE_URL of an empty database; `kind` is sqlite or postgres.

    PostgreSQL: on the server of DATABASE_URL, whose user may create databases.
    """
    if kind == "sqlite":
        with TemporaryDirectory(prefix="bench-") as folder:
            yield f"sqlite:///{folder}/bench.sqlite3"
        return
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        raise SystemExit("--database postgres needs a server: DATABASE_URL=postgres://…")
    name = f"bench_{os.getpid()}"
    _run(server, f"CREATE DATABASE {name}")
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        _run(server, f"DROP DATABASE {name} WITH (FORCE)")


def _run(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
