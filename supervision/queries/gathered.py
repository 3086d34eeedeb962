"""Values of a column, gathered by the database: one row a group instead of one a person.

Twenty thousand people are a few dozen rows, and their keys arrive as plain lists, of which no object
need be made one by one.
"""

import json
from typing import Any

from django.db.models import Aggregate, BigIntegerField, F, Field, Func


class Gathered(Aggregate):
    """The keys of a group as a list of whole numbers, in no order."""

    output_field = Field()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, function="ARRAY_AGG", **more)

    @property
    def convert_value(self) -> Any:
        return _listed


def _listed(value: Any, expression: Any, connection: Any) -> list[int]:
    return json.loads(value) if isinstance(value, str) else list(value)


class Microseconds(Func):
    """An instant as whole microseconds of Unix time: read eight times as fast as a datetime."""

    output_field = BigIntegerField()

    def __init__(self, column: Any) -> None:
        super().__init__(F(column) if isinstance(column, str) else column)

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        # As Django writes it: `2026-05-04 08:00:00`, and six digits where it is no whole second,
        # which SQLite itself would round.
        template = (
            "(CAST(STRFTIME('%%%%s', SUBSTR(%(expressions)s, 1, 19)) AS INTEGER) * 1000000"
            " + CAST(SUBSTR(%(expressions)s, 21) AS INTEGER))"
        )
        sql, params = self.as_sql(compiler, connection, template=template, **more)
        return sql, [*params, *params]

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "(EXTRACT(EPOCH FROM %(expressions)s) * 1000000)::bigint"
        return self.as_sql(compiler, connection, template=template, **more)
