"""The people of a unit on a coverage page: sorted by what needs doing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from supervision.domain.cover import Standing, Status
from supervision.queries.named_standings import NamedStanding
from wellbeing.domain.roles import JobRole, Strand

from .standing import Tag, check_in_to_manager, last_seen, tag, to_manager, why_href

ORDER = {Status.OVERDUE: 0, Status.DUE_SOON: 1, Status.IN_DATE: 2, Status.ABSENT: 3}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A row: who, as what, where they stand in words, when it last counted."""

    public_id: UUID
    name: str
    job_role: str
    words: str
    tag: Tag | None
    last: str
    # What the status opens to.
    why: str


def person_lines(
    people: Iterable[NamedStanding], strand: Strand, role: JobRole | None, on: date
) -> list[PersonLine]:
    """Overdue the longest first, then whose due day is nearest; away last."""
    shown = [p for p in people if role is None or p.standing.job_role == role]
    words = check_in_to_manager if strand == Strand.CHECK_IN else to_manager
    return [
        PersonLine(
            public_id=one.public_id,
            name=one.name,
            job_role=one.standing.job_role.value.capitalize(),
            words=words(one.standing),
            tag=tag(one.standing),
            last=last_seen(one.standing),
            why=why_href(one.public_id, strand, on),
        )
        for one in sorted(shown, key=lambda p: (*_urgency(p.standing), p.name))
    ]


def _urgency(one: Standing) -> tuple[int, int]:
    return ORDER[one.status], one.limit_days - one.elapsed_days
