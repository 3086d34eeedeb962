"""Who somebody is: job roles, strands of support and the roles that are granted."""

from enum import StrEnum


class JobRole(StrEnum):
    """What a posting is for. Prosecutors are the recommendation's population."""

    PROSECUTOR = "prosecutor"
    PARALEGAL = "paralegal"
    MANAGER = "manager"


class Strand(StrEnum):
    """What must happen regularly, each with a policy and a clock of its own."""

    SUPERVISION = "supervision"
    CHECK_IN = "check_in"
    TRAINING = "training"


class EventKind(StrEnum):
    """What can be held and booked; the first three are strands, and only they have clocks."""

    SUPERVISION = "supervision"
    CHECK_IN = "check_in"
    TRAINING = "training"
    ROUND = "round"


class Mode(StrEnum):
    """How an event is held."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    PHONE = "phone"


class Role(StrEnum):
    """Granted roles. Staff, line managers and supervisors need no grant."""

    LEAD = "lead"
    AREA_LEAD = "area_lead"
    FACILITATOR = "facilitator"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
