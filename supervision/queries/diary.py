"""What a host holds, and a lead's list of what is published."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from supervision.models import Supervisor
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.roles import EventKind
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Booking, Event, EventArea, Person
from wellbeing.queries.events import HELD, visible_to

UNRECORDED = Exists(Booking.objects.filter(event=OuterRef("pk"), status=BookingStatus.BOOKED))


def hosted(person: int, first: date, last: date) -> QuerySet[Event]:
    """A host's live sessions of these days, in order of time."""
    return (
        Event.objects.filter(
            host=person,
            kind=EventKind.SUPERVISION,
            local_on__gte=first,
            local_on__lte=last,
            start_at__isnull=False,
        )
        .exclude(status=EventStatus.CANCELLED)
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


def supervisors() -> QuerySet[Person]:
    """Every clinical supervisor, by name."""
    known = Supervisor.objects.filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(known), is_active=True).order_by("name", "pk")


def no_events() -> QuerySet[Event]:
    """What a page shows while its question cannot be read."""
    return Event.objects.none()
