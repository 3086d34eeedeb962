"""What the HR department counts: how many of a job role a unit has, as of a day.

Beside the people who are loaded it says whether "every prosecutor" is everybody: a coverage
of those we know is no coverage of those there are (docs/decisions/0015).
"""

from django.db import models

from wellbeing.domain.privacy import ALWAYS, INTERNAL
from wellbeing.domain.roles import JobRole

from .area import Area
from .fact import Fact, closing_pair


class Establishment(Fact):
    """A count holds from its day until a later one of the same unit and job role.

    The unit is kept by name: HR may know one in which nobody is loaded, and it must show
    as empty without standing in any list of units.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.CharField(max_length=200)
    job_role = models.CharField(max_length=16, choices=[(r.value, r.value) for r in JobRole])
    headcount = models.PositiveIntegerField()
    as_of = models.DateField()

    class Meta:
        constraints = [
            closing_pair("establishment"),
            models.CheckConstraint(
                condition=models.Q(job_role__in=[r.value for r in JobRole]),
                name="establishment_job_role_known",
            ),
            models.UniqueConstraint(
                fields=["area", "unit", "job_role", "as_of"],
                condition=models.Q(superseded_at__isnull=True),
                name="establishment_once_a_day",
            ),
        ]

    class Privacy(Fact.Privacy):
        area = (INTERNAL, ALWAYS)
        unit = (INTERNAL, ALWAYS)
        job_role = (INTERNAL, ALWAYS)
        headcount = (INTERNAL, ALWAYS)
        as_of = (INTERNAL, ALWAYS)
