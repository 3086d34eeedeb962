"""Who is to be written to of their own clock: due soon, overdue, back from a long absence."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from supervision.domain.cover import Standing, Status
from supervision.queries.standings import standings_on
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.intervals import merged
from wellbeing.domain.local_time import local_day
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.roles import EventKind, Strand
from wellbeing.models import Absence, Booking

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
    placed, back = _placed(at), back_from_long_absence(on)
    found: list[Nudge] = []
    for person, one in standings_on(on, Strand.SUPERVISION, None).items():
        if person not in placed:
            found += _of(one, back.get(person))
    return found


def _placed(at: datetime) -> set[int]:
    ahead = Booking.objects.filter(
        status__in=[BookingStatus.OFFERED, BookingStatus.BOOKED],
        event__kind=EventKind.SUPERVISION,
        event__start_at__gt=at,
    )
    return set(ahead.values_list("person", flat=True))


def _of(one: Standing, back: date | None) -> Iterator[Nudge]:
    if back is not None and one.status != Status.ABSENT:
        yield Nudge(one.person, K.WELCOME_BACK, f"welcome_back:{one.person}:{back}")
    elif one.status == Status.DUE_SOON:
        yield Nudge(one.person, K.DUE_SOON, f"due_soon:{one.person}:{one.due_on}")
    elif one.status == Status.OVERDUE:
        late = (one.elapsed_days - one.limit_days) // settings.NUDGE_AGAIN_DAYS
        yield Nudge(one.person, K.OVERDUE, f"overdue:{one.person}:{one.due_on}:{late}")


def back_from_long_absence(on: date) -> dict[int, date]:
    """By person, the first day back from an absence of more than 28 days, for 14 days; one query.

    Absences that touch or overlap are one.
    """
    since = on - timedelta(days=settings.BACK_DAYS)
    recent = Absence.objects.filter(end_on__gte=since, end_on__lt=on)
    rows: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for person, first, last in Absence.objects.filter(
        person__in=recent.values("person")
    ).values_list("person", "start_on", "end_on"):
        rows[person].append((first, last))
    found: dict[int, date] = {}
    for person, absences in rows.items():
        for a, b in merged(absences):
            ago = on.toordinal() - b
            if b - a + 1 > settings.LONG_ABSENCE_DAYS and 0 < ago <= settings.BACK_DAYS:
                found[person] = date.fromordinal(b + 1)
    return found
