"""What a process does: everything is fetched first, then all start together."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from wellbeing.domain.booking import CancelReason
from wellbeing.models import Booking, Event, Person
from wellbeing.operations import bookings, offers, seats
from wellbeing.operations.events import publish

from .crew import Job
from .defeat import DEFEATED
from .load import LOADS
from .world import an_hour

Act = Callable[[], Any]


def book(event: int, person: int, at: datetime | None = None) -> Act:
    wanted, who = Event.objects.get(pk=event), Person.objects.get(pk=person)
    return lambda: bookings.book(wanted, person=who, by=who, at=at or timezone.now()).pk


def accept(booking: int, at: datetime) -> Act:
    offered = Booking.objects.select_related("person").get(pk=booking)

    def act() -> int:
        offers.accept(offered, by=offered.person, at=at)
        return offered.pk

    return act


def cancel(booking: int) -> Act:
    held = Booking.objects.select_related("person").get(pk=booking)

    def act() -> int:
        reason = CancelReason.OTHER_WORK
        bookings.cancel(held, reason=reason, by=held.person, at=timezone.now())
        return held.pk

    return act


def expire(event: int, at: datetime | None = None) -> Act:
    return lambda: seats.expire_at(event, at=at or timezone.now())


def session(host: int, on: date, hour: int, minute: int) -> Act:
    """Publishes an hour that overlaps all the others of its heat."""
    who, details = Person.objects.get(pk=host), an_hour(on, hour, minute)
    return lambda: publish(details, host=who, by=who, at=timezone.now()).pk


ACTS: dict[str, Callable[..., Act]] = {
    "book": book,
    "accept": accept,
    "cancel": cancel,
    "expire": expire,
    "session": session,
}


def ready(job: Job, meet: Callable[[], None]) -> Act:
    """An act of a race, of the control (which meets once more, midway), or of the load."""
    if job.act in DEFEATED:
        return DEFEATED[job.act](meet, **job.given)
    return {**ACTS, **LOADS}[job.act](**job.given)
