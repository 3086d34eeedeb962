"""What somebody's home page asks for."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from supervision.domain.agreements import MemberStatus
from supervision.domain.cover import Standing
from supervision.models import Agreement, GroupMember, GroupSession
from supervision.queries.agreements import WITH_THEM
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


@dataclass(frozen=True, slots=True)
class GroupMeeting:
    """The next session of a closed group that somebody is in; `booking`: their place there, if any."""

    group: str
    event: Event
    booking: UUID | None


def next_group_meeting(person: int, at: datetime) -> GroupMeeting | None:
    """Of all their groups, the soonest that has not begun; one query."""
    mine = GroupMember.objects.filter(
        person=person, status=MemberStatus.MEMBER, group=OuterRef("group")
    )
    place = Booking.objects.filter(
        person=person, status=BookingStatus.BOOKED, event=OuterRef("event")
    )
    rows = GroupSession.objects.filter(
        Exists(mine), event__status=EventStatus.PUBLISHED, event__start_at__gt=at
    ).annotate(booking=Subquery(place.values("public_id")[:1]))
    found = rows.select_related("group", "event").order_by("event__start_at", "pk").first()
    return GroupMeeting(found.group.name, found.event, found.booking) if found else None


def not_met_yet(supervisor: int, at: datetime) -> int:
    """How many have chosen this supervisor, who may still decline; one query."""
    met = Booking.objects.filter(
        person=OuterRef("person"),
        status__in=WITH_THEM,
        event__host=supervisor,
        event__kind=EventKind.SUPERVISION,
        event__local_on__gte=OuterRef("start_on"),
        event__start_at__lte=at,
    )
    rows = Agreement.objects.filter(~Exists(met), supervisor=supervisor, end_on__isnull=True)
    return rows.count()


def next_round(viewer: Viewer, at: datetime) -> Event | None:
    """The next Schwartz Round that this viewer may know of: some are for other Areas."""
    ahead = rounds(viewer).filter(status=EventStatus.PUBLISHED, start_at__gt=at)
    return ahead.order_by("start_at").first()
