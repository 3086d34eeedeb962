"""What waits for a lead: places to offer again, outcomes to settle, registers to fill in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.local_time import local_day
from wellbeing.domain.roles import EventKind
from wellbeing.domain.viewer import Viewer
from wellbeing.domain.working_days import working_days_after
from wellbeing.models import Booking, BookingMove, Event, Person, Posting
from wellbeing.models.dated import covering
from wellbeing.queries.bank_holidays import bank_holidays

from .registrations import led_events
from .stored_cover import MOST_NAMED

S = BookingStatus
HELD_A_PLACE = (S.BOOKED, S.OFFERED)


@dataclass(frozen=True, slots=True)
class ToReoffer:
    """A place that the service cancelled, whose it was, and by when another is to be offered."""

    person: Person
    event: Event
    cancelled_on: date
    due_on: date


def to_reoffer(viewer: Viewer, at: datetime) -> list[ToReoffer]:
    """Of the people this lead leads today, who were offered and booked nothing since; late first.

    One query. Waiting is no place; what was cancelled longer ago is not shown any more.
    """
    on = local_day(at)
    since = at - timedelta(weeks=settings.TO_DO_WEEKS)
    moves = BookingMove.objects.filter(
        _led_today(viewer, on),
        ~Exists(_placed_again()),
        after=S.CANCELLED_BY_SERVICE,
        before__in=HELD_A_PLACE,
        recorded_at__gte=since,
        booking__event__kind=EventKind.SUPERVISION,
        booking__event__local_on__gte=local_day(since),
    ).select_related("booking__person", "booking__event__host")
    found = [_to_reoffer(move) for move in moves]
    return sorted(found, key=lambda one: (one.due_on, one.person.name, one.event.pk))


def _led_today(viewer: Viewer, on: date) -> Q:
    posted = Posting.objects.filter(covering(on), person=OuterRef("booking__person"))
    if not viewer.is_national_lead:
        posted = posted.filter(unit__area__in=viewer.led_areas)
    return Q(Exists(posted))


def _placed_again() -> QuerySet[BookingMove]:
    return BookingMove.as_recorded.filter(
        booking__person=OuterRef("booking__person"),
        booking__event__kind=EventKind.SUPERVISION,
        after__in=HELD_A_PLACE,
        recorded_at__gt=OuterRef("recorded_at"),
    )


def _to_reoffer(move: BookingMove) -> ToReoffer:
    cancelled_on = local_day(move.recorded_at)
    within = settings.REOFFER_WORKING_DAYS
    due_on = working_days_after(cancelled_on, within, bank_holidays())
    return ToReoffer(move.booking.person, move.booking.event, cancelled_on, due_on)


def to_settle(viewer: Viewer) -> QuerySet[Event]:
    """Sessions with outcomes that somebody disputes, with `places`: how many; the oldest first."""
    return _with_places(_disputed(viewer), S.DISPUTED)


def to_be_recorded(viewer: Viewer, at: datetime) -> QuerySet[Event]:
    """Sessions of the last weeks that have begun, with `places` of which nobody has said who came."""
    return _with_places(_unrecorded(viewer, at), S.BOOKED)


def how_many_to_settle(viewer: Viewer) -> int:
    """Of the same, the number alone; two queries."""
    return _disputed(viewer).count()


def how_many_to_be_recorded(viewer: Viewer, at: datetime) -> int:
    """Of the same, the number alone; one query."""
    return _unrecorded(viewer, at).count()


def _disputed(viewer: Viewer) -> QuerySet[Event]:
    """Few are at any time, and an index holds them alone."""
    places = Booking.objects.filter(status=S.DISPUTED).values_list("event", flat=True)
    # By their keys they are looked up one by one; as a part of the statement, every session
    # there ever was is read for them.
    keys = set(places[: MOST_NAMED + 1])
    return _led(viewer).filter(pk__in=keys if len(keys) <= MOST_NAMED else places)


def _unrecorded(viewer: Viewer, at: datetime) -> QuerySet[Event]:
    """By their days, and by an index that holds nothing but what nobody has recorded."""
    first = local_day(at) - timedelta(weeks=settings.TO_DO_WEEKS)
    return _led(viewer).filter(
        pk__in=Booking.objects.filter(status=S.BOOKED).values("event"),
        status=EventStatus.PUBLISHED,
        start_at__lte=at,
        local_on__gte=first,
        # The instant has no index, and its day has.
        local_on__lte=local_day(at),
    )


def _led(viewer: Viewer) -> QuerySet[Event]:
    """Sessions and training that this lead looks after."""
    kinds = [EventKind.SUPERVISION, EventKind.TRAINING]
    return led_events(viewer, Event.objects.filter(kind__in=kinds, start_at__isnull=False))


def _with_places(events: QuerySet[Event], status: BookingStatus) -> QuerySet[Event]:
    counted = Count("bookings", filter=Q(bookings__status=status), distinct=True)
    found = events.annotate(places=counted)
    return found.select_related("host").order_by("start_at", "pk")
