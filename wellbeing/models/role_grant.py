"""A role given to a person for a time: lead, Area lead, facilitator, auditor, administrator."""

from django.db import models

from wellbeing.domain.privacy import INTERNAL, PERSONAL, SERVICE
from wellbeing.domain.roles import Role

from .area import Area
from .fact import Fact, closing_pair
from .person import Person


class RoleGrant(Fact):
    """An Area lead's grant names an Area; no other does."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=[(r.value, r.value) for r in Role])
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=200, blank=True)
    start_on = models.DateField()
    end_on = models.DateField(null=True)

    class Meta:
        constraints = [
            closing_pair("role_grant"),
            models.CheckConstraint(
                condition=models.Q(role__in=[r.value for r in Role]),
                name="role_grant_role_known",
            ),
            models.CheckConstraint(
                condition=models.Q(role=Role.AREA_LEAD, area__isnull=False)
                | (~models.Q(role=Role.AREA_LEAD) & models.Q(area__isnull=True)),
                name="role_grant_area_of_area_lead",
            ),
            models.CheckConstraint(
                condition=models.Q(end_on__isnull=True)
                | models.Q(end_on__gte=models.F("start_on")),
                name="role_grant_ends_after_start",
            ),
        ]

    class Privacy(Fact.Privacy):
        person = (PERSONAL, SERVICE)
        role = (INTERNAL, SERVICE)
        area = (INTERNAL, SERVICE)
        reason = (INTERNAL, SERVICE)
        start_on = (INTERNAL, SERVICE)
        end_on = (INTERNAL, SERVICE)
