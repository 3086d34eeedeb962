"""RASSO staff whom no policy of a strand covers: in no figure of it, and said beside them (rule 1)."""

from django.db.models import Count

from wellbeing.domain.roles import JobRole
from wellbeing.models import Posting
from wellbeing.models.dated import covering
from wellbeing.queries.policies import policy_of

from .coverage import Asked


def outside_scope(asked: Asked) -> dict[JobRole, int]:
    """People of the report's part with a posting that day, by job role without terms in force.

    One query where every job role is covered, and else two.
    """
    policy = policy_of(asked.strand, asked.known_at)
    roles = [role for role in JobRole if policy.in_force(role, asked.on) is None]
    if not roles:
        return {}
    there = Posting.objects.filter(covering(asked.on), job_role__in=roles)
    if asked.area is not None:
        there = there.filter(unit__area=asked.area)
    if asked.unit is not None:
        there = there.filter(unit=asked.unit)
    counts = there.order_by().values_list("job_role").annotate(number=Count("pk"))
    return {JobRole(role): number for role, number in counts}
