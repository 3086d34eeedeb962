"""Changing what is published: anything while nobody is booked, then time, place, host and room.

Whoever has a place keeps it; in one step, or not at all.
"""

from collections.abc import Collection
from datetime import date, datetime

from wellbeing.domain.booking import AHEAD, HOLDS_SEAT, LIVE, BookingStatus, EventStatus
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.ports import Bar
from wellbeing.domain.refusals import Refused
from wellbeing.models import Booking, Event, EventArea, EventDay, Person
from wellbeing.queries.court_lists import in_court

from . import audit
from .bookable import busy, ineligible
from .events import Details, check_host, times
from .facts import close
from .locks import lock_everyone_at
from .moves import announce_everyone
from .outbox import tell, tell_host
from .seats import pass_on_seats
from .transaction import operation

TAKEN = "Somebody who has a place cannot come then. Choose another time or supervisor, or cancel the session."


@operation
def change_event(
    event: Event, details: Details, *, host: Person | None, by: Person, at: datetime
) -> Event:
    """Moves or edits an event that has not begun; its bookings are carried along.

    Refused: what `publish` refuses; fewer places than are held; other Areas or another size
    while somebody is booked; a time or a host that somebody booked could not come to.
    """
    event = lock_everyone_at(event.pk, also=[host.pk] if host else [])
    start_at, end_at = times(details, at)
    people = _people(event)
    _check_changeable(event, details, people, at)
    if host is not None:
        check_host(details, host, start_at, end_at, moving=event)
    before, old_host = event.local_on, event.host_id
    _fill(event, details, host=host, start_at=start_at, end_at=end_at)
    _check_everyone_can_come(
        event,
        people,
        is_other_day=event.local_on != before,
        same_host=old_host == event.host_id,
    )
    _keep_day(event, before, by=by, at=at)
    _write(event, details, at=at)
    announce_everyone(event, at=at, since=min(before, event.local_on))
    audit.record("event.change", by=by, at=at, event=str(event.public_id), people=len(people))
    _tell(event, old_host, by=by, at=at)
    pass_on_seats(event, at=at)
    return event


def _tell(event: Event, old_host: int | None, *, by: Person, at: datetime) -> None:
    """Everybody with a place or on the list, and the host; one who no longer holds it too."""
    for booking in Booking.objects.filter(event=event, status__in=AHEAD).order_by("pk"):
        tell(MessageKind.CHANGED, booking, at=at)
    if old_host == event.host_id:
        tell_host(MessageKind.HOST_CHANGED, event, by=by, at=at)
    else:
        tell_host(MessageKind.HOST_CANCELLED, event, by=by, at=at, host=old_host)
        tell_host(MessageKind.HOST_PUBLISHED, event, by=by, at=at)


def _people(event: Event) -> list[int]:
    """Who has a place at it or waits for one."""
    booked = Booking.objects.filter(event=event, status__in=LIVE)
    return list(booked.order_by("person").values_list("person", flat=True))


def _check_changeable(
    event: Event, details: Details, people: Collection[int], at: datetime
) -> None:
    if event.status not in (EventStatus.PUBLISHED, EventStatus.DRAFT):
        raise Refused("This session is no longer open, so it cannot be changed.")
    if not event.is_bookable or event.start_at is None or event.start_at <= at:
        raise Refused("This session has already started, so it cannot be changed.")
    if not people:
        return
    areas = set(EventArea.objects.filter(event=event).values_list("area", flat=True))
    if areas != details.areas:
        raise Refused(
            "Somebody is booked, so the Areas cannot be changed. Publish another session.",
            field="areas",
        )
    held = Booking.objects.filter(event=event, status__in=HOLDS_SEAT).count()
    if details.capacity < held:
        raise Refused(
            "There cannot be fewer places than are taken.",
            code="event_capacity",
            field="capacity",
        )


def _fill(
    event: Event,
    details: Details,
    *,
    host: Person | None,
    start_at: datetime,
    end_at: datetime,
) -> None:
    event.host, event.local_on, event.minutes = host, details.on, details.minutes
    event.start_at, event.end_at = start_at, end_at
    event.capacity, event.mode, event.place = details.capacity, details.mode, details.place
    event.theme = details.theme


def _check_everyone_can_come(
    event: Event, people: Collection[int], *, is_other_day: bool, same_host: bool
) -> None:
    """What is booked on a court-list day stays; to another such day nobody is moved.

    Whom somebody excluded since they booked is no reason at the same host's own session:
    their place stands until they give it up, and a room that cannot be changed would tell why.
    """
    ahead = Booking.objects.filter(event=event, status__in=AHEAD & HOLDS_SEAT)
    seated = list(ahead.values_list("person", flat=True))
    reasons = [r.code for r in ineligible(event, seated).values()]
    if same_host:
        reasons = [code for code in reasons if code != Bar.EXCLUDED]
    if event.host_id in people or busy(event, seated) or reasons:
        raise Refused(TAKEN, code="not_everyone")
    if is_other_day and in_court(seated, event.local_on):
        raise Refused(TAKEN, code="not_everyone")


def _keep_day(event: Event, before: date, *, by: Person, at: datetime) -> None:
    """What was counted of the day it had must be there to be counted again (EventDay)."""
    if event.local_on == before:
        return
    held = EventDay.objects.filter(event=event).first()
    if held is None:
        held = EventDay.objects.create(
            event=event,
            local_on=before,
            recorded_at=min(event.created_at, at),
            recorded_by_id=event.created_by_id,
        )
    close(held, by=by, at=at)
    EventDay.objects.create(
        event=event, local_on=event.local_on, recorded_at=at, recorded_by=by
    )


def _write(event: Event, details: Details, *, at: datetime) -> None:
    """One UPDATE of the event: the guards move everybody's claimed time with it.

    No offer lasts beyond the new start.
    """
    event.sequence += 1
    event.changed_at = at
    event.save()
    late = Booking.objects.filter(event=event, status=BookingStatus.OFFERED)
    late.filter(offer_ends_at__gt=event.start_at).update(offer_ends_at=event.start_at)
    EventArea.objects.filter(event=event).exclude(area__in=details.areas).delete()
    EventArea.objects.bulk_create(
        [EventArea(event=event, area_id=a) for a in details.areas], ignore_conflicts=True
    )
