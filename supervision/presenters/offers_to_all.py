"""Offers to several people in words: what each would get, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from supervision.operations.offers_to_all import Outcome
from supervision.presenters.sessions import session_hours
from supervision.presenters.standing import to_manager
from supervision.queries.cover_lists import Listed
from wellbeing.models import Event
from wellbeing.presenters.dates import counted, day


@dataclass(frozen=True, slots=True)
class OfferLine:
    """Somebody, where they stand, and the place they would be offered; empty without one."""

    name: str
    href: str
    status: str
    place: str
    host: str
    search: str


def offer_line(one: Listed, event: Event | None) -> OfferLine:
    """Of whoever gets none nothing is said but that: whatever the reason, it reads the same."""
    return OfferLine(
        name=one.name,
        href=reverse("person", args=[one.public_id]),
        status=to_manager(one.standing),
        place=f"{day(event.local_on)}, {session_hours(event)}" if event else "",
        host=event.host.name if event and event.host else "",
        search=reverse("person_places", args=[one.public_id]),
    )


def offered_words(found: Sequence[Outcome], gone: int) -> str:
    """`Offered to 11 people …`, then whom not, each with the first reason.

    `gone`: how many this lead does not look after any more; they are not named.
    """
    offered = sum(not one.refused for one in found)
    words = [
        f"Offered to {counted(offered, 'person', 'people')} until they answer,"
        f" {settings.OFFER_HOURS} hours at the most. We have e-mailed them."
    ]
    refused = [one for one in found if one.refused]
    if refused or gone:
        words.append("Not offered:")
    words += [f"{one.pair.person.name}: {one.refused}" for one in refused]
    if gone:
        words.append(f"{counted(gone, 'other')}, or the session, is not yours to look after.")
    return " ".join(words)
