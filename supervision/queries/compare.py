"""Two days side by side: who fell out of cover between them, and who came back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from supervision.domain.spans import CoverSpan, span_on
from wellbeing.domain.roles import JobRole

from .stored_cover import Place, StoredCover

# What somebody is on a day; out of scope is None.
AWAY, OVERDUE, IN_COVER = 0, 1, 2


@dataclass(slots=True)
class Change:
    """How many people: of those in scope and not away on both days, and of the rest."""

    fell_out: int = 0
    came_back: int = 0
    joined: int = 0
    left: int = 0

    def add(self, was: int | None, now: int | None) -> None:
        """One person more."""
        self.fell_out += (was, now) == (IN_COVER, OVERDUE)
        self.came_back += (was, now) == (OVERDUE, IN_COVER)
        self.joined += was is None
        self.left += now is None


def compare(cover: StoredCover, earlier: date, later: date) -> dict[Place, Change]:
    """By unit (or Area) and job role of the later day (of who left: of the earlier); one query.

    Fell out: in cover on the earlier day and overdue on the later one; came back: the other
    way about. Joined and left are the scope, not the service. Who was away on either day is
    in neither of the first two.
    """
    both, values = _both(cover, earlier, later)
    found: dict[Place, Change] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(k_now, k_was), coalesce(role_now, role_was), was, now, count(*)"
            f" FROM ({both}) pair GROUP BY 1, 2, 3, 4",
            values,
        )
        for key, role, was, now, number in cursor.fetchall():
            one = Change()
            one.add(was, now)
            total = found.setdefault((key, JobRole(role)), Change())
            for name in Change.__slots__:
                setattr(total, name, getattr(total, name) + number * getattr(one, name))
    for place, was, now in _stale(cover, earlier, later):
        found.setdefault(place, Change()).add(was, now)
    return found


def changed_people(cover: StoredCover, earlier: date, later: date) -> dict[int, bool]:
    """Who fell out of cover (False) and who came back (True), by primary key; one query."""
    both, values = _both(cover, earlier, later)
    changed = f"(was, now) IN (({IN_COVER}, {OVERDUE}), ({OVERDUE}, {IN_COVER}))"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT person, now FROM ({both}) pair WHERE {changed}", values)
        found = {person: now == IN_COVER for person, now in cursor.fetchall()}
    for person, clock in cover.stale.items():
        was, now = (_state_on(cover, clock.spans, day)[1] for day in (earlier, later))
        if (was, now) in ((IN_COVER, OVERDUE), (OVERDUE, IN_COVER)):
            found[person] = now == IN_COVER
    return found


def _both(cover: StoredCover, earlier: date, later: date) -> tuple[str, list[Any]]:
    """SQL of a row a person in scope on either day, and its values; a full join on any engine."""
    before, first = _states(cover, earlier)
    after, second = _states(cover, later)
    return (
        "SELECT person, max(k_was) AS k_was, max(role_was) AS role_was, max(was) AS was,"
        " max(k_now) AS k_now, max(role_now) AS role_now, max(now) AS now FROM ("
        " SELECT person, k AS k_was, job_role AS role_was, state AS was,"
        f" NULL AS k_now, NULL AS role_now, NULL AS now FROM ({before}) b"
        " UNION ALL"
        f" SELECT person, NULL, NULL, NULL, k, job_role, state FROM ({after}) a"
        ") either GROUP BY person",
        [*first, *second],
    )


def _states(cover: StoredCover, on: date) -> tuple[str, list[Any]]:
    key = cover.key
    rows = cover.rows_on(on).values_list("person", key, "job_role", "away", "overdue_on")
    sql, values = rows.query.sql_with_params()
    return (
        f'SELECT person, "{key}" AS k, job_role,'
        f" CASE WHEN away THEN {AWAY} WHEN overdue_on <= %s THEN {OVERDUE} ELSE {IN_COVER} END"
        f" AS state FROM ({sql}) day",
        [connection.ops.adapt_datefield_value(on), *values],
    )


def _stale(
    cover: StoredCover, earlier: date, later: date
) -> Iterator[tuple[Place, int | None, int | None]]:
    for clock in cover.stale.values():
        (there, was), (here, now) = (
            _state_on(cover, clock.spans, day) for day in (earlier, later)
        )
        if place := here or there:
            yield place, was, now


def _state_on(
    cover: StoredCover, spans: list[CoverSpan], on: date
) -> tuple[Place | None, int | None]:
    day = on.toordinal()
    span = span_on(spans, day)
    if span is None or not cover.where.holds(span.unit):
        return None, None
    if span.away:
        return cover.place(span), AWAY
    return cover.place(span), IN_COVER if day < span.overdue else OVERDUE
