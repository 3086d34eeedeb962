"""What HR counts in the demonstration: everybody loaded, and in some units one or two more."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from wellbeing.domain.roles import JobRole

from .sessions import Rows
from .staff import Worker

# The day that the recommendation names.
RECOMMENDED_BY = date(2022, 9, 30)
# Every so many units HR counts so many prosecutors more than are loaded.
SHORT = ((5, 1), (11, 2))


def establishment_rows(workers: Iterable[Worker], on: date) -> Rows:
    """Rows of the establishment file: of the first of this month, and of 30 September 2022."""
    staff = list(workers)
    days = sorted({day for day in (RECOMMENDED_BY, on.replace(day=1)) if day <= on})
    return [row for day in days for row in _rows(staff, day)]


def _rows(workers: list[Worker], as_of: date) -> Rows:
    counts = Counter((w.area, w.unit, w.role) for w in workers if w.serves(as_of))
    units = sorted({(w.area, w.unit) for w in workers})
    for position, (area, unit) in enumerate(units, start=1):
        for every, missing in SHORT:
            if position % every == 0:
                counts[area, unit, JobRole.PROSECUTOR] += missing
    return [
        [area, unit, role.value, number, as_of]
        for (area, unit, role), number in sorted(counts.items())
    ]
