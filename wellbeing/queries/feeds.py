"""Secret addresses: whose, and whether they may still see what it shows."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from wellbeing.domain.feeds import FeedKind, secret_hash
from wellbeing.domain.roles import EventKind, Role
from wellbeing.models import CalendarFeed, Event, RoleGrant
from wellbeing.models.dated import covering


def feed_of(secret: str, *, on: date) -> CalendarFeed | None:
    """The address with that secret, if it shows anything on this day.

    None for one that is unknown, stopped, of somebody who has left, or of a lead who leads
    no more: one query in every case, so that none can be told from another by its time.
    """
    grants = RoleGrant.objects.filter(covering(on), person=OuterRef("person"))
    feed = (
        CalendarFeed.objects.filter(token_hash=secret_hash(secret))
        .select_related("person", "area")
        .annotate(
            leads_all=Exists(grants.filter(role=Role.LEAD)),
            leads_area=Exists(grants.filter(role=Role.AREA_LEAD, area=OuterRef("area"))),
        )
        .first()
    )
    return feed if feed is not None and _is_shown(feed) else None


def _is_shown(feed: CalendarFeed) -> bool:
    if feed.revoked_at is not None or not feed.person.is_active:
        return False
    if feed.kind != FeedKind.SCHEDULE:
        return True
    return feed.leads_all or feed.leads_area  # type: ignore[attr-defined,no-any-return]


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
