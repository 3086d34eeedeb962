"""Agreements, exclusions and closed groups for tests, by plain functions."""

from datetime import timedelta
from typing import Any

from supervision.domain.agreements import MemberStatus
from supervision.models import Agreement, Exclusion, GroupMember, SupervisionGroup
from tests.conftest import NOW, TODAY
from wellbeing.models import Area, Person


def make_agreement(
    person: Person, supervisor: Person, *, is_signed: bool = False, **more: Any
) -> Agreement:
    """Since ten days ago; the review is due in a year less ten days."""
    start = TODAY - timedelta(days=10)
    values = {"start_on": start, "review_on": start + timedelta(days=365)} | more
    if is_signed:
        values |= {"signed_at": NOW - timedelta(days=9), "signed_by": person}
    return Agreement.objects.create(person=person, supervisor=supervisor, **values)


def make_exclusion(person: Person, supervisor: Person) -> Exclusion:
    return Exclusion.objects.create(person=person, supervisor=supervisor, made_at=NOW)


def make_group(
    supervisor: Person, area: Area | None = None, *people: Person, **more: Any
) -> SupervisionGroup:
    """A group of 2 to 4, with these members."""
    values = {"name": "Thursday group", "least": 2, "most": 4} | more
    group = SupervisionGroup.objects.create(
        supervisor=supervisor, area=area, made_at=NOW, made_by=supervisor, **values
    )
    for person in people:
        make_member(group, person)
    return group


def make_member(
    group: SupervisionGroup, person: Person, status: MemberStatus = MemberStatus.MEMBER
) -> GroupMember:
    return GroupMember.objects.create(
        group=group, person=person, status=status, invited_at=NOW, invited_by=group.supervisor
    )
