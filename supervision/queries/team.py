"""A line manager's people of a day, with their standings: a fixed number of queries."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max

from supervision.domain.cover import Standing
from supervision.queries.standings import standings_on
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.roles import EventKind, Strand
from wellbeing.models import Booking, Posting
from wellbeing.models.dated import covering


@dataclass(frozen=True, slots=True)
class Member:
    """What a manager may see of one of their people, and no more (domain.md)."""

    public_id: UUID
    name: str
    standing: Standing | None
    check_in: Standing | None
    last_check_in_on: date | None


def team(manager: int, on: date) -> list[Member]:
    """Everyone whose line manager this is on that day, by name."""
    people = {
        person: (public_id, name)
        for person, public_id, name in Posting.objects.filter(
            covering(on), line_manager=manager
        )
        .order_by("person__name", "person")
        .values_list("person", "person__public_id", "person__name")
    }
    supervision = standings_on(on, Strand.SUPERVISION, people)
    check_ins = standings_on(on, Strand.CHECK_IN, people)
    last = _last_check_ins(list(people), on)
    return [
        Member(public_id, name, supervision.get(pk), check_ins.get(pk), last.get(pk))
        for pk, (public_id, name) in people.items()
    ]


def _last_check_ins(people: list[int], on: date) -> dict[int, date]:
    return dict(
        Booking.objects.filter(
            person__in=people,
            status=BookingStatus.ATTENDED,
            event__kind=EventKind.CHECK_IN,
            event__local_on__lte=on,
        )
        .values("person")
        .annotate(last=Max("event__local_on"))
        .values_list("person", "last")
    )
