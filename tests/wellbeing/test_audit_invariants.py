"""Every invariant broken past the guards is found, alone and by its ids; a sound database gives none."""

from collections.abc import Iterator
from datetime import time, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from tests.wellbeing.broken_worlds import (
    WAYS,
    Breaker,
    add_move,
    hosted,
    loosen,
    loosen_check,
    make_seat,
    oversold,
)
from wellbeing import guards
from wellbeing.checks import invariants_named
from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.models import Booking, ClaimedTime, Event
from wellbeing.operations.bookings import book, cancel
from wellbeing.operations.check_ins import record_check_in
from wellbeing.operations.offers import offer
from wellbeing.operations.seats import expire_offers
from wellbeing.operations.waiting import wait
from wellbeing.queries.invariants import CHECKS, broken


@pytest.fixture
def unguarded(cast: Cast) -> Iterator[None]:
    # PostgreSQL changes no table whose deferred checks are still to come.
    connection.check_constraints()
    guards.remove(connection)
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = 0")


def audit() -> tuple[int, str, str]:
    """Exit code and what was printed."""
    out, err = StringIO(), StringIO()
    try:
        call_command("audit_invariants", stdout=out, stderr=err)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.mark.parametrize(("check", "way"), WAYS, ids=[w.__name__ for _, w in WAYS])
def test_planted_violation_is_found_and_nothing_else(
    cast: Cast, unguarded: None, check: str, way: Breaker
) -> None:
    what = way(cast)
    assert list(broken(NOW)) == [f"{check.replace('_', ' ')}: {what}"]


def test_seat_at_what_one_holds_is_found_twice(cast: Cast, unguarded: None) -> None:
    """There cannot be two claims of one person and event, so the seat's is missing too."""
    event = hosted(cast)
    booking = make_seat(event, cast.prosecutor)
    Booking.objects.filter(pk=booking.pk).update(person=cast.supervisor)
    ClaimedTime.objects.filter(person=cast.prosecutor).delete()
    who, what = cast.supervisor.public_id, event.public_id
    assert list(broken(NOW)) == [
        f"overlapping time of a person: person {who} holds event {what} and has a seat at event {what}",
        f"time not claimed: person {who} has a seat at event {what}",
    ]


def test_every_pair_under_one_long_event_is_found(cast: Cast, unguarded: None) -> None:
    """The later one is not the next: the long event's end is looked for at the next alone."""
    long, *short = [hosted(cast, time(9 + n), minutes=300 if n == 0 else 30) for n in range(3)]
    host = cast.supervisor.public_id
    assert list(broken(NOW)) == [
        f"overlapping events of a host: person {host} holds events {long.public_id} and {s.public_id}"
        for s in short
    ]


def test_second_open_move_is_counted(cast: Cast, unguarded: None) -> None:
    booking = make_seat(hosted(cast), cast.prosecutor)
    loosen("booking_move_one_open")
    add_move(booking, BookingStatus.BOOKED, BookingStatus.BOOKED)
    what = f"not one open move: booking {booking.public_id} has 2 open moves"
    assert what in list(broken(NOW))


def test_either_half_alone_is_found(cast: Cast, unguarded: None) -> None:
    loosen_check("wellbeing_absence", "absence_closed_at_and_by")
    absence = make.make_absence(cast.prosecutor, TODAY, None)
    rows = type(absence).as_recorded.filter(pk=absence.pk)
    for half in ({"superseded_at": NOW}, {"superseded_at": None, "superseded_by": cast.lead}):
        rows.update(**half)
        assert list(broken(NOW)) == [
            f"set by halves: absence {absence.pk} has one of superseded_at and superseded_by"
        ]


def test_every_check_has_a_planted_violation() -> None:
    assert {c.__name__ for c in CHECKS} == {check for check, _ in WAYS}


def test_command_says_what_is_broken_and_exits_with_1(cast: Cast, unguarded: None) -> None:
    what = oversold(cast)
    assert audit() == (1, f"oversold: {what}\n", "1 broken.\n")


def _a_life(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TODAY + timedelta(days=7))
    booking = book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    wait(event, person=cast.paralegal, by=cast.paralegal, at=NOW)
    cancel(booking, reason=CancelReason.COURT, by=cast.prosecutor, at=NOW)
    expire_offers(at=NOW + timedelta(days=3))
    offer(event, person=cast.prosecutor, by=cast.lead, at=NOW)
    record_check_in(cast.prosecutor, held_on=TODAY, by=cast.manager, at=NOW, on=TODAY)
    make.make_held(cast.paralegal, cast.supervisor, TODAY - timedelta(days=7))


def test_all_hold_after_a_life_of_moves(cast: Cast) -> None:
    _a_life(cast)
    assert audit() == (0, "All invariants hold.\n", "")


def test_offer_of_a_file_is_no_fault_while_its_turn_to_expire_comes(
    cast: Cast, unguarded: None
) -> None:
    event = hosted(cast, on=TODAY)
    Event.objects.filter(pk=event.pk).update(status="published")
    make_seat(event, cast.prosecutor, BookingStatus.OFFERED)
    assert event.start_at is not None
    assert list(broken(event.start_at + timedelta(minutes=59))) == []
    assert len(list(broken(event.start_at + timedelta(minutes=60)))) == 1


def test_it_only_reads(cast: Cast) -> None:
    _a_life(cast)
    with CaptureQueriesContext(connection) as asked:
        assert list(broken(NOW)) == []
    assert len(asked) >= len(CHECKS)
    # PostgreSQL reads what may be large through a cursor.
    verbs = {q["sql"].split()[0] for q in asked.captured_queries} - {"DECLARE"}
    assert verbs == {"SELECT", "WITH"}


def test_a_sound_demonstration_has_none(db: None, settings: Any) -> None:
    settings.DEMO = True
    call_command("load_demo", people=200, on=TODAY, stdout=StringIO())
    assert audit() == (0, "All invariants hold.\n", "")


def _more(at: object) -> Iterator[str]:
    yield "of the service"


MORE, NO_LIST = [_more], "a name"


def test_whoever_stands_on_the_ground_adds_checks_of_their_own(db: None, settings: Any) -> None:
    settings.INVARIANTS = [*settings.INVARIANTS, f"{__name__}.MORE"]
    assert audit()[:2] == (1, " more: of the service\n")


def test_planted_name_of_no_list_is_caught(settings: Any) -> None:
    assert invariants_named() == []
    settings.INVARIANTS = ["no_such_module.CHECKS", f"{__name__}.NO_LIST"]
    assert [e.id for e in invariants_named()] == ["wellbeing.E005"] * 2
