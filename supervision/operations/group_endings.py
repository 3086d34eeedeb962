"""How a closed group comes to an end: for one of its people, or for all of them.

Whoever ends it, places at its sessions ahead go in the same transaction, and their seats are
free; those about whom the members were asked are in where nobody is left to ask.
"""

from datetime import datetime

from supervision.domain.agreements import STANDING, MemberStatus
from supervision.models import GroupMember, GroupSession, SupervisionGroup
from supervision.queries.lapses import has_left, is_gone
from wellbeing.domain.booking import AHEAD, BookingStatus, CancelReason
from wellbeing.domain.local_time import local_day
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.refusals import Refused
from wellbeing.models import Booking, Person
from wellbeing.operations.bookings import cancel
from wellbeing.operations.cancelling import withdraw_place
from wellbeing.operations.locks import lock_everyone_at_all, lock_people
from wellbeing.operations.outbox import tell_person
from wellbeing.operations.service import service_person
from wellbeing.operations.transaction import operation

from .memberships import (
    become,
    is_excluded,
    let_in,
    locked_group,
    locked_member,
    members,
    say,
)

NOT_INVITED = "Nobody with this email address or staff number has an invitation to answer."


@operation
def leave_group(member: GroupMember, *, by: Person, at: datetime) -> int:
    """Leaves it, with every place at its sessions ahead; how many. Nobody is asked why."""
    member = _locked(member, at, MemberStatus.ASKING, MemberStatus.MEMBER)
    places = [p for p in _places(member, at) if p.status == BookingStatus.BOOKED]
    for place in places:
        cancel(place, reason=CancelReason.RATHER_NOT_SAY, by=by, at=at)
    _end(member, MemberStatus.LEFT, "group.leave", by=by, at=at)
    return len(places)


@operation
def remove_member(member: GroupMember, *, by: Person, at: datetime) -> int:
    """The supervisor or a lead takes somebody out, with every place ahead; how many.

    The places are cancelled by the service: no late cancellation of the person's, and a lead
    sees that another place is to be offered.
    """
    member = _locked(member, at, MemberStatus.ASKING, MemberStatus.MEMBER)
    places = _places(member, at)
    for place in places:
        withdraw_place(place, by=by, at=at)
    _end(member, MemberStatus.REMOVED, "group.remove", by=by, at=at)
    tell_person(MessageKind.GROUP_ENDED, member.person_id, at=at)
    return len(places)


@operation
def withdraw_invitation(
    group: SupervisionGroup, person: Person | None, *, by: Person, at: datetime
) -> None:
    """Takes back an invitation that is not answered; whoever does so says whose it was.

    Nobody reads a list of the invited. One that never reached the person is taken back
    without a letter, like any other for whoever looks.
    """
    lock_people([group.supervisor_id, *([person.pk] if person else [])])
    group = locked_group(group)
    invited = GroupMember.objects.filter(group=group, status=MemberStatus.INVITED)
    member = invited.filter(person=person).first() if person else None
    if member is None or person is None:
        raise Refused(NOT_INVITED, field="who")
    become(member, MemberStatus.WITHDRAWN, at, by)
    say("group.withdraw", group, by=by, at=at, about=person.pk)
    if not is_excluded(group, person):
        tell_person(MessageKind.GROUP_WITHDRAWN, person.pk, at=at)


@operation
def close_group(group: SupervisionGroup, *, by: Person, at: datetime) -> None:
    """No more sessions, invitations or answers; the members are told.

    Sessions that are published stay, and so do the places at them.
    """
    group = locked_group(group)
    SupervisionGroup.objects.filter(pk=group.pk).update(end_on=local_day(at))
    say("group.close", group, by=by, at=at)
    for person in sorted(members(group)):
        tell_person(MessageKind.GROUP_ENDED, person, at=at)


@operation
def end_membership_if_over(member: GroupMember, *, at: datetime) -> bool:
    """Ends it, by the service, where the person has left; their places ahead go with it."""
    member = _locked(member, at, *STANDING)
    if not has_left(member.person_id, local_day(at)):
        return False
    service, is_invited = service_person(), member.status == MemberStatus.INVITED
    for place in _places(member, at):
        withdraw_place(place, by=service, at=at, kind=MessageKind.CANCELLED)
    status = MemberStatus.WITHDRAWN if is_invited else MemberStatus.LEFT
    _end(member, status, "group.leave", by=service, at=at)
    return True


@operation
def close_if_over(group: SupervisionGroup, *, at: datetime) -> bool:
    """Closes it, by the service, where its supervisor is gone for good."""
    group = locked_group(group)
    if not is_gone(group.supervisor_id, local_day(at)):
        return False
    close_group(group, by=service_person(), at=at)
    return True


def _locked(member: GroupMember, at: datetime, *statuses: MemberStatus) -> GroupMember:
    """With everybody at the sessions ahead, so that the places can go in the same step."""
    also = [member.person_id, member.group.supervisor_id]
    lock_everyone_at_all([place.event_id for place in _places(member, at)], also=also)
    return locked_member(member, *statuses)


def _places(member: GroupMember, at: datetime) -> list[Booking]:
    """At sessions of the group still to come; read again once locked: one may be new."""
    sessions = GroupSession.objects.filter(group=member.group_id).values("event")
    ahead = Booking.objects.filter(
        person=member.person_id, status__in=AHEAD, event__in=sessions, event__start_at__gt=at
    )
    return list(ahead.order_by("event"))


def _end(
    member: GroupMember, status: MemberStatus, verb: str, *, by: Person, at: datetime
) -> None:
    become(member, status, at, by)
    say(verb, member.group, by=by, at=at, about=member.person_id)
    for waiting in GroupMember.objects.filter(group=member.group, status=MemberStatus.ASKING):
        let_in(waiting, at)
