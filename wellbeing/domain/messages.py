"""What the service writes to people, and what each message does to their calendar."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .booking import BookingStatus, EventStatus


class MessageKind(StrEnum):
    """One template each; the words are in templates/email/."""

    BOOKED = "booked"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    CANCELLED_BY_SERVICE = "cancelled_by_service"
    OFFERED = "offered"
    PROMOTED = "promoted"
    PASSED_OVER = "passed_over"
    REMINDER = "reminder"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    WELCOME_BACK = "welcome_back"
    BUSY_UNREADABLE = "busy_unreadable"
    # Of a registration or indemnity: to the supervisor, and to leads without a name.
    REGISTRATION_ENDS = "registration_ends"
    SUPERVISOR_ENDS = "supervisor_ends"
    # Agreements with a supervisor and closed groups: never with whom, and nobody's name.
    AGREEMENT_NEW = "agreement_new"
    AGREEMENT_ENDED = "agreement_ended"
    AGREEMENT_DECLINED = "agreement_declined"
    AGREEMENT_LAPSED = "agreement_lapsed"
    GROUP_INVITED = "group_invited"
    GROUP_ASKED = "group_asked"
    GROUP_LEFT_OUT = "group_left_out"
    GROUP_WITHDRAWN = "group_withdrawn"
    GROUP_ENDED = "group_ended"
    # An action against a shortfall is theirs: no figure, and not whose coverage it is about.
    ACTION_GIVEN = "action_given"
    # To a lead who asked for it: a link, never a figure.
    REPORT_READY = "report_ready"
    # To the host: never who is booked.
    HOST_PUBLISHED = "host_published"
    HOST_CHANGED = "host_changed"
    HOST_CANCELLED = "host_cancelled"
    HOST_BOOKED = "host_booked"
    HOST_PLACE_FREED = "host_place_freed"
    HOST_TO_RECORD = "host_to_record"


K = MessageKind
# Puts the event into the recipient's calendar, or changes it there (METHOD:REQUEST).
INVITES = frozenset({K.BOOKED, K.CHANGED, K.HOST_PUBLISHED, K.HOST_CHANGED, K.HOST_BOOKED})
# Takes it out again (METHOD:CANCEL).
WITHDRAWS = frozenset({K.CANCELLED, K.CANCELLED_BY_SERVICE, K.HOST_CANCELLED})
TO_HOST = frozenset(k for k in K if k.startswith("host_"))
OFFERS = frozenset({K.OFFERED, K.PROMOTED})
# Not sent to whoever wants no reminders.
REMINDS = frozenset({K.REMINDER, K.DUE_SOON, K.OVERDUE})
# About no event: they are so until somebody has read them.
OF_AGREEMENTS = frozenset(
    {
        K.AGREEMENT_NEW,
        K.AGREEMENT_ENDED,
        K.AGREEMENT_DECLINED,
        K.AGREEMENT_LAPSED,
        K.GROUP_INVITED,
        K.GROUP_ASKED,
        K.GROUP_WITHDRAWN,
        K.GROUP_ENDED,
    }
)

# Minutes until the next try: a mail server that is down for a day loses nothing.
BACK_OFF = (1, 5, 15, 60, 180, 360, 720, 1440)


def next_try(attempts: int, at: datetime) -> datetime | None:
    """When a message that could not be sent is tried again; None where it is given up."""
    if attempts > len(BACK_OFF):
        return None
    return at + timedelta(minutes=BACK_OFF[attempts - 1])


@dataclass(frozen=True, slots=True)
class State:
    """What is true when a message's turn comes. Of a message about no event all are None."""

    event: EventStatus | None = None
    start_at: datetime | None = None
    booking: BookingStatus | None = None
    offer_ends_at: datetime | None = None
    # Places whose outcome nobody has said yet.
    to_record: int = 0
    # The person's own calendar elsewhere cannot be read.
    is_unreadable: bool = False


# What the booking must still be for the message to be worth sending.
_BOOKING = {
    K.BOOKED: {BookingStatus.BOOKED},
    K.CHANGED: {BookingStatus.BOOKED, BookingStatus.OFFERED, BookingStatus.WAITING},
    K.OFFERED: {BookingStatus.OFFERED},
    K.PROMOTED: {BookingStatus.OFFERED},
    K.PASSED_OVER: {BookingStatus.WAITING},
    K.REMINDER: {BookingStatus.BOOKED},
}
# Said however late: somebody's calendar must let go of what is not any more.
_ALWAYS = WITHDRAWS | OF_AGREEMENTS | {K.DUE_SOON, K.OVERDUE, K.WELCOME_BACK}
_ALWAYS |= {K.REGISTRATION_ENDS, K.SUPERVISOR_ENDS, K.ACTION_GIVEN, K.REPORT_READY}


def is_still_true(kind: MessageKind, state: State, at: datetime) -> bool:
    """False where the message would say what is no longer so: it is dropped, not sent."""
    if kind in _ALWAYS:
        return True
    if kind == K.BUSY_UNREADABLE:
        return state.is_unreadable
    if kind == K.HOST_TO_RECORD:
        return state.to_record > 0 and state.event == EventStatus.PUBLISHED
    if state.event != EventStatus.PUBLISHED or state.start_at is None or state.start_at <= at:
        return False
    if kind in _BOOKING and state.booking not in _BOOKING[kind]:
        return False
    return state.offer_ends_at is None or kind not in OFFERS or at < state.offer_ends_at
