"""Schwartz Rounds and how many are coming: counts, and never who."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery

from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.roles import EventKind
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Booking, Event, Posting
from wellbeing.models.dated import covering
from wellbeing.queries.events import HELD, visible_to


def rounds(viewer: Viewer) -> QuerySet[Event]:
    """Every Round: all staff may come, and facilitators see them all."""
    if viewer.is_facilitator or viewer.is_national_lead:
        return Event.objects.filter(kind=EventKind.ROUND)
    return visible_to(viewer, EventKind.ROUND)


def listed(viewer: Viewer, at: datetime, *, ahead: bool) -> QuerySet[Event]:
    """Rounds to come, soonest first; or those that were, latest first."""
    events = rounds(viewer).annotate(held=HELD)
    if ahead:
        return events.filter(end_at__gt=at).order_by("start_at")
    return events.filter(end_at__lte=at).order_by("-start_at")


def round_for(viewer: Viewer, public_id: UUID) -> Event | None:
    """One Round, or None where it is not this viewer's to know."""
    return (
        rounds(viewer)
        .filter(public_id=public_id)
        .select_related("host")
        .annotate(held=HELD)
        .first()
    )


def coming_by_role(event: Event) -> dict[str, int]:
    """How many are coming, by the job role they hold on the day."""
    role = (
        Posting.objects.filter(covering(event.local_on), person=OuterRef("person"))
        .order_by()
        .values("job_role")[:1]
    )
    return dict(
        Booking.objects.filter(event=event, status=BookingStatus.BOOKED)
        .annotate(role=Subquery(role))
        .values("role")
        .annotate(n=Count("pk"))
        .values_list("role", "n")
    )
