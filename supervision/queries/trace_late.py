"""Facts behind one row of a sample that were recorded or closed after its day, as counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q, QuerySet

from supervision.models import Registration
from wellbeing.domain.local_time import end_of_day
from wellbeing.domain.roles import Strand
from wellbeing.models import Absence, PolicyVersion, Posting


class LateKind(StrEnum):
    """What may lie between a figure as known then and as known now, beside outcomes."""

    POSTING = "posting"
    ABSENCE = "absence"
    REGISTRATION = "registration"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class LateFacts:
    """Rows of a kind that were recorded later, and rows known then that were closed later."""

    kind: LateKind
    recorded: int
    closed: int


def late_facts(
    person: int, hosts: Collection[int], strand: Strand, first: date, on: date
) -> list[LateFacts]:
    """Kinds of which there are any, about days `first` … `on`; four queries.

    `hosts`: whose registrations bear on it. What lies before the period moves nothing in it,
    and how often somebody was ever away is nobody's business.
    """
    days = Q(start_on__lte=on) & (Q(end_on__isnull=True) | Q(end_on__gte=first))
    sources: dict[LateKind, QuerySet[Any]] = {
        LateKind.POSTING: Posting.as_recorded.filter(days, person=person),
        LateKind.ABSENCE: Absence.as_recorded.filter(days, person=person),
        LateKind.REGISTRATION: Registration.as_recorded.filter(days, person__in=set(hosts)),
        LateKind.POLICY: PolicyVersion.as_recorded.filter(
            strand=strand, effective_from__lte=on
        ),
    }
    counted = [_counted(kind, rows, end_of_day(on)) for kind, rows in sources.items()]
    return [one for one in counted if one.recorded or one.closed]


def _counted(kind: LateKind, rows: QuerySet[Any], after: datetime) -> LateFacts:
    then = Q(recorded_at__lte=after, superseded_at__gt=after)
    found = rows.aggregate(
        recorded=Count("pk", filter=Q(recorded_at__gt=after, superseded_at__isnull=True)),
        closed=Count("pk", filter=then),
    )
    return LateFacts(kind, found["recorded"], found["closed"])
