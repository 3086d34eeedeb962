"""Temporary tables, and rows made of them: what an import works on before anybody sees it.

The SQL is the same on both engines but for what stands here. Values are named in it as
`%(at)s`, instants and days as `database_value` makes them.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import connection, models

from wellbeing.domain.public_id import new_public_id

# Ids of one statement begin with times that rise by a millisecond each so many rows.
ROWS_A_MILLISECOND = 64


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def run(sql: str, **values: Any) -> int:
    """Runs a statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def select(sql: str, **values: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement, a thousand at a time."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        while found := cursor.fetchmany(1000):
            yield from found


def create(name: str, columns: str) -> None:
    """An empty temporary table; `instant` in its columns is the engine's type of instants."""
    drop(name)
    instant = "datetime" if is_sqlite() else "timestamp with time zone"
    run(f"CREATE TEMPORARY TABLE {name} ({columns.replace('instant', instant)})")


def fill(name: str, query: str, *indexes: str, **values: Any) -> None:
    """A temporary table of a query's rows, made anew; each index as `(columns) WHERE …`."""
    drop(name)
    run(f"CREATE TEMPORARY TABLE {name} AS {query}", **values)
    for number, index in enumerate(indexes, start=1):
        run(f"CREATE INDEX {name}_{number} ON {name} {index}")
    analyse(name)


def analyse(name: str) -> None:
    """PostgreSQL plans joins by what it knows of a table, and of a temporary one it knows nothing."""
    if not is_sqlite():
        run(f"ANALYZE {name}")


def drop(*names: str) -> None:
    """Takes temporary tables away, those that are there."""
    schema = "temp" if is_sqlite() else "pg_temp"
    for name in names:
        run(f"DROP TABLE IF EXISTS {schema}.{name}")


def same(one: str, other: str) -> str:
    """An SQL condition: equal, or both null."""
    return f"{one} {'IS' if is_sqlite() else 'IS NOT DISTINCT FROM'} {other}"


def database_value(value: date | datetime) -> Any:
    """A day, or an instant with a zone, as the engine stores it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value)


def fresh_key(model: type[models.Model], number: str) -> str:
    """An SQL expression of a primary key that is free; `number` is another in every row.

    On SQLite good until anybody else writes.
    """
    table = model._meta.db_table
    if is_sqlite():
        found = list(
            select("SELECT seq FROM sqlite_sequence WHERE name = %(name)s", name=table)
        )
        return f"({found[0][0] if found else 0} + {number})"
    ((sequence,),) = select("SELECT pg_get_serial_sequence(%(name)s, 'id')", name=table)
    return f"nextval('{sequence}')"


def fresh_public_id(number: str) -> str:
    """An SQL expression of a new public id (domain/public_id.py); `number` rises with the rows."""
    if is_sqlite():
        connection.ensure_connection()
        connection.connection.create_function("new_public_id", 0, lambda: new_public_id().hex)
        return "new_public_id()"
    milliseconds = new_public_id().int >> 80
    begins = f"lpad(to_hex({milliseconds} + {number} / {ROWS_A_MILLISECOND}), 12, '0')"
    return f"({begins} || '-7' || substr(gen_random_uuid()::text, 16))::uuid"


def insert(model: type[models.Model], given: dict[str, str], source: str, **values: Any) -> int:
    """Adds a row of the model for each of `source`, an SQL `FROM …`; how many.

    `given`: SQL by field. Every other field has its default, null or the empty text.
    """
    columns: list[str] = []
    expressions: list[str] = []
    fields: list[Any] = list(model._meta.local_concrete_fields)
    for field in fields:
        if field.primary_key and field.name not in given:
            continue
        columns.append(connection.ops.quote_name(field.column))
        expressions.append(given.get(field.name) or _unsaid(field))
    unknown = given.keys() - {f.name for f in fields}
    if unknown:
        raise ValueError(f"{model.__name__} has no {', '.join(sorted(unknown))}")
    return run(
        f"INSERT INTO {model._meta.db_table} ({', '.join(columns)})"
        f" SELECT {', '.join(expressions)} {source}",
        **values,
    )


def _unsaid(field: Any) -> str:
    """What stands in a column of which nothing is said. ValueError where something must be."""
    if field.null:
        return "NULL"
    if field.has_default() and isinstance(field.default, bool | int):
        number = int(field.default)
        return (
            ("true" if number else "false") if isinstance(field.default, bool) else str(number)
        )
    if field.blank and field.empty_strings_allowed and not field.has_default():
        return "''"
    raise ValueError(f"{field.model.__name__}.{field.name} has to be given")
