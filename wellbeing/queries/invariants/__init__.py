"""What must hold of the facts, asked from the outside (contracts.md, `audit_invariants`).

Nothing is taken on trust: neither the guards, nor claimed time, nor the operations. Each
check is one statement that reads, so it sees one moment, locks nothing, and can be run while
people work. Whatever stands on the ground names checks of its own in settings.INVARIANTS.
"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from . import claims, moves, rows, seats
from .sql import Check

CHECKS: list[Check] = [
    seats.oversold,
    seats.more_than_one_live_booking,
    seats.seat_at_an_event_not_open,
    seats.offer_held_for_ever,
    seats.offer_past_its_start,
    claims.overlapping_events_of_a_host,
    claims.overlapping_time_of_a_person,
    claims.seat_held_by_nobody,
    claims.time_not_claimed,
    moves.not_one_open_move,
    moves.status_not_its_open_move,
    moves.move_not_in_the_table,
    moves.moves_do_not_join,
    moves.outcome_before_the_start,
    rows.set_by_halves,
    rows.closed_before_recorded,
    rows.overlapping_postings,
]


def named_checks(name: str) -> list[Check]:
    """The list that settings.INVARIANTS names. ImportError where it names nothing."""
    found = import_string(name)
    if not isinstance(found, list) or not all(callable(check) for check in found):
        raise ImportError(f"{name} is no list of functions")
    return found


def broken(at: datetime) -> Iterator[str]:
    """One line a broken invariant, as at an instant: which, and ids by which to find it."""
    for name in settings.INVARIANTS:
        for check in named_checks(name):
            words = check.__name__.replace("_", " ")
            yield from (f"{words}: {what}" for what in check(at))
