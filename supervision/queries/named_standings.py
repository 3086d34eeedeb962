"""People of a report by name, for readers who may see names; of the others how many there are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from supervision.domain.cover import Standing
from wellbeing.domain.viewer import Viewer
from wellbeing.queries.people import nameable
from wellbeing.queries.policies import policy_of

from .report_lines import spans_on, standing_of
from .stored_cover import StoredCover
from .units import units

# So many people's names are asked for in one query.
AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class NamedStanding:
    """Somebody whose name this reader may see today, and where they stood on the day."""

    public_id: UUID
    name: str
    standing: Standing


def named_people(
    viewer: Viewer, people: Collection[int], today: date
) -> dict[int, tuple[UUID, str]]:
    """By primary key the public id and name of those whose name this reader may see today.

    A query for every few thousand people: SQLite takes so many keys and no more.
    """
    keys, found = list(people), {}
    for first in range(0, max(len(keys), 1), AT_ONCE):
        rows = nameable(viewer, today).filter(pk__in=keys[first : first + AT_ONCE])
        for pk, public_id, name in rows.values_list("pk", "public_id", "name"):
            found[pk] = (public_id, name)
    return found


def named_standings(
    viewer: Viewer, cover: StoredCover, on: date, today: date
) -> tuple[list[NamedStanding], int]:
    """Everybody in scope on the day, and how many of them cannot be named; five queries.

    Figures follow the posting on the day asked about, names need the relation to hold today
    (domain.md, who may see what).
    """
    policy, named = policy_of(cover.where.strand), units()
    standings = {
        person: standing_of(person, span, on, named[span.unit].area, policy)
        for person, span in spans_on(cover, on)
    }
    known = named_people(viewer, standings.keys(), today)
    found = [NamedStanding(*known[p], one) for p, one in standings.items() if p in known]
    return found, len(standings) - len(found)
