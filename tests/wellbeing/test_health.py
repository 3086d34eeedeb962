"""What whoever watches over the service is told, and whom it tells without sign-in."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings as project
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import InterfaceError
from django.test import Client

from wellbeing import checks, guards
from wellbeing.queries import readiness

LAST = ("supervision", "0014_outcomes_and_days_are_to_be_built")


def answer(address: str) -> tuple[int, str]:
    response = Client().get(address)
    assert response.headers["Content-Type"] == "text/plain"
    assert project.SESSION_COOKIE_NAME not in response.cookies
    return response.status_code, response.content.decode()


def test_the_process_answers_and_asks_the_database_nothing() -> None:
    # Without the `db` fixture any query is an error.
    assert answer("/healthz") == (200, "ok\n")


def test_a_migrated_database_with_its_guards_is_ready(db: None) -> None:
    assert answer("/readyz") == (200, "ready\n")


def test_a_lost_guard_is_named(db: None) -> None:
    first, *_ = guards.expected(connection)
    with connection.cursor() as cursor:
        for statement in first.drop:
            cursor.execute(statement)
    lost = guards.missing(connection)
    assert first.name in lost
    assert answer("/readyz") == (503, "".join(f"guard {name} is missing\n" for name in lost))
    found = checks.guards_in_place(databases=["default"])
    assert [(m.id, m.hint) for m in found] == [("wellbeing.E002", "Run migrate.")] * len(lost)


def test_a_migration_to_come_is_counted(db: None) -> None:
    MigrationRecorder(connection).record_unapplied(*LAST)
    assert answer("/readyz") == (503, "1 migrations are not applied\n")


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_a_database_out_of_reach_is_said_without_details(
    fault: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*args: Any) -> None:
        raise fault("password of postgres://user:secret@host")

    monkeypatch.setattr(readiness, "MigrationExecutor", unreachable)
    assert answer("/readyz") == (503, "the database cannot be reached\n")


IN_PRODUCTION = """
import django
django.setup()
from django.test import Client
for address in ("/healthz", "/help-now/"):
    print(Client(SERVER_NAME="service.example").get(address).status_code)
"""


def test_health_is_told_without_tls_and_nothing_else_is() -> None:
    environment = {
        "DJANGO_SETTINGS_MODULE": "wellbeing.settings",
        "SECRET_KEY": "only for this test",
        "ALLOWED_HOSTS": "service.example",
        "DATABASE_URL": "postgres://service.example/none",
    }
    run = subprocess.run(
        [sys.executable, "-c", IN_PRODUCTION],
        cwd=project.BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["200", "301"]


@pytest.mark.django_db(transaction=True)
def test_migrate_puts_back_a_lost_guard_and_no_check_stands_in_its_way() -> None:
    first, *_ = guards.expected(connection)
    with connection.cursor() as cursor:
        for statement in first.drop:
            cursor.execute(statement)
    assert guards.missing(connection) != []
    # As from the command line: call_command alone would leave the checks out.
    call_command("migrate", verbosity=0, skip_checks=False)
    assert guards.missing(connection) == []


@pytest.mark.parametrize(
    ("version", "vendor", "ids"),
    [
        ((3, 40, 1), "sqlite", ["wellbeing.W002"]),
        ((3, 51, 2), "sqlite", ["wellbeing.W002"]),
        ((3, 51, 3), "sqlite", []),
        ((3, 40, 1), "postgresql", []),
    ],
)
def test_an_sqlite_that_damages_files_is_a_warning(
    version: tuple[int, ...], vendor: str, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", version)
    monkeypatch.setattr(connections["default"], "vendor", vendor)
    assert [m.id for m in checks.sqlite_is_sound()] == ids


def test_the_sqlite_warning_is_silent_where_nothing_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", (3, 40, 1))
    monkeypatch.setattr(connections["default"], "vendor", "sqlite")
    said = [m for m in run_checks() if not m.is_silenced()]
    assert [m.id for m in said if m.id == "wellbeing.W002"] == []
