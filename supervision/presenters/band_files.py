"""How many people lie in which band of the longest gap, or of not yet seen, to take away."""

from collections.abc import Iterable, Sequence

from supervision.queries.bands import Bands, Gaps
from wellbeing.presenters.tables import Column, Kind, Table

from .cover_lists import gap_numbers, never_seen_numbers

GAPS = (
    Column("band", Kind.TEXT, "The longest gap, against the person's interval on that day"),
    Column("prosecutors", Kind.NUMBER, "Prosecutors, by their gap in days not away"),
    Column("all_staff", Kind.NUMBER, "All RASSO staff, by their gap in days not away"),
    Column("prosecutors_calendar", Kind.NUMBER, "Prosecutors, by their gap in calendar days"),
    Column("all_staff_calendar", Kind.NUMBER, "All RASSO staff, by their gap in calendar days"),
)
NEVER_SEEN = (
    Column("band", Kind.TEXT, "Days not away beyond the first limit"),
    Column("prosecutors", Kind.NUMBER, "Prosecutors not yet seen"),
    Column("all_staff", Kind.NUMBER, "All RASSO staff not yet seen"),
    Column("away", Kind.NUMBER, "Of all staff not yet seen: away that day"),
)


def gaps_table(found: Gaps) -> Table:
    """A row a band; everybody in scope is in one."""
    return _table("Longest gaps", GAPS, gap_numbers(found))


def never_seen_table(found: Bands) -> Table:
    """A row a band; everybody not yet seen is in one."""
    return _table("Not yet seen", NEVER_SEEN, never_seen_numbers(found))


def _table(
    title: str, columns: Sequence[Column], rows: Iterable[tuple[str, list[int]]]
) -> Table:
    return Table(title, columns, [[name, *numbers] for name, numbers in rows])
