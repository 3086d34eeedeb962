"""Coverage reports as tables to take away, with what each column means (contracts.md, Reports out)."""

from datetime import date

from wellbeing.domain.roles import Strand
from wellbeing.presenters.tables import Column, Kind, Table

from .coverage_out import COUNTS, Values
from .take_away import Taken, Words, said, stem

WITHHELD_WORDS = (
    "A number is withheld, as the word suppressed, where it is below 5, or where it would let"
    " one below 5 be worked out."
)
OF_SCOPE = "Of everyone in scope, away included; from 0 to 1"
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
    "joined_on": "The first day of the current run of RASSO service",
    "limit_days": "The most days not away: the interval, or at first the first-session limit",
    "days_over": "Days not away beyond that limit; 0 within it",
    "elapsed_days": "Days since then on which the person was not away",
    "longest_gap_days": "The longest time without one, in days not away",
    "longest_gap_calendar_days": "The longest time without one, in calendar days",
    "credited_minutes": "Minutes credited in the 365 days to that day",
}
GROUP_KINDS = {"name": Kind.TEXT, "area": Kind.TEXT, "coverage": Kind.SHARE}


def groups_table(values: Values) -> Table:
    """A row a group, then all staff and prosecutors: the rows of the command's CSV."""
    rows = [*values["groups"], values["total"], values["prosecutors"]]
    names = ["name", *(["area"] if any("area" in row for row in rows) else []), *COUNTS]
    columns = [Column(name, GROUP_KINDS.get(name, Kind.NUMBER), MEANS[name]) for name in names]
    return Table("Coverage", columns, [[row.get(name) for name in names] for row in rows])


def figures(values: Values, *, known: str, where: Words = ()) -> Taken:
    """A report's figures as a file: its JSON is the contract's object as it is.

    `where`: the Area and the unit, where it is of one.
    """
    return Taken(
        stem("coverage", Strand(values["strand"]), date.fromisoformat(values["on"])),
        [groups_table(values)],
        said(values, known=known, more=[*where, ("suppressed", WITHHELD_WORDS)]),
        values,
        in_json=(),
    )
