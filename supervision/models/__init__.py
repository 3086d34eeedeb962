"""The service's nouns: clinical supervisors, their registrations and their hours."""

from .agreement import Agreement, Exclusion
from .group import (
    GroupConsent,
    GroupMember,
    GroupSession,
    SupervisionGroup,
)
from .hours import HoursException, MadeSlot, WorkingHours
from .registration import Registration
from .supervisor import Supervisor, SupervisorArea

__all__ = [
    "Agreement",
    "Exclusion",
    "GroupConsent",
    "GroupMember",
    "GroupSession",
    "HoursException",
    "MadeSlot",
    "Registration",
    "SupervisionGroup",
    "Supervisor",
    "SupervisorArea",
    "WorkingHours",
]
