"""Which spans hold a day, and what one says of it: elapsed days, the longest gaps; for the database."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    DateField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Greatest

from supervision.models import StoredSpan
from wellbeing.domain.roles import Strand


class EndsFrom(Func):
    """True for spans that end on a day or later, by each day on which any of the strand ends.

    As a range that would read every span that has ended since, years of them. As a list of days
    it is one look-up a day in `span_by_day`, whose next column then leaves only spans that had
    begun: so a day long past is as quick as today. The days are found by going from one to the
    next in the same index.
    """

    output_field = BooleanField()
    ends = (
        f"SELECT min(end_on) FROM {StoredSpan._meta.db_table}"
        " WHERE strand = %(strand)s AND end_on"
    )
    days = (
        f"WITH RECURSIVE ends(day) AS ({ends} >= %(on)s"
        f" UNION ALL SELECT ({ends} > ends.day) FROM ends WHERE ends.day IS NOT NULL)"
        " SELECT day FROM ends WHERE day IS NOT NULL"
    )

    def __init__(self, strand: Strand, on: date) -> None:
        super().__init__(
            F("end_on"),
            F("start_on"),
            Value(strand.value),
            Value(on, output_field=DateField()),
        )

    def as_sql(self, compiler: Any, connection: Any, **more: Any) -> Any:  # type: ignore[override]
        parts = [compiler.compile(e) for e in self.get_source_expressions()]
        (end, _), (start, _), (strand, kind), (on, day) = parts
        days = self.days % {"strand": strand, "on": on}
        if connection.vendor == "postgresql":
            return f"{end} = ANY(ARRAY({days}))", [*kind, *day, *kind]
        # SQLite up to 3.40 at least lets the first span of a listed day through without asking
        # whether it had begun (its SeekScan); `+` asks of the row itself, not of the index.
        return f"({end} IN ({days}) AND +{start} <= {on})", [*kind, *day, *kind, *day]


def in_units(rows: QuerySet[StoredSpan], units: Collection[int]) -> QuerySet[StoredSpan]:
    """Spans of these units; as a number, or every one of them would be looked up on every day."""
    unit = ExpressionWrapper(F("unit") + Value(0), output_field=BigIntegerField())
    return rows.alias(one_of=unit).filter(one_of__in=units)


def holding(strand: Strand, on: date) -> Q:
    """Spans of a strand that hold a day."""
    return Q(EndsFrom(strand, on), strand=strand, start_on__lte=on)


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


class InBytes(Func):
    """Text in the order of its bytes, which is Python's too, whatever order the database is set to."""

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="%(expressions)s COLLATE BINARY", **more
        )

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template='%(expressions)s COLLATE "C"', **more)
