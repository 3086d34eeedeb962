"""May this person have a place here? An ordered chain of reasons; the first that applies is said."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Q

from wellbeing import ports
from wellbeing.domain.booking import HOLDS_SEAT, LIVE, BookingStatus, EventStatus
from wellbeing.domain.ports import Bar, Seat
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind
from wellbeing.models import Booking, ClaimedTime, Event, EventArea, Person, Posting
from wellbeing.models.dated import covering
from wellbeing.queries.busy_times import busy_events
from wellbeing.queries.court_lists import in_court

BARRED = {
    Bar.IN_CHAIN: "You cannot book with someone in your own management chain.",
    Bar.NOT_REGISTERED: "The supervisor's registration does not cover that day. Choose another time.",
    Bar.AREA_NOT_SERVED: "This session is for other Areas. Choose another time.",
    Bar.NOT_A_SUPERVISOR: "This session has no clinical supervisor. Choose another time.",
    Bar.CLOSED_GROUP: "This session is for the members of a closed group. Choose another time.",
    Bar.EXCLUDED: (
        "You have said that you would rather not see this supervisor. Choose another session,"
        " or take that back under My supervisor."
    ),
}
# What somebody is told who asks for another: never why this person has no time or whom they
# cannot see, so all of that is one sentence.
NOT_AVAILABLE = "This person is not available for this session."
# The code tells no more than the sentence does.
TO_ANOTHER_CODE = "not_available"
FOR_ANOTHER = {
    "claim_overlap": NOT_AVAILABLE,
    "busy_elsewhere": NOT_AVAILABLE,
    "court_list": NOT_AVAILABLE,
    Bar.IN_CHAIN: NOT_AVAILABLE,
    Bar.EXCLUDED: NOT_AVAILABLE,
    Bar.CLOSED_GROUP: "This session is for the members of a closed group.",
    "booking_one_live_an_event": "This person already has a place at this session.",
    "host": "This person holds the session.",
    "posting": "This person is not in a RASSO posting on that day.",
}


def check_bookable(
    event: Event, *, person: Person, at: datetime, instead_of: Booking | None = None
) -> None:
    """Raises the first reason why this person cannot have a place here.

    `instead_of`: a booking they would give up for it, whose time is no clash.
    """
    check_wanted(event, person=person, at=at, instead_of=instead_of)
    if free_seats(event, at) < 1:
        raise Refused(_taken_sentence(event), code="event_capacity")


def glance(event: Event, *, person: Person, at: datetime) -> None:
    """A quick look before the lock, which keeps the queue at a sought-after event short.

    Is it open, and is a seat left? Where not, the whole chain is asked, so that the first
    reason that applies is said. All of it is asked again under the lock.
    """
    is_ahead = event.start_at is not None and event.start_at > at
    if event.status != EventStatus.PUBLISHED or not is_ahead or free_seats(event, at) < 1:
        check_bookable(event, person=person, at=at)


def check_wanted(
    event: Event, *, person: Person, at: datetime, instead_of: Booking | None = None
) -> None:
    """The same but for the seat: whether the person could come if one were free."""
    check_open(event, at)
    check_own_bookings(event, person, at=at, instead_of=instead_of)
    check_eligible(event, person)
    check_not_in_court(event, person)


def check_free_elsewhere(event: Event, person: Person, *, by: Person) -> None:
    """Nobody is given a place by another at a time when their own calendar says they are busy.

    To the person themself that is a warning on the page, and they may book all the same. The
    service books for the members of a group whatever their calendars say: they can cancel.
    """
    if by.pk == person.pk or by.is_service:
        return
    if busy_events(person.pk, [event]):
        raise Refused("You are busy then, by your own calendar.", code="busy_elsewhere")


def told_to_another(refused: Refused) -> Refused:
    """The refusal in words for somebody who asks on this person's behalf."""
    sentence = FOR_ANOTHER.get(refused.code, refused.sentence)
    code = TO_ANOTHER_CODE if sentence == NOT_AVAILABLE else refused.code
    return Refused(sentence, code=code, field=refused.field)


def check_open(event: Event, at: datetime) -> None:
    """Published, for people to book, and not begun."""
    if event.status == EventStatus.CANCELLED:
        raise Refused(
            "This session has been cancelled. Choose another time.", code="event_open"
        )
    if event.status != EventStatus.PUBLISHED or not event.is_bookable:
        raise Refused("This session is not open for booking.", code="event_open")
    if event.start_at is None or event.start_at <= at:
        raise Refused("This session has already started. Choose another time.", code="started")


def check_own_bookings(
    event: Event, person: Person, *, at: datetime, instead_of: Booking | None = None
) -> None:
    """Not their own session, not there already, and nothing else at the time.

    The time that an offer of theirs held is free once that has ended.
    """
    if event.host_id == person.pk:
        raise Refused("You hold this session yourself.", code="host")
    live = Booking.objects.filter(person=person, status__in=LIVE)
    rows = live.filter(Q(event=event) | Q(status=BookingStatus.OFFERED))
    own = list(rows.values_list("event", "status", "offer_ends_at", "event__start_at"))
    ended = {pk for pk, status, *ends in own if _has_ended(status, ends, at=at)}
    if event.pk in {pk for pk, *_ in own} - ended:
        raise Refused(
            "You already have a place at this session.",
            code="booking_one_live_an_event",
        )
    given_up = ended | {event.pk} | ({instead_of.event_id} if instead_of else set())
    if busy(event, [person.pk], but_for=given_up):
        raise Refused(
            "You already have a session at this time. Cancel that one first, or choose another time.",
            code="claim_overlap",
        )


def _has_ended(status: str, ends: Sequence[datetime | None], *, at: datetime) -> bool:
    """`offers_ended` of one row; `ends`: the offer's own end, and the event's start without it."""
    end = next((instant for instant in ends if instant), None)
    return status == BookingStatus.OFFERED and end is not None and end <= at


def busy(event: Event, people: Collection[int], *, but_for: Collection[int] = ()) -> set[int]:
    """Who of these people has claimed time that overlaps the event, other than by `but_for`."""
    clashes = ClaimedTime.objects.filter(
        person__in=people, from_at__lt=event.end_at, to_at__gt=event.start_at
    )
    return set(
        clashes.exclude(event__in=but_for or [event.pk]).values_list("person", flat=True)
    )


def check_eligible(event: Event, person: Person) -> None:
    """In a posting that day in an Area that event and host both serve (domain.md)."""
    reason = ineligible(event, [person.pk]).get(person.pk)
    if reason:
        raise reason


def check_not_in_court(event: Event, person: Person) -> None:
    """Not on a day that a lead marked for the person's team."""
    if in_court([person.pk], event.local_on):
        raise Refused(
            "Your team is in court that day, so nothing can be booked. Choose another day.",
            code="court_list",
        )


def ineligible(event: Event, people: Collection[int]) -> dict[int, Refused]:
    """Why these people may not come to this event; who may is left out. Four queries or so."""
    rows = Posting.objects.filter(covering(event.local_on), person__in=people)
    areas = dict(rows.values_list("person", "unit__area"))
    for_areas = set(EventArea.objects.filter(event=event).values_list("area", flat=True))
    found: dict[int, Refused] = {}
    seats: list[Seat] = []
    for person in people:
        area = areas.get(person)
        if area is None:
            found[person] = Refused(
                "You are not in a RASSO posting on that day, so it cannot be booked.",
                code="posting",
            )
        elif for_areas and area not in for_areas:
            found[person] = _barred(Bar.AREA_NOT_SERVED)
        elif event.kind == EventKind.SUPERVISION and event.host_id is not None:
            seats.append(Seat(person, event.pk, event.host_id, event.local_on, area))
    barred = ports.may_attend(seats)
    return found | {seat.person: _barred(bar) for seat, bar in barred.items()}


def _barred(bar: Bar) -> Refused:
    return Refused(BARRED[bar], code=bar)


def free_seats(event: Event, at: datetime) -> int:
    """Places left; one held for an offer that has ended is free again."""
    if event.capacity is None:
        return 0
    ended = Q(offer_ends_at__lte=at)
    if event.start_at is not None and event.start_at <= at:
        ended |= Q(offer_ends_at__isnull=True)
    held = Booking.objects.filter(event=event, status__in=HOLDS_SEAT)
    return event.capacity - held.exclude(ended, status=BookingStatus.OFFERED).count()


def _taken_sentence(event: Event) -> str:
    if event.capacity == 1:
        return "This place has just been taken. Choose another time."
    return "Every place at this session has been taken. Choose another time."
