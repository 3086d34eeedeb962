"""The demo's sessions of over two years, and what can be booked in the weeks ahead."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from .staff import AREAS, Worker

SLOTS = ("09:30", "10:45", "12:00", "13:45", "15:00")
OUTCOMES = ("attended", "missed", "cancelled", "cancelled_by_service", "declined")
WEIGHTS = (88, 4, 5, 2, 1)
GROUP_SLOT = "16:15"
# Longer than the trend: its first month is not to be the one in which records begin.
YEARS_BACK = timedelta(days=820)
WEEKS_AHEAD = 6
Rows = list[list[Any]]


@dataclass(slots=True)
class Host:
    """A supervisor, the Areas they serve (none: all), and their free slots of each day."""

    email: str
    areas: frozenset[str]
    taken: set[tuple[date, str]] = field(default_factory=set)

    def serves(self, area: str) -> bool:
        return not self.areas or area in self.areas


class Calendar:
    """Who can see whom when: every supervisor works Monday to Friday, five slots a day."""

    def __init__(self, random: Random, hosts: list[Host]) -> None:
        self.random = random
        self.by_area: dict[str, list[Host]] = defaultdict(list)
        self.hosts = hosts

    def serving(self, area: str) -> list[Host]:
        if area not in self.by_area:
            self.by_area[area] = [h for h in self.hosts if h.serves(area)]
        return self.by_area[area]

    def take(self, worker: Worker, first: date, last: date) -> tuple[date, str, Host] | None:
        """A free slot of `first` … `last` that suits, taken at once; None where there is none."""
        hosts = self.serving(worker.area)
        start = self.random.randrange(len(hosts))
        day = first
        while day <= last:
            if day.weekday() < 5 and worker.can_come(day):
                for i in range(len(hosts)):
                    host = hosts[(start + i) % len(hosts)]
                    slot = self.random.choice(SLOTS)
                    if (day, slot) not in host.taken:
                        host.taken.add((day, slot))
                        return day, slot, host
            day += timedelta(days=1)
        return None


def history(calendar: Calendar, workers: list[Worker], on: date) -> Rows:
    """Supervision of the two years before `on`: six-weekly, with gaps, misses and cancellations."""
    random = calendar.random
    rows: Rows = []
    queue = [
        (max(w.first, on - YEARS_BACK) + timedelta(days=random.randint(3, 40)), w)
        for w in workers
    ]
    for due, worker in _in_turn(queue, random, on):
        found = calendar.take(
            worker, due, min(due + timedelta(days=12), on - timedelta(days=1))
        )
        if found is None:
            continue
        day, slot, host = found
        outcome = random.choices(OUTCOMES, WEIGHTS)[0]
        if outcome == "attended" and (on - day).days <= 4 and random.random() < 0.2:
            outcome = "booked"
        rows.append([worker.number, "supervision", day, slot, 60, outcome, host.email])
    return rows


def _in_turn(
    queue: list[tuple[date, Worker]], random: Random, on: date
) -> Iterator[tuple[date, Worker]]:
    """Each person's dates in order: about every 38 days, now and then after a long gap."""
    for first, worker in queue:
        due = first
        while due < on:
            yield due, worker
            gap = random.choices((34, 38, 42, 60, 110), (25, 40, 20, 11, 4))[0]
            due += timedelta(days=gap + random.randint(-3, 4))


def check_ins(random: Random, workers: list[Worker], on: date) -> Rows:
    """Line-manager check-ins, about every four weeks, by the manager of the staff list."""
    emails = {w.number: w.email for w in workers}
    rows: Rows = []
    for worker in workers:
        if not worker.manager:
            continue
        day = max(worker.first, on - YEARS_BACK) + timedelta(days=random.randint(1, 14))
        while day < on:
            if worker.can_come(day):
                host = emails[worker.manager]
                rows.append([worker.number, "check_in", day, "", "", "attended", host])
            day += timedelta(days=random.choices((24, 28, 35, 56), (30, 45, 18, 7))[0])
    return rows


def training(random: Random, workers: list[Worker], host: str, on: date) -> Rows:
    """Welfare training: one event every working fortnight, up to 40 people each."""
    rows: Rows = []
    waiting = [w for w in workers if random.random() < 0.9]
    random.shuffle(waiting)
    day = on - timedelta(days=360)
    while waiting and day < on - timedelta(days=3):
        if day.weekday() < 5:
            here = [w for w in waiting[:60] if w.can_come(day)][:40]
            rows += [
                [w.number, "training", day, GROUP_SLOT, 60, "attended", host] for w in here
            ]
            gone = {w.number for w in here}
            waiting = [w for w in waiting if w.number not in gone]
        day += timedelta(days=6)
    return rows


def ahead(calendar: Calendar, on: date) -> Rows:
    """Events to book: one-to-ones most days, and a group a week, for every supervisor."""
    random = calendar.random
    rows: Rows = []
    names = sorted(AREAS)
    for i, host in enumerate(calendar.hosts):
        areas = ";".join(sorted(host.areas))
        # Colleagues of one Area, where the supervisor serves them all: their lead's to look after.
        group_areas = areas or names[-1 - i % len(names)]
        for days in range(1, WEEKS_AHEAD * 7 + 1):
            day = on + timedelta(days=days)
            if day.weekday() >= 5:
                continue
            for slot in random.sample(SLOTS, 3):
                mode = random.choices(("video", "in_person", "phone"), (55, 30, 15))[0]
                place = place_of(mode, host.email)
                rows.append(["supervision", host.email, day, slot, 60, 1, mode, place, areas])
            if day.weekday() == 2:
                place = place_of("video", host.email)
                rows.append(
                    [
                        "supervision",
                        host.email,
                        day,
                        GROUP_SLOT,
                        90,
                        6,
                        "video",
                        place,
                        group_areas,
                    ]
                )
    return rows


def place_of(mode: str, host: str) -> str:
    """A room, a link to join, or who rings whom."""
    if mode == "in_person":
        return "Room 2, ground floor"
    if mode == "phone":
        return "Your supervisor rings you"
    return f"https://meet.demo.example/{host.partition('@')[0]}"


def booked_ahead(random: Random, workers: list[Worker], events: Rows, cast: set[str]) -> Rows:
    """Places already taken in the weeks ahead, never the cast's own."""
    free = [w for w in workers if w.email not in cast]
    random.shuffle(free)
    rows: Rows = []
    for event in events:
        _, host, day, slot, minutes, seats, *_, areas = event
        served = set(areas.split(";")) if areas else None
        for _ in range(seats):
            if not free or random.random() < 0.55:
                continue
            worker = next(
                (
                    w
                    for w in free[-40:]
                    if w.can_come(day) and (served is None or w.area in served)
                ),
                None,
            )
            if worker:
                free.remove(worker)
                rows.append([worker.number, "supervision", day, slot, minutes, "booked", host])
    return rows
