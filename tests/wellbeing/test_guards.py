"""What the database itself refuses, on whichever engine this is; and what it lets pass."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing import guards
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.models import (
    Absence,
    AuditRow,
    Booking,
    BookingMove,
    ClaimedTime,
    Event,
    Posting,
)
from wellbeing.operations import audit
from wellbeing.operations.transaction import SENTENCES, broken_name

TOMORROW = TODAY + timedelta(days=1)


class Refusal:
    """`with refused("event_capacity"):` the write inside is refused by that guard."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        self.point = transaction.atomic()
        self.point.__enter__()

    def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
        self.point.__exit__(kind, error, trace)
        assert isinstance(error, DatabaseError), "nothing was refused"
        assert broken_name(error) == self.name
        return True


def test_no_guard_is_missing(db: None) -> None:
    assert guards.missing(connection) == []
    assert len(guards.expected(connection)) >= 14


def test_a_guard_that_is_dropped_is_missed_and_made_again(db: None) -> None:
    guards.remove(connection)
    assert len(guards.missing(connection)) == len(guards.expected(connection))
    guards.install(connection)
    assert guards.missing(connection) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite drops them")
@pytest.mark.django_db(transaction=True)
def test_a_rebuilt_table_loses_its_guards_and_migrate_brings_them_back() -> None:
    from django.core.management import call_command  # beside its one use

    with connection.schema_editor() as editor:
        editor._remake_table(AuditRow)  # type: ignore[attr-defined]
    assert guards.missing(connection) != []
    call_command("migrate", verbosity=0)
    assert guards.missing(connection) == []


def test_one_seat_too_many_is_refused(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    make.make_booking(event, cast.prosecutor)
    with Refusal("event_capacity"):
        make.make_booking(event, cast.paralegal)
    make.make_booking(event, cast.paralegal, BookingStatus.WAITING)


def test_a_waiter_cannot_move_into_a_full_event(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    make.make_booking(event, cast.prosecutor)
    waiting = make.make_booking(event, cast.paralegal, BookingStatus.WAITING)
    with Refusal("event_capacity"):
        Booking.objects.filter(pk=waiting.pk).update(status=BookingStatus.OFFERED)


def test_capacity_cannot_shrink_below_the_seats_held(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TOMORROW, capacity=2)
    make.make_booking(event, cast.prosecutor)
    make.make_booking(event, cast.paralegal)
    with Refusal("event_capacity"):
        Event.objects.filter(pk=event.pk).update(capacity=1)
    Event.objects.filter(pk=event.pk).update(capacity=3)


def test_a_cancelled_event_takes_nobody_and_keeps_its_people(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TOMORROW, capacity=2)
    booking = make.make_booking(event, cast.prosecutor)
    with Refusal("event_has_bookings"):
        Event.objects.filter(pk=event.pk).update(status=EventStatus.CANCELLED)
    Booking.objects.filter(pk=booking.pk).update(status=BookingStatus.CANCELLED)
    Event.objects.filter(pk=event.pk).update(status=EventStatus.CANCELLED)
    with Refusal("event_open"):
        make.make_booking(event, cast.paralegal)


def test_one_live_booking_a_person_and_event(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TOMORROW, capacity=3)
    make.make_booking(event, cast.prosecutor, BookingStatus.CANCELLED)
    make.make_booking(event, cast.prosecutor, BookingStatus.WAITING)
    with Refusal("booking_one_live_an_event"):
        make.make_booking(event, cast.prosecutor, BookingStatus.WAITING)


def test_a_persons_seats_cannot_overlap_but_may_touch(cast: Cast) -> None:
    other = make.make_supervisor("Dr Other")
    make.make_booking(make.make_event(cast.supervisor, TOMORROW, time(10)), cast.prosecutor)
    with Refusal("claim_overlap"):
        make.make_booking(make.make_event(other, TOMORROW, time(10, 59)), cast.prosecutor)
    make.make_booking(make.make_event(other, TOMORROW, time(11)), cast.prosecutor)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    wanted=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), min_size=2, max_size=12)
)
def test_time_is_refused_exactly_where_it_overlaps_time_taken(
    cast: Cast, wanted: list[tuple[int, int]]
) -> None:
    """In five-minute steps, in any order: compared with each of those there, one by one."""
    point = transaction.savepoint()
    taken: list[tuple[int, int]] = []
    for start, length in wanted:
        at = time(8 + start // 12, start % 12 * 5)
        if any(start < b and a < start + length for a, b in taken):
            with Refusal("claim_overlap"):
                make.make_event(cast.supervisor, TOMORROW, at, minutes=5 * length)
        else:
            make.make_event(cast.supervisor, TOMORROW, at, minutes=5 * length)
            taken.append((start, start + length))
    transaction.savepoint_rollback(point)


def test_a_hosts_events_cannot_overlap_unless_one_is_cancelled(cast: Cast) -> None:
    first = make.make_event(cast.supervisor, TOMORROW, time(10))
    with Refusal("claim_overlap"):
        make.make_event(cast.supervisor, TOMORROW, time(10, 30))
    Event.objects.filter(pk=first.pk).update(status=EventStatus.CANCELLED)
    make.make_event(cast.supervisor, TOMORROW, time(10, 30))


def test_a_seat_cannot_overlap_what_its_person_holds(cast: Cast) -> None:
    other = make.make_supervisor("Dr Other")
    make.make_event(cast.supervisor, TOMORROW, time(10))
    with Refusal("claim_overlap"):
        make.make_booking(make.make_event(other, TOMORROW, time(10)), cast.supervisor)


def test_nobody_has_a_seat_at_what_they_hold(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    # One row a person and event, and no overlap either: SQLite asks the second first.
    first = {"sqlite": "claim_overlap", "postgresql": "claim_once_a_person_and_event"}
    with Refusal(first[connection.vendor]):
        make.make_booking(event, cast.supervisor)


def test_moving_an_event_moves_everyones_claim(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TOMORROW, time(10), capacity=2)
    make.make_booking(event, cast.prosecutor)
    assert event.start_at is not None
    assert event.end_at is not None
    half = timedelta(minutes=30)
    Event.objects.filter(pk=event.pk).update(
        start_at=event.start_at + half, end_at=event.end_at + half
    )
    claims = set(ClaimedTime.objects.values_list("person", "from_at", "kind"))
    assert claims == {
        (cast.supervisor.pk, event.start_at + half, "host"),
        (cast.prosecutor.pk, event.start_at + half, "seat"),
    }


def test_claims_follow_a_booking_through_its_life(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TODAY, time(9))
    booking = make.make_booking(event, cast.prosecutor)
    seats = ClaimedTime.objects.filter(kind="seat")
    for status, claimed in (("attended", 1), ("missed", 1), ("disputed", 1)):
        Booking.objects.filter(pk=booking.pk).update(status=status)
        assert seats.count() == claimed
    other = make.make_booking(
        make.make_event(cast.supervisor, TOMORROW), cast.paralegal, BookingStatus.BOOKED
    )
    assert seats.count() == 2
    Booking.objects.filter(pk=other.pk).update(status=BookingStatus.CANCELLED)
    assert seats.count() == 1


def test_statuses_move_only_as_the_table_says(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    booking = make.make_booking(event, cast.prosecutor, BookingStatus.CANCELLED)
    with Refusal("booking_move"):
        Booking.objects.filter(pk=booking.pk).update(status=BookingStatus.BOOKED)


def test_a_booking_stays_where_it_is(cast: Cast) -> None:
    booking = make.make_booking(make.make_event(cast.supervisor, TOMORROW), cast.prosecutor)
    with Refusal("booking_stays"):
        Booking.objects.filter(pk=booking.pk).update(person=cast.paralegal)


def test_nobody_came_before_the_start(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TOMORROW)
    booking = make.make_booking(event, cast.prosecutor)
    BookingMove.objects.filter(booking=booking).update(
        superseded_at=NOW, superseded_by=cast.lead
    )
    with Refusal("outcome_before_start"):
        BookingMove.objects.create(
            booking=booking,
            before="booked",
            after=BookingStatus.ATTENDED,
            recorded_at=NOW,
            recorded_by=cast.supervisor,
        )


def test_postings_of_one_person_cannot_overlap(cast: Cast) -> None:
    held = Posting.objects.get(person=cast.prosecutor)
    with Refusal("posting_overlap"):
        make.make_posting(cast.prosecutor, cast.unit, start_on=date(2026, 1, 1))
    Posting.objects.filter(pk=held.pk).update(superseded_at=NOW, superseded_by=cast.lead)
    make.make_posting(cast.prosecutor, cast.unit, start_on=date(2026, 1, 1))


def test_a_fact_is_only_ever_closed_and_once(cast: Cast) -> None:
    absence = make.make_absence(cast.prosecutor, date(2026, 1, 1), None)
    row = Absence.as_recorded.filter(pk=absence.pk)
    with Refusal("fact_kept"):
        row.update(end_on=date(2026, 1, 2))
    with Refusal("fact_kept"):
        row.delete()
    row.update(superseded_at=NOW, superseded_by=cast.lead)
    with Refusal("fact_kept"):
        row.update(superseded_at=NOW + timedelta(days=1))
    with Refusal("fact_kept"):
        row.update(superseded_at=None, superseded_by=None)


def test_the_audit_trail_only_grows(cast: Cast) -> None:
    audit.record("test", by=cast.lead, at=NOW)
    with Refusal("audit_kept"):
        AuditRow.objects.update(verb="other")
    with Refusal("audit_kept"):
        AuditRow.objects.all().delete()


def test_every_refusal_a_person_can_meet_has_a_sentence() -> None:
    met = {"event_capacity", "event_open", "claim_overlap", "booking_one_live_an_event"}
    assert met <= SENTENCES.keys()
    assert all(s[0].isupper() and s.endswith(".") for s in SENTENCES.values())
