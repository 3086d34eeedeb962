"""A report's queries read one state of the database, whatever is written between them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Within it everything is read as it was at the first query; nothing may be written.

    Within another transaction it is that one's. Nobody waits for it, and it waits for nobody:
    REPEATABLE READ on PostgreSQL, on SQLite a transaction that begins by reading.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with _reading():
            yield


@contextmanager
def _reading() -> Iterator[None]:
    """SQLite's transactions begin as writers' here (settings); a reader's must not."""
    sqlite: Any = connection
    mode, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic():
            sqlite.transaction_mode = mode
            yield
    finally:
        sqlite.transaction_mode = mode
