"""Events and bookings within what a viewer may see: the row question of access."""

from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from wellbeing.domain.booking import HOLDS_SEAT, EventStatus
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Booking, Event, EventArea

HELD = Count("bookings", filter=Q(bookings__status__in=HOLDS_SEAT), distinct=True)


def visible_to(viewer: Viewer, *kinds: str) -> QuerySet[Event]:
    """Events of these kinds that this person may know about.

    The host's own, those they have a booking at, a lead's (of all the event's Areas),
    and what is published for the Area they work in. A draft: its host and leads only.
    """
    named = EventArea.objects.filter(event=OuterRef("pk"))
    mine = Q(host=viewer.person)
    mine |= Q(Exists(Booking.objects.filter(event=OuterRef("pk"), person=viewer.person)))
    if viewer.is_national_lead:
        mine |= Q(pk__isnull=False)
    elif viewer.led_areas:
        elsewhere = named.exclude(area__in=viewer.led_areas)
        mine |= Q(Exists(named)) & ~Q(Exists(elsewhere))
    if viewer.own_area is not None:
        local = ~Q(Exists(named)) | Q(Exists(named.filter(area=viewer.own_area)))
        mine |= local & Q(is_bookable=True) & ~Q(status=EventStatus.DRAFT)
    return Event.objects.filter(mine, kind__in=kinds)


def visible_event(viewer: Viewer, public_id: UUID, *kinds: str) -> Event | None:
    """One event with its host and the number of places taken, or None where it is not theirs."""
    return (
        visible_to(viewer, *kinds)
        .filter(public_id=public_id)
        .select_related("host")
        .annotate(held=HELD)
        .first()
    )


def areas_of(event: Event) -> frozenset[int]:
    """The Areas that an event is for; none means all."""
    return frozenset(EventArea.objects.filter(event=event).values_list("area", flat=True))


def own_booking(viewer: Viewer, public_id: UUID) -> Booking | None:
    """A booking of one's own; anybody else's is not there."""
    return (
        Booking.objects.filter(public_id=public_id, person=viewer.person)
        .select_related("event__host", "person")
        .first()
    )


def own_live_booking(viewer: Viewer, event: Event) -> Booking | None:
    """One's own place at an event."""
    return Booking.objects.filter(
        event=event, person=viewer.person, status__in=HOLDS_SEAT
    ).first()


def own_bookings(viewer: Viewer, kinds: tuple[str, ...]) -> QuerySet[Booking]:
    """One's own bookings with their events, the soonest first."""
    return (
        Booking.objects.filter(person=viewer.person, event__kind__in=kinds)
        .select_related("event__host")
        .order_by(F("event__start_at").asc(nulls_last=True), "pk")
    )


def register_of(event: Event) -> list[Booking]:
    """Everybody with a place, by name."""
    return list(
        Booking.objects.filter(event=event, status__in=HOLDS_SEAT)
        .select_related("person")
        .order_by("person__name", "pk")
    )
