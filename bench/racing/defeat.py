"""The control: the operations' order defeated. Everybody looks, and only then does anybody write.

Nothing is locked and nothing is looked at again. With the database's guards in place it must
still come out right; without them it must go wrong, or the races prove nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from unittest import mock

from django.utils import timezone

from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.models import Booking, Event, Person
from wellbeing.operations import bookings, events, offers, seats

from .crew import Job
from .races import Heat
from .world import an_hour

Meet = Callable[[], None]
Act = Callable[[], Any]


def _no_lock(event: int, *args: Any, **more: Any) -> Event:
    return Event.objects.get(pk=event)


def _nothing(*args: Any, **more: Any) -> None:
    return None


@contextmanager
def unordered() -> Iterator[None]:
    """No row is locked, no offer expired before a seat is taken, no host looked at again."""
    with ExitStack() as stack:
        for module, name, instead in (
            (bookings, "lock_to_take", _no_lock),
            (bookings, "lock_everyone_at", _no_lock),
            (offers, "lock_event", _no_lock),
            (offers, "lock_people", _nothing),
            (seats, "lock_everyone_at", _no_lock),
            (events, "lock_people", _nothing),
            (events, "check_host", _nothing),
        ):
            stack.enter_context(mock.patch.object(module, name, instead))
        yield


def book(meet: Meet, event: int, person: int, at: datetime | None = None) -> Act:
    """Looks once; whatever that says, everybody is waited for."""
    wanted, who = Event.objects.get(pk=event), Person.objects.get(pk=person)
    check = bookings.check_bookable

    def act() -> int:
        when = at or timezone.now()
        try:
            check(wanted, person=who, at=when)
        finally:
            meet()
        with unordered(), mock.patch.object(bookings, "check_bookable", _nothing):
            return bookings.take_place(wanted.pk, person=who, by=who, at=when).pk

    return act


def accept(meet: Meet, booking: int, at: datetime) -> Act:
    offered = Booking.objects.select_related("person").get(pk=booking)

    def act() -> int:
        meet()
        with unordered():
            offers.accept(offered, by=offered.person, at=at)
        return offered.pk

    return act


def expire(meet: Meet, event: int, at: datetime | None = None) -> Act:
    def act() -> int:
        meet()
        with unordered():
            return seats.expire_at(event, at=at or timezone.now())

    return act


def session(meet: Meet, host: int, on: date, hour: int, minute: int) -> Act:
    who, details = Person.objects.get(pk=host), an_hour(on, hour, minute)

    def act() -> int:
        now = timezone.now()
        try:
            events.check_host(details, who, *events.times(details, now))
        finally:
            meet()
        with unordered():
            return events.publish(details, host=who, by=who, at=now).pk

    return act


def defeated(heat: Heat) -> Heat:
    """The same heat out of order.

    A seat that is given up is free before anybody looks, and who waits for it is looked for in
    a step of its own, which races with the others.
    """
    jobs = list(heat.jobs)
    for i, job in enumerate(jobs):
        if job.act == "cancel":
            jobs[i] = Job("expire", {"event": _given_up(job.given["booking"])})
    return replace(heat, jobs=[Job(f"defeated {job.act}", job.given) for job in jobs])


def _given_up(booking: int) -> int:
    held = Booking.objects.select_related("person").get(pk=booking)
    if held.status == BookingStatus.BOOKED:
        with mock.patch.object(bookings, "pass_on_seats", _nothing):
            reason = CancelReason.OTHER_WORK
            bookings.cancel(held, reason=reason, by=held.person, at=timezone.now())
    return held.event_id


DEFEATED: dict[str, Callable[..., Act]] = {
    f"defeated {act.__name__}": act for act in (book, accept, expire, session)
}
