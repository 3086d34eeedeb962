"""Writes the audit row of an operation, inside its transaction: no audit, no write."""

from datetime import datetime
from typing import Any

from wellbeing.models import AuditRow, Person


def record(
    verb: str, *, by: Person, at: datetime, about: int | None = None, **details: Any
) -> None:
    """One row: who did what, when, about whom; details are ids, dates and counts."""
    AuditRow.objects.create(at=at, by=by, verb=verb, about_id=about, details=details)
