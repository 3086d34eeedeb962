"""The part of the service that a lead's report is of, with names and addresses of its units."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from wellbeing.domain.roles import JobRole, Strand
from wellbeing.models import Unit

from .coverage import By
from .stored_cover import Place, StoredCover, Where
from .units import Named

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked: a day, a strand, and the units within the Areas that the reader leads."""

    on: date
    where: Where
    by: By
    named: Mapping[int, Named]
    # Public ids of units and of Areas.
    units: Mapping[int, UUID]
    areas: Mapping[int, UUID]
    area_names: Mapping[int, str]

    @property
    def strand(self) -> Strand:
        return self.where.strand

    @property
    def cover(self) -> StoredCover:
        """Cover of it, added up by its groups: units, or Areas."""
        areas = None if self.by == By.UNIT else {pk: one.area for pk, one in self.named.items()}
        return StoredCover(self.where, areas)

    def name(self, key: int) -> str:
        return self.named[key].name if self.by == By.UNIT else self.area_names[key]

    def public_id(self, key: int) -> UUID:
        return self.units[key] if self.by == By.UNIT else self.areas[key]

    def in_order(self, found: Mapping[int, T]) -> list[tuple[int, T]]:
        """What is known of groups, in order of their names."""
        return sorted(found.items(), key=lambda pair: (self.name(pair[0]), pair[0]))


def part(on: date, strand: Strand, areas: frozenset[int] | None, *, by: By) -> Part:
    """The units of these Areas (None: of all); one query."""
    rows = Unit.objects.values_list(
        "pk", "name", "area", "area__name", "public_id", "area__public_id"
    )
    if areas is not None:
        rows = rows.filter(area__in=areas)
    found = list(rows)
    named = {row[0]: Named(*row[:4]) for row in found}
    return Part(
        on=on,
        where=Where(strand, None if areas is None else frozenset(named)),
        by=by,
        named=named,
        units={row[0]: row[4] for row in found},
        areas={row[2]: row[5] for row in found},
        area_names={row[2]: row[3] for row in found},
    )


def unit_part(whole: Part, public_id: UUID) -> Part | None:
    """One unit of a part; None where it is not among its units."""
    unit = next((pk for pk, known in whole.units.items() if known == public_id), None)
    if unit is None:
        return None
    return Part(
        on=whole.on,
        where=Where(whole.strand, frozenset({unit})),
        by=By.UNIT,
        named={unit: whole.named[unit]},
        units={unit: public_id},
        areas=whole.areas,
        area_names=whole.area_names,
    )


def by_role(counts: Mapping[Place, T], role: JobRole | None) -> dict[Place, T]:
    """Those of one job role; None: all."""
    return {place: one for place, one in counts.items() if role in (None, place[1])}
