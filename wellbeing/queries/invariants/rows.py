"""What must hold of every row of a kind, whichever model has it; and of postings."""

from collections.abc import Iterator
from datetime import datetime

from django.apps import apps
from django.db import models

from wellbeing.guards.guard import fact_models

from .sql import public, select

# In these words PostgreSQL knows how few there are, and reads the table as it lies.
HALF = 't."{0}" IS NULL AND t."{1}" IS NOT NULL OR t."{0}" IS NOT NULL AND t."{1}" IS NULL'


def set_by_halves(at: datetime) -> Iterator[str]:
    """An `x_at` without its `x_by`, or the other way."""
    for model in apps.get_models():
        columns = {f.name: f.column for f in model._meta.local_concrete_fields}
        for name in (
            n[:-3] for n in columns if n.endswith("_at") and f"{n[:-3]}_by" in columns
        ):
            when, who = columns[f"{name}_at"], columns[f"{name}_by"]
            for row in _named(model, HALF.format(when, who)):
                yield f"{row} has one of {name}_at and {name}_by"


def closed_before_recorded(at: datetime) -> Iterator[str]:
    """A fact that was closed before it was recorded: no day would ever have known it."""
    for model in fact_models():
        for row in _named(model, "t.superseded_at < t.recorded_at"):
            yield f"{row} is closed before it was recorded"


def _named(model: type[models.Model], condition: str) -> Iterator[str]:
    """Rows of which this is true, by public id where the model has one."""
    has_one = any(f.name == "public_id" for f in model._meta.concrete_fields)
    key = "public_id" if has_one else model._meta.pk.column
    table = model._meta.db_table
    found = select(f'SELECT t."{key}" FROM "{table}" t WHERE {condition} ORDER BY 1')
    for (value,) in found:
        yield f"{model._meta.verbose_name} {public(value) if has_one else value}"


def overlapping_postings(at: datetime) -> Iterator[str]:
    """Two current postings of a person on one day."""
    found = select(
        "SELECT p.public_id, a.id, b.id FROM wellbeing_posting a JOIN wellbeing_posting b"
        " ON b.person_id = a.person_id AND b.id > a.id AND b.superseded_at IS NULL"
        " AND (a.end_on IS NULL OR b.start_on <= a.end_on)"
        " AND (b.end_on IS NULL OR a.start_on <= b.end_on)"
        " JOIN wellbeing_person p ON p.id = a.person_id"
        " WHERE a.superseded_at IS NULL ORDER BY p.id, a.id, b.id"
    )
    for person, one, other in found:
        yield f"person {public(person)} has postings {one} and {other}"
