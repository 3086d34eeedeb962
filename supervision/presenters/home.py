"""Lines of the home page about one's agreement and one's group."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse

from supervision.models import Agreement
from supervision.presenters.agreements import review_words, session_words
from supervision.queries.home import GroupMeeting
from wellbeing.models import Booking
from wellbeing.presenters.dates import counted


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and where it leads."""

    text: str
    link: str
    href: str
    more: str = ""


def agreement_line(agreement: Agreement | None, on: date) -> Line | None:
    """To be signed, or to be reviewed soon; nothing where nothing is to be done."""
    if agreement is None:
        return None
    name = agreement.supervisor.name
    if agreement.signed_at is None:
        words = f"You have chosen {name} as your supervisor."
        return Line(words, "Read and sign the agreement", reverse("agreement_sign"))
    soon = on + timedelta(days=settings.AGREEMENT_REVIEW_WARNING_DAYS)
    if agreement.review_on > soon:
        return None
    words = f"{review_words(agreement, on)}: look at your agreement with {name} together."
    return Line(words, "My supervisor", reverse("own_supervisor"))


def group_line(meeting: GroupMeeting | None, following: Booking | None) -> Line | None:
    """The next session of one's group, unless it is the next session anyhow."""
    if meeting is None or is_of_group(meeting, following):
        return None
    when = session_words(meeting.event)
    if meeting.booking:
        href = reverse("booking_detail", args=[meeting.booking])
        return Line(f"“{meeting.group}” meets next on", when, href)
    href = reverse("session_detail", args=[meeting.event.public_id])
    return Line(f"“{meeting.group}” meets next on", when, href, "You have no place there.")


def is_of_group(meeting: GroupMeeting | None, following: Booking | None) -> bool:
    """True where the next session that somebody has is their group's."""
    return (
        meeting is not None and following is not None and meeting.booking == following.public_id
    )


def chosen_words(people: int) -> str:
    """`2 people have chosen you, and you have not met yet.` Nothing where there is nobody."""
    if not people:
        return ""
    return (
        f"{counted(people, 'person has', 'people have')} chosen you, and you have not met yet."
    )
