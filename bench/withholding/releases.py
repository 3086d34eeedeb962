"""Invented month-ends of the shape that a real release has, as large as is asked for.

The counts are drawn person by person and made into figures by the service's own code, so that
they add up as those of a release do: three strands, all staff and prosecutors, every group.
"""

from dataclasses import dataclass
from random import Random

from supervision.domain.groups import Tally
from supervision.domain.released import MonthEnd, figures
from wellbeing.domain.disclosure import Figures
from wellbeing.domain.roles import JobRole, Strand

# Of a unit's people, how many hold each job role.
SHARES = {JobRole.PROSECUTOR: 0.6, JobRole.PARALEGAL: 0.28, JobRole.MANAGER: 0.12}
# By strand how often somebody at work is in date, due soon and overdue, and was never seen.
STANDING = {
    Strand.SUPERVISION: ((0.6, 0.15, 0.25), 0.08),
    Strand.CHECK_IN: ((0.7, 0.2, 0.1), 0.02),
    Strand.TRAINING: ((0.75, 0.05, 0.2), 0.15),
}
STATUSES = ("in_date", "due_soon", "overdue")


@dataclass(frozen=True)
class Size:
    """How large a release is; `people`: how many a unit has on average."""

    areas: int = 14
    units: int = 33
    people: int = 60


# As large as the release of the demonstration.
DEMO = Size()


def release(number: int, size: Size = DEMO) -> Figures:
    """The figures of the release with this number: always the same ones."""
    draw = Random(number)
    areas: dict[int, tuple[int, ...]] = {}
    for unit in range(size.units):
        area = unit if unit < size.areas else draw.randrange(size.areas)
        areas[area] = (*areas.get(area, ()), unit)
    everybody = frozenset(JobRole)
    counts: dict[Strand, dict[tuple[int, JobRole], Tally]] = {s: {} for s in Strand}
    for unit in range(size.units):
        for role, share in SHARES.items():
            mean = size.people * share
            for _ in range(max(0, round(draw.gauss(mean, mean / 3)))):
                _add_person(draw, counts, (unit, role))
    return figures(MonthEnd(counts, areas, dict.fromkeys(Strand, everybody)))


def _add_person(
    draw: Random,
    counts: dict[Strand, dict[tuple[int, JobRole], Tally]],
    where: tuple[int, JobRole],
) -> None:
    """One person more under each strand: away in all or in none."""
    is_away = draw.random() < 0.05
    for strand, (shares, never) in STANDING.items():
        tally = counts[strand].setdefault(where, Tally())
        status = "absent" if is_away else draw.choices(STATUSES, shares)[0]
        setattr(tally, status, getattr(tally, status) + 1)
        offered = draw.random() < 0.85
        tally.in_scope += 1
        tally.never_seen += draw.random() < never
        tally.offered += offered
        tally.taken_up += offered and draw.random() < 0.8
