"""Agreements as the person, the supervisor and a lead read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from supervision.models import Agreement, Exclusion
from wellbeing.domain.booking import OPEN_OUTCOME, BookingStatus, EventStatus
from wellbeing.domain.roles import EventKind
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Booking, Event, Person, Posting
from wellbeing.models.dated import covering

# A place that is held for somebody is theirs only once they have said yes.
WITH_THEM = frozenset(
    {
        BookingStatus.BOOKED,
        BookingStatus.ATTENDED,
        BookingStatus.MISSED,
        BookingStatus.DISPUTED,
    }
)


def live_agreement(person: int) -> Agreement | None:
    """With whom this person has an agreement now; None with nobody."""
    rows = Agreement.objects.filter(person=person, end_on__isnull=True)
    return rows.select_related("supervisor").first()


def to_sign(person: int, host: int | None) -> Agreement | None:
    """The agreement that this person has chosen with the host and not signed yet."""
    rows = Agreement.objects.filter(person=person, supervisor=host, end_on__isnull=True)
    return rows.filter(signed_at__isnull=True).first()


class Ended(StrEnum):
    """How somebody's latest agreement ended, where that was none of their doing."""

    NOT = ""
    DECLINED = "declined"
    BY_SERVICE = "by_service"


def how_ended(person: int) -> Ended:
    """The supervisor declined it, one of the two was no longer there, or neither."""
    rows = Agreement.objects.filter(person=person).order_by("-pk")
    last = rows.values_list("declined_at", "ended_by__is_service").first()
    declined_at, by_service = last or (None, None)
    if declined_at is not None:
        return Ended.DECLINED
    return Ended.BY_SERVICE if by_service else Ended.NOT


def ask_again_from(person: int, on: date) -> dict[int, date]:
    """Supervisors who lately declined this person, each with the day to ask them again from."""
    wait = timedelta(days=settings.AGREEMENT_ASK_AGAIN_DAYS)
    rows = Agreement.objects.filter(person=person, declined_at__isnull=False)
    rows = rows.filter(end_on__gt=on - wait).order_by("end_on")
    return {host: end + wait for host, end in rows.values_list("supervisor", "end_on") if end}


def exclusions_of(person: int) -> QuerySet[Exclusion]:
    """Whom this person would rather not see, by name: for that person alone."""
    rows = Exclusion.objects.filter(person=person).select_related("supervisor")
    return rows.order_by("supervisor__name", "pk")


def places_with(person: int, host: int, at: datetime) -> QuerySet[Booking]:
    """Places ahead of this person at that supervisor's sessions, soonest first."""
    rows = Booking.objects.filter(person=person, event__host=host, event__start_at__gt=at)
    rows = rows.filter(status=BookingStatus.BOOKED, event__kind=EventKind.SUPERVISION)
    return rows.select_related("event__host").order_by("event__start_at")


def agreement_with(supervisor: int, public_id: UUID) -> Agreement | None:
    """One live agreement of this supervisor, with its person."""
    rows = Agreement.objects.filter(supervisor=supervisor, end_on__isnull=True)
    return rows.select_related("person").filter(public_id=public_id).first()


def has_begun(agreement: Agreement, at: datetime) -> bool:
    """True once a session of the two has begun since the agreement was chosen."""
    return Booking.objects.filter(
        person=agreement.person_id,
        status__in=WITH_THEM,
        event__host=agreement.supervisor_id,
        event__kind=EventKind.SUPERVISION,
        event__local_on__gte=agreement.start_on,
        event__start_at__lte=at,
    ).exists()


@dataclass(slots=True)
class Supervised:
    """Somebody whom a supervisor supervises: a live agreement, or a booking not closed yet."""

    person: Person
    agreement: Agreement | None = None
    next: Event | None = None
    last: Event | None = None
    # A session has begun since the agreement was chosen.
    has_begun: bool = False


def supervised_by(supervisor: int, at: datetime) -> list[Supervised]:
    """A supervisor's people, with the next and the last session of the two; two queries.

    First who is new and has not signed, then the other agreements by review, then the rest.
    """
    agreements = Agreement.objects.filter(supervisor=supervisor, end_on__isnull=True)
    found: dict[int, Supervised] = {
        a.person_id: Supervised(a.person, a) for a in agreements.select_related("person")
    }
    for booking in _bookings(supervisor, found, at):
        one = found.setdefault(booking.person_id, Supervised(booking.person))
        _take(one, booking.event, at)
    return sorted(found.values(), key=_turn)


def _turn(one: Supervised) -> tuple[bool, date, str, int]:
    agreement = one.agreement
    is_new = agreement is not None and agreement.signed_at is None
    due = date.min if is_new else agreement.review_on if agreement else date.max
    return agreement is None, due, one.person.name, one.person.pk


def _take(one: Supervised, event: Event, at: datetime) -> None:
    """Sessions come in order of time: the first ahead is the next, the latest behind the last."""
    if event.start_at is not None and event.start_at > at:
        one.next = one.next or event
    else:
        one.last = event
        chosen = one.agreement.start_on if one.agreement else None
        one.has_begun |= chosen is not None and event.local_on >= chosen


def _bookings(supervisor: int, agreed: Iterable[int], at: datetime) -> QuerySet[Booking]:
    """With whom there is an agreement all of them; with others those of events not closed."""
    open_ = Booking.objects.filter(event=OuterRef("event"), status__in=OPEN_OUTCOME)
    still = Q(event__end_at__gt=at - timedelta(days=settings.CLOSING_DAYS)) | Q(Exists(open_))
    still &= ~Q(event__status=EventStatus.CLOSED)
    rows = Booking.objects.filter(
        still | Q(person__in=list(agreed)),
        event__host=supervisor,
        event__kind=EventKind.SUPERVISION,
        status__in=WITH_THEM,
    )
    return rows.select_related("person", "event").order_by("event__start_at", "pk")


def reviews_due(viewer: Viewer, on: date) -> QuerySet[Agreement]:
    """Signed agreements of a lead's people of today whose review is due or soon will be."""
    there = Posting.objects.filter(covering(on), person=OuterRef("person"))
    if not viewer.is_national_lead:
        there = there.filter(unit__area__in=viewer.led_areas)
    until = on + timedelta(days=settings.AGREEMENT_REVIEW_WARNING_DAYS)
    rows = Agreement.objects.filter(Exists(there), end_on__isnull=True, review_on__lte=until)
    rows = rows.filter(signed_at__isnull=False)
    return rows.select_related("person", "supervisor").order_by("review_on", "person__name")
