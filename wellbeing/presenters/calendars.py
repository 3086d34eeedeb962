"""Calendars as addresses and words: where an entry leads, and how a feed is named and read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from wellbeing.domain.feeds import FeedKind
from wellbeing.domain.local_time import local_day
from wellbeing.domain.roles import EventKind
from wellbeing.models import CalendarFeed
from wellbeing.presenters.dates import clock, short_day
from wellbeing.queries.schedule import Pages

NAMES = {FeedKind.OWN: "My own bookings", FeedKind.HOSTED: "What I host"}


def booking_page(public_id: UUID) -> str:
    """The whole address of a booking's page."""
    return settings.SITE_ORIGIN + reverse("booking_detail", args=[public_id])


def event_page(kind: EventKind, public_id: UUID) -> str:
    """The whole address of a session's or a Round's page."""
    name = "round_detail" if kind == EventKind.ROUND else "session_detail"
    return settings.SITE_ORIGIN + reverse(name, args=[public_id])


PAGES = Pages(booking=booking_page, event=event_page)


@dataclass(frozen=True, slots=True)
class NewAddress:
    """An address that was just made: shown once, in the two forms that programs take."""

    name: str
    https: str
    webcal: str


def new_address(feed: CalendarFeed, secret: str) -> NewAddress:
    """`webcal:` opens a calendar program; the other is pasted into one."""
    https = settings.SITE_ORIGIN + reverse("calendar_feed", args=[secret])
    return NewAddress(feed_name(feed), https, "webcal:" + https.partition(":")[2])


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One address as its owner's page lists it."""

    name: str
    made: str
    read: str
    renew: str
    stop: str


def feed_line(feed: CalendarFeed) -> FeedLine:
    """When it was made and last read, and where it is renewed or stopped."""
    return FeedLine(
        name=feed_name(feed),
        made=_moment(feed.created_at),
        read=_moment(feed.last_read_at) if feed.last_read_at else "",
        renew=reverse("calendar_address_renew", args=[feed.public_id]),
        stop=reverse("calendar_address_stop", args=[feed.public_id]),
    )


def feed_name(feed: CalendarFeed) -> str:
    """What is behind an address."""
    if feed.kind == FeedKind.SCHEDULE:
        return schedule_name(feed.area.name if feed.area else "")
    return NAMES[FeedKind(feed.kind)]


def schedule_name(area: str) -> str:
    """A lead's schedule; of every Area where none is named."""
    return f"Schedule of {area}" if area else "Schedule of every Area"


def _moment(at: datetime) -> str:
    return f"{short_day(local_day(at))}, {clock(at)}"
