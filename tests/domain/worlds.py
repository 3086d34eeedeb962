"""Small invented worlds as rows of contract CSVs: valid files, crowded near the rules' edges."""

import csv
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

BASE = date(2026, 1, 1)
# The day on which the files are taken in: all of it is past by then.
TODAY = date(2027, 1, 4)
ROLES = ("prosecutor", "paralegal", "manager")
STATES = (
    "attended", "attended", "attended", "attended", "attended", "missed", "booked",
    "waiting", "left", "cancelled", "cancelled_by_service", "declined", "disputed", "offered",
)  # fmt: skip
COLUMNS = {
    "people": "staff_number,name,email,job_role,area,unit,line_manager,working_days,posting_start,posting_end",
    "supervisors": "email,name,areas,hours_per_day,hours_per_week,register,registration_number,registered_from,registered_to,indemnity_to",
    "absences": "staff_number,start,end",
    "policy": "strand,job_roles,interval_days,first_within_days,due_soon_days,least_credited_minutes,effective_from",
    "sessions": "staff_number,strand,date,start,minutes,outcome,host",
}
Row = dict[str, Any]


@dataclass
class World:
    """Rows by column; days are dates, and None is an empty cell."""

    people: list[Row] = field(default_factory=list)
    supervisors: list[Row] = field(default_factory=list)
    absences: list[Row] = field(default_factory=list)
    policy: list[Row] = field(default_factory=list)
    sessions: list[Row] = field(default_factory=list)

    def write(self, folder: Path) -> dict[str, Path]:
        """The files, in the order in which they are taken in."""
        files = {}
        for name, columns in COLUMNS.items():
            files[name] = folder / f"{name}.csv"
            with files[name].open("w", newline="", encoding="utf-8") as out:
                writer = csv.DictWriter(out, columns.split(","))
                writer.writeheader()
                for row in getattr(self, name):
                    writer.writerow({k: "" if v is None else v for k, v in row.items()})
        return files

    @property
    def numbers(self) -> list[str]:
        return sorted({row["staff_number"] for row in self.people})

    def interesting(self) -> Counter[str]:
        """What of the rules' edges this world holds."""
        seen: Counter[str] = Counter()
        for number in self.numbers:
            rows = [r for r in self.people if r["staff_number"] == number]
            seen["breaks of service"] += any(
                b["posting_start"] > a["posting_end"] + timedelta(days=1)
                for a, b in zip(rows, rows[1:], strict=False)
            )
            managers = {r["line_manager"] for r in rows if r["line_manager"]}
            seen["chains of two and more"] += any(
                r["line_manager"] for r in self.people if r["staff_number"] in managers
            )
        seen["open absences"] += any(r["end"] is None for r in self.absences)
        seen["lapsed registrations"] += any(
            (r["registered_to"] or r["indemnity_to"]) for r in self.supervisors
        )
        attended = Counter(
            (r["host"], r["date"], r["start"])
            for r in self.sessions
            if r["outcome"] == "attended" and r["strand"] == "supervision"
        )
        for size in (1, 2, 4, 5):
            seen[f"groups of {size}"] += size in attended.values()
        return seen


def _day(draw: Any, least: int = 0, most: int = 300) -> date:
    return BASE + timedelta(days=draw(st.integers(least, most)))


@st.composite
def worlds(draw: Any) -> World:
    """A world of six people, three hosts and about a dozen events."""
    world = World()
    numbers = [f"N{i}" for i in range(6)]
    for i, number in enumerate(numbers):
        _postings(draw, world, number, numbers[:i])
    _supervisors(draw, world)
    for number in numbers:
        starts = draw(st.lists(st.integers(0, 250), max_size=3, unique=True))
        for start in starts:
            first = BASE + timedelta(days=start)
            length = draw(st.one_of(st.none(), st.integers(0, 25)))
            last = None if length is None else first + timedelta(days=length)
            world.absences.append({"staff_number": number, "start": first, "end": last})
    _policy(draw, world)
    _sessions(draw, world, numbers)
    return world


def _postings(draw: Any, world: World, number: str, above: list[str]) -> None:
    """One to three postings that touch, or leave a break; managers come earlier in the list."""
    first = BASE + timedelta(days=draw(st.integers(-40, 60)))
    pieces = draw(st.integers(1, 3))
    for piece in range(pieces):
        last = first + timedelta(days=draw(st.integers(5, 120)))
        is_open = piece == pieces - 1 and draw(st.booleans())
        manager = draw(st.sampled_from([None, *above[-2:]])) if above else None
        unit = draw(st.sampled_from([("West", "One"), ("West", "Two"), ("East", "One")]))
        world.people.append(
            {
                "staff_number": number,
                "name": f"Name {number}",
                "email": f"{number.lower()}@test.example",
                "job_role": draw(st.sampled_from(ROLES)),
                "area": unit[0],
                "unit": unit[1],
                "line_manager": manager,
                "working_days": "",
                "posting_start": first,
                "posting_end": None if is_open else last,
            }
        )
        first = last + timedelta(days=draw(st.sampled_from([1, 1, 2, 15])))


HOSTS = ("x@test.example", "y@test.example", "n0@test.example", "n1@test.example")


def _supervisors(draw: Any, world: World) -> None:
    """Two from outside and two of the staff, who may be in somebody's chain."""
    for email in HOSTS:
        for part in range(draw(st.integers(1, 2))):
            first = BASE + timedelta(days=draw(st.sampled_from([-400, -400, 30])) + 90 * part)
            world.supervisors.append(
                {
                    "email": email,
                    "name": f"Dr {email[0]}",
                    "areas": "",
                    "hours_per_day": "6",
                    "hours_per_week": "24",
                    "register": "BACP",
                    "registration_number": f"{email[0]}{part}",
                    "registered_from": first,
                    "registered_to": draw(
                        st.sampled_from([None, None, max(first, _day(draw))])
                    ),
                    "indemnity_to": draw(st.sampled_from([None, None, _day(draw)])),
                }
            )


def _policy(draw: Any, world: World) -> None:
    taken: set[tuple[str, str, date]] = set()
    for strand in ("supervision", "supervision", "supervision", "check_in", "training"):
        roles = draw(st.lists(st.sampled_from(ROLES), max_size=2, unique=True))
        since = BASE + timedelta(days=draw(st.sampled_from([-60, -60, 20, 70, 110])))
        keys = {(strand, role, since) for role in (roles or ROLES)}
        if keys & taken:
            continue
        taken |= keys
        world.policy.append(
            {
                "strand": strand,
                "job_roles": ";".join(roles),
                "interval_days": draw(st.integers(3, 30)),
                "first_within_days": draw(st.integers(1, 25)),
                "due_soon_days": draw(st.integers(0, 10)),
                "least_credited_minutes": draw(st.sampled_from([0, 0, 9, 22, 23])),
                "effective_from": since,
            }
        )


def _sessions(draw: Any, world: World, numbers: list[str]) -> None:
    """Each event has an hour of its own, so that nobody is in two places at once."""
    for hour in range(draw(st.integers(4, 11))):
        host = draw(st.sampled_from(HOSTS))
        size = draw(st.sampled_from([1, 1, 1, 2, 4, 5]))
        strand = draw(st.sampled_from(["supervision"] * 5 + ["training"]))
        minutes = draw(st.sampled_from([20, 45, 46, 60]))
        on = _day(draw, 0, 200)
        people = [n for n in draw(st.permutations(numbers)) if f"{n.lower()}@" not in host]
        whole = draw(st.booleans())
        for number in people[:size]:
            outcome = "attended" if whole else draw(st.sampled_from(STATES))
            world.sessions.append(
                {
                    "staff_number": number,
                    "strand": strand,
                    "date": on,
                    "start": f"{8 + hour:02}:00",
                    "minutes": minutes,
                    "outcome": outcome,
                    "host": host,
                }
            )
    for number in draw(st.lists(st.sampled_from(numbers[1:]), max_size=4, unique=True)):
        world.sessions.append(
            {
                "staff_number": number,
                "strand": "check_in",
                "date": _day(draw, 0, 200),
                "start": None,
                "minutes": None,
                "outcome": "attended",
                "host": "n0@test.example",
            }
        )
