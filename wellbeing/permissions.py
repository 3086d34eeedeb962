"""Is this person allowed? `check_x` raises with a sentence fit for a person, `can_x` says yes or no.

Whether the *state* allows it is the operations' to ask (wellbeing/domain/booking.py).
"""

from datetime import date

from wellbeing.domain.refusals import NotAllowed
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Event, Posting
from wellbeing.models.dated import covering, lasting


def manages(viewer: Viewer, person: int, on: date) -> bool:
    """Line manager of this person on that day."""
    return (
        Posting.objects.filter(covering(on), person=person)
        .filter(line_manager=viewer.person)
        .exists()
    )


def leads_person(viewer: Viewer, person: int, on: date) -> bool:
    """A lead of the Area this person works in on that day; a national lead of everybody who works
    anywhere then or later, and of nobody who has left."""
    postings = Posting.objects.filter(person=person)
    if viewer.is_national_lead:
        return postings.filter(lasting(on)).exists()
    led = viewer.led_areas
    return bool(led) and postings.filter(covering(on), unit__area__in=led).exists()


def can_change_absences(viewer: Viewer, person: int, on: date) -> bool:
    """Line managers and leads, for their own people only (domain.md, table of moves)."""
    return manages(viewer, person, on) or leads_person(viewer, person, on)


def check_change_absences(viewer: Viewer, person: int, on: date) -> None:
    if not can_change_absences(viewer, person, on):
        raise NotAllowed("Only this person's line manager or Area lead can change absences.")


def can_run_event(viewer: Viewer, event: Event, areas: frozenset[int]) -> bool:
    """The host of an event, and a lead of all its Areas: edit, cancel, record."""
    return event.host_id == viewer.person or viewer.leads_all(areas)


def check_run_event(viewer: Viewer, event: Event, areas: frozenset[int]) -> None:
    if not can_run_event(viewer, event, areas):
        raise NotAllowed("Only the host or a lead of its Areas can change this session.")


def check_publish(viewer: Viewer, host: int, areas: frozenset[int]) -> None:
    """A lead names any host for their own Areas; a supervisor only themself."""
    if viewer.leads_all(areas):
        return
    if not viewer.is_supervisor:
        raise NotAllowed("Only a lead or a clinical supervisor can publish sessions.")
    if host != viewer.person:
        raise NotAllowed("You can publish sessions that you hold yourself.")
