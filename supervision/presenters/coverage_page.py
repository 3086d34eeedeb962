"""A coverage report as a page: a sentence, and a row a group with prosecutors beside all staff."""

from collections.abc import Sequence
from dataclasses import dataclass

from supervision.domain.groups import Tally
from supervision.queries.coverage import Group, Report
from wellbeing.domain.disclosure import publishable
from wellbeing.domain.roles import Strand

# Each strand is counted alone, and every page and print says which it is.
STRANDS = {
    Strand.SUPERVISION: "Clinical supervision",
    Strand.CHECK_IN: "Line-manager check-ins",
    Strand.TRAINING: "Welfare training",
}
MEANING = {
    Strand.SUPERVISION: "seen by a clinical supervisor",
    Strand.CHECK_IN: "a check-in held",
    Strand.TRAINING: "welfare training taken",
}
NOT_SUPERVISION = "This is not clinical supervision and never counts as it. "
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


def headline_of_all(report: Report) -> str:
    """`Of all 1,849 RASSO staff at work, 1,430 (77.3%) are.` Empty where nobody is."""
    counts = report.total.counts
    if not counts.present:
        return ""
    return (
        f"Of all {counts.present:,} RASSO staff at work,"
        f" {counts.in_cover:,} ({counts.coverage:.1%}) are."
    )


def meaning(strand: Strand) -> str:
    """What the words of the table say of this strand."""
    other = "" if strand == Strand.SUPERVISION else NOT_SUPERVISION
    return (
        f"In cover means {MEANING[strand]} within the interval that the policy sets."
        f" {other}People who are away are counted apart."
    )


@dataclass(frozen=True, slots=True)
class National:
    """What somebody who may not see the names is told of one population."""

    name: str
    in_scope: str
    percent: str


def national(report: Report, led: frozenset[int] = frozenset()) -> list[National]:
    """Prosecutors and all RASSO staff, withheld where a number is small (domain.md).

    `led`: the Areas whose exact figures the reader has, and can take away from these; what
    is left then must be no small number either.
    """
    sub, whole = report.prosecutors.counts, report.total.counts
    shown = publishable(_share(sub), _share(whole))
    own = [g for g in report.groups if g.key in led]
    if own and len(own) < len(report.groups):
        rest = publishable(
            _less(_share(sub), [_share(g.prosecutors) for g in own]),
            _less(_share(whole), [_share(g.counts) for g in own]),
        )
        shown = (shown[0] and rest[0], shown[1] and rest[1])
    return [
        _national("Prosecutors", sub, shown[0]),
        _national("All RASSO staff", whole, shown[1]),
    ]


def _share(counts: Tally) -> tuple[int, int]:
    return counts.in_cover, counts.present


def _less(whole: tuple[int, int], parts: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return whole[0] - sum(p[0] for p in parts), whole[1] - sum(p[1] for p in parts)


def _national(name: str, counts: Tally, shown: bool) -> National:
    if not shown or counts.coverage is None:
        return National(name, WITHHELD, WITHHELD)
    return National(name, f"{counts.in_scope:,}", f"{counts.coverage:.1%}")
