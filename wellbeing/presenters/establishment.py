"""Loaded against establishment in words, and as rows of a table."""

from dataclasses import dataclass, field
from datetime import date

from wellbeing.domain.establishment import Against, Compared, Comparison
from wellbeing.presenters.dates import counted, short_day

NOT_COUNTED = (
    "“Every prosecutor” is unproven: the HR department’s count has not been imported,"
    " so these figures are of the people loaded alone."
)
NO_PROSECUTORS_COUNTED = (
    "“Every prosecutor” is unproven: HR has given no count of prosecutors here."
)


@dataclass(frozen=True, slots=True)
class AgainstCells:
    """One population of a row: numbers as text, a dash where HR has given no count."""

    loaded: str
    counted: str
    missing: str
    more: str


@dataclass(frozen=True, slots=True)
class Row:
    """An Area, a unit, or all of them."""

    name: str
    prosecutors: AgainstCells
    everyone: AgainstCells


@dataclass(frozen=True, slots=True)
class AreaRows:
    """An Area's sentence and its units."""

    name: str
    words: str
    units: list[Row] = field(default_factory=list)


def prosecutors_words(total: Compared) -> str:
    """`33 of 35 prosecutors that HR counts are loaded (as of 30 September 2022).`

    Where nothing, or no prosecutor's count, is held: that "every prosecutor" is unproven.
    """
    if not total.everyone.is_counted:
        return NOT_COUNTED
    if not total.prosecutors.is_counted:
        return NO_PROSECUTORS_COUNTED
    one = total.prosecutors
    noun = "prosecutor" if one.headcount == 1 else "prosecutors"
    return _sentence(one, f"{one.matched:,} of {one.headcount:,} {noun}")


def everyone_words(total: Compared) -> str:
    """The same of all RASSO staff; empty where HR has counted nobody."""
    if not total.everyone.is_counted:
        return ""
    one = total.everyone
    return _sentence(one, f"Of all RASSO staff, {one.matched:,} of {one.headcount:,}")


def _sentence(one: Against, of: str) -> str:
    verb = "is" if one.headcount == 1 else "are"
    parts = [f"{of} that HR counts {verb} loaded ({_as_of(one)})."]
    if one.beyond:
        more = "is" if one.beyond == 1 else "are"
        parts.append(f"{one.beyond:,} more {more} loaded than HR counts in their unit.")
    if one.uncounted:
        verb = "is" if one.uncounted == 1 else "are"
        parts.append(f"{one.uncounted:,} {verb} loaded where HR has given no count.")
    return " ".join(parts)


def _as_of(one: Against) -> str:
    first, last = one.first, one.last
    # Asked only where there is a count.
    assert first is not None
    assert last is not None
    if first == last:
        return f"as of {short_day(first)}"
    return f"counts of {short_day(first)} to {short_day(last)}"


def area_rows(comparison: Comparison) -> list[Row]:
    """A row an Area, in order of name."""
    return [row(one, one.area) for one in comparison.areas]


def unit_rows(comparison: Comparison) -> list[AreaRows]:
    """Each Area with its units."""
    areas = {one.key: AreaRows(one.area, prosecutors_words(one)) for one in comparison.areas}
    for one in comparison.units:
        areas[one.key].units.append(row(one, one.unit))
    return list(areas.values())


def row(one: Compared, name: str) -> Row:
    return Row(name, _cells(one.prosecutors), _cells(one.everyone))


def _cells(one: Against) -> AgainstCells:
    if not one.is_counted:
        return AgainstCells(f"{one.loaded:,}", "–", "–", "–")
    more = one.beyond + one.uncounted
    return AgainstCells(
        f"{one.loaded:,}", f"{one.headcount:,}", f"{one.missing:,}", f"{more:,}"
    )


def missing_words(comparison: Comparison, on: date) -> str:
    """`On 12 May 2026 everybody whom HR counts is loaded.` or how many are not."""
    total = comparison.total.everyone
    if not total.is_counted:
        return ""
    if not total.missing:
        return f"On {short_day(on)} everybody whom HR counts is loaded."
    verb = "is" if total.missing == 1 else "are"
    people = counted(total.missing, "person", "people")
    return f"On {short_day(on)} {people} whom HR counts {verb} not loaded."
