"""Check-ins that were held, for the two who held them."""

from uuid import UUID

from django.db.models import QuerySet

from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.roles import EventKind
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Booking

HELD = {"event__kind": EventKind.CHECK_IN, "status": BookingStatus.ATTENDED}


def check_ins_of(person: int) -> QuerySet[Booking]:
    """Somebody's check-ins, the latest first."""
    return (
        Booking.objects.filter(person=person, **HELD)
        .select_related("event__host", "person")
        .order_by("-event__local_on", "-pk")
    )


def recorded_by(viewer: Viewer, public_id: UUID) -> Booking | None:
    """A check-in that this viewer held with somebody, which is theirs to take back."""
    return (
        Booking.objects.filter(public_id=public_id, event__host=viewer.person, **HELD)
        .select_related("event", "person")
        .first()
    )
