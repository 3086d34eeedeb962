"""Check-ins that were held, for the two who held them."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.roles import EventKind
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Booking, Posting
from wellbeing.models.dated import covering

HELD = {"event__kind": EventKind.CHECK_IN, "status": BookingStatus.ATTENDED}


def check_ins_of(person: int) -> QuerySet[Booking]:
    """Somebody's check-ins, the latest first."""
    return (
        Booking.objects.filter(person=person, **HELD)
        .select_related("event__host", "person")
        .order_by("-event__local_on", "-pk")
    )


def recorded_by(viewer: Viewer, public_id: UUID, on: date) -> Booking | None:
    """A check-in that this viewer held with one of their people of that day, to take back.

    Whoever is their manager no more is shown no name, and changes nothing of them.
    """
    managed = Posting.objects.filter(
        covering(on), person=OuterRef("person"), line_manager=viewer.person
    )
    return (
        Booking.objects.filter(Exists(managed), public_id=public_id, **HELD)
        .filter(event__host=viewer.person)
        .select_related("event", "person")
        .first()
    )
