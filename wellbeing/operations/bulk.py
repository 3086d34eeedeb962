"""The bulk writer of imports and rebuilds: the one place where loading differs by engine.

`COPY` on PostgreSQL and `executemany` on SQLite take a quarter of `bulk_create`'s time. No
defaults, no signals: each row gives every column that it needs. Guards and constraints hold.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import islice
from typing import Any

from django.db import connection, models

# Rows are drawn between two statements, never within one: they may be read from this database.
BATCH = 10_000
# Of equal values, days and instants above all, each is adapted once.
REMEMBERED = 50_000
Adapter = Callable[[Any], Any]


def bulk_insert(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Adds rows of the model's named fields, streaming; how many they were.

    Values as a model's own: dates, instants with a zone, UUIDs, JSON, a foreign key by its
    primary key. IntegrityError where the database refuses a row; within a transaction, then
    none is added.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    adapters = [(at, a) for at, f in enumerate(fields) if (a := _adapter(f))]
    names = [f.column for f in fields]
    return bulk_load(model._meta.db_table, names, _adapted(rows, adapters))


def bulk_load(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """The same for any table, a temporary one say, of values as the database's driver takes them."""
    quote = connection.ops.quote_name
    into = f"{quote(table)} ({', '.join(map(quote, columns))})"
    rows, number = iter(rows), 0
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            if connection.vendor == "postgresql":
                with (
                    connection.wrap_database_errors,
                    cursor.copy(f"COPY {into} FROM STDIN") as copy,
                ):
                    for row in batch:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", batch)
            number += len(batch)
    return number


def _adapted(
    rows: Iterable[Sequence[Any]], adapters: Sequence[tuple[int, Adapter]]
) -> Iterator[Sequence[Any]]:
    for row in rows:
        cells = list(row)
        for at, adapt in adapters:
            cells[at] = adapt(cells[at])
        yield cells


# What every driver takes as it is.
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)
# Beyond which PostgreSQL's driver takes these too.
TYPED = (models.DateField, models.TimeField, models.UUIDField, models.DecimalField)


def _adapter(field: Any) -> Adapter | None:
    """What makes the database's value of a field's; None where it is the same."""
    target = field.target_field if field.is_relation else field
    if isinstance(target, PLAIN):
        return None
    if connection.vendor == "postgresql" and isinstance(target, TYPED):
        return None
    adapt = partial(target.get_db_prep_save, connection=connection)
    if isinstance(target, models.DateField | models.TimeField):
        return lru_cache(REMEMBERED)(adapt)
    return adapt
