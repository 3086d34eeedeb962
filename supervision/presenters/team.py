"""A manager's team as it stands on a page: who needs a word first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from supervision.domain.cover import Standing, Status
from supervision.queries.team import Member
from wellbeing.domain.roles import Strand
from wellbeing.presenters.dates import counted, short_day

from .standing import Tag, check_in_to_manager, last_seen, tag, to_manager, why_href

OUT_OF_SCOPE = "No policy covers them today"
ORDER = {Status.OVERDUE: 0, Status.DUE_SOON: 1, Status.IN_DATE: 2, Status.ABSENT: 3}


@dataclass(frozen=True, slots=True)
class TeamLine:
    """Strings of one person; nothing of who supervises them, what was missed or why."""

    name: str
    href: str
    add_check_in: str
    tag: Tag | None
    words: str
    last: str
    last_check_in: str
    check_in: str
    # What each of the two statuses opens to.
    why: str
    why_check_in: str


def team_lines(members: Sequence[Member]) -> list[TeamLine]:
    """Overdue first, then by due day, then by name."""
    return [_line(m) for m in sorted(members, key=_urgency)]


def _urgency(member: Member) -> tuple[int, date, str]:
    one = member.standing
    if one is None:
        return 4, date.max, member.name
    return ORDER[one.status], one.due_on or date.max, member.name


def _line(member: Member) -> TeamLine:
    one = member.standing
    return TeamLine(
        name=member.name,
        href=reverse("person", args=[member.public_id]),
        add_check_in=reverse("check_in_add", args=[member.public_id]),
        tag=tag(one) if one else None,
        words=to_manager(one) if one else OUT_OF_SCOPE,
        last=last_seen(one),
        last_check_in=short_day(member.last_check_in_on)
        if member.last_check_in_on
        else "Not yet",
        check_in=check_in_to_manager(member.check_in) if member.check_in else "",
        why=why_href(member.public_id, Strand.SUPERVISION),
        why_check_in=why_href(member.public_id, Strand.CHECK_IN),
    )


def headline(members: Sequence[Member]) -> str:
    """`2 of 8 were due before today.`"""
    standings: list[Standing] = [m.standing for m in members if m.standing]
    overdue = sum(s.status == Status.OVERDUE for s in standings)
    if not members:
        return ""
    if not overdue:
        return f"Nobody in your team of {len(members)} was due before today."
    verb = "was" if overdue == 1 else "were"
    return f"{overdue} of {counted(len(members), 'person', 'people')} {verb} due before today."
