"""A released month-end as a page: measures by population, Areas, an Area's units, the trend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from supervision.domain.release_content import Values
from wellbeing.domain.disclosure import SUPPRESSED
from wellbeing.domain.roles import JobRole

from .charts import Chart, Series, chart
from .coverage_page import ROLES

MEASURES = {
    "in_scope": "In scope",
    "absent": "Away",
    "in_date": "In date",
    "due_soon": "Due soon",
    "overdue": "Overdue",
    "never_seen": "Not yet seen",
    "coverage": "In cover, of those at work",
    "offered": "Offered within the interval",
    "taken_up": "Taken up within the interval",
}
BESIDE = ("in_scope", "overdue", "coverage")
WITHHELD = "withheld"
NO_FIGURE = "–"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its heading, where that leads, and its cells as text."""

    name: str
    cells: list[str]
    href: str = ""


def cell(name: str, value: Any) -> str:
    """`1,092`, `76.6%`, a dash where there is nobody, or the word for what is withheld."""
    if value == SUPPRESSED:
        return WITHHELD
    if value is None:
        return NO_FIGURE
    return f"{value:.1%}" if name == "coverage" else f"{value:,}"


def headline(strand: Values) -> str:
    """The finding in a sentence, as far as it may be told."""
    share = strand["prosecutors"]["coverage"]
    whole = strand["all"]["coverage"]
    if share == SUPPRESSED:
        return "The share of prosecutors in cover is withheld: a number in it is too small."
    if share is None:
        return "No prosecutor was in scope of a policy on this day."
    words = f"{share:.1%} of prosecutors at work were in cover"
    if isinstance(whole, float):
        words += f", and {whole:.1%} of all RASSO staff at work"
    return f"{words}."


def populations(strand: Values) -> tuple[list[str], list[Row]]:
    """Heads, and a row a measure: prosecutors beside all staff, and the other job roles."""
    others = [g for g in strand.get("job_roles", ()) if g["name"] != JobRole.PROSECUTOR.value]
    groups = [strand["prosecutors"], strand["all"], *others]
    heads = ["Prosecutors", "All RASSO staff", *(ROLES[JobRole(g["name"])] for g in others)]
    rows = [
        Row(label, [cell(name, group[name]) for group in groups])
        for name, label in MEASURES.items()
    ]
    return heads, rows


def beside(groups: Sequence[Values], ask: Mapping[str, str] | None = None) -> list[Row]:
    """A row an Area or a unit: prosecutors, then all staff. `ask`: the query that opens an Area."""
    return [
        Row(
            group["all"]["name"],
            [cell(name, group[who][name]) for who in ("prosecutors", "all") for name in BESIDE],
            "" if ask is None else "?" + urlencode({**ask, "area": group["all"]["name"]}),
        )
        for group in groups
    ]


def trend(by_day: Mapping[date, Values]) -> Chart | None:
    """The shares of released month-ends; a gap where one is withheld. None for fewer than two."""

    def shares(who: str) -> list[float | None]:
        found = [strand[who]["coverage"] for strand in by_day.values()]
        return [share if isinstance(share, float) else None for share in found]

    series = [Series("Prosecutors", shares("prosecutors")), Series("All staff", shares("all"))]
    if sum(share is not None for share in series[0].shares) < 2:
        return None
    return chart("In cover at the released month-ends", list(by_day), series)
