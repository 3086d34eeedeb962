"""One's own bookings as they stand on a page."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from wellbeing.domain.booking import HOLDS_SEAT, RECORDED, BookingStatus, EventStatus
from wellbeing.domain.local_time import local_day
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import Booking
from wellbeing.presenters.dates import clock, day, hours

STATES = {
    BookingStatus.WAITING: ("Waiting", "grey"),
    BookingStatus.OFFERED: ("Offered to you", "blue"),
    BookingStatus.BOOKED: ("Booked", "blue"),
    BookingStatus.ATTENDED: ("You came", "green"),
    BookingStatus.MISSED: ("Recorded as not attended", "grey"),
    BookingStatus.DISPUTED: ("Being looked at", "yellow"),
    BookingStatus.DECLINED: ("Declined", "grey"),
    BookingStatus.EXPIRED: ("Offer ended", "grey"),
    BookingStatus.LEFT: ("Left the waiting list", "grey"),
    BookingStatus.CANCELLED: ("Cancelled by you", "grey"),
    BookingStatus.CANCELLED_BY_SERVICE: ("Session cancelled", "grey"),
}
NOTES = {
    BookingStatus.MISSED: "Your manager does not see this.",
    BookingStatus.DISPUTED: "You have said that what was recorded is not right. A wellbeing lead settles it; until then it counts neither way. Your manager sees nothing of it.",
    BookingStatus.WAITING: "You are offered the place if it comes free, whoever is due first before others. Your manager sees nothing of it.",
    BookingStatus.EXPIRED: "Nobody asks why. You can book another time.",
    BookingStatus.DECLINED: "Nobody asks why. You can book another time.",
    BookingStatus.CANCELLED: "Your supervisor sees only that the place is free. Your manager sees nothing of it.",
    BookingStatus.CANCELLED_BY_SERVICE: "The session was called off. You can book another time.",
}
# Cancelled by the service, and the session takes place.
PLACE_ALONE = ("Place cancelled", "Your place was taken back. You can book another time.")
MOVABLE = {EventKind.SUPERVISION}
KINDS = {EventKind.SUPERVISION: "Supervision", EventKind.TRAINING: "Training"}
MODES = {Mode.IN_PERSON: "In person", Mode.VIDEO: "Video", Mode.PHONE: "Phone"}


@dataclass(frozen=True, slots=True)
class BookingLine:
    """Strings and addresses of one booking."""

    day: str
    time: str
    what: str
    host: str
    mode: str
    place: str
    state: str
    colour: str
    is_ahead: bool
    href: str
    cancel: str
    note: str
    # Addresses of what can be done about it; empty where it cannot.
    move: str
    not_right: str
    # An offer to answer, with its end in words; a waiting list to leave.
    until: str
    is_waiting: bool


def _page(name: str, booking: Booking, is_open: bool) -> str:
    return reverse(name, args=[booking.public_id]) if is_open else ""


def _until(ends: datetime) -> str:
    return f"{clock(ends)} on {day(local_day(ends))}"


def booking_line(booking: Booking, *, at: datetime) -> BookingLine:
    """A booking as its own person sees it; the place only while they hold one."""
    event = booking.event
    status = BookingStatus(booking.status)
    start, end = event.start_at, event.end_at
    ends = booking.offer_ends_at or start
    if status == BookingStatus.OFFERED and ends is not None and ends <= at:
        status = BookingStatus.EXPIRED  # the clock has not come round to it yet
    state, colour, note = *STATES[status], NOTES.get(status, "")
    if status == BookingStatus.CANCELLED_BY_SERVICE and event.status != EventStatus.CANCELLED:
        state, note = PLACE_ALONE
    is_ahead = status in HOLDS_SEAT and end is not None and end > at
    is_waiting = status == BookingStatus.WAITING and start is not None and start > at
    if status == BookingStatus.BOOKED and not is_ahead:
        state, colour = "Not recorded yet", "grey"
    may_cancel = status == BookingStatus.BOOKED and start is not None and start > at
    return BookingLine(
        day=day(event.local_on),
        time=hours(start, end) if start and end else "",
        what=KINDS.get(EventKind(event.kind), ""),
        host=event.host.name if event.host else "",
        mode=MODES.get(Mode(event.mode), "") if event.mode else "",
        place=event.place if status in HOLDS_SEAT else "",
        state=state,
        colour=colour,
        is_ahead=is_ahead,
        href=reverse("booking_detail", args=[booking.public_id]),
        cancel=_page("booking_cancel", booking, may_cancel),
        note=note,
        move=_page("booking_move", booking, may_cancel and event.kind in MOVABLE),
        not_right=_page("booking_not_right", booking, status in RECORDED),
        until=_until(ends) if status == BookingStatus.OFFERED and ends else "",
        is_waiting=is_waiting,
    )
