"""What the checks share: statements that read, and ids as people write them."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from wellbeing.domain.booking import CLAIMING_EVENTS, HOLDS_SEAT, LIVE
from wellbeing.guards.guard import quoted

# An instant to the lines of what is broken then; the check's name says which rule it is.
Check = Callable[[datetime], Iterator[str]]
SEATS, LIVE_BOOKINGS = quoted(HOLDS_SEAT), quoted(LIVE)
LIVE_EVENTS = quoted(CLAIMING_EVENTS)


def select(sql: str, *instants: datetime) -> Iterator[tuple[Any, ...]]:
    """Rows of one statement, the same text on both engines; instants as each stores them."""
    adapted = [connection.ops.adapt_datetimefield_value(at) for at in instants]
    with connection.cursor() as cursor:
        cursor.execute(sql, adapted)
        while found := cursor.fetchmany(1000):
            yield from found


def public(value: object) -> str:
    """A public id: SQLite keeps it without its hyphens."""
    return str(UUID(str(value)))
