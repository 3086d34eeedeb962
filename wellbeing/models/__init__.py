"""The ground's nouns: people and their facts, events and bookings, the audit trail."""

from .absence import Absence
from .area import Area, Unit
from .audit import AuditRow
from .booking import Booking, BookingMove
from .busy_calendar import BusyCalendar, BusyTime
from .calendar_feed import CalendarFeed
from .claimed_time import ClaimedTime
from .court_list import CourtListDays
from .establishment import Establishment
from .event import Event, EventArea
from .event_day import EventDay
from .form_token import FormToken
from .import_turn import ImportTurn
from .message import Message
from .person import Person
from .policy import PolicyVersion
from .posting import Posting
from .preferences import Preferences
from .role_grant import RoleGrant
from .stored_entry import StoredEntry
from .timed_job import TimedJob

__all__ = [
    "Absence",
    "Area",
    "AuditRow",
    "Booking",
    "BookingMove",
    "BusyCalendar",
    "BusyTime",
    "CalendarFeed",
    "ClaimedTime",
    "CourtListDays",
    "Establishment",
    "Event",
    "EventArea",
    "EventDay",
    "FormToken",
    "ImportTurn",
    "Message",
    "Person",
    "PolicyVersion",
    "Posting",
    "Preferences",
    "RoleGrant",
    "StoredEntry",
    "TimedJob",
    "Unit",
]
