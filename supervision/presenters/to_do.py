"""A lead's things to do, in words."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from supervision.presenters.sessions import session_hours
from supervision.queries.to_do import ToReoffer
from wellbeing.models import Event
from wellbeing.presenters.dates import away, counted, short_day


@dataclass(frozen=True, slots=True)
class ReofferLine:
    """Whose place was cancelled, where it was not, and by when to offer another."""

    name: str
    was: str
    due: str
    is_late: bool
    href: str


def reoffer_line(one: ToReoffer, on: date) -> ReofferLine:
    """`Another is to be offered in 9 days, on 26 May`; late from the day after it."""
    is_late = one.due_on < on
    return ReofferLine(
        name=one.person.name,
        was=f"{_session(one.event)}, cancelled on {short_day(one.cancelled_on)}",
        due=f"Another {'was' if is_late else 'is'} to be offered {away(one.due_on, on)}",
        is_late=is_late,
        href=reverse("person_places", args=[one.person.public_id]),
    )


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A session whose register waits for somebody."""

    session: str
    places: str
    href: str


def register_line(event: Event) -> RegisterLine:
    """With how many places it is about; the names stand on the register."""
    return RegisterLine(
        session=_session(event),
        places=counted(event.places, "place"),  # type: ignore[attr-defined]
        href=reverse("session_register", args=[event.public_id]),
    )


def _session(event: Event) -> str:
    host = f" with {event.host.name}" if event.host else ""
    return f"{short_day(event.local_on)}, {session_hours(event)}{host}"
