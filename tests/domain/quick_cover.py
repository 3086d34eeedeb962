"""A world through the implementation, without a database."""

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from supervision.domain.cover import Clocked, Standing, longest_gap, minutes_in_a_year, standing
from supervision.domain.credit import Credit, Held, Judge
from supervision.domain.groups import is_provisional, tally
from supervision.domain.periods import PeriodTally, stretches
from supervision.domain.registers import Registered, Registers
from supervision.presenters.coverage_out import COUNTS, person_values
from supervision.queries.coverage import Line
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.intervals import merged
from wellbeing.domain.policy import Policy, Terms
from wellbeing.domain.postings import Chains, Served
from wellbeing.domain.roles import JobRole, Strand

from .worlds import World


class Quick:
    """One strand of one world, as the code computes it."""

    def __init__(self, world: World, strand: str) -> None:
        self.world = world
        emails = {r["email"]: r["staff_number"] for r in world.people}
        hosts = sorted({r["email"] for r in world.supervisors} | set(emails))
        self.ids = {n: i for i, n in enumerate(world.numbers, start=1)}
        self.hosts = {e: self.ids.get(emails.get(e, ""), 100 + i) for i, e in enumerate(hosts)}
        self.policy = Policy(_terms(r) for r in world.policy if r["strand"] == strand)
        self.sessions = [r for r in world.sessions if r["strand"] == strand]
        self.clocked = self._clocked(Strand(strand))

    def _clocked(self, strand: Strand) -> dict[str, Clocked]:
        postings: dict[int, list[Served]] = defaultdict(list)
        units = {("West", "One"): 1, ("West", "Two"): 2, ("East", "One"): 3}
        for row in self.world.people:
            postings[self.ids[row["staff_number"]]].append(
                Served(
                    row["posting_start"],
                    row["posting_end"],
                    units[row["area"], row["unit"]],
                    1 if row["area"] == "West" else 2,
                    JobRole(row["job_role"]),
                    self.ids.get(row["line_manager"]),
                )
            )
        registers = Registers(
            Registered(
                self.hosts[r["email"]],
                r["registered_from"],
                r["registered_to"],
                r["indemnity_to"],
            )
            for r in self.world.supervisors
        )
        judge = Judge(strand, self.policy, registers, Chains(postings))
        return {n: self._one(n, judge, postings) for n in self.world.numbers}

    def _one(self, number: str, judge: Judge, postings: dict[int, list[Served]]) -> Clocked:
        pk = self.ids[number]
        together = Counter(_event(r) for r in self.sessions if r["outcome"] == "attended")
        mine = [r for r in self.sessions if r["staff_number"] == number]
        credits: list[Credit] = []
        for row in mine:
            if row["outcome"] == "attended":
                n = 1 if judge.strand == Strand.CHECK_IN else together[_event(row)]
                held = Held(0, row["date"], row["minutes"], self.hosts[row["host"]], n)
                credits.append(judge.credit(pk, postings[pk], held))
        away = [
            (r["start"], r["end"]) for r in self.world.absences if r["staff_number"] == number
        ]
        return Clocked(
            person=pk,
            postings=postings[pk],
            absent=merged(away),
            counted=sorted({c.held.on for c in credits if c.counts}),
            credits=credits,
            offers=[(r["date"], BookingStatus(r["outcome"])) for r in mine],
        )

    def standings(self, on: date) -> dict[str, Standing]:
        found = {n: standing(w, self.policy, on) for n, w in self.clocked.items()}
        return {n: s for n, s in found.items() if s is not None}

    def people(self, on: date) -> list[dict[str, Any]]:
        return [
            person_values(
                Line(
                    n,
                    one,
                    longest_gap(self.clocked[n], on),
                    minutes_in_a_year(self.clocked[n], on),
                )
            )
            for n, one in sorted(self.standings(on).items())
        ]

    def group(self, on: date) -> dict[str, Any]:
        counts = tally(self.standings(on).values())
        return {name: getattr(counts, name) for name in COUNTS}

    def provisional(self, on: date) -> bool:
        return is_provisional(
            BookingStatus(r["outcome"])
            for r in self.sessions
            if 2 <= (on - r["date"]).days <= 57
        )

    def period(self, first: date, last: date) -> dict[str, Any]:
        days = PeriodTally()
        for who in self.clocked.values():
            for stretch in stretches(who, self.policy, first, last):
                days.add(stretch)
        return {
            "person_days": days.person_days,
            "in_cover_days": days.in_cover_days,
            "coverage": days.coverage,
        }


def _event(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["host"], row["date"], row["start"], row["minutes"]


def _terms(row: dict[str, Any]) -> Terms:
    names = row["job_roles"].split(";") if row["job_roles"] else list(JobRole)
    return Terms(
        frozenset(JobRole(n) for n in names),
        row["interval_days"],
        row["first_within_days"],
        row["due_soon_days"],
        row["least_credited_minutes"],
        row["effective_from"],
    )
