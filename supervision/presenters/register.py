"""A session's register as it stands on a page: a line a person, and the taps still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wellbeing.domain.booking import BookingStatus, may_record
from wellbeing.models import Booking

STATES = {
    BookingStatus.OFFERED: ("Offered", "blue"),
    BookingStatus.ATTENDED: ("Came", "green"),
    BookingStatus.MISSED: ("Did not come", "grey"),
    BookingStatus.DISPUTED: ("Disputed", "yellow"),
}


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One person: what is recorded, and the values of the two buttons; "" is no button."""

    name: str
    state: str
    colour: str
    came: str
    missed: str
    is_new: bool


def register_lines(
    bookings: Sequence[Booking],
    first: Mapping[int, datetime],
    *,
    at: datetime,
    started: bool,
    within: timedelta,
    as_lead: bool,
) -> list[RegisterLine]:
    """`first`: by booking, when who came was first said; the host may change it `within`."""
    lines = []
    for booking in bookings:
        status = BookingStatus(booking.status)
        state, colour = STATES.get(status, ("", ""))
        is_open = started and may_record(
            status, first_at=first.get(booking.pk), at=at, within=within, as_lead=as_lead
        )
        lines.append(
            RegisterLine(
                name=booking.person.name,
                state=state,
                colour=colour,
                came=_tap(booking, "came", is_open and status != BookingStatus.ATTENDED),
                missed=_tap(booking, "missed", is_open and status != BookingStatus.MISSED),
                is_new=status == BookingStatus.BOOKED,
            )
        )
    return lines


def _tap(booking: Booking, outcome: str, is_open: bool) -> str:
    return f"{booking.public_id}:{outcome}" if is_open else ""
