"""Two days side by side: who fell out of cover between them, and who came back."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from supervision.domain.spans import CoverSpan, span_on
from wellbeing.domain.roles import JobRole

from .stored_cover import Place, StoredCover
from .trend import Month

# What somebody is on a day; out of scope is None.
AWAY, OVERDUE, IN_COVER = 0, 1, 2
STATES = 3
ROLES = list(JobRole)


class State(NamedTuple):
    """Where somebody works on a day, and what they are."""

    place: Place
    what: int


@dataclass(slots=True)
class Change:
    """How many people: of those in scope and not away on both days, and of the rest."""

    fell_out: int = 0
    came_back: int = 0
    joined: int = 0
    left: int = 0

    def add(self, was: int | None, now: int | None, number: int) -> None:
        """So many people more."""
        self.fell_out += number * ((was, now) == (IN_COVER, OVERDUE))
        self.came_back += number * ((was, now) == (OVERDUE, IN_COVER))
        self.joined += number * (was is None)
        self.left += number * (now is None)


@dataclass(slots=True)
class Compared:
    """By unit (or Area) and job role: people on each of the days, and how many changed.

    A change is at its place on the later day (of who left: on the earlier).
    """

    before: dict[Place, Month] = field(default_factory=dict)
    now: dict[Place, Month] = field(default_factory=dict)
    changes: dict[Place, Change] = field(default_factory=dict)

    def add(self, was: State | None, now: State | None, number: int = 1) -> None:
        """So many people more."""
        for state, months in ((was, self.before), (now, self.now)):
            if state:
                there = state.what != AWAY
                good = state.what == IN_COVER
                month = months.setdefault(state.place, Month())
                month.add(number, number * there, number * good)
        if either := now or was:
            change = self.changes.setdefault(either.place, Change())
            change.add(was and was.what, now and now.what, number)


def compare(cover: StoredCover, earlier: date, later: date) -> Compared:
    """Everybody on both days; one query.

    Fell out: in cover on the earlier day and overdue on the later one; came back: the other
    way about. Joined and left are the scope, not the service. Who was away on either day is
    in neither of the first two.
    """
    both, values = _both(cover, earlier, later)
    found = Compared()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT was, now, count(*) FROM ({both}) pair GROUP BY was, now", values
        )
        for was, now, number in cursor.fetchall():
            found.add(_state(was), _state(now), number)
    for clock in cover.stale.values():
        was, now = (_state_on(cover, clock.spans, day) for day in (earlier, later))
        found.add(was, now)
    return found


def changed_people(cover: StoredCover, earlier: date, later: date) -> dict[int, bool]:
    """Who fell out of cover (False) and who came back (True), by primary key; one query."""
    both, values = _both(cover, earlier, later)
    was, now = f"was %% {STATES}", f"now %% {STATES}"
    changed = (
        f"{was} = {IN_COVER} AND {now} = {OVERDUE} OR {was} = {OVERDUE} AND {now} = {IN_COVER}"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT person, {now} FROM ({both}) pair WHERE {changed}", values)
        found = {person: what == IN_COVER for person, what in cursor.fetchall()}
    for person, clock in cover.stale.items():
        sides = [_state_on(cover, clock.spans, day) for day in (earlier, later)]
        whats = tuple(side and side.what for side in sides)
        if whats in ((IN_COVER, OVERDUE), (OVERDUE, IN_COVER)):
            found[person] = whats[1] == IN_COVER
    return found


def _both(cover: StoredCover, earlier: date, later: date) -> tuple[str, list[Any]]:
    """SQL of a row a person in scope on either day, and its values; a full join on any engine.

    What somebody is on a day is one number, so that both joining and counting are of numbers.
    """
    before, first = _states(cover, earlier)
    after, second = _states(cover, later)
    return (
        "SELECT person, max(was) AS was, max(now) AS now FROM ("
        f" SELECT person, state AS was, NULL AS now FROM ({before}) b"
        f" UNION ALL SELECT person, NULL, state FROM ({after}) a"
        ") either GROUP BY person",
        [*first, *second],
    )


def _states(cover: StoredCover, on: date) -> tuple[str, list[Any]]:
    key = cover.key
    rows = cover.rows_on(on).values_list("person", key, "job_role", "away", "overdue_on")
    sql, values = rows.query.sql_with_params()
    roles = " ".join(f"WHEN '{role.value}' THEN {n}" for n, role in enumerate(ROLES))
    return (
        f'SELECT person, ("{key}" * {len(ROLES)} + CASE job_role {roles} END) * {STATES}'
        f" + CASE WHEN away THEN {AWAY} WHEN overdue_on <= %s THEN {OVERDUE} ELSE {IN_COVER} END"
        f" AS state FROM ({sql}) day",
        [connection.ops.adapt_datefield_value(on), *values],
    )


def _state(number: int | None) -> State | None:
    if number is None:
        return None
    place, what = divmod(number, STATES)
    key, role = divmod(place, len(ROLES))
    return State((key, ROLES[role]), what)


def _state_on(cover: StoredCover, spans: list[CoverSpan], on: date) -> State | None:
    day = on.toordinal()
    span = span_on(spans, day)
    if span is None or not cover.where.holds(span.unit):
        return None
    if span.away:
        return State(cover.place(span), AWAY)
    return State(cover.place(span), IN_COVER if day < span.overdue else OVERDUE)
