"""People of a list as tables to take away: a row a person, made when it is asked for."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from supervision.queries.cover_lists import Listed
from wellbeing.presenters.tables import Column, Kind, Table

from .coverage_files import MEANS
from .coverage_out import PERSON

KINDS = {
    **dict.fromkeys(
        ("staff_number", "person", "area", "unit", "job_role", "status"), Kind.TEXT
    ),
    **dict.fromkeys(("never_seen", "offered", "taken_up"), Kind.YES_NO),
    **dict.fromkeys(("last_counted_on", "due_on", "joined_on"), Kind.DAY),
}
VALUES: dict[str, Callable[[Listed], Any]] = {
    "staff_number": lambda one: one.staff_number,
    "person": lambda one: one.name,
    "area": lambda one: one.place.area_name,
    "unit": lambda one: one.place.name,
    "job_role": lambda one: one.standing.job_role.value,
    "status": lambda one: one.standing.status.value,
    "never_seen": lambda one: one.standing.never_seen,
    "joined_on": lambda one: one.standing.run_started_on,
    "last_counted_on": lambda one: one.standing.last_counted_on,
    "due_on": lambda one: one.standing.due_on,
    "elapsed_days": lambda one: one.standing.elapsed_days,
    "limit_days": lambda one: one.standing.limit_days,
    "days_over": lambda one: max(0, one.standing.elapsed_days - one.standing.limit_days),
    "longest_gap_days": lambda one: one.gap.days,
    "longest_gap_calendar_days": lambda one: one.gap.calendar_days,
    "offered": lambda one: one.standing.offered,
    "taken_up": lambda one: one.standing.taken_up,
    "credited_minutes": lambda one: one.minutes,
}
WHO = ("staff_number", "person", "area", "unit", "job_role")
PEOPLE = (*WHO, *PERSON[1:])
GAPS = (*WHO, "longest_gap_days", "longest_gap_calendar_days", "last_counted_on")
NEVER_SEEN = (*WHO, "joined_on", "elapsed_days", "limit_days", "days_over", "due_on")
MEASURED = (*WHO, "status", "never_seen", "last_counted_on", "due_on", "offered", "taken_up")


def people_table(columns: Sequence[str], people: Iterable[Listed]) -> Table:
    """A row a person, in the order in which they come. KeyError of a column that there is not."""
    values = [VALUES[name] for name in columns]
    return Table(
        "People",
        [Column(name, KINDS.get(name, Kind.NUMBER), MEANS[name]) for name in columns],
        ([value(one) for value in values] for one in people),
    )
