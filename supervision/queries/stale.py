"""Whose cover is not built yet since their facts changed."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from supervision.models import StaleCover

_most: ContextVar[int | None] = ContextVar("most", default=None)


class StillBuilding(Exception):
    """More people are to be worked out than a page can wait for; `number` says how many."""

    def __init__(self, number: int) -> None:
        super().__init__(f"{number} people are still to be built")
        self.number = number


@contextmanager
def at_most(number: int) -> Iterator[None]:
    """Within it whoever asks for more stale people than this is told StillBuilding."""
    token = _most.set(number)
    try:
        yield
    finally:
        _most.reset(token)


def is_anybody_stale(at: datetime) -> bool:
    """True where there is something to build; asked by the worker's clock."""
    return StaleCover.objects.exists()


def stale_people(among: Collection[int] | None = None) -> set[int]:
    """Whom reports must work out from the facts, of these people or of all; one query.

    StillBuilding where they are more than `at_most` allows.
    """
    rows = StaleCover.objects.all()
    if among is not None:
        rows = rows.filter(person__in=among)
    found = set(rows.values_list("person", flat=True).distinct())
    most = _most.get()
    if most is not None and len(found) > most:
        raise StillBuilding(len(found))
    return found
