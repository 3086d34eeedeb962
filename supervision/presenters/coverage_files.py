"""Coverage reports as tables to take away, with what each column means (contracts.md, Reports out)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from supervision.queries.coverage import Line
from supervision.queries.units import Named
from wellbeing.domain.roles import Strand
from wellbeing.presenters.tables import Column, Kind, Table

from .coverage_out import COUNTS, PERSON, Values, person_values
from .coverage_page import MEANING, STRANDS

WITHHELD_WORDS = (
    "A number is withheld, as the word suppressed, where it is below 5, or where it would let"
    " one below 5 be worked out."
)
MEANS = {
    "name": "The Area, the unit or the job role; all RASSO staff; prosecutors",
    "area": "The Area of the unit",
    "in_scope": "People whose posting of that day a policy covers",
    "absent": "Of those in scope: away that day. They are counted in no other status",
    "in_date": "Seen within the interval, and not due soon",
    "due_soon": "Seen within the interval, and due within the policy's window",
    "overdue": "More days than the interval, or than the first-session limit, without one",
    "never_seen": "In scope, and nothing counted yet within the current run of RASSO service",
    "coverage": "In date or due soon, of those in scope and not away",
    "offered": "In scope, and with a place within the interval, whatever became of it",
    "taken_up": "In scope, and with one within the interval that counts",
    "staff_number": "The person's staff number",
    "person": "The person's name",
    "unit": "The unit of the posting held that day",
    "job_role": "The job role of the posting held that day",
    "status": "in_date, due_soon, overdue or absent, that day",
    "last_counted_on": "The last day with one that counts, within the current run of service",
    "due_on": "The day by which the next is due, given the absences recorded",
    "elapsed_days": "Days since then on which the person was not away",
    "longest_gap_days": "The longest time without one, in days not away",
    "longest_gap_calendar_days": "The longest time without one, in calendar days",
    "credited_minutes": "Minutes credited in the 365 days to that day",
}
GROUP_KINDS = {"name": Kind.TEXT, "area": Kind.TEXT, "coverage": Kind.SHARE}
PERSON_KINDS = {
    **dict.fromkeys(
        ("staff_number", "person", "area", "unit", "job_role", "status"), Kind.TEXT
    ),
    **dict.fromkeys(("never_seen", "offered", "taken_up"), Kind.YES_NO),
    **dict.fromkeys(("last_counted_on", "due_on"), Kind.DAY),
}
PEOPLE = (PERSON[0], "person", "area", "unit", "job_role", *PERSON[1:])


def groups_table(values: Values) -> Table:
    """A row a group, then all staff and prosecutors: the rows of the command's CSV."""
    rows = [*values["groups"], values["total"], values["prosecutors"]]
    names = ["name", *(["area"] if any("area" in row for row in rows) else []), *COUNTS]
    columns = [Column(name, GROUP_KINDS.get(name, Kind.NUMBER), MEANS[name]) for name in names]
    return Table("Coverage", columns, [[row.get(name) for name in names] for row in rows])


def people_table(
    lines: Iterable[Line], names: Mapping[int, str], units: Mapping[int, Named]
) -> Table:
    """A row a person, by staff number; `names`: of each of them."""
    columns = [Column(n, PERSON_KINDS.get(n, Kind.NUMBER), MEANS[n]) for n in PEOPLE]
    return Table("People", columns, _people(lines, names, units))


def _people(
    lines: Iterable[Line], names: Mapping[int, str], units: Mapping[int, Named]
) -> Iterator[list[Any]]:
    for line in lines:
        one = line.standing
        unit = units[one.unit]
        values = person_values(line) | {
            "person": names[one.person],
            "area": unit.area_name,
            "unit": unit.name,
            "job_role": one.job_role.value,
            "last_counted_on": one.last_counted_on,
            "due_on": one.due_on,
        }
        yield [values[name] for name in PEOPLE]


def said(values: Values, *, known: str) -> Sequence[tuple[str, str]]:
    """What the report is, for the sheet of definitions. `known`: as of when, in words."""
    strand = Strand(values["strand"])
    settled = "more than 5% of recent outcomes are not recorded yet"
    return [
        ("Report", f"{STRANDS[strand]} on {values['on']}"),
        ("Known", known),
        ("Provisional", f"Yes: {settled}" if values["provisional"] else "No"),
        ("In cover", f"{STRANDS[strand]}: {MEANING[strand]} within the policy's interval"),
        ("suppressed", WITHHELD_WORDS),
    ]


@dataclass(frozen=True, slots=True)
class Link:
    """One file of a page."""

    text: str
    href: str


def links(name: str, query: str, *part: object) -> list[Link]:
    """The same question as a file of each kind. `name`: of the address; `part`: its Area or unit."""
    more = f"?{query}" if query else ""
    words = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}
    return [
        Link(text, reverse(name, args=[*part, kind]) + more) for kind, text in words.items()
    ]
