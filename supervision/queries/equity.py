"""Measures of cover by working pattern, beside those by job role and Area: who fares differently."""

from collections import defaultdict
from datetime import date

from django.db.models import Case, IntegerField, Value, When

from supervision.domain.groups import Tally
from wellbeing.domain.roles import JobRole
from wellbeing.domain.working_days import to_names
from wellbeing.models import Posting
from wellbeing.models.dated import covering

from .stored_cover import StoredCover, add_span, counts_on

# So many days and more are a full week.
FULL_WEEK = 5
# Working days as stored, by how many they are, for those who work fewer.
PART_TIME = {
    number: [days for days in range(1, 128) if len(to_names(days)) == number]
    for number in range(1, FULL_WEEK)
}
# Days a week (FULL_WEEK: that many or more) and job role.
Pattern = tuple[int, JobRole]


def by_pattern(cover: StoredCover, on: date) -> dict[Pattern, Tally]:
    """Counts by working days a week and job role, of the posting of the day; one query.

    A second where somebody is stale.
    """
    postings = Posting.objects.filter(covering(on))
    days = Case(
        *(
            When(person__in=postings.filter(working_days__in=those).values("person"), then=n)
            for n, those in PART_TIME.items()
        ),
        default=Value(FULL_WEEK),
        output_field=IntegerField(),
    )
    counts = counts_on(on)
    rows = cover.rows_on(on).annotate(days=days).values("days", "job_role").annotate(**counts)
    found: dict[Pattern, Tally] = defaultdict(Tally)
    for number, role, *numbers in rows.values_list("days", "job_role", *counts):
        found[number, JobRole(role)] = Tally(**dict(zip(counts, numbers, strict=True)))
    if cover.stale:
        worked = dict(postings.values_list("person", "working_days"))
        for person, span in cover.stale_on(on):
            number = min(FULL_WEEK, len(to_names(worked[person])))
            add_span(found[number, span.job_role], span, on.toordinal())
    return dict(found)
