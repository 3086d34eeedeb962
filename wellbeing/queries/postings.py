"""Postings: of everybody, as the domain reads them; and of somebody who has none today."""

from collections import defaultdict
from datetime import date

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


def posting_to_come_or_past(person: int, on: date) -> Posting | None:
    """Of somebody without one on that day: the next posting to come, else the last that was."""
    rows = Posting.objects.filter(person=person)
    ahead = rows.filter(start_on__gt=on).order_by("start_on").first()
    return ahead or rows.filter(end_on__lt=on).order_by("-end_on").first()
