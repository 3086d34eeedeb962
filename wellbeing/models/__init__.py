"""The ground's nouns: people and their facts, events and bookings, the audit trail."""

from .absence import Absence
from .area import Area, Unit
from .audit import AuditRow
from .booking import Booking, BookingMove
from .busy_calendar import BusyCalendar, BusyTime
from .claimed_time import ClaimedTime
from .event import Event, EventArea
from .form_token import FormToken
from .import_turn import ImportTurn
from .message import Message
from .person import Person
from .policy import PolicyVersion
from .posting import Posting
from .role_grant import RoleGrant
from .timed_job import TimedJob

__all__ = [
    "Absence",
    "Area",
    "AuditRow",
    "Booking",
    "BookingMove",
    "BusyCalendar",
    "BusyTime",
    "ClaimedTime",
    "Event",
    "EventArea",
    "FormToken",
    "ImportTurn",
    "Message",
    "Person",
    "PolicyVersion",
    "Posting",
    "RoleGrant",
    "TimedJob",
    "Unit",
]
