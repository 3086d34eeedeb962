"""Whose cover is not built yet since their facts changed."""

from datetime import datetime

from supervision.models import StaleCover


def is_anybody_stale(at: datetime) -> bool:
    """True where there is something to build; asked by the worker's clock."""
    return StaleCover.objects.exists()


def stale_people() -> set[int]:
    """Whom reports must work out from the facts; one query."""
    return set(StaleCover.objects.values_list("person", flat=True).distinct())
