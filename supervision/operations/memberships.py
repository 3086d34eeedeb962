"""The steps of a closed group's members, each under the group's lock: its supervisor's row."""

from datetime import datetime
from typing import Any

from supervision.domain.agreements import ENDED, STANDING, MemberStatus, may_join
from supervision.models import Exclusion, GroupConsent, GroupMember, SupervisionGroup
from wellbeing.domain.local_time import local_day
from wellbeing.domain.refusals import Refused
from wellbeing.models import Person
from wellbeing.operations import audit
from wellbeing.operations.locks import lock_people

CHANGED = "This has been answered already. Look at it again before you go on."
CLOSED = "This group has been closed."


def locked_group(group: SupervisionGroup) -> SupervisionGroup:
    """As it is now, locked. Refused once it is closed."""
    lock_people([group.supervisor_id])
    found = SupervisionGroup.objects.filter(pk=group.pk, end_on__isnull=True).first()
    if found is None:
        raise Refused(CLOSED)
    return found


def locked_member(member: GroupMember, *statuses: MemberStatus) -> GroupMember:
    """As it is now, with the person and the group locked. Refused in any other status."""
    lock_people([member.group.supervisor_id, member.person_id])
    rows = GroupMember.objects.filter(pk=member.pk, status__in=statuses)
    found = rows.select_related("group", "person").first()
    if found is None:
        raise Refused(CHANGED)
    if found.group.end_on is not None:
        raise Refused(CLOSED)
    return found


def members(group: SupervisionGroup) -> set[int]:
    """Who is in it now."""
    rows = GroupMember.objects.filter(group=group, status=MemberStatus.MEMBER)
    return set(rows.values_list("person", flat=True))


def is_excluded(group: SupervisionGroup, person: Person) -> bool:
    """True where the person would rather not see its supervisor: for their own way in alone."""
    return Exclusion.objects.filter(person=person, supervisor=group.supervisor_id).exists()


def become(
    member: GroupMember, status: MemberStatus, at: datetime, by: Person | None = None
) -> None:
    """One step. `by`: who brought it to an end; never said of an answer."""
    member.status = status
    if status == MemberStatus.MEMBER:
        member.start_on = local_day(at)
    elif status not in STANDING:
        member.end_on = local_day(at)
    if status in ENDED:
        member.ended_at, member.ended_by = at, by
    member.save()


def let_in(newcomer: GroupMember, at: datetime) -> bool:
    """Makes a member of them where every member has agreed."""
    agreed = GroupConsent.objects.filter(newcomer=newcomer).values_list("member", flat=True)
    if not may_join(set(agreed), members(newcomer.group)):
        return False
    become(newcomer, MemberStatus.MEMBER, at)
    return True


def say(
    verb: str, group: SupervisionGroup, *, by: Person, at: datetime, **details: Any
) -> None:
    """The audit row: of which group, and about whom."""
    audit.record(verb, by=by, at=at, group=str(group.public_id), **details)
