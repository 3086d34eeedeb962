"""Closed supervision groups: made, and joined with everybody's agreement."""

from dataclasses import dataclass
from datetime import datetime

from supervision.domain.agreements import STANDING, MemberStatus
from supervision.models import GroupConsent, GroupMember, SupervisionGroup
from supervision.queries.eligibility import Served, chains_with
from supervision.queries.groups import areas_served
from wellbeing.domain.local_time import local_day
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.refusals import Refused
from wellbeing.models import Area, Person, Posting
from wellbeing.models.dated import covering
from wellbeing.operations.locks import lock_people
from wellbeing.operations.outbox import tell_person
from wellbeing.operations.transaction import operation

from .memberships import become, is_excluded, let_in, locked_group, locked_member, members, say

# One sentence for everybody who cannot be invited: whoever asks learns nothing of why.
NOBODY = "Nobody with this email address or staff number can be invited to this group."


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
    say("group.make", group, by=by, at=at, least=draft.least, most=draft.most)
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
    group = locked_group(group)
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
    say("group.invite", group, by=by, at=at, about=person.pk)
    if not is_excluded(group, person):
        tell_person(MessageKind.GROUP_INVITED, person.pk, at=at)
    return member


@operation
def answer_invitation(member: GroupMember, *, yes: bool, by: Person, at: datetime) -> bool:
    """The person says yes or no; True where they are in the group with it.

    With a yes the members are asked, where there are any.
    """
    member = locked_member(member, MemberStatus.INVITED)
    group = member.group
    if not yes:
        become(member, MemberStatus.DECLINED, at)
    elif not _may_be_in(group, member.person, at) or is_excluded(group, member.person):
        raise Refused("This group is for other people now, so you cannot join it.")
    else:
        become(member, MemberStatus.ASKING, at)
        for asked in members(group):
            tell_person(MessageKind.GROUP_ASKED, asked, at=at)
    say("group.answer", group, by=by, at=at, about=member.person_id)
    return yes and let_in(member, at)


@operation
def answer_newcomer(newcomer: GroupMember, *, yes: bool, by: Person, at: datetime) -> bool:
    """A member agrees to somebody new, or does not; True where they are in with it."""
    newcomer = locked_member(newcomer, MemberStatus.ASKING)
    if by.pk not in members(newcomer.group):
        raise Refused("Only members of the group are asked.")
    if yes:
        GroupConsent.objects.get_or_create(
            newcomer=newcomer, member=by, defaults={"agreed_at": at}
        )
    else:
        become(newcomer, MemberStatus.NOT_AGREED, at)
    say("group.consent", newcomer.group, by=by, at=at, about=newcomer.person_id)
    return yes and let_in(newcomer, at)


def _may_be_in(group: SupervisionGroup, person: Person, at: datetime) -> bool:
    """In a posting today in an Area of the group, and the supervisor outside their chain."""
    on, host = local_day(at), group.supervisor_id
    postings = Posting.objects.filter(covering(on), person=person)
    areas = areas_served(group)
    if areas:
        postings = postings.filter(unit__area__in=areas)
    in_chain = person.pk == host or chains_with([host]).holds(person.pk, host, on)
    return not in_chain and postings.exists()
