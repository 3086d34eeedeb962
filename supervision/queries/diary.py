"""What a host holds, and a lead's list of what is published."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from wellbeing.domain.booking import OUTCOMES, BookingStatus, EventStatus
from wellbeing.domain.roles import EventKind
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Booking, Event, EventArea
from wellbeing.queries.events import HELD, visible_to

UNRECORDED = Exists(Booking.objects.filter(event=OuterRef("pk"), status=BookingStatus.BOOKED))


def hosted(person: int, first: date, last: date | None) -> QuerySet[Event]:
    """A host's live sessions of these days (`last` None: of all that follow), in order of time."""
    events = Event.objects.filter(
        host=person,
        kind=EventKind.SUPERVISION,
        local_on__gte=first,
        start_at__isnull=False,
    ).exclude(status=EventStatus.CANCELLED)
    if last is not None:
        events = events.filter(local_on__lte=last)
    return (
        events.select_related("host")
        .annotate(held=HELD, unrecorded=UNRECORDED)
        .order_by("start_at", "pk")
    )


def to_record(person: int, on: date) -> QuerySet[Event]:
    """A host's sessions of the last eight weeks of which nobody has said who came."""
    return hosted(person, on - timedelta(weeks=8), on - timedelta(days=1)).filter(UNRECORDED)


def schedule(
    viewer: Viewer, *, first: date, last: date, area: int | None, host: int | None
) -> QuerySet[Event]:
    """A lead's sessions of these days, cancelled ones too."""
    events = visible_to(viewer, EventKind.SUPERVISION, EventKind.TRAINING).filter(
        local_on__gte=first, local_on__lte=last, start_at__isnull=False
    )
    if area is not None:
        named = EventArea.objects.filter(event=OuterRef("pk"))
        events = events.filter(~Exists(named) | Exists(named.filter(area=area)))
    if host is not None:
        events = events.filter(host=host)
    return (
        events.select_related("host")
        .annotate(held=HELD, unrecorded=UNRECORDED)
        .order_by("start_at", "host__name", "pk")
    )


def no_events() -> QuerySet[Event]:
    """What a page shows while its question cannot be read."""
    return Event.objects.none()


def left_of_day(person: int, on: date, at: datetime) -> QuerySet[Event]:
    """What a host still holds on a day, Rounds and training too: what `cancel_day` cancels."""
    recorded = Exists(Booking.objects.filter(event=OuterRef("pk"), status__in=OUTCOMES))
    events = Event.objects.filter(
        host=person, local_on=on, status=EventStatus.PUBLISHED, end_at__gt=at
    )
    return (
        events.exclude(kind=EventKind.CHECK_IN)
        .filter(~recorded)
        .select_related("host")
        .annotate(held=HELD, unrecorded=UNRECORDED)
        .order_by("start_at", "pk")
    )
