"""A coverage report as a page: a sentence, and a row a group with prosecutors beside all staff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from supervision.domain.groups import Tally
from supervision.queries.coverage import Group, Report
from wellbeing.domain.roles import JobRole, Strand

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
ROLES = {
    JobRole.PROSECUTOR: "Prosecutors",
    JobRole.PARALEGAL: "Paralegal staff",
    JobRole.MANAGER: "Managers",
}
NOT_SUPERVISION = "This is not clinical supervision and never counts as it. "


@dataclass(frozen=True, slots=True)
class Bar:
    """Shares of those at work, in percent of a bar 100 wide; `until`: where overdue begins."""

    in_date: str
    due_soon: str
    overdue: str
    until: str


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
    bar: Bar


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: an Area, a unit or a job role. `shown`: the population asked for.

    `people`: where the lists behind its numbers are, without the measure; empty: there are none.
    """

    name: str
    href: str
    prosecutors: Population
    shown: Population
    people: str = ""


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
        bar=_bar(counts),
    )


def _bar(counts: Tally) -> Bar:
    whole = counts.present or 1
    in_date, due_soon, overdue = (
        100 * n / whole for n in (counts.in_date, counts.due_soon, counts.overdue)
    )
    return Bar(
        f"{in_date:.1f}",
        f"{due_soon:.1f}",
        f"{overdue:.1f}" if counts.overdue else "",
        f"{in_date + due_soon:.1f}",
    )


def line(group: Group, href: str = "", shown: Tally | None = None, people: str = "") -> Line:
    """`shown`: counts of the job role asked for; without one, of everybody."""
    counts = group.counts if shown is None else shown
    return Line(group.name, href, population(group.prosecutors), population(counts), people)


def ranked(groups: Sequence[Group]) -> list[Group]:
    """What needs doing first: prosecutors' coverage from the lowest, nobody to cover last."""
    return sorted(
        groups,
        key=lambda g: (g.prosecutors.coverage is None, g.prosecutors.coverage or 0, g.name),
    )


def finding(groups: Sequence[Group], what: str, percent: int) -> str:
    """`3 of 14 Areas are below 80% for prosecutors`; empty where there are none."""
    shares = [g.prosecutors.coverage for g in groups if g.prosecutors.coverage is not None]
    if len(shares) < 2:
        return ""
    low = sum(share * 100 < percent for share in shares)
    if not low:
        return f"No {what} is below {percent}% for prosecutors"
    verb = "is" if low == 1 else "are"
    return f"{low} of {len(shares)} {what}s {verb} below {percent}% for prosecutors"


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


OUTSIDE = {
    JobRole.PROSECUTOR: ("prosecutor", "prosecutors"),
    JobRole.PARALEGAL: ("member of paralegal staff", "paralegal staff"),
    JobRole.MANAGER: ("manager", "managers"),
}


def outside_words(outside: Mapping[JobRole, int]) -> str:
    """`12 managers are outside the scope of any policy of this, and in no figure here.`"""
    if not outside:
        return "Nobody with a posting on this day is outside the scope of the policy."
    number = sum(outside.values())
    named = [f"{n:,} {OUTSIDE[role][n != 1]}" for role, n in sorted(outside.items())]
    words = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    verb = "is" if number == 1 else "are"
    return f"{words} {verb} outside the scope of any policy of this, and in no figure here."


def meaning(strand: Strand) -> str:
    """What the words of the table say of this strand."""
    other = "" if strand == Strand.SUPERVISION else NOT_SUPERVISION
    return (
        f"In cover means {MEANING[strand]} within the interval that the policy sets."
        f" {other}People who are away are counted apart."
    )
