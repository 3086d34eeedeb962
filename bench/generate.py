"""Writes a large invented history as the files that the service takes in.

    .venv/bin/python bench/generate.py FOLDER [--people 20000] [--years 4] [--seed 1]

20,000 people in the CPS's fourteen Areas, four years: about 740,000 rows of sessions at
316,000 events, 66,000 absences, transfers, joiners and leavers, two versions of the policy.
The same seed and size give the same bytes. All of it is past on `UNTIL`. Names are numbers.
"""

import csv
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

UNTIL = date(2026, 4, 30)
# RASSO full-time equivalents by Area on 31 March 2021, in hundredths (design/domain.md).
AREAS = {
    "Cymru-Wales": 1897, "East Midlands": 2395, "East of England": 1965, "London North": 2611,
    "London South": 3414, "Merseyside and Cheshire": 1948, "North East": 2449,
    "North West": 4226, "South East": 1921, "South West": 1668, "Thames and Chiltern": 2414,
    "Wessex": 1933, "West Midlands": 3405, "Yorkshire and Humberside": 3595,
}  # fmt: skip
HEADERS = {
    "people": "staff_number,name,email,job_role,area,unit,line_manager,working_days,posting_start,posting_end",
    "supervisors": "email,name,areas,hours_per_day,hours_per_week,register,registration_number,registered_from,registered_to,indemnity_to",
    "absences": "staff_number,start,end",
    "policy": "strand,job_roles,interval_days,first_within_days,due_soon_days,least_credited_minutes,effective_from",
    "sessions": "staff_number,strand,date,start,minutes,outcome,host",
}
UNIT, TEAM_MANAGERS = 40, 3
WORKING_DAYS = ["", "", "", "mon;tue;wed", "tue;wed;thu;fri", "mon;thu"]
# One cycle is six weeks; each week of a supervisor has 25 slots, of which some stay free.
WEEKS, DAYS, STARTS = 6, 5, ["09:00", "10:45", "12:30", "14:15", "16:00"]
CLIENTS_A_SUPERVISOR, ONE_TO_ONE = 100, 0.16
OUTCOMES = {
    "attended": 850, "missed": 40, "cancelled": 65, "declined": 12, "expired": 10, "left": 8,
    "waiting": 5, "disputed": 5, "booked": 5,
}  # fmt: skip
CANCELLED_EVENTS = 0.02


@dataclass
class Person:
    """Somebody on the staff list; days are those of service, `last` None while it goes on."""

    number: str
    role: str
    area: str
    unit: str
    manager: str
    first: date
    last: date | None = None

    def serves(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)


@dataclass
class History:
    """How large, and which of its kind."""

    people: int = 20_000
    years: int = 4
    seed: int = 1
    check_ins: int = 0
    staff: list[Person] = field(default_factory=list)

    @property
    def first(self) -> date:
        return UNTIL - timedelta(days=self.years * 1461 // 4)

    def random(self, what: str) -> Random:
        return Random(f"{self.seed} {what}")

    def write(self, folder: Path) -> dict[str, int]:
        """Writes a file of each kind; how many rows each has."""
        folder.mkdir(parents=True, exist_ok=True)
        self.staff = list(_staff(self))
        kinds = {
            "people": _people(self),
            "supervisors": _supervisors(self),
            "absences": _absences(self),
            "policy": _policy(self),
            "sessions": _sessions(self),
        }
        numbers = {}
        for kind, rows in kinds.items():
            with (folder / f"{kind}.csv").open("w", newline="", encoding="utf-8") as file:
                file.write(HEADERS[kind] + "\n")
                writer = csv.writer(file, lineterminator="\n")
                numbers[kind] = sum(bool(writer.writerow(row)) for row in rows)
        return numbers


Cells = tuple[Any, ...]


def _staff(history: History) -> Iterator[Person]:
    """Units of 40 below a head, in teams; the first unit's head is the Area's."""
    rnd, number, whole = history.random("staff"), 0, sum(AREAS.values())
    # What rounding leaves over is the last Area's.
    sizes = {area: round(history.people * share / whole) for area, share in AREAS.items()}
    sizes["Yorkshire and Humberside"] += history.people - sum(sizes.values())
    for area, size in sizes.items():
        heads: list[str] = []
        team: list[str] = []
        for at in range(size):
            number += 1
            place, name = at % UNIT, f"P{number:06}"
            if place == 0:
                manager, team = (heads[0] if heads else ""), []
                heads.append(name)
            elif place <= TEAM_MANAGERS:
                manager = heads[-1]
                team.append(name)
            else:
                manager = team[place % len(team)]
            leads = place <= TEAM_MANAGERS
            role = "manager" if leads else rnd.choice(["prosecutor"] * 3 + ["paralegal"])
            first, last = _service(history, rnd) if not leads else (history.first, None)
            yield Person(name, role, area, f"{area} {at // UNIT + 1}", manager, first, last)


def _service(history: History, rnd: Random) -> tuple[date, date | None]:
    """8 of 100 join within the years, 4 leave within them."""
    days, draw = (UNTIL - history.first).days, rnd.random()
    if draw < 0.08:
        return history.first + timedelta(days=rnd.randrange(days - 60)), None
    first = history.first - timedelta(days=rnd.randrange(2000))
    if draw < 0.12:
        return first, history.first + timedelta(days=rnd.randrange(60, days))
    return first, None


def _people(history: History) -> Iterator[Cells]:
    """One posting each, and for one in ten a second one in another team."""
    rnd = history.random("people")
    by_area: dict[str, list[Person]] = {}
    for p in history.staff:
        by_area.setdefault(p.area, []).append(p)
    for p in history.staff:
        days = rnd.choice(WORKING_DAYS)
        known = (p.number, f"Person {p.number}", f"{p.number.lower()}@cps.example", p.role)
        moved = p.first + timedelta(days=rnd.randrange(200, 3000))
        other = rnd.choice(by_area[p.area])
        ended = p.last or UNTIL
        if (
            p.role == "manager"
            or other.role == "manager"
            or rnd.random() > 0.15
            or moved >= ended
        ):
            yield *known, p.area, p.unit, p.manager, days, p.first, p.last or ""
            continue
        yield *known, p.area, p.unit, p.manager, days, p.first, moved
        start = moved + timedelta(days=1)
        yield *known, p.area, other.unit, other.manager, days, start, p.last or ""


def _clients(history: History) -> list[list[list[Person]]]:
    """By supervisor: whom they see together, alone or in a group of three to six."""
    rnd = history.random("clients")
    staff = history.staff.copy()
    rnd.shuffle(staff)
    alone = round(len(staff) * ONE_TO_ONE)
    clients = [[p] for p in staff[:alone]]
    while alone < len(staff):
        size = rnd.randint(3, 6)
        clients.append(staff[alone : alone + size])
        alone += size
    rnd.shuffle(clients)
    step = CLIENTS_A_SUPERVISOR
    return [clients[at : at + step] for at in range(0, len(clients), step)]


def _email(supervisor: int) -> str:
    return f"supervisor{supervisor:04}@therapy.example"


def _supervisors(history: History) -> Iterator[Cells]:
    """One registration for ever, or for one in twenty a gap of two months in it."""
    rnd = history.random("supervisors")
    for at in range(len(_clients(history))):
        known = (_email(at), f"Supervisor {at}", "", 7.5, 37.5, "BACP", f"B{at:06}")
        if rnd.random() > 0.05:
            yield *known, "2010-01-01", "", ""
            continue
        ended = history.first + timedelta(days=rnd.randrange(300))
        yield *known, "2010-01-01", ended, ""
        yield *known, ended + timedelta(days=60), "", ""


def _absences(history: History) -> Iterator[Cells]:
    """About one a year; now and then of half a year, or without an end yet."""
    rnd = history.random("absences")
    for p in history.staff:
        day = history.first
        while (day := day + timedelta(days=rnd.randrange(30, 700))) < UNTIL:
            end = day + timedelta(days=rnd.choice([4, 9, 13, 20, 180]))
            yield p.number, day, end if end < UNTIL or rnd.random() < 0.5 else ""
            day = end


def _policy(history: History) -> Iterator[Cells]:
    for since, interval in ((date(2010, 1, 1), 56), (history.first + timedelta(days=400), 42)):
        yield "supervision", "", interval, 28, 14, 10, since
    yield "check_in", "", 28, 14, 7, 0, date(2010, 1, 1)
    yield "training", "", 365, 90, 30, 0, date(2010, 1, 1)


def _sessions(history: History) -> Iterator[Cells]:
    """Cycle by cycle; what somebody did not come to is made up for in a week's free slot."""
    rnd = history.random("sessions")
    supervisors = _clients(history)
    monday = history.first + timedelta(days=-history.first.weekday() % 7)
    while monday <= UNTIL:
        for at, clients in enumerate(supervisors):
            for row in _cycle(rnd, monday, _email(at), clients):
                if row[2] <= UNTIL:
                    yield row
        monday += timedelta(weeks=WEEKS)
    yield from _check_ins(history)


def _cycle(
    rnd: Random, monday: date, host: str, clients: list[list[Person]]
) -> Iterator[Cells]:
    again: list[Person] = []
    for week in range(WEEKS):
        slots = [(day, start) for day in range(DAYS) for start in STARTS]
        rnd.shuffle(slots)
        before, again = again, []
        for client in clients[week::WEEKS]:
            day, start = slots.pop()
            on = monday + timedelta(weeks=week, days=day)
            for p, outcome in _who_came(rnd, [p for p in client if p.serves(on)]):
                minutes = 60 if len(client) == 1 else 90
                yield p.number, "supervision", on, start, minutes, outcome, host
                if outcome != "attended":
                    again.append(p)
        for p, (day, start) in zip(before, slots, strict=False):
            on = monday + timedelta(weeks=week, days=day)
            if p.serves(on):
                yield p.number, "supervision", on, start, 60, "attended", host


def _who_came(rnd: Random, people: list[Person]) -> list[tuple[Person, str]]:
    if rnd.random() < CANCELLED_EVENTS:
        return [(p, "cancelled_by_service") for p in people]
    drawn = rnd.choices(list(OUTCOMES), list(OUTCOMES.values()), k=len(people))
    return list(zip(people, drawn, strict=True))


def _check_ins(history: History) -> Iterator[Cells]:
    """So many a year, of which only the day is known, with the manager of the first posting."""
    step = timedelta(days=365 // history.check_ins if history.check_ins else 99_999)
    for p in history.staff:
        day = history.first
        while p.manager and (day := day + step) < UNTIL:
            if p.serves(day):
                host = f"{p.manager.lower()}@cps.example"
                yield p.number, "check_in", day, "", "", "attended", host


def main() -> int:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--years", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check-ins", type=int, default=0, metavar="A_YEAR")
    asked = parser.parse_args()
    if asked.people < 100 or asked.years < 1 or asked.check_ins < 0:
        print("At least 100 people, 1 year and no fewer than 0 check-ins.", file=sys.stderr)
        return 2
    history = History(asked.people, asked.years, asked.seed, asked.check_ins)
    for kind, number in history.write(asked.folder).items():
        print(f"{kind:12} {number:>9,} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
