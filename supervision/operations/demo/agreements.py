"""The demo's agreements: one to be reviewed soon, one not signed yet, and a closed group."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

from supervision.models import SupervisionGroup
from supervision.operations.agreements import choose_supervisor, sign
from supervision.operations.group_sessions import publish_group_session
from supervision.operations.groups import (
    Draft,
    answer_invitation,
    answer_newcomer,
    invite,
    make_group,
)
from supervision.queries.groups import members_of
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import Area, Person, Posting
from wellbeing.models.dated import covering
from wellbeing.operations.events import Details

from . import cast


def agreements(*, on: date, at: datetime) -> None:
    """The prosecutor's with the cast's supervisor is 340 days old; the paralegal's is of today."""
    host, first, second = (
        Person.objects.get(email=email)
        for email in (cast.SUPERVISOR, cast.PROSECUTOR, cast.PARALEGAL)
    )
    since = at - timedelta(days=340)
    sign(choose_supervisor(first, host, by=first, at=since), by=first, at=since)
    choose_supervisor(second, host, by=second, at=at)
    group = _group(host, [first, *_others(on)], at)
    invite(group, second, by=host, at=at)
    details = Details(
        kind=EventKind.SUPERVISION,
        on=on + timedelta(days=17 - on.weekday()),
        at=time(18),
        minutes=90,
        capacity=group.most,
        mode=Mode.VIDEO,
        areas=frozenset({group.area_id} if group.area_id else ()),
    )
    # The supervisor may hold something else then.
    with suppress(Refused):
        publish_group_session(group, details, by=host, at=at)


def _others(on: date) -> list[Person]:
    """Two more of the same Area."""
    rows = Posting.objects.filter(covering(on), unit__area__name=cast.AREA)
    rows = rows.exclude(person__email__in=cast.STAFF).select_related("person")
    return [row.person for row in rows.order_by("person")[:2]]


def _group(host: Person, people: list[Person], at: datetime) -> SupervisionGroup:
    area = Area.objects.get(name=cast.AREA)
    draft = Draft("Thursday group", host, area, least=3, most=6)
    group = make_group(draft, by=host, at=at)
    for person in people:
        members = list(members_of(group))
        newcomer = invite(group, person, by=host, at=at)
        answer_invitation(newcomer, yes=True, by=person, at=at)
        for member in members:
            answer_newcomer(newcomer, yes=True, by=member.person, at=at)
    return group
