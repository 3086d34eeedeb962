"""Agreements and closed groups: their states, and when a review is due."""

from datetime import date, timedelta
from enum import StrEnum


class MemberStatus(StrEnum):
    """How somebody stands to a closed group: invited by its supervisor or a lead, then by steps in."""

    INVITED = "invited"
    # Has agreed; the members are asked.
    ASKING = "asking"
    MEMBER = "member"
    DECLINED = "declined"
    NOT_AGREED = "not_agreed"
    LEFT = "left"
    # By the supervisor or a lead: of an invitation, and of somebody who is in it or asks to be.
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


# At most one row of these a person and group.
STANDING = frozenset({MemberStatus.INVITED, MemberStatus.ASKING, MemberStatus.MEMBER})

# Somebody has brought it to an end, and it is written down who.
ENDED = frozenset({MemberStatus.LEFT, MemberStatus.WITHDRAWN, MemberStatus.REMOVED})


def review_after(on: date, days: int) -> date:
    """The day by which an agreement is looked at again."""
    return on + timedelta(days=days)


def may_join(agreed: set[int], members: set[int]) -> bool:
    """True once every member of today has agreed to a new one."""
    return members <= agreed
