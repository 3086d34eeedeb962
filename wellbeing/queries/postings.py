"""Postings of everybody, as the domain reads them."""

from collections import defaultdict

from wellbeing.domain.postings import Served
from wellbeing.domain.roles import JobRole
from wellbeing.models import Posting


def all_postings() -> dict[int, list[Served]]:
    """Every current row by person, in order of its first day; one query.

    Of everybody, for a management chain leads anywhere.
    """
    served: dict[int, list[Served]] = defaultdict(list)
    rows = Posting.objects.order_by("person", "start_on").values_list(
        "person", "start_on", "end_on", "unit", "unit__area", "job_role", "line_manager"
    )
    for person, first, last, unit, area, role, manager in rows:
        served[person].append(Served(first, last, unit, area, JobRole(role), manager))
    return served
