"""Secret addresses: whose, and whether they may still see what it shows."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from wellbeing.domain.feeds import FeedKind, secret_hash
from wellbeing.domain.roles import EventKind, Role
from wellbeing.models import CalendarFeed, Event, RoleGrant
from wellbeing.models.dated import covering


def feed_of(secret: str, *, on: date) -> CalendarFeed | None:
    """The address with that secret, if it shows anything on this day.

    None for one that is unknown, stopped, of somebody who has left, or of a lead who leads
    no more: one query in every case, so that none can be told from another by its time.
    """
    named = CalendarFeed.objects.filter(token_hash=secret_hash(secret), revoked_at__isnull=True)
    shown = named.filter(~_has_ended(on)).select_related("person", "area")
    return shown.first()


def ended_feeds(on: date) -> QuerySet[CalendarFeed]:
    """Addresses that nobody has stopped and that show nothing, by their owners' ids."""
    live = CalendarFeed.objects.filter(revoked_at__isnull=True)
    return live.filter(_has_ended(on)).order_by("person", "pk")


def _has_ended(on: date) -> Q:
    """The owner has left; or leads no more, of an address that shows a schedule."""
    grants = RoleGrant.objects.filter(covering(on), person=OuterRef("person"))
    leads = Q(role=Role.LEAD) | Q(role=Role.AREA_LEAD, area=OuterRef("area"))
    of_a_lead = Q(kind=FeedKind.SCHEDULE.value)
    return Q(person__is_active=False) | (of_a_lead & ~Q(Exists(grants.filter(leads))))


def areas_led_by(person: int, on: date) -> frozenset[int] | None:
    """The Areas of which somebody is lead on a day; None for a national lead: every Area."""
    grants = RoleGrant.objects.filter(covering(on), person=person)
    held = list(grants.values_list("role", "area"))
    if any(role == Role.LEAD for role, _ in held):
        return None
    return frozenset(area for role, area in held if role == Role.AREA_LEAD)


def live_feeds(person: int) -> QuerySet[CalendarFeed]:
    """Their addresses that have not been stopped, the oldest first."""
    live = CalendarFeed.objects.filter(person=person, revoked_at__isnull=True)
    return live.select_related("area").order_by("created_at", "pk")


def own_feed(person: int, public_id: UUID) -> CalendarFeed | None:
    """One of their own addresses, stopped or not."""
    mine = CalendarFeed.objects.filter(person=person, public_id=public_id)
    return mine.select_related("person", "area").first()


def hosts(person: int) -> bool:
    """True for whoever has held, or will hold, anything but check-ins."""
    held = Event.objects.filter(host=person).exclude(kind=EventKind.CHECK_IN)
    return held.exists()
