"""Whose cover is not built yet since their facts changed."""

from collections.abc import Collection
from datetime import datetime

from supervision.models import StaleCover


def is_anybody_stale(at: datetime) -> bool:
    """True where there is something to build; asked by the worker's clock."""
    return StaleCover.objects.exists()


def stale_people(among: Collection[int] | None = None) -> set[int]:
    """Whom reports must work out from the facts, of these people or of all; one query."""
    rows = StaleCover.objects.all()
    if among is not None:
        rows = rows.filter(person__in=among)
    return set(rows.values_list("person", flat=True).distinct())
