"""Secret addresses of calendars: made, stopped and renewed by whose calendar it is.

The service itself stops those of whoever has left, or leads no more.

The secret comes from whoever calls, is shown to its owner once, and is kept as a hash.
"""

from datetime import date, datetime, timedelta

from django.db import OperationalError
from django.db.models import Q

from wellbeing.domain.feeds import FeedKind, secret_hash
from wellbeing.domain.refusals import Refused
from wellbeing.models import Area, CalendarFeed, Person
from wellbeing.queries.feeds import ended_feeds

from . import audit
from .locks import lock_people
from .service import service_person
from .transaction import operation

# So often a reading is written down: a program that asks every minute makes no writer.
NOTED_EVERY = timedelta(hours=1)


@operation
def make_feed(
    person: Person,
    kind: FeedKind,
    *,
    area: Area | None = None,
    secret: str,
    by: Person,
    at: datetime,
) -> CalendarFeed:
    """A new address for one of their calendars. Refused where it has a live one.

    The same secret again is the same address: a form that was sent twice.
    """
    lock_people([person.pk])
    return _same(person, secret) or _make(person, kind, area, secret, by, at, "feed.make")


@operation
def renew_feed(feed: CalendarFeed, *, secret: str, by: Person, at: datetime) -> CalendarFeed:
    """Stops an address and makes another for the same calendar, in one step."""
    lock_people([feed.person_id])
    if same := _same(feed.person, secret):
        return same
    _stop(feed, by, at)
    kind = FeedKind(feed.kind)
    return _make(feed.person, kind, feed.area, secret, by, at, "feed.renew")


@operation
def revoke_feed(feed: CalendarFeed, *, by: Person, at: datetime) -> None:
    """Whoever reads this address finds nothing from now on."""
    lock_people([feed.person_id])
    _stop(feed, by, at)
    about, public_id = feed.person_id, str(feed.public_id)
    audit.record("feed.revoke", by=by, at=at, about=about, feed=public_id)


@operation
def stop_ended_feeds(*, on: date, at: datetime, person: Person | None = None) -> int:
    """Stops addresses, all or one person's, whose owner has left or leads no more; how many.

    So a role that is given anew needs a new address: giving one calls this first, and the
    worker looks for roles that have ended, however they did.
    """
    ended = ended_feeds(on) if person is None else ended_feeds(on).filter(person=person)
    owners = set(ended.values_list("person", flat=True))
    if not owners:
        return 0
    # Asked again once nobody can give one of them a role meanwhile.
    lock_people(owners)
    stopped = list(ended.filter(person__in=owners))
    by = service_person()
    for feed in stopped:
        _stop(feed, by, at)
        public_id = str(feed.public_id)
        audit.record("feed.end", by=by, at=at, about=feed.person_id, feed=public_id)
    return len(stopped)


def note_read(feed: CalendarFeed, *, at: datetime) -> None:
    """Writes down when a calendar was last read, at most once an hour.

    Most readings ask nothing of the database here; one that would have to wait for
    another writer is let go: the calendar matters more than this.
    """
    before = at - NOTED_EVERY
    if feed.last_read_at is not None and feed.last_read_at > before:
        return
    long_ago = Q(last_read_at__isnull=True) | Q(last_read_at__lte=before)
    try:
        CalendarFeed.objects.filter(long_ago, pk=feed.pk).update(last_read_at=at)
    except OperationalError:
        return


def _same(person: Person, secret: str) -> CalendarFeed | None:
    live = CalendarFeed.objects.filter(revoked_at__isnull=True, person=person)
    return live.filter(token_hash=secret_hash(secret)).first()


def _make(
    person: Person,
    kind: FeedKind,
    area: Area | None,
    secret: str,
    by: Person,
    at: datetime,
    verb: str,
) -> CalendarFeed:
    feed = CalendarFeed.objects.create(
        person=person, kind=kind, area=area, token_hash=secret_hash(secret), created_at=at
    )
    audit.record(verb, by=by, at=at, about=person.pk, feed=str(feed.public_id), kind=kind)
    return feed


def _stop(feed: CalendarFeed, by: Person, at: datetime) -> None:
    live = CalendarFeed.objects.filter(pk=feed.pk, revoked_at__isnull=True)
    if not live.update(revoked_at=at, revoked_by=by):
        raise Refused("This address has been stopped already.", code="feed_stopped")
