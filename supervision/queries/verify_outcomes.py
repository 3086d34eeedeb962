"""Holds what is stored of how bookings ended against the facts, by one statement of its own.

Nothing here is shared with what builds the rows (endings.py): the database itself says from
bookings, moves, events and postings what each row ought to be.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat

from supervision.domain.outcomes import CancelledBy, Ended, Ending, Notice
from supervision.models import StaleCover, StoredOutcome
from wellbeing.domain.booking import BookingStatus, CancelReason, EventStatus
from wellbeing.domain.roles import Strand
from wellbeing.models import Booking, BookingMove, Person, Posting

# By what the words of a detail are parted in the statement below.
MARK = ":"
LATE, BOOKED = "late", "booked"
SERVICE = BookingStatus.CANCELLED_BY_SERVICE
# Attended ones are credit; who only waited never had a place.
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
# The person, the unit, the event's day, and how it ended.
Row = tuple[int, int, date, Ended]


def outcome_differences(strand: Strand, people: Collection[int] | None = None) -> Iterator[str]:
    """One line a booking of which the stored row and the facts say something else.

    `people`: primary keys, or None for everybody. Whoever is marked as stale is not asked about.
    """
    ruled, stored = dict(_ruled(strand, people)), dict(_stored(strand, people))
    wrong = {b for b in ruled.keys() | stored.keys() if ruled.get(b) != stored.get(b)}
    stale = set(StaleCover.objects.values_list("person", flat=True))
    rows = Booking.objects.filter(pk__in=wrong).exclude(person__in=stale).order_by("pk")
    for public_id in rows.values_list("public_id", flat=True):
        yield f"outcome_differs: booking {public_id}, {strand.value}"


def outcomes_differ(at: datetime) -> Iterator[str]:
    """A check of `audit_invariants`: everybody, every strand."""
    for strand in Strand:
        yield from outcome_differences(strand)


def _stored(strand: Strand, people: Collection[int] | None) -> Iterator[tuple[int, Row]]:
    rows = _of(StoredOutcome.objects.filter(strand=strand), people)
    what = ("booking", "person", "unit", "event_on")
    how = ("status", "reason", "is_late", "by", "before", "was_booked")
    for booking, person, unit, on, *ending in rows.values_list(*what, *how).iterator():
        status, reason, late, by, before, booked = ending
        one = Ending(
            BookingStatus(status),
            CancelReason(reason) if reason else None,
            late,
            CancelledBy(by) if by else None,
            before,
            booked,
        )
        week = timedelta(days=settings.EARLY_NOTICE_DAYS)
        late_from = timedelta(hours=settings.LATE_CANCELLATION_HOURS)
        yield booking, (person, unit, on, one.counted(week=week, late=late_from))


def _ruled(strand: Strand, people: Collection[int] | None) -> Iterator[tuple[int, Row]]:
    rows = _of(_facts(strand), people)
    what = (f"{BOOKING}__pk", "person", "unit", f"{EVENT}__local_on")
    for booking, person, unit, on, status, detail in rows.values_list(
        *what, f"{BOOKING}__status", "detail"
    ).iterator():
        ended = _ended(BookingStatus(status), detail)
        if ended:
            yield booking, (person, unit, on, ended)


def _of(rows: QuerySet[Any], people: Collection[int] | None) -> QuerySet[Any]:
    return rows if people is None else rows.filter(person__in=people)


def _facts(strand: Strand) -> QuerySet[Any]:
    """Unit, status and detail of each booking, from the posting of the event's day."""
    rows = Posting.objects.filter(
        Q(end_on__isnull=True) | Q(end_on__gte=F(f"{EVENT}__local_on")),
        **{
            f"{EVENT}__kind": strand,
            f"{BOOKING}__status__in": ASKED,
            "start_on__lte": F(f"{EVENT}__local_on"),
        },
    )
    return rows.annotate(
        detail=Case(
            When(**{f"{BOOKING}__status": BookingStatus.CANCELLED}, then=_by_person()),
            When(**{f"{BOOKING}__status": SERVICE}, then=_by_service()),
            default=Value(""),
        )
    )


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
        When(Q(before="") | Q(recorded_by__in=service), then=Value(CancelledBy.FILE)),
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
