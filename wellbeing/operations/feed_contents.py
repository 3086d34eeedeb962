"""What an address gives: first whether anything changed, then, if so, the calendar."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from wellbeing.domain.feeds import FeedKind
from wellbeing.domain.ical import published, vevent
from wellbeing.models import CalendarFeed
from wellbeing.queries.feeds import areas_led_by
from wellbeing.queries.own_calendar import booked_entries
from wellbeing.queries.schedule import (
    DAYS_BACK,
    Pages,
    Wanted,
    edition,
    hosted_window,
    schedule_window,
)
from wellbeing.queries.wording import wording_of

from .stored_entries import vevents


@dataclass(frozen=True, slots=True)
class Contents:
    """A digest of all that the calendar shows, and its bytes, of which none is made before."""

    digest: str
    pieces: Callable[[], Iterator[bytes]]


def contents_of(feed: CalendarFeed, *, on: date, pages: Pages) -> Contents:
    """The calendar behind an address. Two queries before `pieces` is called."""
    if feed.kind == FeedKind.OWN:
        return _own(feed, on, pages)
    if feed.kind == FeedKind.HOSTED:
        return _hosted(feed, on, pages)
    return _schedule(feed, on, pages)


def _own(feed: CalendarFeed, on: date, pages: Pages) -> Contents:
    """A dozen entries that are nobody else's: made each time, and not kept."""
    wording = wording_of(feed.person_id)
    entries = list(booked_entries(feed.person_id, wording, on=on, pages=pages))
    shown = [(entry.uid, entry.sequence) for entry in entries]
    return Contents(
        _digest(feed, pages, wording.text, shown),
        lambda: published(map(vevent, entries), name=wording.text, is_feed=True),
    )


def _hosted(feed: CalendarFeed, on: date, pages: Pages) -> Contents:
    person, wording = feed.person_id, wording_of(feed.person_id)
    window = hosted_window(person, wording, on=on)
    return Contents(
        _digest(feed, pages, wording.text, window),
        lambda: published(vevents(window, pages, wording), name=wording.text, is_feed=True),
    )


def _schedule(feed: CalendarFeed, on: date, pages: Pages) -> Contents:
    wanted = Wanted(
        areas=None if feed.area_id is None else frozenset({feed.area_id}),
        led=areas_led_by(feed.person_id, on),
        first=on - timedelta(days=DAYS_BACK),
    )
    window = schedule_window(wanted, on=on)
    name = f"RASSO sessions: {feed.area.name}" if feed.area else "RASSO sessions"
    return Contents(
        _digest(feed, pages, name, window),
        lambda: published(vevents(window, pages), name=name, is_feed=True),
    )


def _digest(feed: CalendarFeed, pages: Pages, name: str, shown: list[Any]) -> str:
    """Of (event, SEQUENCE) pairs, words, rights and format: what was removed counts too."""
    parts = [feed.pk, feed.kind, feed.area_id, name, edition(pages), shown]
    return sha256(repr(parts).encode()).hexdigest()[:32]
