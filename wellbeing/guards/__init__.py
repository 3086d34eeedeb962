"""The database's own last word: guards that no path, process or mistake can pass.

Triggers and constraints that Django's models cannot say on both engines: capacity,
claimed time, legal moves, facts that are only ever closed, an audit trail that only
grows (reliability.md §1). SQLite drops a table's triggers silently when a migration
rebuilds it, so there they are taken away before migrations and put back after; on
PostgreSQL, which keeps them, only what is missing or changed is made anew.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from . import postgresql, sqlite
from .guard import Guard


def _module(connection: BaseDatabaseWrapper) -> Any:
    return sqlite if connection.vendor == "sqlite" else postgresql


def expected(connection: BaseDatabaseWrapper) -> list[Guard]:
    """Every guard of this engine whose table exists."""
    tables = set(connection.introspection.table_names())
    return [g for g in _module(connection).guards() if g.table in tables]


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the guards that are not there, or not as they should be."""
    found = _module(connection).installed(connection)
    return [g.name for g in expected(connection) if found.get(g.name) != g.digest]


def install(connection: BaseDatabaseWrapper) -> None:
    """Makes what is missing or changed; drops nothing else."""
    absent = set(missing(connection))
    with connection.cursor() as cursor:
        for guard in expected(connection):
            if guard.name in absent:
                for statement in (*guard.drop, *guard.create):
                    cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Takes every guard away: before migrations on SQLite, and in tests that need none."""
    with connection.cursor() as cursor:
        for guard in expected(connection):
            for statement in guard.drop:
                cursor.execute(statement)


def before_migrations(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    connection = connections[using]
    if connection.vendor == "sqlite" and kwargs["sender"].label == "wellbeing":
        remove(connection)


def after_migrations(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    if kwargs["sender"].label == "wellbeing":
        install(connections[using])
