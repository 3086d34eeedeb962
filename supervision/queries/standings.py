"""Where people stand on a day, for pages of a few people and for who comes first."""

from collections.abc import Collection
from datetime import date

from supervision.domain.cover import Standing
from wellbeing.domain.roles import Strand
from wellbeing.queries.policies import policy_of

from .report_lines import spans_on, standing_of
from .stored_cover import StoredCover, Where
from .units import units


def standings_on(
    on: date, strand: Strand, people: Collection[int] | None
) -> dict[int, Standing]:
    """Where these people stand (None: everybody); whoever is out of scope is left out.

    Four queries.
    """
    return _standings(on, Where(strand, people=None if people is None else frozenset(people)))


def _standings(on: date, where: Where) -> dict[int, Standing]:
    cover = StoredCover(where)
    policy, named = policy_of(where.strand), units()
    return {
        person: standing_of(person, span, on, named[span.unit].area, policy)
        for person, span in spans_on(cover, on)
    }
