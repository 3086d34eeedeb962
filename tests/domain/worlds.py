"""Small invented worlds as rows of contract CSVs: valid files, crowded near the rules' edges."""

import csv
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
    "expired",
)  # fmt: skip
COLUMNS = {
    "people": "staff_number,name,email,job_role,area,unit,line_manager,working_days,posting_start,posting_end",
    "supervisors": "email,name,areas,hours_per_day,hours_per_week,register,registration_number,registered_from,registered_to,indemnity_to",
    "absences": "staff_number,start,end",
    "policy": "strand,job_roles,interval_days,first_within_days,due_soon_days,least_credited_minutes,effective_from",
    "sessions": "staff_number,strand,date,start,minutes,outcome,host",
}
Row = dict[str, Any]
DAY = timedelta(days=1)


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

    def days(self) -> list[date]:
        """Every day that a row names, sorted."""
        rows = (*self.people, *self.supervisors, *self.absences, *self.policy, *self.sessions)
        return sorted({v for row in rows for v in row.values() if isinstance(v, date)})

    def lengths(self) -> list[int]:
        """How many days after a session or a start something may change, by any version."""
        found = {0, 2, 57, 364, 365}
        for row in self.policy:
            for limit in (row["interval_days"], row["first_within_days"]):
                found |= {limit, limit - row["due_soon_days"]}
        return sorted(found)


@st.composite
def days_of(draw: Any, world: World) -> date:
    """A day on, or a day beside, one on which the world's rows change an answer."""
    seen = [row["date"] for row in world.sessions]
    day = draw(st.sampled_from(world.days() + seen))
    return day + timedelta(days=draw(st.sampled_from(world.lengths())) + draw(BESIDE))


@st.composite
def periods_of(draw: Any, world: World) -> tuple[date, date]:
    """Two such days, not far apart, or one twice."""
    first = draw(days_of(world))
    ends = [day for day in world.days() if 0 < (day - first).days <= 40]
    last = draw(st.sampled_from([first, *ends])) + timedelta(days=draw(BESIDE))
    return first, max(first, last)


BESIDE = st.sampled_from([-1, 0, 0, 1])
Days = st.SearchStrategy[date]


@st.composite
def worlds(draw: Any) -> World:
    """A world of six people, four hosts and about a dozen events on a few days."""
    world = World()
    numbers = [f"N{i}" for i in range(6)]
    pivots = draw(st.lists(st.integers(0, 200), min_size=3, max_size=7, unique=True))
    days = st.builds(
        lambda pivot, beside: BASE + timedelta(days=pivot + beside),
        st.sampled_from(pivots),
        BESIDE,
    )
    for i, number in enumerate(numbers):
        _postings(draw, days, world, number, numbers[:i])
    _supervisors(draw, days, world)
    _absences(draw, days, world, numbers)
    _policy(draw, days, world)
    _events(draw, days, world, numbers)
    _check_ins(draw, days, world, numbers)
    return world


def _postings(draw: Any, days: Days, world: World, number: str, above: list[str]) -> None:
    """One to three postings that touch, or leave a break; managers come earlier in the list."""
    first = draw(st.one_of(days, st.just(BASE - timedelta(days=30))))
    pieces = draw(st.integers(1, 3))
    for piece in range(pieces):
        last = max(first, draw(days))
        is_open = piece == pieces - 1 and draw(st.sampled_from([True, True, False]))
        unit = draw(st.sampled_from([("West", "One"), ("West", "Two"), ("East", "One")]))
        world.people.append(
            {
                "staff_number": number,
                "name": f"Name {number}",
                "email": f"{number.lower()}@test.example",
                "job_role": draw(st.sampled_from(ROLES)),
                "area": unit[0],
                "unit": unit[1],
                "line_manager": draw(st.sampled_from([None, *above[-2:], *above[-2:]])),
                "working_days": "",
                "posting_start": first,
                "posting_end": None if is_open else last,
            }
        )
        first = last + timedelta(days=draw(st.sampled_from([1, 1, 2, 15])))


HOSTS = ("x@test.example", "y@test.example", "n0@test.example", "n1@test.example")


def _supervisors(draw: Any, days: Days, world: World) -> None:
    """Two from outside and two of the staff, who may be in somebody's chain."""
    for email in HOSTS:
        for part in range(draw(st.integers(1, 2))):
            first = draw(st.one_of(st.just(BASE - timedelta(days=400)), days))
            last = draw(st.one_of(st.none(), st.none(), days))
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
                    "registered_to": last and max(first, last),
                    "indemnity_to": draw(st.one_of(st.none(), st.none(), days)),
                }
            )


def _absences(draw: Any, days: Days, world: World, numbers: list[str]) -> None:
    for number in numbers:
        for start in draw(st.lists(days, max_size=3, unique=True)):
            length = draw(st.sampled_from([0, 1, 2, 5, 8, 25, None]))
            last = None if length is None else start + timedelta(days=length)
            world.absences.append({"staff_number": number, "start": start, "end": last})


def _policy(draw: Any, days: Days, world: World) -> None:
    taken: set[tuple[str, str, date]] = set()
    strands = ("supervision", "supervision", "supervision", "check_in", "training")
    for i, strand in enumerate(strands):
        roles = draw(st.lists(st.sampled_from(ROLES), max_size=2, unique=True)) if i else []
        since = draw(days) if i else BASE - timedelta(days=60)
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


def _events(draw: Any, days: Days, world: World, numbers: list[str]) -> None:
    """Each event has an hour of its own, so that nobody is in two places at once."""
    for hour in range(draw(st.integers(4, 11))):
        host = draw(st.sampled_from(HOSTS))
        size = draw(st.sampled_from([1, 1, 1, 2, 3, 4, 5]))
        strand = draw(st.sampled_from(["supervision"] * 5 + ["training"]))
        minutes = draw(st.sampled_from([20, 45, 46, 60]))
        on = draw(days)
        people = [n for n in draw(st.permutations(numbers)) if f"{n.lower()}@" not in host]
        whole = draw(st.booleans())
        for number in people[:size]:
            world.sessions.append(
                {
                    "staff_number": number,
                    "strand": strand,
                    "date": on,
                    "start": f"{8 + hour:02}:00",
                    "minutes": minutes,
                    "outcome": "attended" if whole else draw(st.sampled_from(STATES)),
                    "host": host,
                }
            )


def _check_ins(draw: Any, days: Days, world: World, numbers: list[str]) -> None:
    for number in draw(st.lists(st.sampled_from(numbers[1:]), max_size=4, unique=True)):
        world.sessions.append(
            {
                "staff_number": number,
                "strand": "check_in",
                "date": draw(days),
                "start": None,
                "minutes": draw(st.sampled_from([None, 30])),
                "outcome": "attended",
                "host": "n0@test.example",
            }
        )
