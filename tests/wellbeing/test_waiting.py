"""The waiting list: who may join it, and who is offered a seat that comes free."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind, Strand
from wellbeing.models import AuditRow, Booking, BookingMove, Event, Person
from wellbeing.operations.bookings import book, cancel
from wellbeing.operations.offers import decline
from wellbeing.operations.seats import expire_offers
from wellbeing.operations.waiting import leave, wait

HOUR = timedelta(hours=1)
SOON, LATER = TODAY + timedelta(days=7), TODAY + timedelta(days=9)
COURT = CancelReason.COURT


def seen(person: Person, host: Person, days_ago: int) -> None:
    make.make_held(person, host, TODAY - timedelta(days=days_ago))


@pytest.fixture
def full(cast: Cast) -> Event:
    """One seat, taken by the paralegal."""
    event = make.make_event(cast.supervisor, SOON)
    make.make_booking(event, cast.paralegal)
    return event


def taken(event: Event) -> Booking:
    return Booking.objects.get(event=event, status=BookingStatus.BOOKED)


def states(event: Event) -> dict[str, str]:
    rows = Booking.objects.filter(event=event).order_by("pk")
    return dict(rows.values_list("person__name", "status"))


def joins(person: Person, event: Event, at: datetime = NOW) -> Booking:
    return wait(event, person=person, by=person, at=at)


def test_waits_for_a_full_session(cast: Cast, full: Event) -> None:
    booking = joins(cast.prosecutor, full)
    assert booking.status == BookingStatus.WAITING
    move = BookingMove.objects.get(booking=booking)
    assert (move.before, move.after) == ("", "waiting")
    assert AuditRow.objects.filter(verb="booking.wait", about=cast.prosecutor).count() == 1


def test_waiting_holds_no_seat_and_no_time(cast: Cast, full: Event) -> None:
    joins(cast.prosecutor, full)
    other = make.make_event(make.make_supervisor("Dr Other"), SOON)
    assert book(other, person=cast.prosecutor, by=cast.prosecutor, at=NOW).status == "booked"


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("seat_free", lambda c, e: Booking.objects.filter(event=e).update(status="cancelled")),
        ("booking_one_live_an_event", lambda c, e: joins(c.prosecutor, e)),
        (
            "claim_overlap",
            lambda c, e: make.make_booking(
                make.make_event(make.make_supervisor("Dr O"), SOON), c.prosecutor
            ),
        ),
        ("event_open", lambda c, e: Event.objects.filter(pk=e.pk).update(is_bookable=False, capacity=None)),
    ],
)  # fmt: skip
def test_is_refused(cast: Cast, full: Event, code: str, spoil: Any) -> None:
    spoil(cast, full)
    full.refresh_from_db()
    with pytest.raises(Refused) as refused:
        joins(cast.prosecutor, full)
    assert refused.value.code == code


def test_list_closes_two_hours_before_the_start(cast: Cast, full: Event) -> None:
    assert full.start_at is not None
    with pytest.raises(Refused) as refused:
        joins(cast.prosecutor, full, full.start_at - 2 * HOUR)
    assert refused.value.code == "list_closed"
    assert joins(cast.prosecutor, full, full.start_at - 2 * HOUR - timedelta(seconds=1))


def test_freed_seat_goes_to_who_is_due_first(cast: Cast, full: Event) -> None:
    early, late = (make.make_staff(f"{n} due", cast.unit) for n in ("Early", "Late"))
    seen(early, cast.supervisor, 40)
    seen(late, cast.supervisor, 10)
    joins(late, full)
    joins(early, full, NOW + HOUR)
    cancel(taken(full), reason=COURT, by=cast.paralegal, at=NOW + 2 * HOUR)
    assert states(full) == {
        "Joe Paralegal": "cancelled",
        "Late due": "waiting",
        "Early due": "offered",
    }
    offered = Booking.objects.get(event=full, status="offered")
    assert offered.offer_ends_at == NOW + 50 * HOUR
    assert BookingMove.objects.get(booking=offered).recorded_by.is_service


def test_offer_ends_at_the_start_if_that_is_sooner(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TODAY + timedelta(days=1), time(9))
    make.make_booking(event, cast.paralegal)
    waiting = joins(cast.prosecutor, event)
    cancel(taken(event), reason=COURT, by=cast.paralegal, at=NOW)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.offer_ends_at) == ("offered", event.start_at)


def test_nobody_is_offered_a_seat_less_than_two_hours_before(cast: Cast, full: Event) -> None:
    assert full.start_at is not None
    joins(cast.prosecutor, full)
    cancel(taken(full), reason=COURT, by=cast.paralegal, at=full.start_at - HOUR)
    assert states(full)["Amira Prosecutor"] == "waiting"


def test_who_has_a_clash_is_passed_over_and_stays_on_the_list(cast: Cast, full: Event) -> None:
    busy, free = (make.make_staff(f"{n} waiter", cast.unit) for n in ("Busy", "Free"))
    joins(busy, full)
    joins(free, full, NOW + HOUR)
    make.make_booking(make.make_event(make.make_supervisor("Dr Other"), SOON), busy)
    cancel(taken(full), reason=COURT, by=cast.paralegal, at=NOW + 2 * HOUR)
    assert states(full) == {
        "Joe Paralegal": "cancelled",
        "Busy waiter": "waiting",
        "Free waiter": "offered",
    }


def test_who_may_no_longer_come_is_passed_over(cast: Cast, full: Event) -> None:
    gone, here = (make.make_staff(f"{n} waiter", cast.unit) for n in ("Gone", "Here"))
    joins(gone, full)
    joins(here, full, NOW + HOUR)
    below = make.make_staff("Below", cast.unit)
    posting = make.Posting.objects.get(person=gone)
    make.Posting.objects.filter(pk=posting.pk).update(superseded_at=NOW, superseded_by=below)
    make.make_posting(gone, cast.unit, manager=cast.supervisor)
    cancel(taken(full), reason=COURT, by=cast.paralegal, at=NOW + 2 * HOUR)
    assert (states(full)["Gone waiter"], states(full)["Here waiter"]) == ("waiting", "offered")


def test_declined_and_expired_offers_go_to_the_next(cast: Cast, full: Event) -> None:
    first, second, third = (make.make_staff(f"W{i}", cast.unit) for i in range(3))
    for i, person in enumerate((first, second, third)):
        joins(person, full, NOW + i * HOUR)
    cancel(taken(full), reason=COURT, by=cast.paralegal, at=NOW + 3 * HOUR)
    offered = Booking.objects.get(event=full, status="offered")
    assert offered.person == first
    decline(offered, by=first, at=NOW + 4 * HOUR)
    assert Booking.objects.get(event=full, status="offered").person == second
    assert expire_offers(at=NOW + 51 * HOUR) == 0
    assert expire_offers(at=NOW + 52 * HOUR) == 1
    assert expire_offers(at=NOW + 52 * HOUR) == 0
    assert states(full) == {
        "Joe Paralegal": "cancelled",
        "W0": "declined",
        "W1": "expired",
        "W2": "offered",
    }


def test_new_booker_does_not_overtake_who_waits_at_the_minute_an_offer_ends(
    cast: Cast, full: Event
) -> None:
    first, second = (make.make_staff(f"W{i}", cast.unit) for i in range(2))
    joins(first, full)
    joins(second, full, NOW + HOUR)
    cancel(taken(full), reason=COURT, by=cast.paralegal, at=NOW + 2 * HOUR)
    with pytest.raises(Refused) as refused:
        book(full, person=cast.prosecutor, by=cast.prosecutor, at=NOW + 50 * HOUR)
    assert refused.value.code == "event_capacity"
    assert expire_offers(at=NOW + 50 * HOUR) == 1
    assert states(full)["W1"] == "offered"


def test_seat_of_an_ended_offer_can_be_booked_before_the_clock_came_round(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, LATER)
    ended = make.make_booking(event, cast.paralegal, BookingStatus.OFFERED)
    Booking.objects.filter(pk=ended.pk).update(offer_ends_at=NOW)
    book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    assert states(event) == {"Joe Paralegal": "expired", "Amira Prosecutor": "booked"}


def test_offer_of_a_file_ends_at_the_start(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, SOON)
    make.make_booking(event, cast.paralegal, BookingStatus.OFFERED)
    assert event.start_at is not None
    assert expire_offers(at=event.start_at - HOUR) == 0
    assert expire_offers(at=event.start_at) == 1


def test_leaves_the_list_at_any_time(cast: Cast, full: Event) -> None:
    assert full.start_at is not None
    booking = joins(cast.prosecutor, full)
    leave(booking, by=cast.prosecutor, at=full.start_at + HOUR)
    assert states(full)["Amira Prosecutor"] == "left"
    with pytest.raises(Refused):
        leave(booking, by=cast.prosecutor, at=NOW)


def test_event_without_a_clock_goes_by_how_long_one_waited(cast: Cast) -> None:
    event = make.make_event(None, SOON, kind=EventKind.ROUND, capacity=1)
    make.make_booking(event, cast.paralegal)
    early, late = (make.make_staff(f"{n}", cast.unit) for n in ("Early", "Late"))
    seen(early, cast.supervisor, 1)
    joins(early, event)
    joins(late, event, NOW + HOUR)
    cancel(taken(event), reason=COURT, by=cast.paralegal, at=NOW + 2 * HOUR)
    assert (states(event)["Early"], states(event)["Late"]) == ("offered", "waiting")


@pytest.mark.parametrize("strand", [Strand.SUPERVISION, Strand.TRAINING])
def test_each_strand_has_its_own_clock(cast: Cast, strand: Strand) -> None:
    kind = EventKind(strand.value)
    event = make.make_event(cast.supervisor, SOON, kind=kind, capacity=1)
    make.make_booking(event, cast.paralegal)
    seen_lately, waited = (make.make_staff(f"{n}", cast.unit) for n in ("Seen", "Waited"))
    seen(seen_lately, cast.supervisor, 2)
    joins(seen_lately, event)
    joins(waited, event, NOW + HOUR)
    cancel(taken(event), reason=COURT, by=cast.paralegal, at=NOW + 2 * HOUR)
    # Seen two days ago for supervision, never for training: there it is a tie.
    offered = {Strand.SUPERVISION: "Waited", Strand.TRAINING: "Seen"}[strand]
    assert states(event)[offered] == "offered"
