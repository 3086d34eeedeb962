"""The service's nouns: clinical supervisors, their registrations and their hours, cover, samples."""

from .action import Action, ActionCharge
from .agreement import Agreement, Exclusion
from .announcement import Announcement
from .cover import CoverLock, CoverMonth, StaleCover, StoredCredit, StoredOutcome, StoredSpan
from .group import (
    GroupConsent,
    GroupMember,
    GroupSession,
    SupervisionGroup,
)
from .hours import HoursException, MadeSlot, WorkingHours
from .registration import Registration
from .release import Release
from .sample import Sample, SampleMember
from .supervisor import Supervisor, SupervisorArea

__all__ = [
    "Action",
    "ActionCharge",
    "Agreement",
    "Announcement",
    "CoverLock",
    "CoverMonth",
    "Exclusion",
    "GroupConsent",
    "GroupMember",
    "GroupSession",
    "HoursException",
    "MadeSlot",
    "Registration",
    "Release",
    "Sample",
    "SampleMember",
    "StaleCover",
    "StoredCredit",
    "StoredOutcome",
    "StoredSpan",
    "SupervisionGroup",
    "Supervisor",
    "SupervisorArea",
    "WorkingHours",
]
