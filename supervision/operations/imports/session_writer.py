"""Writes imported sessions in the one order that the database's guards accept."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F

from wellbeing import ports
from wellbeing.domain.booking import AHEAD, HOLDS_SEAT, BookingStatus, EventStatus
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.ports import Changed
from wellbeing.models import Booking, BookingMove, Event
from wellbeing.operations.facts import closed_at
from wellbeing.operations.imports.frame import Taking

if TYPE_CHECKING:
    from .sessions import Target, Wanted

BATCH = 500


def write_sessions(targets: list[Target], taking: Taking) -> None:
    """Seats and given-up events are freed first, then events opened, seats taken, events closed."""
    rows = [w for t in targets for w in t.rows]
    changed = [w for w in rows if w.booking is not None and w.changes]
    _set_statuses([w for w in changed if w.outcome not in HOLDS_SEAT])
    _settle(targets, taking, EventStatus.CANCELLED)
    events = _open_events(targets, taking)
    _set_statuses([w for w in changed if w.outcome in HOLDS_SEAT])
    fresh = _add_bookings(targets, events, taking)
    _write_moves(changed, fresh, taking)
    _settle(targets, taking, EventStatus.PUBLISHED)
    _settle(targets, taking, EventStatus.CLOSED)
    written = [*changed, *(w for w, _ in fresh)]
    ports.facts_changed(
        people={w.person for w in written},
        what=Changed.BOOKINGS,
        since=min(w.row["date"] for w in written),
        at=taking.at,
    )


def _set_statuses(rows: list[Wanted]) -> None:
    for status in BookingStatus:
        pks = [w.booking for w in rows if w.outcome == status and w.booking is not None]
        for start in range(0, len(pks), BATCH):
            batch = pks[start : start + BATCH]
            Booking.objects.filter(pk__in=batch).update(status=status)


def _open_events(targets: list[Target], taking: Taking) -> dict[int, int]:
    """Makes the events that are not there; a target's id to its event's primary key."""
    reopened = [
        t.held.pk
        for t in targets
        if t.held
        and not t.held.is_bookable
        and t.held.status == EventStatus.CANCELLED
        and status_of(t, taking) != EventStatus.CANCELLED
    ]
    for start in range(0, len(reopened), BATCH):
        Event.objects.filter(pk__in=reopened[start : start + BATCH]).update(
            status=EventStatus.PUBLISHED, changed_at=taking.at, sequence=F("sequence") + 1
        )
    fresh = [t for t in targets if t.held is None]
    made = [_event(t, taking) for t in fresh]
    for start in taking.progress(range(0, len(made), BATCH), "Writing events"):
        Event.objects.bulk_create(made[start : start + BATCH])
    events = {id(t): t.held.pk for t in targets if t.held}
    return events | {id(t): event.pk for t, event in zip(fresh, made, strict=True)}


def _event(target: Target, taking: Taking) -> Event:
    one = target.rows[0]
    return Event(
        kind=one.row["strand"],
        status=status_of(target, taking),
        host_id=one.host,
        local_on=one.row["date"],
        start_at=one.start,
        end_at=one.end,
        minutes=one.row["minutes"],
        is_bookable=False,
        created_at=taking.at,
        created_by=taking.by,
        changed_at=taking.at,
    )


def status_of(target: Target, taking: Taking) -> EventStatus:
    """What an event of a file's own is: cancelled, closed, or open to be recorded."""
    outcomes = set(target.outcomes())
    if outcomes == {BookingStatus.CANCELLED_BY_SERVICE}:
        return EventStatus.CANCELLED
    days = taking.at.astimezone(LONDON).date() - target.rows[0].row["date"]
    if days > timedelta(days=settings.CLOSING_DAYS) and not outcomes & AHEAD:
        return EventStatus.CLOSED
    return EventStatus.PUBLISHED


def _add_bookings(
    targets: list[Target], events: dict[int, int], taking: Taking
) -> list[tuple[Wanted, Booking]]:
    fresh = [
        (
            one,
            Booking(
                event_id=events[id(target)],
                person_id=one.person,
                status=one.outcome,
                created_at=taking.at,
            ),
        )
        for target in targets
        for one in target.rows
        if one.booking is None
    ]
    for start in taking.progress(range(0, len(fresh), BATCH), "Writing bookings"):
        Booking.objects.bulk_create(b for _, b in fresh[start : start + BATCH])
    return fresh


def _write_moves(
    changed: list[Wanted], fresh: list[tuple[Wanted, Booking]], taking: Taking
) -> None:
    for start in range(0, len(changed), BATCH):
        batch = [w.booking for w in changed[start : start + BATCH]]
        BookingMove.objects.filter(booking__in=batch).update(
            superseded_at=closed_at(taking.at), superseded_by=taking.by
        )
    moves = [
        BookingMove(
            booking_id=one.booking if one.booking is not None else booking.pk,
            before=one.before or "",
            after=one.outcome,
            recorded_at=taking.at,
            recorded_by=taking.by,
        )
        for one, booking in [*((w, Booking()) for w in changed), *fresh]
    ]
    for start in taking.progress(range(0, len(moves), BATCH), "Writing moves"):
        BookingMove.objects.bulk_create(moves[start : start + BATCH])


def _settle(targets: list[Target], taking: Taking, status: EventStatus) -> None:
    """Brings the file's own events that were there to this status, where it is theirs now."""
    pks = [
        t.held.pk
        for t in targets
        if t.held and not t.held.is_bookable and status_of(t, taking) == status
    ]
    for start in range(0, len(pks), BATCH):
        rows = Event.objects.filter(pk__in=pks[start : start + BATCH])
        rows.exclude(status=status).update(
            status=status, changed_at=taking.at, sequence=F("sequence") + 1
        )
