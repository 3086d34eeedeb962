"""The policy of a strand, as the domain reads it."""

from wellbeing.domain.policy import Policy, Terms
from wellbeing.domain.roles import Strand
from wellbeing.models import PolicyVersion


def policy_of(strand: Strand) -> Policy:
    """All versions of one strand; one query."""
    return Policy(
        Terms(
            job_roles=version.job_roles,
            interval_days=version.interval_days,
            first_within_days=version.first_within_days,
            due_soon_days=version.due_soon_days,
            least_credited_minutes=version.least_credited_minutes,
            effective_from=version.effective_from,
        )
        for version in PolicyVersion.objects.filter(strand=strand)
    )
