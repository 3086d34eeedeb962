"""The cast, the clock and the database that all tests share."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client, TransactionTestCase
from django.urls import reverse

from tests import factories as make
from wellbeing import guards
from wellbeing.adapter import send
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.roles import JobRole, Role, Strand
from wellbeing.models import Area, Person, Unit

# A Tuesday, ten in the morning.
TODAY = date(2026, 5, 12)
NOW = datetime.combine(TODAY, time(10), LONDON)


def _flush_without_guards() -> None:
    """A flush deletes rows that guards keep; it installs them again when it is done.

    On PostgreSQL it truncates, which row triggers do not see.
    """
    tear_down = TransactionTestCase._fixture_teardown

    def guarded(self: TransactionTestCase) -> None:
        if connection.vendor == "sqlite":
            guards.remove(connection)
        tear_down(self)

    TransactionTestCase._fixture_teardown = guarded  # type: ignore[method-assign]


_flush_without_guards()


@pytest.fixture(autouse=True)
def _quick_and_quiet(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wellbeing.adapter.send_beside", send)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]


@pytest.fixture
def clock() -> Iterator[Callable[[datetime], None]]:
    """Time stands still at NOW; call it to move on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller.move_to


@dataclass
class Cast:
    """People related to each other as in the demo."""

    unit: Unit
    elsewhere: Unit
    prosecutor: Person
    paralegal: Person
    manager: Person
    area_lead: Person
    lead: Person
    supervisor: Person
    facilitator: Person
    auditor: Person
    admin: Person

    @property
    def area(self) -> Area:
        return self.unit.area

    def everyone(self) -> dict[str, Person]:
        people = {n: v for n, v in vars(self).items() if isinstance(v, Person)}
        assert len(people) == 9
        return people


@pytest.fixture
def cast(db: None, clock: Any) -> Cast:
    """A manager with two people in an Area that has a lead; and the rest."""
    unit = make.make_unit("West", "West One")
    elsewhere = make.make_unit("East", "East One")
    manager = make.make_staff("Helen Manager", unit, job_role=JobRole.MANAGER)
    for strand, interval, first, soon in (
        (Strand.SUPERVISION, 42, 28, 14),
        (Strand.CHECK_IN, 28, 14, 7),
        (Strand.TRAINING, 365, 90, 30),
    ):
        make.make_policy(
            strand, interval_days=interval, first_within_days=first, due_soon_days=soon
        )
    cast = Cast(
        unit=unit,
        elsewhere=elsewhere,
        prosecutor=make.make_staff("Amira Prosecutor", unit, manager=manager),
        paralegal=make.make_staff(
            "Joe Paralegal", unit, manager=manager, job_role=JobRole.PARALEGAL
        ),
        manager=manager,
        area_lead=make.make_person("Gwen Area Lead"),
        lead=make.make_person("Nadia Lead"),
        supervisor=make.make_supervisor("Dr Megan Hughes"),
        facilitator=make.make_person("Tom Facilitator"),
        auditor=make.make_person("Ruth Auditor"),
        admin=make.make_person("Sam Admin"),
    )
    make.make_grant(cast.area_lead, Role.AREA_LEAD, unit.area)
    make.make_grant(cast.lead, Role.LEAD)
    make.make_grant(cast.facilitator, Role.FACILITATOR)
    make.make_grant(cast.auditor, Role.AUDITOR)
    make.make_grant(cast.admin, Role.ADMINISTRATOR)
    return cast


@dataclass
class Visitor:
    """A signed-in browser of the test client; addresses by name."""

    client: Client

    def get(self, name: str, *args: Any, **query: Any) -> Any:
        return self.client.get(reverse(name, args=args), query)

    def post(self, name: str, *args: Any, **data: Any) -> Any:
        return self.client.post(reverse(name, args=args), data)


@pytest.fixture
def as_(db: None) -> Callable[[Person], Visitor]:
    """`as_(cast.lead).get("coverage")`."""

    def sign_in(person: Person) -> Visitor:
        client = Client()
        client.force_login(person)
        return Visitor(client)

    return sign_in


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says how often the rules' edges occurred in the invented worlds."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name == "worlds":
                words = ", ".join(f"{k} {v}" for k, v in json.loads(value).items())
                terminalreporter.write_line(f"{report.nodeid}: {words}")
