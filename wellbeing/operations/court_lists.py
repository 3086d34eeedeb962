"""Days of a team as not bookable: marked by a lead, taken back; bookings that exist stay."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q

from wellbeing import ports
from wellbeing.domain.local_time import local_day
from wellbeing.domain.ports import Changed
from wellbeing.domain.refusals import Refused
from wellbeing.models import CourtListDays, Person, Posting

from . import audit
from .facts import close
from .locks import lock_people
from .transaction import operation


@operation
def mark_court_days(
    manager: Person, *, start_on: date, end_on: date, by: Person, at: datetime
) -> CourtListDays:
    """Nothing is found, offered or booked for this manager's people on these days."""
    _check_days(start_on, end_on, local_day(at))
    team = _team(manager.pk, start_on, end_on)
    lock_people([manager.pk, *team])
    same = CourtListDays.objects.filter(
        manager=manager, start_on__lte=end_on, end_on__gte=start_on
    )
    if same.exists():
        raise Refused(
            "Some of these days are marked for this team already. Take those back first",
            code="court_list_once_a_start",
            field="start_on",
        )
    days = CourtListDays.objects.create(
        manager=manager, start_on=start_on, end_on=end_on, recorded_at=at, recorded_by=by
    )
    _say("court_list.mark", days, team, by=by, at=at)
    return days


@operation
def take_back_court_days(days: CourtListDays, *, by: Person, at: datetime) -> None:
    """They can be booked again."""
    team = _team(days.manager_id, days.start_on, days.end_on)
    lock_people([days.manager_id, *team])
    close(days, by=by, at=at)
    _say("court_list.take_back", days, team, by=by, at=at)


def _check_days(start_on: date, end_on: date, today: date) -> None:
    if start_on < today:
        raise Refused("The first day must be today or later", field="start_on")
    if end_on < start_on:
        raise Refused("The last day must be the same as or after the first day", field="end_on")
    most = settings.COURT_LIST_MOST_DAYS
    if end_on - start_on >= timedelta(days=most):
        raise Refused(f"Choose {most} days at most", field="end_on")


def _team(manager: int, first: date, last: date) -> list[int]:
    rows = Posting.objects.filter(
        Q(end_on__isnull=True) | Q(end_on__gte=first), line_manager=manager, start_on__lte=last
    )
    return sorted(set(rows.values_list("person", flat=True)))


def _say(verb: str, days: CourtListDays, team: list[int], *, by: Person, at: datetime) -> None:
    ports.facts_changed(people=team, what=Changed.COURT_LISTS, since=days.start_on, at=at)
    start, end = str(days.start_on), str(days.end_on)
    audit.record(verb, by=by, at=at, about=days.manager_id, start=start, end=end)
