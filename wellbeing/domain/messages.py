"""What the service writes to people, and what each message does to their calendar."""

from datetime import datetime, timedelta
from enum import StrEnum


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
    # To the host: never who is booked.
    HOST_PUBLISHED = "host_published"
    HOST_CHANGED = "host_changed"
    HOST_CANCELLED = "host_cancelled"
    HOST_BOOKED = "host_booked"
    HOST_PLACE_FREED = "host_place_freed"
    HOST_TO_RECORD = "host_to_record"


K = MessageKind
# Puts the event into the recipient's calendar, or changes it there (METHOD:REQUEST).
INVITES = frozenset({K.BOOKED, K.CHANGED, K.HOST_PUBLISHED, K.HOST_CHANGED})
# Takes it out again (METHOD:CANCEL).
WITHDRAWS = frozenset({K.CANCELLED, K.CANCELLED_BY_SERVICE, K.HOST_CANCELLED})
TO_HOST = frozenset(k for k in K if k.startswith("host_"))

# Minutes until the next try: a mail server that is down for a day loses nothing.
BACK_OFF = (1, 5, 15, 60, 180, 360, 720, 1440)


def next_try(attempts: int, at: datetime) -> datetime | None:
    """When a message that could not be sent is tried again; None where it is given up."""
    if attempts > len(BACK_OFF):
        return None
    return at + timedelta(minutes=BACK_OFF[attempts - 1])
