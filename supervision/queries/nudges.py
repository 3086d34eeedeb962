"""Who is to be written to of their own clock: due soon, overdue, back from a long absence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from supervision.domain.cover import Clocked, Standing, Status, standing
from supervision.queries.cover_facts import load
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.local_time import local_day
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.roles import EventKind, Strand
from wellbeing.models import Booking

K = MessageKind


@dataclass(frozen=True, slots=True)
class Nudge:
    """One message to one person; `key` says what it is about, so that it is written once."""

    person: int
    kind: MessageKind
    key: str


def nudges(at: datetime) -> list[Nudge]:
    """Of everybody in scope who has nothing booked and no offer to answer."""
    on = local_day(at)
    facts = load(Strand.SUPERVISION, on)
    placed = _placed(at)
    found: list[Nudge] = []
    for person, who in facts.people.items():
        one = standing(who, facts.policy, on)
        if one is not None and person not in placed:
            found += _of(who, one, on)
    return found


def _placed(at: datetime) -> set[int]:
    ahead = Booking.objects.filter(
        status__in=[BookingStatus.OFFERED, BookingStatus.BOOKED],
        event__kind=EventKind.SUPERVISION,
        event__start_at__gt=at,
    )
    return set(ahead.values_list("person", flat=True))


def _of(who: Clocked, one: Standing, on: date) -> Iterator[Nudge]:
    back = _back_since(who, on)
    if back is not None and one.status != Status.ABSENT:
        yield Nudge(who.person, K.WELCOME_BACK, f"welcome_back:{who.person}:{back}")
    elif one.status == Status.DUE_SOON:
        yield Nudge(who.person, K.DUE_SOON, f"due_soon:{who.person}:{one.due_on}")
    elif one.status == Status.OVERDUE:
        late = (one.elapsed_days - one.limit_days) // settings.NUDGE_AGAIN_DAYS
        yield Nudge(who.person, K.OVERDUE, f"overdue:{who.person}:{one.due_on}:{late}")


def _back_since(who: Clocked, on: date) -> date | None:
    """The first day back from an absence of more than 28 days, while that is within 14 days."""
    for first, last in who.absent:
        since = on.toordinal() - last
        if last - first + 1 > settings.LONG_ABSENCE_DAYS and 0 < since <= settings.BACK_DAYS:
            return date.fromordinal(last + 1)
    return None
