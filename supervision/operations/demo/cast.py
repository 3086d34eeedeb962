"""The demo's cast: one account for each part a person can play here."""

from dataclasses import dataclass

from wellbeing.domain.roles import Role

PASSWORD = "demo-password"
AREA = "West Midlands"
PROSECUTOR = "prosecutor@demo.example"
PARALEGAL = "paralegal@demo.example"
MANAGER = "manager@demo.example"
SUPERVISOR = "supervisor@demo.example"
FACILITATOR = "facilitator@demo.example"


@dataclass(frozen=True, slots=True)
class Granted:
    """An account that exists by a grant alone."""

    email: str
    name: str
    role: Role
    area: str = ""


GRANTED = (
    Granted("lead@demo.example", "Nadia Rahman", Role.LEAD),
    Granted("area.lead@demo.example", "Gwen Pritchard", Role.AREA_LEAD, AREA),
    Granted(FACILITATOR, "Tom Okafor", Role.FACILITATOR),
    Granted("auditor@demo.example", "Ruth Ellison", Role.AUDITOR),
    Granted("admin@demo.example", "Sam Whitfield", Role.ADMINISTRATOR),
)
STAFF = {
    PROSECUTOR: "Amira Hassan",
    PARALEGAL: "Joe Carver",
    MANAGER: "Helen Strand",
}
SUPERVISOR_NAME = "Dr Megan Hughes"

SIGN_INS = (
    (PROSECUTOR, "books sessions"),
    (PARALEGAL, "books sessions"),
    (MANAGER, "line manager of these two"),
    (SUPERVISOR, "clinical supervisor, with a session today"),
    ("area.lead@demo.example", f"wellbeing lead of {AREA}"),
    ("lead@demo.example", "national wellbeing lead"),
    (FACILITATOR, "facilitates Schwartz Rounds"),
    ("auditor@demo.example", "reads the national figures"),
    ("admin@demo.example", "finds accounts"),
)
