"""Closed groups as their members, their supervisor and a lead read them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from supervision.domain.agreements import MemberStatus
from supervision.models import (
    Exclusion,
    GroupConsent,
    GroupMember,
    GroupSession,
    SupervisionGroup,
    SupervisorArea,
)
from wellbeing.domain.booking import EventStatus
from wellbeing.domain.viewer import Viewer
from wellbeing.models import Area, Event


def groups_of(viewer: Viewer, *, as_supervisor: bool) -> QuerySet[SupervisionGroup]:
    """Open groups by name: one's own, or those of a lead's Areas."""
    mine = _own(viewer) if as_supervisor else _led(viewer)
    return _open().filter(mine)


def group_for(viewer: Viewer, public_id: UUID) -> SupervisionGroup | None:
    """An open group that this viewer looks after: its supervisor, and a lead of its Area."""
    mine = _led(viewer) | _own(viewer)
    return _open().filter(mine, public_id=public_id).first()


def _open() -> QuerySet[SupervisionGroup]:
    rows = SupervisionGroup.objects.filter(end_on__isnull=True)
    return rows.select_related("supervisor", "area").order_by("name", "pk")


def _own(viewer: Viewer) -> Q:
    if not viewer.is_supervisor:
        return Q(pk__in=[])
    return Q(supervisor=viewer.person)


def _led(viewer: Viewer) -> Q:
    """A group for no Area in particular is a national lead's."""
    if viewer.is_national_lead:
        return Q(pk__isnull=False)
    return Q(area__in=viewer.led_areas)


def counts_of(groups: Collection[SupervisionGroup]) -> Counter[int]:
    """By group, how many members; one query."""
    rows = GroupMember.objects.filter(group__in=list(groups), status=MemberStatus.MEMBER)
    return Counter(rows.values_list("group", flat=True))


def members_of(group: SupervisionGroup) -> QuerySet[GroupMember]:
    """Those who are in the group, by name."""
    rows = GroupMember.objects.filter(group=group, status=MemberStatus.MEMBER)
    return rows.select_related("person").order_by("person__name", "pk")


def newcomers_to(group: SupervisionGroup) -> QuerySet[GroupMember]:
    """Those who have said yes and about whom the members are asked, by name."""
    rows = GroupMember.objects.filter(group=group, status=MemberStatus.ASKING)
    return rows.select_related("person").order_by("person__name", "pk")


def standing_for(viewer: Viewer, public_id: UUID) -> GroupMember | None:
    """Somebody who is in a group that this viewer looks after, or about whom it is asked."""
    groups = _open().filter(_led(viewer) | _own(viewer))
    rows = GroupMember.objects.filter(
        status__in=[MemberStatus.ASKING, MemberStatus.MEMBER], group__in=groups.order_by()
    )
    return rows.select_related("person", "group").filter(public_id=public_id).first()


def unanswered(group: SupervisionGroup) -> int:
    """How many invitations nobody has answered; who they are is not shown before they do."""
    return GroupMember.objects.filter(group=group, status=MemberStatus.INVITED).count()


def sessions_of(group: SupervisionGroup, at: datetime) -> list[Event]:
    """Sessions of the group still to come, soonest first."""
    rows = GroupSession.objects.filter(
        group=group, event__start_at__gt=at, event__status=EventStatus.PUBLISHED
    )
    return [row.event for row in rows.select_related("event").order_by("event__start_at")]


def areas_served(group: SupervisionGroup) -> frozenset[int]:
    """The Areas whose people may be in it: its own, or all its supervisor serves (none: all)."""
    if group.area_id is not None:
        return frozenset({group.area_id})
    rows = SupervisorArea.objects.filter(supervisor__person=group.supervisor)
    return frozenset(rows.values_list("area", flat=True))


def areas_for_group(viewer: Viewer) -> QuerySet[Area]:
    """The Areas that a group can be made for: a lead's own, or those that a supervisor serves."""
    if viewer.is_national_lead:
        return Area.objects.all()
    if viewer.is_lead:
        return Area.objects.filter(pk__in=viewer.led_areas)
    served = SupervisorArea.objects.filter(supervisor__person=viewer.person)
    if not served.exists():
        return Area.objects.all()
    return Area.objects.filter(Exists(served.filter(area=OuterRef("pk"))))


@dataclass(slots=True)
class Membership:
    """How somebody stands to a group, and what it asks of them."""

    row: GroupMember
    members: int = 0
    # Who would like to join and waits for this member's answer.
    newcomers: list[GroupMember] = field(default_factory=list)


def memberships_of(person: int) -> list[Membership]:
    """One's own invitations and groups, by name; invitations of the excluded are not there."""
    standing = [MemberStatus.INVITED, MemberStatus.ASKING, MemberStatus.MEMBER]
    excluded = Exclusion.objects.filter(person=person, supervisor=OuterRef("group__supervisor"))
    rows = GroupMember.objects.filter(
        ~Exists(excluded), person=person, status__in=standing, group__end_on__isnull=True
    )
    rows = rows.select_related("group__supervisor").order_by("group__name", "pk")
    found = {row.group_id: Membership(row) for row in rows}
    counts = counts_of([one.row.group for one in found.values()])
    for group, one in found.items():
        one.members = counts[group]
    mine = [g for g, one in found.items() if one.row.status == MemberStatus.MEMBER]
    for newcomer in _waiting_for(person, mine):
        found[newcomer.group_id].newcomers.append(newcomer)
    return list(found.values())


def _waiting_for(person: int, groups: Collection[int]) -> QuerySet[GroupMember]:
    answered = GroupConsent.objects.filter(newcomer=OuterRef("pk"), member=person)
    rows = GroupMember.objects.filter(
        ~Exists(answered), group__in=groups, status=MemberStatus.ASKING
    )
    return rows.select_related("person", "group").order_by("person__name", "pk")


def own_membership(person: int, public_id: UUID, *statuses: str) -> Membership | None:
    """One of one's own, in one of these states."""
    for one in memberships_of(person):
        if one.row.public_id == public_id and one.row.status in statuses:
            return one
    return None


def newcomer_for(person: int, public_id: UUID) -> GroupMember | None:
    """Somebody who waits for this member's answer."""
    for one in memberships_of(person):
        for newcomer in one.newcomers:
            if newcomer.public_id == public_id:
                return newcomer
    return None
