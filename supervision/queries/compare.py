"""Two days side by side: who fell out of cover between them, and who came back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from wellbeing.domain.roles import JobRole

from .stored_cover import Place, StoredCover


@dataclass(slots=True)
class Change:
    """People by primary key: of those in scope and not away on both days, and of the rest."""

    fell_out: set[int] = field(default_factory=set)
    came_back: set[int] = field(default_factory=set)
    joined: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)


def compare(cover: StoredCover, earlier: date, later: date) -> dict[Place, Change]:
    """By unit and job role of the later day (of who left: of the earlier one); two queries.

    Fell out: in cover on the earlier day and overdue on the later one; came back: the other
    way about. Joined and left are the scope, not the service. Who was away on either day is
    in neither of the first two.
    """
    before, after = dict(_states(cover, earlier)), dict(_states(cover, later))
    found: dict[Place, Change] = {}
    for person in before.keys() | after.keys():
        was, now = before.get(person), after.get(person)
        either = now or was
        assert either is not None  # one of the two days has them
        change = found.setdefault(either[0], Change())
        if was is None:
            change.joined.add(person)
        elif now is None:
            change.left.add(person)
        elif was[1] is True and now[1] is False:
            change.fell_out.add(person)
        elif was[1] is False and now[1] is True:
            change.came_back.add(person)
    return found


def changed_people(changes: Mapping[Place, Change]) -> dict[int, bool]:
    """Who fell out of cover (False) and who came back (True)."""
    found = {p: False for change in changes.values() for p in change.fell_out}
    return found | {p: True for change in changes.values() for p in change.came_back}


# Unit and job role, and whether in cover; None: away.
State = tuple[Place, bool | None]


def _states(cover: StoredCover, on: date) -> Iterator[tuple[int, State]]:
    rows = cover.rows_on(on).values_list("person", "unit", "job_role", "away", "overdue_on")
    for person, unit, role, away, overdue in rows:
        yield person, ((unit, JobRole(role)), None if away else on < overdue)
    for person, span in cover.stale_on(on):
        good = None if span.away else on.toordinal() < span.overdue
        yield person, ((span.unit, span.job_role), good)
