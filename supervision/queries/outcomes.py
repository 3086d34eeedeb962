"""How the bookings of a period ended, by the unit in which their person worked on the event's day."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat

from supervision.domain.outcomes import CancelledBy, Ended, Notice, Outcomes
from supervision.models import StaleCover, StoredCredit
from wellbeing.domain.booking import BookingStatus, CancelReason, EventStatus
from wellbeing.domain.postings import posting_on
from wellbeing.models import BookingMove, Person, Posting

from .stored_cover import MOST_NAMED, StoredCover

# By what the words of a detail are parted in the statement below.
MARK = ":"
LATE, BOOKED = "late", "booked"
SERVICE = BookingStatus.CANCELLED_BY_SERVICE
# Attended ones are counted from what is stored; who only waited never had a place.
ASKED = [
    BookingStatus.MISSED,
    BookingStatus.DISPUTED,
    BookingStatus.BOOKED,
    BookingStatus.OFFERED,
    BookingStatus.DECLINED,
    BookingStatus.EXPIRED,
    BookingStatus.CANCELLED,
    SERVICE,
]
BOOKING = "person__bookings"
EVENT = f"{BOOKING}__event"


def outcomes(cover: StoredCover, since: date, on: date) -> dict[int, Outcomes]:
    """By unit, of events of `since` … `on`, both included; two queries beside the stale ones.

    A booking whose person was in no posting on the event's day is in no unit and not counted.
    """
    found: dict[int, Outcomes] = defaultdict(Outcomes)
    for unit, number in _attended(cover, since, on):
        found[unit].ended[Ended(BookingStatus.ATTENDED)] += number
    rows = _others(cover, since, on).annotate(number=Count("pk"))
    for unit, status, detail, number in rows.values_list(
        "unit", f"{BOOKING}__status", "detail", "number"
    ):
        ended = _ended(BookingStatus(status), detail)
        if ended:
            found[unit].ended[ended] += number
    return {unit: one for unit, one in found.items() if one.ended.total()}


def _attended(cover: StoredCover, since: date, on: date) -> list[tuple[int, int]]:
    rows = StoredCredit.objects.filter(
        strand=cover.where.strand, held_on__gte=since, held_on__lte=on, unit__isnull=False
    )
    if cover.where.units is not None:
        rows = rows.filter(unit__in=cover.where.units)
    if len(cover.stale) > MOST_NAMED:
        rows = rows.exclude(person__in=StaleCover.objects.values("person"))
    elif cover.stale:
        rows = rows.exclude(person__in=cover.stale.keys())
    counted = list(rows.values("unit").annotate(n=Count("*")).values_list("unit", "n"))
    for clock in cover.stale.values():
        for _, credit in clock.credits:
            there = posting_on(clock.postings, credit.held.on)
            if there and since <= credit.held.on <= on and cover.where.holds(there.unit):
                counted.append((there.unit, 1))
    return counted


def _others(cover: StoredCover, since: date, on: date) -> QuerySet[Any]:
    """Groups of unit, status and detail; from the posting of the event's day."""
    rows = Posting.objects.filter(
        Q(end_on__isnull=True) | Q(end_on__gte=F(f"{EVENT}__local_on")),
        **{
            f"{EVENT}__kind": cover.where.strand,
            f"{EVENT}__local_on__gte": since,
            f"{EVENT}__local_on__lte": on,
            f"{BOOKING}__status__in": ASKED,
            "start_on__lte": F(f"{EVENT}__local_on"),
        },
    )
    if cover.where.units is not None:
        rows = rows.filter(unit__in=cover.where.units)
    return rows.annotate(
        detail=Case(
            When(**{f"{BOOKING}__status": BookingStatus.CANCELLED}, then=_by_person()),
            When(**{f"{BOOKING}__status": SERVICE}, then=_by_service()),
            default=Value(""),
        )
    ).values("unit", f"{BOOKING}__status", "detail")


def _moves() -> QuerySet[Any]:
    return BookingMove.objects.filter(booking=OuterRef(f"{BOOKING}__pk"))


def _by_person() -> Subquery:
    """`court:late`, `court:`."""
    late = Case(When(is_late=True, then=Value(LATE)), default=Value(""))
    return Subquery(
        _moves().annotate(said=Concat("reason", Value(MARK), late)).values("said")[:1]
    )


def _by_service() -> Concat:
    """`:host:week:booked`, `place:lead:short:`; `place:` alone where nobody had a place, or came."""
    event = Case(
        When(**{f"{EVENT}__is_bookable": False}, then=Value(CancelledBy.FILE)),
        When(**{f"{EVENT}__status": EventStatus.CANCELLED}, then=Value("")),
        default=Value(CancelledBy.PLACE),
    )
    return Concat(event, Value(MARK), Subquery(_said_of_the_move()))


def _said_of_the_move() -> QuerySet[Any]:
    start = OuterRef(f"{EVENT}__start_at")
    service = Person.objects.filter(is_service=True).values("pk")
    by = Case(
        When(recorded_by__in=service, then=Value(CancelledBy.FILE)),
        When(recorded_by=OuterRef(f"{EVENT}__host"), then=Value(CancelledBy.HOST)),
        default=Value(CancelledBy.LEAD),
    )
    notice = Case(
        When(a_week__lt=start, then=Value(Notice.WEEK)),
        When(two_days__lte=start, then=Value(Notice.DAYS)),
        When(recorded_at__lt=start, then=Value(Notice.SHORT)),
        default=Value(Notice.AFTER),
    )
    booked = Case(When(before=BookingStatus.OFFERED, then=Value("")), default=Value(BOOKED))
    nobody = [BookingStatus.WAITING, BookingStatus.ATTENDED]
    rows = _moves().annotate(
        a_week=F("recorded_at") + timedelta(days=settings.EARLY_NOTICE_DAYS),
        two_days=F("recorded_at") + timedelta(hours=settings.LATE_CANCELLATION_HOURS),
    )
    said = Concat(by, Value(MARK), notice, Value(MARK), booked)
    said_of_a_place = Case(When(before__in=nobody, then=Value("")), default=said)
    return rows.annotate(said=said_of_a_place).values("said")[:1]


def _ended(status: BookingStatus, detail: str | None) -> Ended | None:
    """What a row of the statement is of; None where it was no place."""
    words = (detail or "").split(MARK)
    if status == BookingStatus.CANCELLED:
        reason, late = words[0], words[-1]
        return Ended(status, CancelReason(reason) if reason else None, late == LATE)
    if status != SERVICE:
        return Ended(status)
    event, *move = words
    if len(move) < 3:
        return None
    by, notice, booked = move
    # A file names nobody, whether the event or the move is of one.
    whose = CancelledBy(by if by == CancelledBy.FILE or not event else event)
    return Ended(status, by=whose, notice=Notice(notice), was_booked=booked == BOOKED)
