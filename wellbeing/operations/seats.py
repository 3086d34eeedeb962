"""Who gets a seat that comes free: offers that have ended, and those who wait.

One routine passes seats on, in the transaction that frees them and under the event's
lock, so that nobody who waits is overtaken (reliability.md §1 and §9).
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from wellbeing import ports
from wellbeing.domain.booking import BookingStatus, EventStatus, offer_ends
from wellbeing.domain.local_time import local_day
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.roles import EventKind
from wellbeing.domain.waiting import Waiter, in_order
from wellbeing.models import Booking, Event, Message, Person
from wellbeing.queries.bookings import offers_ended
from wellbeing.queries.court_lists import in_court

from .bookable import busy, free_seats, ineligible
from .locks import lock_event, lock_everyone_at, lock_everyone_at_all, lock_people
from .moves import move, say
from .outbox import tell, tell_once
from .service import service_person
from .transaction import broken_name, operation


def lock_to_take(event_id: int, person: Person, *, at: datetime) -> Event:
    """Locks what a new seat asks for; offers that have ended are expired first.

    Those of the event, so that whoever books at the very minute finds the seat free; and the
    person's own, which hold their time.
    """
    return lock_to_take_all([event_id], [person.pk], at=at)[event_id]


def lock_to_take_all(
    events: Collection[int], people: Collection[int], *, at: datetime
) -> dict[int, Event]:
    """The same for several seats at once: everybody first, then the events, by primary key."""
    ended = offers_ended(at).filter(Q(event__in=events) | Q(person__in=people))
    stale = set(ended.values_list("event", flat=True))
    if not stale:
        lock_people(people)
        return {event: lock_event(event) for event in sorted(set(events))}
    locked = lock_everyone_at_all({*events, *stale}, also=people)
    for event in locked:
        if event.pk in stale:
            pass_on_seats(event, at=at)
    return {event.pk: event for event in locked if event.pk in events}


def expire_offers(*, at: datetime) -> int:
    """Expires every offer that has ended; how many. One transaction an event."""
    events = offers_ended(at).order_by("event").values_list("event", flat=True).distinct()
    return sum(expire_at(event, at=at) for event in list(events))


@operation
def expire_at(event_id: int, *, at: datetime) -> int:
    """Expires what has ended at one event, and offers the seats to whoever waits."""
    return pass_on_seats(lock_everyone_at(event_id), at=at)


def pass_on_seats(event: Event, *, at: datetime) -> int:
    """Expires offers that have ended, then offers what is free to those who wait.

    For whoever holds the locks of everybody at the event. Returns how many had ended.
    """
    ended = list(offers_ended(at).filter(event=event))
    for booking in ended:
        service = service_person()
        move(booking, BookingStatus.EXPIRED, by=service, at=at)
        say("booking.expire", booking, event, by=service, at=at)
    if event.status == EventStatus.PUBLISHED and is_list_open(event, at):
        _offer_to_waiters(event, at=at)
    return len(ended)


def is_list_open(event: Event, at: datetime) -> bool:
    """True while a seat that comes free is still offered to whoever waits."""
    stops = timedelta(hours=settings.WAITING_STOPS_HOURS)
    return event.start_at is not None and at < event.start_at - stops


def _offer_to_waiters(event: Event, *, at: datetime) -> None:
    """In their order; passed over is who has something else then, and who may no longer come.

    Their place on the list stays.
    """
    waiting = Booking.objects.filter(event=event, status=BookingStatus.WAITING)
    by_pk = {booking.pk: booking for booking in waiting}
    free = free_seats(event, at) if by_pk else 0
    for waiter in _who_can_come(event, list(by_pk.values()), at) if free > 0 else ():
        free -= _offer(by_pk[waiter.booking], event, at=at)
        if free == 0:
            break


def _who_can_come(event: Event, waiting: list[Booking], at: datetime) -> list[Waiter]:
    people = {booking.person_id for booking in waiting}
    taken = busy(event, people)
    tell_once(_passed_over(b, event, at) for b in waiting if b.person_id in taken)
    away = taken | ineligible(event, people).keys() | in_court(people, event.local_on)
    waiters = [
        Waiter(b.pk, b.person_id, b.created_at) for b in waiting if b.person_id not in away
    ]
    who = [waiter.person for waiter in waiters]
    turns = ports.who_first(who, EventKind(event.kind), local_day(at))
    return in_order(waiters, turns)


def _passed_over(booking: Booking, event: Event, at: datetime) -> Message:
    """Once a day at the most, however often a seat comes free."""
    return Message(
        person_id=booking.person_id,
        kind=MessageKind.PASSED_OVER,
        event=event,
        booking=booking,
        key=f"passed_over:{booking.pk}:{local_day(at)}",
        created_at=at,
        due_at=at,
    )


def _offer(booking: Booking, event: Event, *, at: datetime) -> bool:
    """False where the person has taken something else at the time, a moment ago."""
    assert event.start_at is not None  # the list is open only before a start
    service = service_person()
    lasts = timedelta(hours=settings.OFFER_HOURS)
    ends = offer_ends(at=at, start=event.start_at, lasts=lasts)
    try:
        with transaction.atomic():
            move(booking, BookingStatus.OFFERED, by=service, at=at, offer_ends_at=ends)
    except IntegrityError as error:
        if broken_name(error) != "claim_overlap":
            raise
        booking.refresh_from_db()
        return False
    say("booking.promote", booking, event, by=service, at=at)
    tell(MessageKind.PROMOTED, booking, at=at)
    return True
