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
    ("Check-ins", "check_ins", _has_clock),
    ("Diary", "diary", lambda v: v.is_supervisor),
    ("Team", "team", lambda v: v.is_line_manager),
    ("Coverage", "coverage", lambda v: v.is_lead or v.is_auditor),
    ("Sessions", "session_schedule", lambda v: v.is_lead),
    ("People", "people", lambda v: v.is_lead or v.is_administrator),
    ("Calendar", "schedule", lambda v: v.is_lead),
    ("Rounds", "rounds", lambda v: v.is_staff or v.is_lead or v.is_facilitator),
)


def navigation(viewer: Viewer, path: str) -> list[NavigationItem]:
    """This person's links; the current one is the longest address the path begins with."""
    hrefs = [(text, reverse(name)) for text, name, shown in LINKS if shown(viewer)]
    here = max((h for _, h in hrefs if _is_within(path, h)), key=len, default="")
    return [NavigationItem(text, href, href == here) for text, href in hrefs]


def _is_within(path: str, href: str) -> bool:
    return path == href if href == "/" else path.startswith(href)
