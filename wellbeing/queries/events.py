"""Events within what a viewer may see: the row question of access."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from wellbeing.domain.booking import HOLDS_SEAT, EventStatus
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Booking, Event, EventArea, Posting
from wellbeing.models.dated import covering

HELD = Count("bookings", filter=Q(bookings__status__in=HOLDS_SEAT), distinct=True)


def visible_to(viewer: Viewer, *kinds: str) -> QuerySet[Event]:
    """Events of these kinds that this person may know about.

    The host's own, those they have a booking at, a lead's (of all the event's Areas),
    and what is published for the Area they work in on its day. A draft: its host and
    leads only.
    """
    named = EventArea.objects.filter(event=OuterRef("pk"))
    mine = Q(host=viewer.person)
    mine |= Q(Exists(Booking.objects.filter(event=OuterRef("pk"), person=viewer.person)))
    if viewer.is_national_lead:
        mine |= Q(pk__isnull=False)
    elif viewer.led_areas:
        elsewhere = named.exclude(area__in=viewer.led_areas)
        mine |= Q(Exists(named)) & ~Q(Exists(elsewhere))
    if viewer.is_staff:
        mine |= _local(viewer) & Q(is_bookable=True) & ~Q(status=EventStatus.DRAFT)
    return Event.objects.filter(mine, kind__in=kinds)


def _local(viewer: Viewer) -> Q:
    """Events on a day on which this person is in a posting, in an Area that the event is for."""
    there = Posting.objects.filter(covering(OuterRef("local_on")), person=viewer.person)
    named = EventArea.objects.filter(event=OuterRef("pk"))
    same = EventArea.objects.filter(event=OuterRef(OuterRef("pk")))
    for_all = Q(Exists(there)) & ~Q(Exists(named))
    return for_all | Q(Exists(there.filter(unit__area__in=same.values("area"))))


def visible_event(viewer: Viewer, public_id: UUID, *kinds: str) -> Event | None:
    """One event with its host and the number of places taken, or None where it is not theirs.

    `visible_to` is the rule. It is asked only where a shorter way to the same yes, which most
    of those who book come by, has not found one: the rule's one statement costs a third of a
    booking.
    """
    rows = Event.objects.filter(public_id=public_id, kind__in=kinds).select_related("host")
    event = rows.first()
    if event is None:
        return None
    if not (
        _is_open_to(viewer, event) or visible_to(viewer, *kinds).filter(pk=event.pk).exists()
    ):
        return None
    held = Booking.objects.filter(event=event, status__in=HOLDS_SEAT)
    event.held = held.count()  # type: ignore[attr-defined]
    return event


def _is_open_to(viewer: Viewer, event: Event) -> bool:
    """True only where the rule says so too: one's own, a national lead's, or published here."""
    if event.host_id == viewer.person or viewer.is_national_lead:
        return True
    if not (viewer.is_staff and event.is_bookable) or event.status == EventStatus.DRAFT:
        return False
    there = Posting.objects.filter(covering(event.local_on), person=viewer.person)
    own = set(there.values_list("unit__area", flat=True))
    named = areas_of(event)
    return bool(own & named if named else own)


def areas_of(event: Event) -> frozenset[int]:
    """The Areas that an event is for; none means all."""
    return frozenset(EventArea.objects.filter(event=event).values_list("area", flat=True))


def areas_by_event(events: Iterable[int]) -> dict[int, frozenset[int]]:
    """By primary key, the Areas that each of these events is for; one query."""
    found: dict[int, set[int]] = {pk: set() for pk in events}
    for event, area in EventArea.objects.filter(event__in=found).values_list("event", "area"):
        found[event].add(area)
    return {event: frozenset(areas) for event, areas in found.items()}


def following(event: Event, *, at: datetime) -> list[int]:
    """Primary keys of this event and the later ones of its series and host, still to come.

    One that was given to another host is theirs to change.
    """
    if event.series is None:
        return [event.pk]
    same = Event.objects.filter(series=event.series, host=event.host, start_at__gt=at)
    same = same.filter(status=EventStatus.PUBLISHED, start_at__gte=event.start_at)
    return list(same.values_list("pk", flat=True))
