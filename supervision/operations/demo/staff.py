"""The demo's people: the CPS's fourteen Areas in their proportions (domain.md), names by Faker."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from wellbeing.domain.roles import JobRole
from wellbeing.domain.working_days import MONDAY_TO_FRIDAY, to_names, works_on

from . import cast

# RASSO full-time equivalents on 31 March 2021 (written parliamentary answer).
AREAS = {
    "Cymru-Wales": 18.97,
    "East Midlands": 23.95,
    "East of England": 19.65,
    "London North": 26.11,
    "London South": 34.14,
    "Merseyside and Cheshire": 19.48,
    "North East": 24.49,
    "North West": 42.26,
    "South East": 19.21,
    "South West": 16.68,
    "Thames and Chiltern": 24.14,
    "Wessex": 19.33,
    "West Midlands": 34.05,
    "Yorkshire and Humberside": 35.95,
}
UNIT_SIZE = 60
TEAM_SIZE = 8
PART_TIME = (0b00111, 0b11100, 0b10101, 0b01111, 0b00011, 0b11011)


@dataclass(slots=True)
class Worker:
    """A person of the staff list, with the days they serve and the days they are away."""

    number: str
    name: str
    email: str
    role: JobRole
    area: str
    unit: str
    manager: str
    days: int
    first: date
    last: date | None
    away: list[tuple[date, date | None]] = field(default_factory=list)

    def serves(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)

    def is_away(self, on: date) -> bool:
        return any(a <= on and (b is None or on <= b) for a, b in self.away)

    def can_come(self, on: date) -> bool:
        """In service, at work that day, and not away."""
        return self.serves(on) and works_on(self.days, on) and not self.is_away(on)


class Namer:
    """Names from a library, each person with an address of their own."""

    def __init__(self, seed: int) -> None:
        from faker import Faker  # an optional dependency: the demo's only

        self._faker = Faker("en_GB")
        self._faker.seed_instance(seed)

    def name(self) -> str:
        return f"{self._faker.first_name()} {self._faker.last_name()}"


def staff(random: Random, namer: Namer, people: int, on: date) -> list[Worker]:
    """Everyone of the staff list, managers before their people."""
    total = sum(AREAS.values())
    workers: list[Worker] = []
    for area, share in AREAS.items():
        size = max(4, round(people * share / total))
        workers += _area(random, namer, area, size, len(workers), on)
    _place_cast(workers, on)
    return workers


def _area(
    random: Random, namer: Namer, area: str, size: int, before: int, on: date
) -> list[Worker]:
    units = max(1, round(size / UNIT_SIZE))
    made: list[Worker] = []
    for unit in range(units):
        name = f"{area} RASSO Unit {'ABCDEFGH'[unit]}" if units > 1 else f"{area} RASSO Unit"
        members = size // units + (unit < size % units)
        made += _unit(random, namer, area, name, members, before + len(made), on)
    return made


def _unit(
    random: Random, namer: Namer, area: str, unit: str, size: int, before: int, on: date
) -> list[Worker]:
    """A head, team managers below, and the teams."""
    made: list[Worker] = []
    heads: list[str] = []
    teams = max(1, round((size - 1) / (TEAM_SIZE + 1)))
    for position in range(size):
        number = f"D{before + len(made) + 1:05}"
        is_manager = position <= teams
        manager = ""
        if position:
            manager = heads[0] if is_manager else heads[1 + position % (len(heads) - 1)]
        role = JobRole.MANAGER if is_manager else _role(random)
        worker = _worker(random, namer, number, role, area, unit, manager, on)
        if is_manager:
            heads.append(number)
            worker.first, worker.last = on - timedelta(days=1200), None
        made.append(worker)
    return made


def _role(random: Random) -> JobRole:
    return JobRole.PROSECUTOR if random.random() < 0.68 else JobRole.PARALEGAL


def _worker(
    random: Random,
    namer: Namer,
    number: str,
    role: JobRole,
    area: str,
    unit: str,
    manager: str,
    on: date,
) -> Worker:
    name = namer.name()
    joined = random.random()
    first = on - timedelta(days=random.randint(740, 2400))
    if joined < 0.14:
        first = on - timedelta(days=random.randint(3, 700))
    last = on - timedelta(days=random.randint(10, 300)) if 0.14 <= joined < 0.18 else None
    worker = Worker(
        number=number,
        name=name,
        email=f"{name.lower().replace(' ', '.').replace(chr(39), '')}.{number[1:]}@demo.example",
        role=role,
        area=area,
        unit=unit,
        manager=manager,
        days=random.choice(PART_TIME) if random.random() < 0.3 else MONDAY_TO_FRIDAY,
        first=first,
        last=last,
    )
    worker.away = _absences(random, worker, on)
    return worker


def _absences(random: Random, worker: Worker, on: date) -> list[tuple[date, date | None]]:
    away: list[tuple[date, date | None]] = []
    for _ in range(random.choices((0, 1, 2, 3), (30, 35, 25, 10))[0]):
        start = on - timedelta(days=random.randint(-20, 720))
        length = random.choices((5, 10, 30, 120), (40, 40, 14, 6))[0]
        away.append((start, start + timedelta(days=random.randint(2, length))))
    if random.random() < 0.02:
        away.append((on - timedelta(days=random.randint(3, 150)), None))
    unique = {start: (start, end) for start, end in away if start >= worker.first}
    return list(unique.values())


def _place_cast(workers: list[Worker], on: date) -> None:
    """Gives the cast's names to a manager and two of their people in the cast's Area."""
    local = [w for w in workers if w.area == cast.AREA]
    managers = {w.manager for w in local if w.role != JobRole.MANAGER}
    manager = next(w for w in local if w.number in managers)
    team = [w for w in local if w.manager == manager.number]
    for email, worker, role in (
        (cast.MANAGER, manager, JobRole.MANAGER),
        (cast.PROSECUTOR, team[0], JobRole.PROSECUTOR),
        (cast.PARALEGAL, team[1], JobRole.PARALEGAL),
    ):
        worker.email, worker.name, worker.role = email, cast.STAFF[email], role
        worker.first, worker.last, worker.away = on - timedelta(days=1000), None, []
        worker.days = MONDAY_TO_FRIDAY


def people_rows(workers: list[Worker]) -> list[list[Any]]:
    """Rows of the people file."""
    return [
        [
            w.number,
            w.name,
            w.email,
            w.role.value,
            w.area,
            w.unit,
            w.manager,
            ";".join(to_names(w.days)),
            w.first,
            w.last or "",
        ]
        for w in workers
    ]


def absence_rows(workers: list[Worker]) -> list[list[Any]]:
    """Rows of the absences file."""
    return [[w.number, first, last or ""] for w in workers for first, last in w.away]
