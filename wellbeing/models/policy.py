"""What must happen how often, from a day on: the versions of each strand's policy."""

from django.db import models

from wellbeing.domain.privacy import ALWAYS, INTERNAL
from wellbeing.domain.roles import JobRole, Strand

from .fact import Fact, closing_pair


class PolicyVersion(Fact):
    """A version covers one or more job roles; never edited once in force (domain.md, Words).

    One column a job role, so that the database itself refuses two versions of a
    strand for one role with the same effective day.
    """

    strand = models.CharField(max_length=16, choices=[(s.value, s.value) for s in Strand])
    for_prosecutors = models.BooleanField()
    for_paralegals = models.BooleanField()
    for_managers = models.BooleanField()
    interval_days = models.PositiveIntegerField()
    first_within_days = models.PositiveIntegerField()
    due_soon_days = models.PositiveIntegerField()
    least_credited_minutes = models.PositiveIntegerField()
    effective_from = models.DateField()

    class Meta:
        constraints = [
            closing_pair("policy"),
            models.CheckConstraint(
                condition=models.Q(strand__in=[s.value for s in Strand]),
                name="policy_strand_known",
            ),
            models.CheckConstraint(
                condition=models.Q(for_prosecutors=True)
                | models.Q(for_paralegals=True)
                | models.Q(for_managers=True),
                name="policy_covers_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(interval_days__gte=1, first_within_days__gte=1),
                name="policy_limits_from_one",
            ),
            *[
                models.UniqueConstraint(
                    fields=["strand", "effective_from"],
                    condition=models.Q(superseded_at__isnull=True) & models.Q(**{column: True}),
                    name=f"policy_once_{column}",
                )
                for column in ("for_prosecutors", "for_paralegals", "for_managers")
            ],
        ]

    class Privacy(Fact.Privacy):
        strand = (INTERNAL, ALWAYS)
        for_prosecutors = (INTERNAL, ALWAYS)
        for_paralegals = (INTERNAL, ALWAYS)
        for_managers = (INTERNAL, ALWAYS)
        interval_days = (INTERNAL, ALWAYS)
        first_within_days = (INTERNAL, ALWAYS)
        due_soon_days = (INTERNAL, ALWAYS)
        least_credited_minutes = (INTERNAL, ALWAYS)
        effective_from = (INTERNAL, ALWAYS)

    @property
    def job_roles(self) -> frozenset[JobRole]:
        """The job roles this version covers."""
        flags = (self.for_prosecutors, self.for_paralegals, self.for_managers)
        return frozenset(r for r, f in zip(JobRole, flags, strict=True) if f)
