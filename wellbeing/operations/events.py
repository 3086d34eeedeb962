"""Publishing what people can book."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from wellbeing import ports
from wellbeing.domain.booking import EventStatus
from wellbeing.domain.local_time import NoSuchTime, span
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.ports import Bar, Hosting
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import ClaimedTime, Event, EventArea, Person

from . import audit
from .locks import lock_people
from .outbox import tell_host
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
def publish(
    details: Details,
    *,
    host: Person | None,
    by: Person,
    at: datetime,
    series: UUID | None = None,
    tells_host: bool = True,
) -> Event:
    """Publishes an event that can be booked at once; one of a `series` where it is named.

    `tells_host`: not of each of many; then the first booking brings the host's invitation.

    Refused: a start that is past or no London time, a host who is not registered that
    day or does not serve the Areas, a host who has something else at the time.
    """
    start_at, end_at = times(details, at)
    if host is not None:
        lock_people([host.pk])
        check_host(details, host, start_at, end_at)
    event = _make(details, start_at, end_at, host=host, by=by, at=at, series=series)
    EventArea.objects.bulk_create(EventArea(event=event, area_id=a) for a in details.areas)
    if tells_host:
        tell_host(MessageKind.HOST_PUBLISHED, event, by=by, at=at)
    audit.record("event.publish", by=by, at=at, event=str(event.public_id), kind=details.kind)
    return event


def _make(
    details: Details,
    start_at: datetime,
    end_at: datetime,
    *,
    host: Person | None,
    by: Person,
    at: datetime,
    series: UUID | None,
) -> Event:
    return Event.objects.create(
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
        series=series,
        created_at=at,
        created_by=by,
        changed_at=at,
    )


def times(details: Details, at: datetime) -> tuple[datetime, datetime]:
    """Start and end of what is still to come. Refused: a past start, one that is no London time."""
    try:
        start_at, end_at = span(details.on, details.at, details.minutes)
    except NoSuchTime as error:
        raise Refused(
            f"{details.at:%H:%M} {error}. Choose another time.", field="at"
        ) from error
    if start_at <= at:
        raise Refused("Enter a date and time that are still to come.", field="on")
    return start_at, end_at


def check_host(
    details: Details,
    host: Person,
    start_at: datetime,
    end_at: datetime,
    *,
    moving: Event | None = None,
) -> None:
    """Registered that day, serving the Areas, and nothing else at the time but `moving`."""
    if details.kind == EventKind.SUPERVISION:
        hosting = Hosting(host.pk, details.on, details.areas)
        bar = ports.may_host([hosting]).get(hosting)
        if bar:
            raise Refused(_barred(bar, details, host), code=bar, field=FIELDS.get(bar, "host"))
    taken = ClaimedTime.objects.filter(person=host, from_at__lt=end_at, to_at__gt=start_at)
    if taken.exclude(event=moving).exists():
        raise Refused(
            f"{host.name} already has something else at this time.",
            code="claim_overlap",
            field="at",
        )


def _barred(bar: Bar, details: Details, host: Person) -> str:
    if bar == Bar.AREA_NOT_SERVED and not details.areas:
        return f"{host.name} does not serve all Areas. Choose the Areas this session is for."
    return BARRED[bar].format(name=host.name)
