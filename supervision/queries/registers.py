"""Registrations, as the domain reads them."""

from collections.abc import Collection

from supervision.domain.registers import Registered, Registers
from supervision.models import Registration


def registers_of(hosts: Collection[int] | None = None) -> Registers:
    """Registrations of these supervisors, or of all; one query."""
    rows = Registration.objects.all()
    if hosts is not None:
        rows = rows.filter(person__in=hosts)
    return Registers(
        Registered(*row)
        for row in rows.values_list("person", "start_on", "end_on", "indemnity_to")
    )
