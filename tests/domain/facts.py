"""Facts of one person in a line, for the tables of worked cases."""

from datetime import date
from typing import Any

from supervision.domain.cover import Clocked
from wellbeing.domain.intervals import merged
from wellbeing.domain.policy import Terms
from wellbeing.domain.postings import Served
from wellbeing.domain.roles import JobRole

P = JobRole.PROSECUTOR
M = JobRole.MANAGER
ALL = frozenset(JobRole)


def d(text: str) -> date:
    return date.fromisoformat(text)


def served(first: str, last: str = "", role: JobRole = P, manager: int | None = None) -> Served:
    return Served(d(first), d(last) if last else None, 1, 1, role, manager)


def terms(
    interval: int = 42,
    first: int = 28,
    soon: int = 14,
    least: int = 0,
    since: str = "2020-01-01",
    roles: frozenset[JobRole] = ALL,
) -> Terms:
    return Terms(roles, interval, first, soon, least, d(since))


def clocked(
    postings: list[Served],
    seen: list[str] = (),
    away: list[tuple[str, str]] = (),
    **more: Any,  # type: ignore[assignment]
) -> Clocked:
    return Clocked(
        person=1,
        postings=postings,
        absent=merged((d(a), d(b) if b else None) for a, b in away),
        counted=sorted(d(s) for s in seen),
        credits=more.get("credits", ()),
        offers=more.get("offers", ()),
    )


STAFF = [served("2024-01-01")]
