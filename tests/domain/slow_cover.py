"""Cover read straight from domain.md: slow, obvious, a day at a time, sharing no code with ours."""

from datetime import date, timedelta
from typing import Any

from .worlds import Row, World

DAY = timedelta(days=1)
# Long enough for every limit and absence of a world to have run out.
HORIZON = 800


class Slow:
    """One strand of one world."""

    def __init__(self, world: World, strand: str) -> None:
        self.world, self.strand = world, strand
        self.sessions = [r for r in world.sessions if r["strand"] == strand]
        self.emails = {r["email"]: r["staff_number"] for r in world.people}

    # Words

    def posting(self, number: str | None, on: date) -> Row | None:
        for row in self.world.people:
            if row["staff_number"] == number and row["posting_start"] <= on:
                if row["posting_end"] is None or on <= row["posting_end"]:
                    return row
        return None

    def absent(self, number: str, on: date) -> bool:
        for row in self.world.absences:
            if row["staff_number"] == number and row["start"] <= on:
                if row["end"] is None or on <= row["end"]:
                    return True
        return False

    def registered(self, host: str, on: date) -> bool:
        for row in self.world.supervisors:
            if row["email"] != host or on < row["registered_from"]:
                continue
            if row["registered_to"] is not None and on > row["registered_to"]:
                continue
            if row["indemnity_to"] is not None and on > row["indemnity_to"]:
                continue
            return True
        return False

    def chain(self, number: str, on: date) -> list[str]:
        above: list[str] = []
        posting = self.posting(number, on)
        while posting is not None and posting["line_manager"]:
            above.append(posting["line_manager"])
            posting = self.posting(posting["line_manager"], on)
        return above

    # Rule 1

    def terms(self, role: str, on: date) -> Row | None:
        best = None
        for row in self.world.policy:
            covers = not row["job_roles"] or role in row["job_roles"].split(";")
            if row["strand"] == self.strand and covers and row["effective_from"] <= on:
                if best is None or row["effective_from"] > best["effective_from"]:
                    best = row
        return best

    def scope(self, number: str, on: date) -> Row | None:
        posting = self.posting(number, on)
        return self.terms(posting["job_role"], on) if posting else None

    # Rule 2

    def credited(self, session: Row) -> int:
        key = (session["host"], session["date"], session["start"], session["minutes"])
        together = [
            r
            for r in self.sessions
            if (r["host"], r["date"], r["start"], r["minutes"]) == key
            and r["outcome"] == "attended"
        ]
        n = 1 if self.strand == "check_in" else len(together)
        minutes = session["minutes"] or 0
        if n == 1:
            return int(minutes)
        if n <= 4:
            return int(minutes) // 2
        return int(minutes) // n

    def counts(self, session: Row) -> bool:
        if session["outcome"] != "attended":
            return False
        if self.strand != "supervision":
            return True
        number, on = session["staff_number"], session["date"]
        if not self.registered(session["host"], on):
            return False
        if self.emails.get(session["host"]) in self.chain(number, on):
            return False
        terms = self.scope(number, on)
        least = terms["least_credited_minutes"] if terms else 0
        return self.credited(session) >= least

    def counted_days(self, number: str) -> list[date]:
        return [
            s["date"] for s in self.sessions if s["staff_number"] == number and self.counts(s)
        ]

    # Rules 3 to 7

    def run_start(self, number: str, on: date) -> date:
        day = on
        while self.posting(number, day - DAY):
            day -= DAY
        return day

    def anchor(self, number: str, on: date) -> tuple[date, bool]:
        start, counted = self.run_start(number, on), self.counted_days(number)
        day = on
        while day >= start:
            if day in counted:
                return day, False
            day -= DAY
        return start - DAY, True

    def elapsed(self, number: str, anchor: date, on: date) -> int:
        days, day = 0, anchor + DAY
        while day <= on:
            days += not self.absent(number, day)
            day += DAY
        return days

    def due_on(self, number: str, anchor: date, limit: int) -> date | None:
        days, day = 0, anchor
        for _ in range(HORIZON):
            day += DAY
            days += not self.absent(number, day)
            if days == limit:
                return day
        return None

    def status(self, number: str, elapsed: int, limit: int, soon: int, on: date) -> str:
        if self.absent(number, on):
            return "absent"
        if elapsed > limit:
            return "overdue"
        return "due_soon" if limit - elapsed <= soon else "in_date"

    # Rule 9

    def gaps(self, number: str, on: date) -> tuple[int, int]:
        start = self.run_start(number, on)
        points = [d for d in sorted(set(self.counted_days(number))) if start <= d <= on]
        points = [start - DAY, *points, on]
        pairs = list(zip(points, points[1:], strict=False))
        return (
            max(self.elapsed(number, a, b) for a, b in pairs),
            max((b - a).days for a, b in pairs),
        )

    # Rule 10

    def offered(self, number: str, terms: Row, on: date) -> bool:
        first = on - timedelta(days=terms["interval_days"] - 1)
        return any(
            s["staff_number"] == number
            and first <= s["date"] <= on
            and s["outcome"] not in ("waiting", "left", "cancelled_by_service")
            for s in self.sessions
        )

    def taken_up(self, number: str, terms: Row, on: date) -> bool:
        first = on - timedelta(days=terms["interval_days"] - 1)
        return any(first <= d <= on for d in self.counted_days(number))

    # The contract's P, G, provisional and period

    def status_on(self, number: str, on: date) -> str | None:
        terms = self.scope(number, on)
        if terms is None:
            return None
        anchor, never_seen = self.anchor(number, on)
        limit = terms["first_within_days"] if never_seen else terms["interval_days"]
        elapsed = self.elapsed(number, anchor, on)
        return self.status(number, elapsed, limit, terms["due_soon_days"], on)

    def person(self, number: str, on: date) -> dict[str, Any] | None:
        terms = self.scope(number, on)
        if terms is None:
            return None
        anchor, never_seen = self.anchor(number, on)
        limit = terms["first_within_days"] if never_seen else terms["interval_days"]
        due = self.due_on(number, anchor, limit)
        gap, calendar = self.gaps(number, on)
        year = [
            self.credited(s)
            for s in self.sessions
            if s["staff_number"] == number
            and self.counts(s)
            and on - timedelta(days=364) <= s["date"] <= on
        ]
        return {
            "staff_number": number,
            "status": self.status_on(number, on),
            "never_seen": never_seen,
            "last_counted_on": None if never_seen else anchor.isoformat(),
            "due_on": due.isoformat() if due else None,
            "elapsed_days": self.elapsed(number, anchor, on),
            "longest_gap_days": gap,
            "longest_gap_calendar_days": calendar,
            "offered": self.offered(number, terms, on),
            "taken_up": self.taken_up(number, terms, on),
            "credited_minutes": sum(year),
        }

    def people(self, on: date) -> list[dict[str, Any]]:
        found = [self.person(number, on) for number in self.world.numbers]
        return [p for p in found if p is not None]

    def inside(self, number: str, on: date, where: Row | None) -> bool:
        """True where the posting held that day has these values; None asks for nothing."""
        if not where:
            return True
        posting = self.posting(number, on)
        return posting is not None and all(posting[k] == v for k, v in where.items())

    def group(self, people: list[dict[str, Any]]) -> dict[str, Any]:
        def count(status: str) -> int:
            return sum(p["status"] == status for p in people)

        present = len(people) - count("absent")
        covered = count("in_date") + count("due_soon")
        return {
            "in_scope": len(people),
            "absent": count("absent"),
            "in_date": count("in_date"),
            "due_soon": count("due_soon"),
            "overdue": count("overdue"),
            "never_seen": sum(p["never_seen"] for p in people),
            "coverage": covered / present if present else None,
            "offered": sum(p["offered"] for p in people),
            "taken_up": sum(p["taken_up"] for p in people),
        }

    def provisional(self, on: date, where: Row | None = None) -> bool:
        recent = [
            s["outcome"]
            for s in self.sessions
            if on - timedelta(days=57) <= s["date"] <= on - timedelta(days=2)
            and s["outcome"] in ("booked", "attended", "missed", "disputed")
            and self.inside(s["staff_number"], s["date"], where)
        ]
        return bool(recent) and recent.count("booked") / len(recent) > 0.05

    def period(self, first: date, last: date, where: Row | None = None) -> dict[str, Any]:
        days = covered = 0
        day = first
        while day <= last:
            for number in self.world.numbers:
                if self.inside(number, day, where):
                    status = self.status_on(number, day)
                    days += status in ("in_date", "due_soon", "overdue")
                    covered += status in ("in_date", "due_soon")
            day += DAY
        return {
            "person_days": days,
            "in_cover_days": covered,
            "coverage": covered / days if days else None,
        }
