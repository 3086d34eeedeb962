"""A session of a closed group: published, and its members booked by the service in one step."""

from dataclasses import dataclass
from datetime import datetime

from supervision.models import GroupSession, SupervisionGroup
from supervision.queries.groups import members_of
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.refusals import Refused
from wellbeing.models import Event, Person
from wellbeing.operations import audit
from wellbeing.operations.bookings import take_place
from wellbeing.operations.events import Details, publish
from wellbeing.operations.locks import lock_people
from wellbeing.operations.outbox import tell_person
from wellbeing.operations.service import service_person
from wellbeing.operations.transaction import operation


@dataclass(frozen=True, slots=True)
class Published:
    """The session, and how many members have a place there and how many could not come."""

    event: Event
    booked: int
    left_out: int


@operation
def publish_group_session(
    group: SupervisionGroup, details: Details, *, by: Person, at: datetime
) -> Published:
    """Publishes it for the members alone; one who cannot come is left out and told.

    Refused: a closed group, fewer members than the least, and what `publish` refuses.
    """
    lock_people([group.supervisor_id, *(row.person_id for row in members_of(group))])
    # Read again: somebody may have left while we waited.
    rows = list(members_of(group))
    _check(group, len(rows))
    event = publish(details, host=group.supervisor, by=by, at=at)
    GroupSession.objects.create(group=group, event=event)
    booked = sum(_book(event, row.person, at=at) for row in rows)
    left_out = len(rows) - booked
    audit.record(
        "group.publish", by=by, at=at, group=str(group.public_id),
        event=str(event.public_id), booked=booked, left_out=left_out,
    )  # fmt: skip
    return Published(event, booked, left_out)


def _check(group: SupervisionGroup, members: int) -> None:
    if SupervisionGroup.objects.filter(pk=group.pk, end_on__isnull=False).exists():
        raise Refused("This group has been closed.")
    if members < group.least:
        raise Refused(
            f"This group has {members} of the at least {group.least} members it needs."
            " Invite somebody first."
        )


def _book(event: Event, person: Person, *, at: datetime) -> bool:
    """By the service; the host knows who comes, and gets no letter a member."""
    try:
        take_place(event.pk, person=person, by=service_person(), at=at, tells_host=False)
    except Refused:
        tell_person(MessageKind.GROUP_LEFT_OUT, person.pk, at=at, event=event)
        return False
    return True
