"""Who is to be written to of a registration or indemnity that ends soon."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from supervision.queries.registrations import SupervisorEnding, endings_with_areas
from wellbeing.domain.local_time import local_day
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.roles import Role
from wellbeing.models import RoleGrant
from wellbeing.models.dated import covering


@dataclass(frozen=True, slots=True)
class Warned:
    """One message to one person; `key` says what it is about, so that it is written once."""

    person: int
    kind: MessageKind
    key: str


def registration_warnings(at: datetime) -> list[Warned]:
    """At each warning once: to the supervisor, and to the leads of the Areas they serve.

    A supervisor who names no Area serves all. A run that was missed is caught up by the
    nearest warning that has been reached; what has ended is for the leads' page.
    """
    on = local_day(at)
    leads = _leads(on)
    found: list[Warned] = []
    for one, areas in endings_with_areas(on):
        if one.ending.within > 0:
            found += _of(one, areas, leads)
    return found


def _of(
    one: SupervisorEnding, areas: set[int], leads: dict[int, set[int | None]]
) -> Iterator[Warned]:
    about = f"{one.person.pk}:{one.ending.last}:{one.ending.within}"
    yield Warned(one.person.pk, MessageKind.REGISTRATION_ENDS, f"registration_ends:{about}")
    for lead, led in leads.items():
        if lead != one.person.pk and (None in led or not areas or areas & led):
            key = f"supervisor_ends:{about}:{lead}"
            yield Warned(lead, MessageKind.SUPERVISOR_ENDS, key)


def _leads(on: date) -> dict[int, set[int | None]]:
    """By lead, the Areas they lead that day; None among them: all."""
    found: dict[int, set[int | None]] = {}
    rows = RoleGrant.objects.filter(covering(on), role__in=[Role.LEAD, Role.AREA_LEAD])
    for person, area in rows.order_by("person").values_list("person", "area"):
        found.setdefault(person, set()).add(area)
    return found
