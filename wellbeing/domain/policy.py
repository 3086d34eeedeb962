"""What the policy says for a job role on a day (domain.md, rule 1)."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .roles import JobRole


@dataclass(frozen=True, slots=True)
class Terms:
    """One version of one strand's policy; all lengths in days but the minutes."""

    job_roles: frozenset[JobRole]
    interval_days: int
    first_within_days: int
    due_soon_days: int
    least_credited_minutes: int
    effective_from: date


class Policy:
    """The versions of one strand. A later one for other roles leaves the earlier standing."""

    def __init__(self, versions: Iterable[Terms]) -> None:
        self._by_role: dict[JobRole, list[Terms]] = defaultdict(list)
        for terms in sorted(versions, key=lambda t: t.effective_from):
            for role in terms.job_roles:
                self._by_role[role].append(terms)

    def in_force(self, role: JobRole, on: date) -> Terms | None:
        """Of the versions that cover the role and take effect not after `on`, the latest."""
        versions = self._by_role[role]
        at = bisect_right(versions, on, key=lambda t: t.effective_from)
        return versions[at - 1] if at else None

    def changes(self, role: JobRole) -> list[date]:
        """The days on which other terms take effect for the role."""
        return [t.effective_from for t in self._by_role[role]]

    def longest(self, role: JobRole) -> int:
        """The longest interval that any version sets for the role, in days; 0 without one."""
        return max((t.interval_days for t in self._by_role[role]), default=0)
