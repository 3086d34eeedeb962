"""Units and their Areas by name, for reports that count by primary key."""

from collections.abc import Mapping
from dataclasses import dataclass

from wellbeing.models import Unit


@dataclass(frozen=True, slots=True)
class Named:
    """A unit and its Area, by name."""

    unit: int
    name: str
    area: int
    area_name: str


def units() -> dict[int, Named]:
    """Every unit by primary key; one query."""
    rows = Unit.objects.values_list("pk", "name", "area", "area__name")
    return {row[0]: Named(*row) for row in rows}


def areas_of(named: Mapping[int, Named]) -> dict[int, int]:
    """By unit its Area, by primary keys."""
    return {pk: one.area for pk, one in named.items()}
