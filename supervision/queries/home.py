"""What somebody's home page asks for."""

from datetime import date, datetime

from supervision.domain.cover import Standing
from supervision.queries.standings import standings_on
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.roles import EventKind, Strand
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Booking, Event
from wellbeing.queries.rounds import rounds


def own_standing(person: int, strand: Strand, on: date) -> Standing | None:
    """One's own standing in a strand."""
    return standings_on(on, strand, [person]).get(person)


def next_booking(person: int, at: datetime) -> Booking | None:
    """The next session one has a place at."""
    return (
        Booking.objects.filter(
            person=person,
            status=BookingStatus.BOOKED,
            event__kind=EventKind.SUPERVISION,
            event__end_at__gt=at,
        )
        .select_related("event__host")
        .order_by("event__start_at")
        .first()
    )


def open_offers(person: int, at: datetime) -> list[Booking]:
    """Places held for somebody until they answer, the first to end first."""
    offers = Booking.objects.filter(
        person=person, status=BookingStatus.OFFERED, event__start_at__gt=at
    ).exclude(offer_ends_at__lte=at)
    return list(offers.select_related("event__host").order_by("offer_ends_at", "pk"))


def next_round(viewer: Viewer, at: datetime) -> Event | None:
    """The next Schwartz Round that this viewer may know of: some are for other Areas."""
    ahead = rounds(viewer).filter(status=EventStatus.PUBLISHED, start_at__gt=at)
    return ahead.order_by("start_at").first()
