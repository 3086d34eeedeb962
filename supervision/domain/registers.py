"""Registered on a day: the same word for counting, publishing and booking (domain.md, Words)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Registered:
    """One registration row; no last day, or no indemnity day, sets no end."""

    host: int
    first: date
    last: date | None
    indemnity_to: date | None

    def covers(self, on: date) -> bool:
        """The row covers the day and, where it has a last day of indemnity, so does that."""
        return (
            self.first <= on
            and (self.last is None or on <= self.last)
            and (self.indemnity_to is None or on <= self.indemnity_to)
        )

    def reaches(self, on: date) -> bool:
        """The row covers the day or a later one."""
        ends = [end for end in (self.last, self.indemnity_to) if end is not None]
        return all(max(on, self.first) <= end for end in ends)


class Registers:
    """All registrations of any number of supervisors."""

    def __init__(self, rows: Iterable[Registered]) -> None:
        self._rows: dict[int, list[Registered]] = defaultdict(list)
        for row in rows:
            self._rows[row.host].append(row)

    def registered(self, host: int, on: date) -> bool:
        """True where one row of this supervisor covers the day."""
        return any(row.covers(on) for row in self._rows.get(host, ()))

    def registered_from(self, host: int, on: date) -> bool:
        """True where one row of this supervisor covers the day or a later one."""
        return any(row.reaches(on) for row in self._rows.get(host, ()))
