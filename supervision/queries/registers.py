"""Registrations, as the domain reads them."""

from collections.abc import Collection
from datetime import datetime

from supervision.domain.registers import Registered, Registers
from supervision.models import Registration
from wellbeing.models.fact import known


def registers_of(
    hosts: Collection[int] | None = None, *, known_at: datetime | None = None
) -> Registers:
    """Registrations of these supervisors, or of all, as known now or at an instant; one query."""
    rows = known(Registration, known_at)
    if hosts is not None:
        rows = rows.filter(person__in=hosts)
    return Registers(
        Registered(*row)
        for row in rows.values_list("person", "start_on", "end_on", "indemnity_to")
    )
