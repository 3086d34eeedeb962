"""How bookings ended stays stored as the facts say, whatever becomes of the event afterwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest

from supervision.models import StoredOutcome
from supervision.operations.cover import build_marked
from supervision.operations.imports.sessions import import_sessions
from supervision.queries.verify_outcomes import outcome_differences
from tests import factories as make
from tests.bookings import ended, session
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.booking import BookingStatus as S
from wellbeing.domain.booking import CancelReason
from wellbeing.domain.roles import EventKind, Mode, Strand
from wellbeing.models import Booking, Event
from wellbeing.operations.bookings import book, cancel
from wellbeing.operations.cancelling import cancel_event, withdraw_place
from wellbeing.operations.changing import change_event
from wellbeing.operations.events import Details, publish
from wellbeing.operations.imports.frame import Taking
from wellbeing.operations.offers import offer
from wellbeing.queries.invariants import broken

from .built_anew import different

# Later on the very day, so that what becomes of it is built at once; and some days from now.
LATER = time(16)
DETAILS = Details(
    kind=EventKind.SUPERVISION,
    on=TODAY,
    at=LATER,
    minutes=60,
    capacity=3,
    mode=Mode.IN_PERSON,
    place="Room 1",
)


def kept() -> list[tuple[object, ...]]:
    """What is stored of each booking that nobody attended, once the worker has been round."""
    assert different() == []
    build_marked()
    assert different() == []
    assert list(outcome_differences(Strand.SUPERVISION)) == []
    rows = StoredOutcome.objects.order_by("event_on", "booking")
    return list(rows.values_list("event_on", "status", "reason", "by", "was_booked"))


@pytest.fixture(params=[0, 9], ids=["today", "ahead"])
def event(cast: Cast, request: pytest.FixtureRequest) -> Event:
    make.build_cover()
    details = replace(DETAILS, on=TODAY + timedelta(days=request.param))
    return publish(details, host=cast.supervisor, by=cast.lead, at=NOW)


def test_one_who_cancelled_is_counted_on_the_day_the_event_has_now(
    cast: Cast, event: Event
) -> None:
    day, other = event.local_on, TODAY + timedelta(days=20)
    booking = book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    book(event, person=cast.paralegal, by=cast.paralegal, at=NOW)
    cancel(booking, reason=CancelReason.COURT, by=cast.prosecutor, at=NOW)
    assert kept() == [
        (day, "cancelled", "court", "", True),
        (day, "booked", "", "", True),
    ]
    details = replace(DETAILS, on=other, at=time(9))
    change_event(event, details, host=cast.supervisor, by=cast.lead, at=NOW)
    assert kept() == [
        (other, "cancelled", "court", "", True),
        (other, "booked", "", "", True),
    ]


def test_a_place_taken_back_before_the_event_was_cancelled(cast: Cast, event: Event) -> None:
    booking = book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    offer(event, person=cast.paralegal, by=cast.lead, at=NOW)
    withdraw_place(booking, by=cast.lead, at=NOW)
    service = "cancelled_by_service"
    assert sorted(kept(), key=str) == [
        (event.local_on, service, "", "place", True),
        (event.local_on, "offered", "", "", True),
    ]
    cancel_event(Event.objects.get(pk=event.pk), by=cast.supervisor, at=NOW)
    assert sorted(kept(), key=str) == [
        (event.local_on, service, "", "host", False),
        (event.local_on, service, "", "lead", True),
    ]


WRONG: list[Callable[[StoredOutcome], object]] = [
    lambda row: StoredOutcome.objects.filter(pk=row.pk).update(status=S.DISPUTED),
    lambda row: StoredOutcome.objects.filter(pk=row.pk).update(is_late=True),
    lambda row: StoredOutcome.objects.filter(pk=row.pk).update(
        event_on=TODAY - timedelta(days=4)
    ),
    lambda row: row.delete(),
]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_row_that_is_not_as_the_facts_say_is_found(
    cast: Cast, wrong: Callable[[StoredOutcome], object]
) -> None:
    ended(session(cast, 3), cast.prosecutor, S.CANCELLED, reason=CancelReason.COURT)
    missed = make.make_booking(session(cast, 5), cast.prosecutor, S.MISSED)
    make.build_cover()
    assert list(outcome_differences(Strand.SUPERVISION)) == []
    wrong(StoredOutcome.objects.get(booking=missed))
    line = f"outcome_differs: booking {missed.public_id}, supervision"
    assert list(outcome_differences(Strand.SUPERVISION)) == [line]
    assert list(outcome_differences(Strand.SUPERVISION, [cast.prosecutor.pk])) == [line]
    assert list(outcome_differences(Strand.SUPERVISION, [cast.paralegal.pk])) == []
    assert f"outcomes differ: {line}" in set(broken(NOW))


def test_whoever_is_marked_is_not_asked_about(cast: Cast) -> None:
    booking = make.make_booking(session(cast, 5), cast.prosecutor, S.MISSED)
    make.build_cover()
    Booking.objects.filter(pk=booking.pk).update(status=S.DISPUTED)
    assert len(list(outcome_differences(Strand.SUPERVISION))) == 1
    make.mark_stale(cast.prosecutor)
    assert list(outcome_differences(Strand.SUPERVISION)) == []


def test_a_file_that_says_a_place_was_cancelled_names_nobody(cast: Cast) -> None:
    """Taken in by a lead, of an event that others came to: no place was taken back by the lead."""
    event = session(cast, 7)
    make.make_booking(event, cast.paralegal, S.ATTENDED)
    head = "staff_number,strand,date,start,minutes,outcome,host"
    number, host = cast.prosecutor.staff_number, cast.supervisor.email
    row = f"{number},supervision,{event.local_on},14:00,60,cancelled_by_service,{host}"
    data = f"{head}\n{row}\n".encode()
    import_sessions(data, taking=Taking(by=cast.lead, at=NOW))
    assert (event.local_on, "cancelled_by_service", "", "file", True) in kept()
