"""Bookings, as their own person and as those who run the event may read them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F, Min, Q, QuerySet

from wellbeing.domain.booking import HOLDS_SEAT, LIVE, RECORDED, BookingStatus
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Booking, BookingMove, Event, Posting
from wellbeing.models.dated import covering

from .closing import is_closed


def own_booking(viewer: Viewer, public_id: UUID) -> Booking | None:
    """A booking of one's own; anybody else's is not there."""
    return (
        Booking.objects.filter(public_id=public_id, person=viewer.person)
        .select_related("event__host", "person")
        .first()
    )


def own_live_booking(viewer: Viewer, event: Event) -> Booking | None:
    """One's own place at an event, held or waited for."""
    return Booking.objects.filter(event=event, person=viewer.person, status__in=LIVE).first()


def own_bookings(
    viewer: Viewer, kinds: Iterable[str], *, at: datetime, ahead: bool
) -> QuerySet[Booking]:
    """One's own places, held or waited for, at what is not over yet, soonest first; or all the rest, latest first."""
    is_ahead = Q(status__in=LIVE, event__end_at__gt=at)
    bookings = Booking.objects.filter(
        is_ahead if ahead else ~is_ahead, person=viewer.person, event__kind__in=kinds
    ).select_related("event__host")
    if ahead:
        return bookings.order_by("event__start_at", "pk")
    return bookings.order_by(
        "-event__local_on", F("event__start_at").desc(nulls_last=True), "-pk"
    )


def register_of(event: Event) -> list[Booking]:
    """Everybody with a place, by name."""
    return list(
        Booking.objects.filter(event=event, status__in=HOLDS_SEAT)
        .select_related("person")
        .order_by("person__name", "pk")
    )


def readable_register(viewer: Viewer, event: Event, *, at: datetime, on: date) -> list[Booking]:
    """The places whose people this host or lead may read of, by name.

    Everybody until the event is closed. Then the relation is over: a host reads of those whom
    they may still put right, an Area lead besides of their people of today (domain.md).
    """
    bookings = register_of(event)
    if viewer.is_national_lead or not is_closed(event, at):
        return bookings
    led = set(
        Posting.objects.filter(
            covering(on),
            person__in=[b.person_id for b in bookings],
            unit__area__in=viewer.led_areas,
        ).values_list("person", flat=True)
    )
    first = first_recorded(bookings)
    fresh = at - timedelta(hours=settings.PUT_RIGHT_HOURS)
    return [b for b in bookings if b.person_id in led or first.get(b.pk, fresh) > fresh]


def first_recorded(bookings: Iterable[Booking]) -> dict[int, datetime]:
    """By primary key, when somebody first said who came; one query, corrections left aside."""
    moves = BookingMove.as_recorded.filter(booking__in=list(bookings), after__in=RECORDED)
    rows = moves.values("booking").annotate(first=Min("recorded_at"))
    return dict(rows.values_list("booking", "first"))


def people_at(events: Iterable[Event]) -> dict[int, list[str]]:
    """By the event's primary key, the names of those with a place, in order; one query."""
    found: dict[int, list[str]] = {}
    rows = Booking.objects.filter(event__in=list(events), status__in=HOLDS_SEAT)
    for event, name in rows.order_by("person__name", "pk").values_list("event", "person__name"):
        found.setdefault(event, []).append(name)
    return found


def offers_ended(at: datetime) -> QuerySet[Booking]:
    """Offers that nobody has answered in time; one without an end of its own ends at the start."""
    at_the_start = Q(offer_ends_at__isnull=True, event__start_at__lte=at)
    return Booking.objects.filter(
        Q(offer_ends_at__lte=at) | at_the_start, status=BookingStatus.OFFERED
    ).order_by("pk")


def is_any_offer_ended(at: datetime) -> bool:
    """True where a seat is held for an offer that has ended."""
    return offers_ended(at).exists()
