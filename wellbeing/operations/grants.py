"""Giving a person a role: how a new installation gets its first administrator."""

from datetime import date, datetime

from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import Role
from wellbeing.models import Area, Person, RoleGrant
from wellbeing.models.dated import covering

from . import audit
from .feeds import stop_ended_feeds
from .locks import lock_people
from .transaction import operation


@operation
def grant_role(
    role: Role,
    email: str,
    *,
    area: Area | None,
    reason: str,
    by: Person,
    at: datetime,
    on: date,
) -> tuple[Person, bool]:
    """Gives the role from `on`; makes the account if there is none. (person, account made).

    Refused: an Area lead without an Area, another role with one, the service itself. A second time changes
    nothing. A calendar's address of a role that had ended is stopped: they make a new one.
    """
    if (role == Role.AREA_LEAD) != (area is not None):
        raise Refused(
            "Name the Area with --area: an Area lead has one."
            if role == Role.AREA_LEAD
            else f"--area goes with area_lead only, not with {role}."
        )
    person, made = _account(email)
    if person.is_service:
        raise Refused("That is the address of the service itself, which has no role.")
    held = RoleGrant.objects.filter(covering(on), person=person, role=role, area=area)
    if not held.exists():
        # What they read by a role that has ended does not come back with the new one.
        lock_people([person.pk])
        stop_ended_feeds(on=on, at=at, person=person)
        RoleGrant.objects.create(
            person=person,
            role=role,
            area=area,
            reason=reason,
            start_on=on,
            recorded_at=at,
            recorded_by=by,
        )
        audit.record("role.grant", by=by, at=at, about=person.pk, role=role)
    return person, made


def _account(email: str) -> tuple[Person, bool]:
    person = Person.objects.filter(email__iexact=email).first()
    if person:
        return person, False
    person = Person(email=email.lower(), name=email.partition("@")[0])
    person.set_unusable_password()
    person.save()
    return person, True
