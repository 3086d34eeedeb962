"""Postings: of everybody, as the domain reads them; and of somebody who has none today."""

from collections import defaultdict
from datetime import date, datetime

from wellbeing.domain.postings import Served
from wellbeing.domain.roles import JobRole
from wellbeing.models import Posting
from wellbeing.models.fact import known


def all_postings(known_at: datetime | None = None) -> dict[int, list[Served]]:
    """Every row by person, in order of its first day, as known now or at an instant; one query.

    Of everybody, for a management chain leads anywhere.
    """
    served: dict[int, list[Served]] = defaultdict(list)
    rows = (
        known(Posting, known_at)
        .order_by("person", "start_on")
        .values_list(
            "person", "start_on", "end_on", "unit", "unit__area", "job_role", "line_manager"
        )
    )
    for person, first, last, unit, area, role, manager in rows:
        served[person].append(Served(first, last, unit, area, JobRole(role), manager))
    return served


def posting_to_come_or_past(person: int, on: date) -> Posting | None:
    """Of somebody without one on that day: the next posting to come, else the last that was."""
    rows = Posting.objects.filter(person=person)
    ahead = rows.filter(start_on__gt=on).order_by("start_on").first()
    return ahead or rows.filter(end_on__lt=on).order_by("-end_on").first()
