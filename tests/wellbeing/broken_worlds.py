"""One way to break each invariant, past every guard and constraint; each makes exactly its own line.

What else a way must break with it (a seat too many is claimed by somebody, say) is put in
order beside it, so that a check that reads too much is caught as one that reads too little.
"""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from django.db import connection

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.roles import EventKind
from wellbeing.models import Booking, BookingMove, ClaimedTime, Event, Posting

TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
HOUR = timedelta(hours=1)
# Breaks it, and says what the line must name.
Breaker = Callable[[Cast], str]


def loosen(unique: str) -> None:
    """Drops a conditional unique constraint, which is an index, within the test."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {unique}")


def loosen_check(table: str, name: str) -> None:
    """Drops a check, or has SQLite, which cannot, ignore them all until the test puts it right."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = 1")
        else:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


def make_seat(
    event: Event, person: Any, status: BookingStatus = BookingStatus.BOOKED
) -> Booking:
    """A booking recorded long ago, as no guard sees it: its claim is written here."""
    booking = Booking.objects.create(
        event=event, person=person, status=status, created_at=make.LONG_AGO
    )
    add_move(booking, "", status)
    if status in (BookingStatus.BOOKED, BookingStatus.OFFERED):
        claim(event, person, "seat")
    return booking


def add_move(booking: Booking, before: str, after: str, **more: Any) -> BookingMove:
    values = make.recorded() | more
    return BookingMove.objects.create(booking=booking, before=before, after=after, **values)


def claim(event: Event, person: Any, kind: str) -> None:
    ClaimedTime.objects.create(
        person=person, event=event, from_at=event.start_at, to_at=event.end_at, kind=kind
    )


def hosted(cast: Cast, at: time = time(14), *, host: Any = None, **more: Any) -> Event:
    """An event with its host's claim."""
    event = make.make_event(host or cast.supervisor, more.pop("on", TOMORROW), at, **more)
    if event.status == EventStatus.PUBLISHED and event.end_at:
        claim(event, event.host, "host")
    return event


def oversold(cast: Cast) -> str:
    event = hosted(cast, capacity=1)
    make_seat(event, cast.prosecutor)
    stale = make_seat(event, cast.paralegal, BookingStatus.OFFERED)
    Booking.objects.filter(pk=stale.pk).update(offer_ends_at=NOW - HOUR)
    return f"event {event.public_id} has 2 seats held of 1, 1 by offers that have ended"


def more_than_one_live_booking(cast: Cast) -> str:
    loosen("booking_one_live_an_event")
    event = hosted(cast, capacity=2)
    make_seat(event, cast.prosecutor)
    make_seat(event, cast.prosecutor, BookingStatus.WAITING)
    person = cast.prosecutor.public_id
    return f"person {person} has 2 live bookings at event {event.public_id}"


def seat_at_an_event_not_open(cast: Cast) -> str:
    event = hosted(cast, status=EventStatus.CANCELLED)
    booking = make_seat(event, cast.prosecutor)
    ClaimedTime.objects.all().delete()
    return (
        f"booking {booking.public_id} is booked at event {event.public_id}, which is cancelled"
    )


def waiting_for_a_draft(cast: Cast) -> str:
    event = hosted(cast, status=EventStatus.DRAFT)
    booking = make_seat(event, cast.prosecutor, BookingStatus.WAITING)
    return f"booking {booking.public_id} is waiting at event {event.public_id}, which is draft"


def offer_held_for_ever(cast: Cast) -> str:
    event = hosted(cast, on=YESTERDAY)
    booking = make_seat(event, cast.prosecutor, BookingStatus.OFFERED)
    return f"booking {booking.public_id} at event {event.public_id} is offered and has no end"


def offer_without_a_start(cast: Cast) -> str:
    event = hosted(cast, capacity=None, kind=EventKind.CHECK_IN)
    ClaimedTime.objects.all().delete()
    Event.objects.filter(pk=event.pk).update(start_at=None, end_at=None)
    booking = Booking.objects.create(
        event=event, person=cast.prosecutor, status="offered", created_at=NOW
    )
    add_move(booking, "", "offered")
    return f"booking {booking.public_id} at event {event.public_id} is offered and has no end"


def offer_past_its_start(cast: Cast) -> str:
    event = hosted(cast)
    booking = make_seat(event, cast.prosecutor, BookingStatus.OFFERED)
    assert event.start_at is not None
    ends = event.start_at + timedelta(microseconds=1)
    Booking.objects.filter(pk=booking.pk).update(offer_ends_at=ends)
    return f"booking {booking.public_id} is offered until after event {event.public_id} begins"


def overlapping_events_of_a_host(cast: Cast) -> str:
    one, other = hosted(cast), hosted(cast, time(14, 59))
    hosted(cast, time(15, 59))
    return (
        f"person {cast.supervisor.public_id} holds events {one.public_id} and {other.public_id}"
    )


def a_long_event_over_a_later_one(cast: Cast) -> str:
    """Not the one right before it: a shorter one lies between, and is cancelled."""
    one = hosted(cast, time(9), minutes=240)
    hosted(cast, time(10), status=EventStatus.CANCELLED)
    other = hosted(cast, time(12, 59))
    return (
        f"person {cast.supervisor.public_id} holds events {one.public_id} and {other.public_id}"
    )


def overlapping_time_of_a_person(cast: Cast) -> str:
    one = hosted(cast)
    other = hosted(cast, time(14, 30), host=make.make_supervisor("Dr Other"))
    for event in (one, other):
        make_seat(event, cast.prosecutor)
    person = cast.prosecutor.public_id
    return f"person {person} has a seat at event {one.public_id} and has a seat at event {other.public_id}"


def a_seat_over_what_one_holds(cast: Cast) -> str:
    one = hosted(cast)
    other = hosted(cast, time(14, 30), host=cast.prosecutor)
    make_seat(one, cast.prosecutor)
    person = cast.prosecutor.public_id
    return (
        f"person {person} has a seat at event {one.public_id} and holds event {other.public_id}"
    )


def time_not_claimed(cast: Cast) -> str:
    event = hosted(cast)
    make_seat(event, cast.prosecutor)
    ClaimedTime.objects.filter(kind="seat").delete()
    return f"person {cast.prosecutor.public_id} has a seat at event {event.public_id}"


def an_event_not_claimed(cast: Cast) -> str:
    event = hosted(cast)
    ClaimedTime.objects.all().delete()
    return f"person {cast.supervisor.public_id} holds event {event.public_id}"


def seat_held_by_nobody(cast: Cast) -> str:
    event = hosted(cast)
    make_seat(event, cast.prosecutor, BookingStatus.CANCELLED)
    claim(event, cast.prosecutor, "seat")
    person = cast.prosecutor.public_id
    return f"time of person {person} is claimed as seat of event {event.public_id}"


def an_event_held_by_another(cast: Cast) -> str:
    event, person = hosted(cast), cast.prosecutor
    claim(event, person, "host")
    return f"time of person {person.public_id} is claimed as host of event {event.public_id}"


def not_one_open_move(cast: Cast) -> str:
    booking = make_seat(hosted(cast), cast.prosecutor)
    BookingMove.objects.filter(booking=booking).update(
        superseded_at=NOW, superseded_by=cast.lead
    )
    return f"booking {booking.public_id} has 0 open moves"


def status_not_its_open_move(cast: Cast) -> str:
    booking = make_seat(hosted(cast), cast.prosecutor)
    Booking.objects.filter(pk=booking.pk).update(status="attended")
    return f"booking {booking.public_id} is attended, and its open move led to booked"


def _then(cast: Cast, first: str, before: str, after: str) -> Booking:
    """A booking whose first move is closed and followed by another."""
    booking = make_seat(hosted(cast), cast.prosecutor)
    moves = BookingMove.objects.filter(booking=booking)
    moves.update(after=first, superseded_at=NOW, superseded_by=cast.lead)
    add_move(booking, before, after, recorded_at=NOW)
    Booking.objects.filter(pk=booking.pk).update(status=after)
    if after in ("declined", "expired"):
        ClaimedTime.objects.filter(kind="seat").delete()
    return booking


def move_not_in_the_table(cast: Cast) -> str:
    booking = _then(cast, "declined", "declined", "expired")
    last = BookingMove.objects.get(booking=booking)
    return f"booking {booking.public_id}, move {last.pk}: from declined to expired"


def moves_do_not_join(cast: Cast) -> str:
    booking = _then(cast, "waiting", "offered", "booked")
    last = BookingMove.objects.get(booking=booking)
    return f"booking {booking.public_id}, move {last.pk}: begins at offered after waiting"


def outcome_before_the_start(cast: Cast) -> str:
    event = hosted(cast)
    booking = make_seat(event, cast.prosecutor)
    Booking.objects.filter(pk=booking.pk).update(status="missed")
    BookingMove.objects.filter(booking=booking).update(after="missed")
    move = BookingMove.objects.get(booking=booking)
    return f"booking {booking.public_id}, move {move.pk}: before event {event.public_id} begins"


def set_by_halves(cast: Cast) -> str:
    loosen_check("wellbeing_absence", "absence_closed_at_and_by")
    absence = make.make_absence(cast.prosecutor, TODAY, None)
    type(absence).objects.filter(pk=absence.pk).update(superseded_at=NOW)
    return f"absence {absence.pk} has one of superseded_at and superseded_by"


def closed_before_recorded(cast: Cast) -> str:
    posting = Posting.objects.get(person=cast.prosecutor)
    Posting.objects.filter(pk=posting.pk).update(
        superseded_at=make.LONG_AGO - HOUR, superseded_by=cast.lead
    )
    return f"posting {posting.pk} is closed before it was recorded"


def overlapping_postings(cast: Cast) -> str:
    one = Posting.objects.get(person=cast.prosecutor)
    other = make.make_posting(cast.prosecutor, cast.unit, start_on=date(2026, 1, 1))
    return f"person {cast.prosecutor.public_id} has postings {one.pk} and {other.pk}"


# By the name of the check that must find it; more than one way where it reads more than one thing.
WAYS: list[tuple[str, Breaker]] = [
    ("oversold", oversold),
    ("more_than_one_live_booking", more_than_one_live_booking),
    ("seat_at_an_event_not_open", seat_at_an_event_not_open),
    ("seat_at_an_event_not_open", waiting_for_a_draft),
    ("offer_held_for_ever", offer_held_for_ever),
    ("offer_held_for_ever", offer_without_a_start),
    ("offer_past_its_start", offer_past_its_start),
    ("overlapping_events_of_a_host", overlapping_events_of_a_host),
    ("overlapping_events_of_a_host", a_long_event_over_a_later_one),
    ("overlapping_time_of_a_person", overlapping_time_of_a_person),
    ("overlapping_time_of_a_person", a_seat_over_what_one_holds),
    ("time_not_claimed", time_not_claimed),
    ("time_not_claimed", an_event_not_claimed),
    ("seat_held_by_nobody", seat_held_by_nobody),
    ("seat_held_by_nobody", an_event_held_by_another),
    ("not_one_open_move", not_one_open_move),
    ("status_not_its_open_move", status_not_its_open_move),
    ("move_not_in_the_table", move_not_in_the_table),
    ("moves_do_not_join", moves_do_not_join),
    ("outcome_before_the_start", outcome_before_the_start),
    ("set_by_halves", set_by_halves),
    ("closed_before_recorded", closed_before_recorded),
    ("overlapping_postings", overlapping_postings),
]
