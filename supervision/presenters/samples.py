"""An auditor's sample as a list and as a file; whoever is in it has a pseudonym and no name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from supervision.domain.cover import Status
from supervision.models import Sample
from supervision.presenters.coverage_page import STRANDS
from supervision.queries.samples import Row
from wellbeing.domain.local_time import local_day
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.presenters.dates import counted, short_day
from wellbeing.presenters.tables import csv_text

STATUSES = {
    Status.IN_DATE: "In date",
    Status.DUE_SOON: "Due soon",
    Status.OVERDUE: "Overdue",
    Status.ABSENT: "Away",
}
ROLE = {
    JobRole.PROSECUTOR: "Prosecutor",
    JobRole.PARALEGAL: "Paralegal",
    JobRole.MANAGER: "Manager",
}
NOT_SHOWN = "Not shown"
AWAY = "None while away"
# From it and the day that the clock runs from, the first day of an absence would follow.
AWAY_UNCOUNTED = "Not shown while away"
# An absence without a last day comes first.
NO_DAY = "No day, as absences are known"
COLUMNS = (
    "pseudonym",
    "strand",
    "on",
    "job_role",
    "area",
    "status",
    "never_seen",
    "last_counted_on",
    "due_on",
    "elapsed_days",
    "limit_days",
)


@dataclass(frozen=True, slots=True)
class SampleLine:
    """One of an auditor's own samples."""

    title: str
    more: str
    href: str


def sample_title(sample: Sample) -> str:
    """`Clinical supervision on 30 April 2026`."""
    return f"{STRANDS[Strand(sample.strand)]} on {short_day(sample.on)}"


def sample_more(sample: Sample) -> str:
    """`25 people, drawn by the number 1 on 12 May 2026`."""
    made = short_day(local_day(sample.made_at))
    people = counted(sample.size, "person", "people")
    return f"{people}, drawn by the number {sample.seed} on {made}"


def sample_lines(samples: Iterable[Sample]) -> list[SampleLine]:
    """In the order in which they come."""
    return [
        SampleLine(sample_title(s), sample_more(s), reverse("sample", args=[s.public_id]))
        for s in samples
    ]


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of a sample, as it was drawn."""

    pseudonym: str
    href: str
    job_role: str
    area: str
    status: str
    last_counted: str
    due: str
    elapsed: str
    limit: int


def status_words(status: Status, *, never_seen: bool) -> str:
    """`Overdue, not yet seen`."""
    return STATUSES[status] + (", not yet seen" if never_seen else "")


def row_lines(sample: Sample, rows: Iterable[Row]) -> list[RowLine]:
    """In the order in which they come, each with the address of its trace."""
    return [_line(sample, row) for row in rows]


def _line(sample: Sample, row: Row) -> RowLine:
    member = row.member
    return RowLine(
        pseudonym=row.pseudonym,
        href=reverse("sample_trace", args=[sample.public_id, row.pseudonym]),
        job_role=ROLE[JobRole(member.job_role)] if member.job_role else NOT_SHOWN,
        area=member.area.name if member.area else NOT_SHOWN,
        status=status_words(Status(member.status), never_seen=member.never_seen),
        last_counted=_day(member.last_counted_on, "Not yet"),
        due=_day(member.due_on, AWAY if _is_away(row) else NO_DAY),
        elapsed=AWAY_UNCOUNTED if _is_away(row) else f"{member.elapsed_days:,}",
        limit=member.limit_days,
    )


def _is_away(row: Row) -> bool:
    return row.member.status == Status.ABSENT


def _day(on: date | None, otherwise: str) -> str:
    return short_day(on) if on else otherwise


def sample_csv(sample: Sample, rows: Iterable[Row]) -> str:
    """A row a person; what is not shown, and a day that there is not, is an empty cell."""
    return csv_text(
        COLUMNS,
        (
            (
                row.pseudonym,
                sample.strand,
                sample.on.isoformat(),
                row.member.job_role,
                row.member.area.name if row.member.area else "",
                row.member.status,
                "yes" if row.member.never_seen else "no",
                _iso(row.member.last_counted_on),
                _iso(row.member.due_on),
                "" if _is_away(row) else row.member.elapsed_days,
                row.member.limit_days,
            )
            for row in rows
        ),
    )


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""
