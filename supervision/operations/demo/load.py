"""Builds the whole demonstration, step by step, from a seed and a day."""

import csv
import io
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password

from supervision.operations.imports import events, sessions, supervisors
from supervision.operations.nudges import write_nudges
from wellbeing.domain.csv_file import Progress
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import Area, Message, Person
from wellbeing.operations.bookings import book
from wellbeing.operations.check_ins import record_check_in
from wellbeing.operations.events import Details, publish
from wellbeing.operations.grants import grant_role
from wellbeing.operations.imports import absences, establishment, people, policy
from wellbeing.operations.imports.frame import Taking
from wellbeing.operations.service import service_person
from wellbeing.operations.timed import ask_hosts_to_record

from . import cast
from .agreements import agreements
from .establishment import establishment_rows
from .hours import hours
from .sessions import (
    Calendar,
    Host,
    Rows,
    ahead,
    booked_ahead,
    check_ins,
    history,
    place_of,
    training,
)
from .staff import AREAS, Namer, Worker, absence_rows, people_rows, staff

SUPERVISORS = 30
TODAY_SLOT = "08:30"
REGISTERS = ("BACP", "UKCP", "HCPC", "BPS")


def load(*, seed: int, number: int, on: date, policy_file: Path, progress: Progress) -> None:
    """Fills an empty database. The same seed, number and day give the same people and sessions."""
    random = Random(seed)
    at = datetime.combine(on, time(7), LONDON)
    taking = Taking(by=service_person(), at=at, progress=progress)
    namer = Namer(seed)
    workers = staff(random, namer, number, on)
    people.import_people(_csv(people.PARSERS, people_rows(workers)), taking=taking)
    counts = _csv(establishment.PARSERS, establishment_rows(workers, on))
    establishment.import_establishment(counts, taking=taking)
    hosts, rows = _supervisors(random, namer, on)
    supervisors.import_supervisors(_csv(supervisors.PARSERS, rows), taking=taking)
    absences.import_absences(_csv(absences.PARSERS, absence_rows(workers)), taking=taking)
    policy.import_policy(policy_file.read_bytes(), taking=taking)
    _sessions(random, workers, hosts, on, taking)
    _grants(taking, on)
    _others(taking, on)
    hours(Person.objects.get(email=cast.SUPERVISOR), on=on, at=taking.at)
    agreements(on=on, at=taking.at)
    _passwords()
    _say_nothing_of_it(at)


def _csv(columns: Iterable[str], rows: Rows) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode()


def _supervisors(random: Random, namer: Namer, on: date) -> tuple[list[Host], Rows]:
    hosts: list[Host] = []
    rows: Rows = []
    names = list(AREAS)
    for i in range(SUPERVISORS):
        email = cast.SUPERVISOR if i == 0 else f"supervisor{i + 1}@demo.example"
        areas = frozenset() if i < 12 else frozenset(random.sample(names, 4))
        name = cast.SUPERVISOR_NAME if i == 0 else f"Dr {namer.name()}"
        # One registration has run out: what it no longer covers does not count.
        to: Any = on - timedelta(days=200) if i == SUPERVISORS - 1 else ""
        register = REGISTERS[i % len(REGISTERS)]
        start, indemnity = on - timedelta(days=1500), on + timedelta(days=75 + 9 * i)
        rows.append(
            [email, name, ";".join(sorted(areas)), "6", "24", register, f"{register}-{4100 + i}",
             start, to, indemnity]
        )  # fmt: skip
        hosts.append(Host(email, areas))
    return hosts, rows


def _sessions(
    random: Random, workers: list[Worker], hosts: list[Host], on: date, taking: Taking
) -> None:
    calendar = Calendar(random, hosts)
    past = history(calendar, workers, on)
    past += check_ins(random, workers, on)
    past += training(random, workers, cast.FACILITATOR, on)
    _facilitator(taking, on)
    sessions.import_sessions(_csv(sessions.PARSERS, past), taking=taking)
    registered = Calendar(random, hosts[:-1])
    ahead_rows = ahead(registered, on)
    place = place_of("video", cast.SUPERVISOR)
    today: Rows = [["supervision", cast.SUPERVISOR, on, TODAY_SLOT, 60, 1, "video", place, ""]]
    events.import_events(_csv(events.PARSERS, today + ahead_rows), taking=taking)
    booked = booked_ahead(random, workers, ahead_rows, set(cast.STAFF))
    number = next(w.number for w in workers if w.email == cast.PROSECUTOR)
    booked.append([number, "supervision", on, TODAY_SLOT, 60, "booked", cast.SUPERVISOR])
    sessions.import_sessions(_csv(sessions.PARSERS, booked), taking=taking)


def _facilitator(taking: Taking, on: date) -> None:
    """The trainer's account must be there before the training they held."""
    for granted in cast.GRANTED:
        if granted.email == cast.FACILITATOR:
            _grant(granted, taking, on)


def _grants(taking: Taking, on: date) -> None:
    for granted in cast.GRANTED:
        if granted.email != cast.FACILITATOR:
            _grant(granted, taking, on)


def _grant(granted: cast.Granted, taking: Taking, on: date) -> None:
    area = Area.objects.get(name=granted.area) if granted.area else None
    person, _ = grant_role(
        granted.role,
        granted.email,
        area=area,
        reason="The demonstration",
        by=taking.by,
        at=taking.at,
        on=on - timedelta(days=400),
    )
    Person.objects.filter(pk=person.pk).update(name=granted.name)


def _others(taking: Taking, on: date) -> None:
    """A Round ahead, and a check-in of the cast by the operation itself."""
    lead = Person.objects.get(email="lead@demo.example")
    facilitator = Person.objects.get(email=cast.FACILITATOR)
    round_ = Details(
        kind=EventKind.ROUND,
        on=on + timedelta(days=16),
        at=time(12, 30),
        minutes=60,
        capacity=120,
        mode=Mode.VIDEO,
        theme="The case I still think about",
    )
    event = publish(round_, host=facilitator, by=lead, at=taking.at)
    for person in Person.objects.filter(staff_number__isnull=False).order_by("pk")[:60]:
        # Those who have a clash, or have left, are not coming.
        with suppress(Refused):
            book(event, person=person, by=person, at=taking.at)
    manager = Person.objects.get(email=cast.MANAGER)
    paralegal = Person.objects.get(email=cast.PARALEGAL)
    held_on = on - timedelta(days=on.weekday() % 5 + 1)
    # The files may hold one of that very day already.
    with suppress(Refused):
        record_check_in(paralegal, held_on=held_on, by=manager, at=taking.at, on=on)


def _say_nothing_of_it(at: datetime) -> None:
    """What came before the demonstration was opened is written to nobody."""
    write_nudges(at=at)
    ask_hosts_to_record(at=at + timedelta(hours=16))
    Message.objects.update(dropped_at=at)


def _passwords() -> None:
    emails = [email for email, _ in cast.SIGN_INS]
    Person.objects.filter(email__in=emails).update(password=make_password(cast.PASSWORD))
