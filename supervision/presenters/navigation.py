"""Which pages are whose: own matters first, then one's people, then one's office."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from wellbeing.domain.viewer import Viewer


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """A link of the service navigation."""

    text: str
    href: str
    current: bool


def _anybody(viewer: Viewer) -> bool:
    return True


def _has_clock(viewer: Viewer) -> bool:
    return viewer.is_staff


LINKS: tuple[tuple[str, str, Callable[[Viewer], bool]], ...] = (
    ("Home", "home", _anybody),
    ("Find a session", "session_list", _has_clock),
    ("My bookings", "booking_list", _has_clock),
    ("My record", "own_record", _has_clock),
    ("My supervisor", "own_supervisor", _has_clock),
    ("Check-ins", "check_ins", _has_clock),
    ("Calendar and messages", "calendar_mine", _anybody),
    ("Diary", "diary", lambda v: v.is_supervisor),
    ("My people", "my_people", lambda v: v.is_supervisor),
    ("Hours", "hours", lambda v: v.is_supervisor),
    ("Registration", "registration", lambda v: v.is_supervisor),
    ("Team", "team", lambda v: v.is_line_manager),
    ("Today", "lead_today", lambda v: v.is_lead),
    ("Coverage", "coverage", lambda v: v.is_lead or v.is_auditor),
    ("Samples", "sample_list", lambda v: v.is_auditor),
    ("Sessions", "session_schedule", lambda v: v.is_lead),
    ("People", "people", lambda v: v.is_lead or v.is_administrator),
    ("Agreements", "agreements", lambda v: v.is_lead),
    ("Calendar", "schedule", lambda v: v.is_lead),
    ("E-mails", "message_list", lambda v: v.is_administrator),
    ("Rounds", "rounds", lambda v: v.is_staff or v.is_lead or v.is_facilitator),
)


# Pages that belong to a list under another address: those of a session and of a person to
# whatever list their reader came from, a lead's of hours and registrations to the sessions.
ALSO = {
    "diary": ("/sessions/",),
    "session_schedule": ("/sessions/", "/hours/", "/registrations/"),
    "coverage": ("/actions/",),
    "team": ("/people/", "/actions/"),
    "my_people": ("/groups/",),
    "agreements": ("/groups/",),
}


def navigation(viewer: Viewer, path: str) -> list[NavigationItem]:
    """This person's links; the current one is the longest address the path begins with."""
    mine = [(text, name, reverse(name)) for text, name, shown in LINKS if shown(viewer)]
    places = [(href, href) for _, _, href in mine]
    places += [(also, href) for _, name, href in mine for also in ALSO.get(name, ())]
    within = [(place, href) for place, href in places if _is_within(path, place)]
    # The first of the longest: a page's own link before one that it also belongs to.
    _, here = max(within, key=lambda found: len(found[0]), default=("", ""))
    return [NavigationItem(text, href, href == here) for text, _, href in mine]


def _is_within(path: str, href: str) -> bool:
    return path == href if href == "/" else path.startswith(href)
