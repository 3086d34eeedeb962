"""Publishing what people can book, and cancelling it with its bookings."""

from dataclasses import dataclass
from datetime import date, datetime, time

from wellbeing import ports
from wellbeing.domain.booking import AHEAD, OUTCOMES, BookingStatus, EventStatus
from wellbeing.domain.local_time import NoSuchTime, span
from wellbeing.domain.ports import Bar, Hosting
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import Booking, ClaimedTime, Event, EventArea, Person

from . import audit
from .closing import is_closed
from .locks import lock_everyone_at, lock_people
from .moves import move
from .transaction import operation

BARRED = {
    Bar.NOT_A_SUPERVISOR: "Only a clinical supervisor can hold supervision.",
    Bar.NOT_REGISTERED: "{name}'s registration does not cover that date.",
    Bar.AREA_NOT_SERVED: "{name} does not serve every Area you chose.",
    Bar.IN_CHAIN: "{name} cannot hold this session.",
}

# Where on the form it is put right; the host's own box otherwise.
FIELDS = {Bar.AREA_NOT_SERVED: "areas", Bar.NOT_REGISTERED: "on"}


@dataclass(frozen=True, slots=True)
class Details:
    """What is published: London's day and time, minutes, places, how and where, for whom.

    `areas` are primary keys; none means all Areas.
    """

    kind: EventKind
    on: date
    at: time
    minutes: int
    capacity: int
    mode: Mode
    place: str = ""
    theme: str = ""
    areas: frozenset[int] = frozenset()


@operation
def publish(details: Details, *, host: Person | None, by: Person, at: datetime) -> Event:
    """Publishes an event that can be booked at once.

    Refused: a start that is past or no London time, a host who is not registered that
    day or does not serve the Areas, a host who has something else at the time.
    """
    start_at, end_at = _times(details, at)
    if host is not None:
        lock_people([host.pk])
        _check_host(details, host, start_at, end_at)
    event = Event.objects.create(
        kind=details.kind,
        status=EventStatus.PUBLISHED,
        host=host,
        local_on=details.on,
        start_at=start_at,
        end_at=end_at,
        minutes=details.minutes,
        capacity=details.capacity,
        mode=details.mode,
        place=details.place,
        theme=details.theme,
        created_at=at,
        created_by=by,
        changed_at=at,
    )
    EventArea.objects.bulk_create(EventArea(event=event, area_id=a) for a in details.areas)
    audit.record("event.publish", by=by, at=at, event=str(event.public_id), kind=details.kind)
    return event


def _times(details: Details, at: datetime) -> tuple[datetime, datetime]:
    try:
        start_at, end_at = span(details.on, details.at, details.minutes)
    except NoSuchTime as error:
        raise Refused(
            f"{details.at:%H:%M} {error}. Choose another time.", field="at"
        ) from error
    if start_at <= at:
        raise Refused("Enter a date and time that are still to come.", field="on")
    return start_at, end_at


def _check_host(details: Details, host: Person, start_at: datetime, end_at: datetime) -> None:
    if details.kind == EventKind.SUPERVISION:
        hosting = Hosting(host.pk, details.on, details.areas)
        bar = ports.may_host([hosting]).get(hosting)
        if bar:
            raise Refused(_barred(bar, details, host), code=bar, field=FIELDS.get(bar, "host"))
    taken = ClaimedTime.objects.filter(person=host, from_at__lt=end_at, to_at__gt=start_at)
    if taken.exists():
        raise Refused(
            f"{host.name} already has something else at this time.",
            code="claim_overlap",
            field="at",
        )


def _barred(bar: Bar, details: Details, host: Person) -> str:
    if bar == Bar.AREA_NOT_SERVED and not details.areas:
        return f"{host.name} does not serve all Areas. Choose the Areas this session is for."
    return BARRED[bar].format(name=host.name)


@operation
def cancel_event(event: Event, *, by: Person, at: datetime) -> int:
    """Cancels an event with every place booked, offered or waited for; how many there were.

    Refused once somebody's coming has been recorded, or the event is over and closed.
    """
    event = lock_everyone_at(event.pk)
    check_cancellable(event, at=at)
    bookings = list(Booking.objects.filter(event=event, status__in=AHEAD))
    for booking in bookings:
        move(booking, BookingStatus.CANCELLED_BY_SERVICE, by=by, at=at)
    Event.objects.filter(pk=event.pk).update(
        status=EventStatus.CANCELLED, sequence=event.sequence + 1, changed_at=at
    )
    ports.facts_changed(people=[b.person_id for b in bookings], since=event.local_on, at=at)
    audit.record(
        "event.cancel", by=by, at=at, event=str(event.public_id), bookings=len(bookings)
    )
    return len(bookings)


def check_cancellable(event: Event, *, at: datetime) -> None:
    """Raises the reason why this event can no longer be cancelled."""
    if event.status == EventStatus.CANCELLED:
        raise Refused("This session has already been cancelled.")
    if event.status != EventStatus.PUBLISHED or is_closed(event, at):
        raise Refused("This session is closed, so it cannot be cancelled.")
    if Booking.objects.filter(event=event, status__in=OUTCOMES).exists():
        raise Refused(
            "Somebody's attendance has been recorded, so this session cannot be cancelled."
        )
