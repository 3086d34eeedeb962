"""One's own bookings as they stand on a page."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from wellbeing.domain.booking import HOLDS_SEAT, BookingStatus
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import Booking
from wellbeing.presenters.dates import day, hours

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
LEAD_CORRECTS = "If this is not right, tell your wellbeing lead, who can correct it."
NOTES = {
    BookingStatus.ATTENDED: LEAD_CORRECTS,
    BookingStatus.MISSED: f"Your manager does not see this. {LEAD_CORRECTS}",
    BookingStatus.CANCELLED: "Your supervisor sees only that the place is free. Your manager sees nothing of it.",
    BookingStatus.CANCELLED_BY_SERVICE: "The session was called off. You can book another time.",
}
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


def booking_line(booking: Booking, *, at: datetime) -> BookingLine:
    """A booking as its own person sees it; the place only while they hold one."""
    event = booking.event
    status = BookingStatus(booking.status)
    start, end = event.start_at, event.end_at
    if status == BookingStatus.OFFERED and start is not None and start <= at:
        status = BookingStatus.EXPIRED  # an offer ends at the start at the latest
    state, colour = STATES[status]
    is_ahead = status in HOLDS_SEAT and end is not None and end > at
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
        cancel=reverse("booking_cancel", args=[booking.public_id]) if may_cancel else "",
        note=NOTES.get(status, ""),
    )
