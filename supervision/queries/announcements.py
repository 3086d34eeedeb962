"""Who is told each month that a report is there."""

from datetime import date

from supervision.models import Announcement
from wellbeing.domain.roles import Role, Strand
from wellbeing.models import RoleGrant
from wellbeing.models.dated import covering


def announced_to(person: int) -> Strand | None:
    """What this lead is told of; None: nothing. One query."""
    strand = Announcement.objects.filter(person=person).values_list("strand", flat=True).first()
    return Strand(strand) if strand else None


def subscribed_leads(on: date) -> list[int]:
    """Leads of that day who asked to be told."""
    leads = RoleGrant.objects.filter(covering(on), role__in=[Role.LEAD, Role.AREA_LEAD])
    rows = Announcement.objects.filter(
        person__in=leads.values("person"), person__is_active=True
    )
    return list(rows.order_by("pk").values_list("person", flat=True))
