"""A coverage report as a page: a sentence, and a row a group with prosecutors beside all staff."""

from dataclasses import dataclass

from supervision.domain.groups import Tally
from supervision.queries.coverage import Group, Report
from wellbeing.domain.disclosure import publishable

WITHHELD = "Withheld: a number is too small to show"


@dataclass(frozen=True, slots=True)
class Population:
    """One population's numbers, as a reader of names sees them."""

    in_scope: int
    away: int
    in_date: int
    due_soon: int
    overdue: int
    never_seen: int
    percent: str
    # Of a bar 100 wide.
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: an Area or a unit."""

    name: str
    href: str
    prosecutors: Population
    everyone: Population


def population(counts: Tally) -> Population:
    """Counts with their percentage; a dash where nobody is there to cover."""
    share = counts.coverage
    return Population(
        in_scope=counts.in_scope,
        away=counts.absent,
        in_date=counts.in_date,
        due_soon=counts.due_soon,
        overdue=counts.overdue,
        never_seen=counts.never_seen,
        percent="–" if share is None else f"{share:.1%}",
        width=round(100 * (share or 0), 1),
    )


def line(group: Group, href: str = "") -> Line:
    return Line(group.name, href, population(group.prosecutors), population(group.counts))


def headline(report: Report, where: str) -> str:
    """`Of 1,092 prosecutors at work in RASSO units, 837 (76.6%) are in cover.`"""
    counts = report.prosecutors.counts
    if not counts.present:
        return f"No prosecutor is in scope and at work {where} on this day."
    return (
        f"Of {counts.present:,} prosecutors at work {where},"
        f" {counts.in_cover:,} ({counts.coverage:.1%}) are in cover."
    )


@dataclass(frozen=True, slots=True)
class National:
    """What somebody who may not see the names is told of one population."""

    name: str
    in_scope: str
    percent: str


def national(report: Report) -> list[National]:
    """Prosecutors and all RASSO staff, withheld where a number is small (domain.md)."""
    sub, whole = report.prosecutors.counts, report.total.counts
    shown = publishable((sub.in_cover, sub.present), (whole.in_cover, whole.present))
    return [
        _national("Prosecutors", sub, shown[0]),
        _national("All RASSO staff", whole, shown[1]),
    ]


def _national(name: str, counts: Tally, shown: bool) -> National:
    if not shown or counts.coverage is None:
        return National(name, WITHHELD, WITHHELD)
    return National(name, f"{counts.in_scope:,}", f"{counts.coverage:.1%}")
