"""The policy of a strand, as the domain reads it."""

from datetime import datetime

from wellbeing.domain.policy import Policy, Terms
from wellbeing.domain.roles import Strand
from wellbeing.models import PolicyVersion
from wellbeing.models.fact import known


def policies(known_at: datetime | None = None) -> dict[Strand, Policy]:
    """All versions of every strand, as known now or at an instant; one query."""
    terms: dict[Strand, list[Terms]] = {strand: [] for strand in Strand}
    for version in known(PolicyVersion, known_at):
        terms[Strand(version.strand)].append(
            Terms(
                job_roles=version.job_roles,
                interval_days=version.interval_days,
                first_within_days=version.first_within_days,
                due_soon_days=version.due_soon_days,
                least_credited_minutes=version.least_credited_minutes,
                effective_from=version.effective_from,
            )
        )
    return {strand: Policy(versions) for strand, versions in terms.items()}


def policy_of(strand: Strand, known_at: datetime | None = None) -> Policy:
    """All versions of one strand, as known now or at an instant; one query."""
    return policies(known_at)[strand]
