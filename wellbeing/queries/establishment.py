"""The people loaded beside those whom HR counts, on any day: two queries whatever the size."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from wellbeing.domain.establishment import Cell, Comparison
from wellbeing.domain.roles import JobRole
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Establishment, Posting
from wellbeing.models.dated import covering

# Area's key and name, unit, job role.
Key = tuple[int, str, str, str]


def loaded_against(on: date, area: int | None = None, unit: str | None = None) -> Comparison:
    """Of each unit and job role the latest count as of `on` or before, and who is in a posting.

    `area` and `unit` (by name: HR may know units that nobody is loaded in) narrow both sides.
    """
    return _compared(on, None if area is None else [area], unit)


def loaded_of(viewer: Viewer, on: date) -> Comparison:
    """The same of the Areas that this lead leads: all of them for a national lead."""
    return _compared(on, None if viewer.is_national_lead else viewer.led_areas, None)


def _compared(on: date, areas: Collection[int] | None, unit: str | None) -> Comparison:
    counts = _latest(on)
    postings: QuerySet[Any] = Posting.objects.filter(covering(on))
    if areas is not None:
        counts = counts.filter(area__in=areas)
        postings = postings.filter(unit__area__in=areas)
    if unit is not None:
        counts, postings = counts.filter(unit=unit), postings.filter(unit__name=unit)
    loaded: dict[Key, int] = {
        (area, name, its_unit, role): number
        for area, name, its_unit, role, number in postings.order_by()
        .values_list("unit__area", "unit__area__name", "unit__name", "job_role")
        .annotate(number=Count("pk"))
    }
    counted: dict[Key, tuple[int, date]] = {
        (area, name, its_unit, role): (headcount, as_of)
        for area, name, its_unit, role, headcount, as_of in counts.values_list(
            "area", "area__name", "unit", "job_role", "headcount", "as_of"
        )
    }
    return Comparison(
        Cell(
            *key[:3],
            JobRole(key[3]),
            loaded.get(key, 0),
            *counted.get(key, (None, None)),
        )
        for key in loaded.keys() | counted.keys()
    )


def _latest(on: date) -> QuerySet[Any]:
    """Counts as of `on` or before that no later one of the same unit and job role replaces."""
    known = Establishment.objects.filter(as_of__lte=on)
    later = known.filter(
        area=OuterRef("area"),
        unit=OuterRef("unit"),
        job_role=OuterRef("job_role"),
        as_of__gt=OuterRef("as_of"),
    )
    return known.filter(~Exists(later))
