"""What the pages of those who run a session share: loading it is the check of access."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from supervision.presenters.sessions import Held, held
from wellbeing.domain.roles import EventKind
from wellbeing.models import Event
from wellbeing.permissions import can_run_event, check_run_event
from wellbeing.queries.bookings import people_at
from wellbeing.queries.events import areas_of, visible_event
from wellbeing.request import SignedIn


def load_to_run(request: SignedIn, public_id: UUID) -> Event:
    """The session, for its host and its leads. Others: 403 where they may see it, else 404.

    Training has no page of its own for staff yet, so that to them it is not there.
    """
    event = visible_event(request.viewer, public_id, EventKind.SUPERVISION, EventKind.TRAINING)
    if event is None:
        raise Http404
    areas = areas_of(event)
    may_see = request.viewer.is_staff and event.kind == EventKind.SUPERVISION
    if not can_run_event(request.viewer, event, areas) and not may_see:
        raise Http404
    check_run_event(request.viewer, event, areas)
    return event


def back_from(request: SignedIn, event: Event, *, runs: bool) -> dict[str, str]:
    """Where the pages of a session lead back to: the list that this person finds it in."""
    viewer = request.viewer
    if viewer.is_supervisor and event.host_id == viewer.person:
        return {"back": reverse("diary"), "back_text": "Back to diary"}
    if runs:
        return {"back": reverse("session_schedule"), "back_text": "Back to sessions"}
    return {"back": reverse("session_list"), "back_text": "Back to sessions"}


def started(request: SignedIn, event: Event) -> bool:
    """True from the session's start on."""
    return event.start_at is not None and event.start_at <= request.at


def held_lines(request: SignedIn, events: Iterable[Event]) -> list[Held]:
    """A host's own sessions with the names of those who have a place; one query for all."""
    events = list(events)
    people = people_at(events)
    return [held(e, started=started(request, e), people=people.get(e.pk, ())) for e in events]
