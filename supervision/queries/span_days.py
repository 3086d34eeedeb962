"""What a span says of a day, as expressions of the database: elapsed days and the longest gaps."""

from datetime import date
from typing import Any

from django.db.models import Case, DateField, F, Func, IntegerField, Value, When
from django.db.models.functions import Greatest


class DaysSince(Func):
    """The whole number of days from a column of dates to a day."""

    output_field = IntegerField()

    def __init__(self, column: str, on: date) -> None:
        super().__init__(Value(on, output_field=DateField()), F(column))

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "CAST(julianday(%(expressions)s) AS INTEGER)"
        return self.as_sql(
            compiler, connection, template=template, arg_joiner=") - julianday(", **more
        )

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="(%(expressions)s)", arg_joiner=" - ", **more
        )


def elapsed(on: date) -> Case:
    """Rule 5: it stands still while somebody is away."""
    return Case(
        When(away=True, then=F("elapsed_days")),
        default=F("elapsed_days") + DaysSince("start_on", on),
    )


def longest_gap(on: date) -> Greatest:
    """Rule 9, in days not away."""
    return Greatest(F("gap_days"), elapsed(on))


def longest_calendar_gap(on: date) -> Greatest:
    """Rule 9, in calendar days."""
    return Greatest(F("gap_calendar_days"), DaysSince("anchor_on", on))
