"""The service's nouns: clinical supervisors, their registrations and their hours."""

from .hours import HoursException, MadeSlot, WorkingHours
from .registration import Registration
from .supervisor import Supervisor, SupervisorArea

__all__ = [
    "HoursException",
    "MadeSlot",
    "Registration",
    "Supervisor",
    "SupervisorArea",
    "WorkingHours",
]
