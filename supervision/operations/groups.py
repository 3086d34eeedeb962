"""Closed supervision groups: made, joined with everybody's agreement, left, and closed."""

from dataclasses import dataclass
from datetime import datetime

from supervision.domain.agreements import STANDING, MemberStatus, may_join
from supervision.models import (
    Exclusion,
    GroupConsent,
    GroupMember,
    GroupSession,
    SupervisionGroup,
)
from supervision.queries.eligibility import Served, chains_with
from supervision.queries.groups import areas_served
from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.domain.local_time import local_day
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.refusals import Refused
from wellbeing.models import Area, Booking, Person, Posting
from wellbeing.models.dated import covering
from wellbeing.operations import audit
from wellbeing.operations.bookings import cancel
from wellbeing.operations.locks import lock_everyone_at_all, lock_people
from wellbeing.operations.outbox import tell_person
from wellbeing.operations.transaction import operation

# One sentence for everybody who cannot be invited: whoever asks learns nothing of why.
NOBODY = "Nobody with this email address or staff number can be invited to this group."
CHANGED = "This has been answered already. Look at it again before you go on."


@dataclass(frozen=True, slots=True)
class Draft:
    """A group as it is made: for one Area, or (None) for all that the supervisor serves."""

    name: str
    supervisor: Person
    area: Area | None
    least: int
    most: int


@operation
def make_group(draft: Draft, *, by: Person, at: datetime) -> SupervisionGroup:
    """Makes an empty group. Refused: fewer at most than at least, an Area not served."""
    if draft.most < draft.least:
        raise Refused("The most must be the same as or more than the least", field="most")
    host, served = draft.supervisor, Served([draft.supervisor.pk])
    if host.pk not in served.known:
        raise Refused("Choose a clinical supervisor", field="supervisor")
    if draft.area is not None and not served.serves(host.pk, {draft.area.pk}):
        raise Refused(f"{host.name} does not serve this Area", field="area")
    group = SupervisionGroup.objects.create(
        name=draft.name, supervisor=host, area=draft.area,
        least=draft.least, most=draft.most, made_at=at, made_by=by,
    )  # fmt: skip
    _say("group.make", group, by=by, at=at, least=draft.least, most=draft.most)
    return group


@operation
def invite(
    group: SupervisionGroup, person: Person | None, *, by: Person, at: datetime
) -> GroupMember:
    """Invites somebody; nobody sees who it is before they have said yes.

    An invitation by somebody whom the person has excluded is made like any other, and
    never reaches them: whoever invites cannot tell it from one that is not answered.
    """
    lock_people([group.supervisor_id, *([person.pk] if person else [])])
    group = _fresh(group)
    standing = GroupMember.objects.filter(group=group, status__in=STANDING)
    if person is not None and standing.filter(person=person).exists():
        raise Refused("This person has been invited already.", field="who")
    if standing.count() >= group.most:
        raise Refused("Every place in this group is taken or offered.", field="who")
    if person is None or not _may_be_in(group, person, at):
        raise Refused(NOBODY, field="who")
    member = GroupMember.objects.create(
        group=group, person=person, status=MemberStatus.INVITED, invited_at=at, invited_by=by
    )
    _say("group.invite", group, by=by, at=at, about=person.pk)
    if not _is_excluded(group, person):
        tell_person(MessageKind.GROUP_INVITED, person.pk, at=at)
    return member


@operation
def answer_invitation(member: GroupMember, *, yes: bool, by: Person, at: datetime) -> bool:
    """The person says yes or no; True where they are in the group with it.

    With a yes the members are asked, where there are any.
    """
    member = _locked(member, MemberStatus.INVITED)
    group = member.group
    if not yes:
        _become(member, MemberStatus.DECLINED, at)
    elif not _may_be_in(group, member.person, at) or _is_excluded(group, member.person):
        raise Refused("This group is for other people now, so you cannot join it.")
    else:
        _become(member, MemberStatus.ASKING, at)
        for asked in _members(group):
            tell_person(MessageKind.GROUP_ASKED, asked, at=at)
    _say("group.answer", group, by=by, at=at, about=member.person_id)
    return yes and _let_in(member, at)


@operation
def answer_newcomer(newcomer: GroupMember, *, yes: bool, by: Person, at: datetime) -> bool:
    """A member agrees to somebody new, or does not; True where they are in with it."""
    newcomer = _locked(newcomer, MemberStatus.ASKING)
    if by.pk not in _members(newcomer.group):
        raise Refused("Only members of the group are asked.")
    if yes:
        GroupConsent.objects.get_or_create(
            newcomer=newcomer, member=by, defaults={"agreed_at": at}
        )
    else:
        _become(newcomer, MemberStatus.NOT_AGREED, at)
    _say("group.consent", newcomer.group, by=by, at=at, about=newcomer.person_id)
    return yes and _let_in(newcomer, at)


@operation
def leave_group(member: GroupMember, *, by: Person, at: datetime) -> int:
    """Leaves it, with every place at its sessions ahead; how many. Nobody is asked why."""
    ahead = Booking.objects.filter(
        person=member.person_id, status=BookingStatus.BOOKED, event__start_at__gt=at
    )
    sessions = GroupSession.objects.filter(group=member.group_id).values("event")
    places = list(ahead.filter(event__in=sessions).order_by("event"))
    also = [member.person_id, member.group.supervisor_id]
    lock_everyone_at_all([p.event_id for p in places], also=also)
    member = _locked(member, MemberStatus.ASKING, MemberStatus.MEMBER)
    for place in places:
        cancel(place, reason=CancelReason.RATHER_NOT_SAY, by=by, at=at)
    _become(member, MemberStatus.LEFT, at)
    _say("group.leave", member.group, by=by, at=at, about=member.person_id)
    for waiting in GroupMember.objects.filter(group=member.group, status=MemberStatus.ASKING):
        _let_in(waiting, at)
    return len(places)


@operation
def close_group(group: SupervisionGroup, *, by: Person, at: datetime) -> None:
    """No more sessions, invitations or answers; sessions that are published stay."""
    lock_people([group.supervisor_id])
    group = _fresh(group)
    SupervisionGroup.objects.filter(pk=group.pk).update(end_on=local_day(at))
    _say("group.close", group, by=by, at=at)


def _may_be_in(group: SupervisionGroup, person: Person, at: datetime) -> bool:
    """In a posting today in an Area of the group, and the supervisor outside their chain."""
    on, host = local_day(at), group.supervisor_id
    postings = Posting.objects.filter(covering(on), person=person)
    areas = areas_served(group)
    if areas:
        postings = postings.filter(unit__area__in=areas)
    in_chain = person.pk == host or chains_with([host]).holds(person.pk, host, on)
    return not in_chain and postings.exists()


def _is_excluded(group: SupervisionGroup, person: Person) -> bool:
    return Exclusion.objects.filter(person=person, supervisor=group.supervisor_id).exists()


def _members(group: SupervisionGroup) -> set[int]:
    rows = GroupMember.objects.filter(group=group, status=MemberStatus.MEMBER)
    return set(rows.values_list("person", flat=True))


def _let_in(newcomer: GroupMember, at: datetime) -> bool:
    """Makes a member of them where every member has agreed."""
    agreed = GroupConsent.objects.filter(newcomer=newcomer).values_list("member", flat=True)
    if not may_join(set(agreed), _members(newcomer.group)):
        return False
    _become(newcomer, MemberStatus.MEMBER, at)
    return True


def _become(member: GroupMember, status: MemberStatus, at: datetime) -> None:
    member.status = status
    if status == MemberStatus.MEMBER:
        member.start_on = local_day(at)
    elif status not in STANDING:
        member.end_on = local_day(at)
    member.save()


def _fresh(group: SupervisionGroup) -> SupervisionGroup:
    """As it is now. A group's own lock is its supervisor's row."""
    found = SupervisionGroup.objects.filter(pk=group.pk, end_on__isnull=True).first()
    if found is None:
        raise Refused("This group has been closed.")
    return found


def _locked(member: GroupMember, *statuses: MemberStatus) -> GroupMember:
    lock_people([member.group.supervisor_id, member.person_id])
    rows = GroupMember.objects.filter(pk=member.pk, status__in=statuses)
    found = rows.select_related("group", "person").first()
    if found is None:
        raise Refused(CHANGED)
    if found.group.end_on is not None:
        raise Refused("This group has been closed.")
    return found


def _say(
    verb: str, group: SupervisionGroup, *, by: Person, at: datetime, **details: object
) -> None:
    audit.record(verb, by=by, at=at, group=str(group.public_id), **details)  # type: ignore[arg-type]
