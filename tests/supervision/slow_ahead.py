"""Availability ahead straight from domain.md and the rows of CSV files: a day and a seat at a time."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.domain.quick_matching import matching, stuck
from tests.domain.slow_cover import Slow
from tests.domain.worlds import Row, World

DAY = timedelta(days=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
USUAL = "mon;tue;wed;thu;fri"
HOLDS = ("offered", "booked", "attended", "missed", "disputed")
# Of the year that the worlds are set in.
BANK_HOLIDAYS = {
    date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25),
    date(2026, 8, 31), date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1),
}  # fmt: skip


@dataclass
class AheadWorld:
    """A world and its published events; columns of the contract."""

    world: World
    events: list[Row] = field(default_factory=list)


def key(row: Row) -> tuple[Any, ...]:
    return (row["strand"], row["host"], row["date"], row["start"], row["minutes"])


class SlowAhead:
    """One question about one world."""

    def __init__(self, drawn: AheadWorld, first: date, weeks: int, area: str = "") -> None:
        self.world, self.events = drawn.world, drawn.events
        self.slow = Slow(drawn.world, "supervision")
        self.first, self.last = first, first + timedelta(days=7 * weeks - 1)
        self.area = area
        self.days = [first + timedelta(days=n) for n in range(7 * weeks)]

    def answer(self) -> dict[str, Any]:
        """The contract's JSON, but for the words and for which seats make it fit."""
        due = self.due()
        need = {n: until for n, until in due.items() if not self.is_placed(n, until)}
        free = {n: seats for n, seats in enumerate(map(self.free, self.events)) if seats > 0}
        reach = {n: self.reach(n, until, free) for n, until in need.items()}
        available = len(matching(reach, free))  # type: ignore[arg-type]
        parts = [
            (sorted(part), sum(free[e] for e in set().union(*(reach[n] for n in part))))  # type: ignore[arg-type]
            for part in stuck(reach, free)  # type: ignore[arg-type]
        ]
        return {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "due": len(due),
            "placed": len(due) - len(need),
            "available": available,
            "short": len(need) - available,
            "joining_or_returning": sum(map(self.comes, self.world.numbers)),
            "cannot_be_placed": sorted(
                n for n, until in need.items() if not self.working(n, until)
            ),
            "bottlenecks": sorted(parts),
        }

    def due(self) -> dict[str, date]:
        """By person, their deadline."""
        found = {}
        for person in self.slow.people(self.first):
            number, due = person["staff_number"], person["due_on"]
            inside = not self.area or self.posting(number, self.first)["area"] == self.area
            if person["status"] == "absent" or due is None or not inside:
                continue
            if date.fromisoformat(due) <= self.last:
                overdue = person["status"] == "overdue"
                found[number] = self.last if overdue else date.fromisoformat(due)
        return found

    def posting(self, number: str, on: date) -> Row:
        return self.slow.posting(number, on) or {"area": None, "working_days": ""}

    def is_placed(self, number: str, until: date) -> bool:
        return any(
            s["staff_number"] == number
            and s["outcome"] in ("offered", "booked")
            and self.first <= s["date"] <= until
            for s in self.slow.sessions
        )

    def working(self, number: str, until: date) -> list[date]:
        found = []
        for day in self.days:
            posting = self.posting(number, day)
            if posting["area"] is None or day > until or self.slow.absent(number, day):
                continue
            days = (posting["working_days"] or USUAL).split(";")
            if WEEKDAYS[day.weekday()] in days and day not in BANK_HOLIDAYS:
                found.append(day)
        return found

    def free(self, event: Row) -> int:
        """Whatever lies outside the period has no seats to give."""
        held = Counter(s["outcome"] for s in self.world.sessions if key(s) == key(event))
        if not self.first <= event["date"] <= self.last:
            return 0
        return int(event["capacity"]) - sum(held[status] for status in HOLDS)

    def reach(self, number: str, until: date, free: dict[int, int]) -> set[int]:
        days = self.working(number, until)
        return {
            n
            for n in free
            if self.events[n]["date"] in days and self.may(number, self.events[n])
        }

    def may(self, number: str, event: Row) -> bool:
        on, host = event["date"], event["host"]
        area = self.posting(number, on)["area"]
        areas = [a for a in event["areas"].split(";") if a]
        served = next(s["areas"] for s in self.world.supervisors if s["email"] == host)
        as_staff = self.slow.emails.get(host)
        return (
            (not areas or area in areas)
            and (not served or area in served.split(";"))
            and self.slow.registered(host, on)
            and as_staff != number
            and as_staff not in self.slow.chain(number, on)
            and not any(self.clashes(row, number, event) for row in self.world.sessions)
            and not any(
                self.slow.emails.get(other["host"]) == number and self.same_time(other, event)
                for other in (*self.events, *self.world.sessions)
            )
        )

    def clashes(self, row: Row, number: str, event: Row) -> bool:
        held = row["staff_number"] == number and row["outcome"] in HOLDS
        return held and self.same_time(row, event)

    def same_time(self, one: Row, other: Row) -> bool:
        if one["date"] != other["date"] or one["start"] is None or one["minutes"] is None:
            return False
        a, b = minute(one["start"]), minute(other["start"])
        return bool(a < b + other["minutes"] and b < a + one["minutes"])

    def comes(self, number: str) -> bool:
        if self.slow.status_on(number, self.first) not in (None, "absent"):
            return False
        return any(
            self.slow.status_on(number, day) not in (None, "absent")
            and (not self.area or self.posting(number, day)["area"] == self.area)
            for day in self.days[1:]
        )


def minute(at: str) -> int:
    return int(at[:2]) * 60 + int(at[3:])
