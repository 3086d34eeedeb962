"""A large file of sessions: killed it leaves nothing, others work meanwhile, others may be quicker."""

import hashlib
import os
import threading
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bench.generate import History
from supervision.operations.imports import sessions
from tests import factories as make
from tests.wellbeing.processes import environment, kill, started, until
from wellbeing.domain.csv_file import FileFaults
from wellbeing.domain.local_time import local_day
from wellbeing.models import AuditRow, Booking, BookingMove, ClaimedTime, Event, Person
from wellbeing.operations.bookings import book
from wellbeing.operations.imports.frame import Counts, Taking
from wellbeing.operations.service import service_person
from wellbeing.queries.invariants import broken

# Takes a file in, and stops for good in the middle of writing it, with its transaction open.
STOPPING = """
import sys, time
from pathlib import Path
import django
django.setup()
from django.utils import timezone
from supervision.operations.imports import session_writer
from supervision.operations.imports.sessions import import_sessions
from wellbeing.operations.imports.frame import Taking
from wellbeing.operations.service import service_person
def progress(rows, label):
    for number, row in enumerate(rows):
        if label == "Writing" and number == 3:
            Path(sys.argv[2]).touch()
            time.sleep(600)
        yield row
session_writer.BATCH = 100
taking = Taking(by=service_person(), at=timezone.now(), progress=progress)
import_sessions(Path(sys.argv[1]).read_bytes(), taking=taking)
"""


@pytest.fixture
def history(transactional_db: None, tmp_path: Path) -> Path:
    """A year of 120 people, all but their sessions taken in; the file of sessions."""
    History(people=120, years=1).write(tmp_path)
    service_person()
    for kind in ("people", "supervisors", "absences", "policy"):
        call_command(f"import_{kind}", tmp_path / f"{kind}.csv", verbosity=0)
    return tmp_path / "sessions.csv"


def counts() -> list[int]:
    models = (Event, Booking, BookingMove, ClaimedTime, AuditRow)
    return [m._default_manager.count() for m in models]


def taken_in(file: Path, **more: Any) -> Counts:
    taking = replace(Taking(by=service_person(), at=timezone.now()), **more)
    return sessions.import_sessions(file.read_bytes(), taking=taking)


def rows_of(file: Path) -> int:
    return file.read_text().count("\n") - 1


def test_killed_in_the_middle_it_leaves_nothing_and_kept_nobody_waiting(
    history: Path, tmp_path: Path
) -> None:
    # Somebody whose sessions are being written, and a session that they are not about.
    person = Person.objects.filter(staff_number="P000010").get()
    event = make.make_event(make.make_supervisor("Dr Ahead"), in_a_week())
    before, mark = counts(), tmp_path / "writing"
    command = ["-c", STOPPING, str(history), str(mark)]
    env = environment(tmp_path) | {"DJANGO_SETTINGS_MODULE": "wellbeing.settings"}
    with started(command, env) as importing:
        until(lambda: mark.exists() or importing.poll() is not None, "it did not get so far")
        assert (mark.exists(), counts()) == (True, before)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '900ms'")
            book(event, person=person, by=person, at=timezone.now())
            before = counts()
        kill(importing)
    assert counts() == before
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
    assert taken_in(history) == Counts(rows_of(history), 0, 0)
    assert list(broken(timezone.now())) == []


def in_a_week() -> Any:
    return local_day(timezone.now()) + timedelta(days=7)


def test_whoever_wrote_between_check_and_writing_is_seen(
    history: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite it is checked before it is locked; on PostgreSQL the other waits its turn."""
    lines = history.read_text().splitlines(keepends=True)
    part = tmp_path / "part.csv"
    part.write_text("".join(lines[:1000]))
    real, checked = sessions.match, []

    def match(taking: Taking) -> Counts:
        found = real(taking)
        checked.append(found.added)
        if len(checked) == 1 and connection.vendor == "sqlite":
            beside(lambda: checked.append(-taken_in(part).added))
        return found

    monkeypatch.setattr(sessions, "match", match)
    whole = rows_of(history)
    if connection.vendor == "postgresql":
        beside(lambda: checked.append(-taken_in(part).added))
    told: list[int] = []
    assert taken_in(history, beforehand=told.append) == Counts(whole - 999, 0, 999)
    expected = {
        "sqlite": [whole, 999, -999, whole - 999],
        "postgresql": [999, -999, whole - 999],
    }
    assert checked == expected[connection.vendor]
    assert told == [whole - 999] * (connection.vendor == "sqlite")
    assert list(broken(timezone.now())) == []


def beside(do: Any) -> None:
    """Does something on a connection of its own."""

    def run() -> None:
        try:
            do()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def test_same_file_again_writes_nothing_and_keeps_nobody_waiting(history: Path) -> None:
    taken_in(history)
    before, told = counts(), []
    assert taken_in(history, beforehand=told.append) == Counts(0, 0, rows_of(history))
    assert counts() == before
    assert told == [0] * (connection.vendor == "sqlite")


def test_ids_begin_with_the_time_and_differ(history: Path) -> None:
    taken_in(history)
    for model in (Event, Booking):
        ids = list(model._default_manager.order_by("pk").values_list("public_id", flat=True))
        assert len(set(ids)) == len(ids)
        assert {(i.version, i.variant) for i in ids} == {(7, "specified in RFC 4122")}
        times = [i.int >> 80 for i in ids]
        assert times == sorted(times)
        now = timezone.now().timestamp() * 1000
        assert abs(times[-1] - now) < 60_000


def test_everybody_touched_is_announced_once(
    history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced: list[tuple[int, Any]] = []
    monkeypatch.setattr(
        "wellbeing.ports.facts_changed",
        lambda *, people, what, since, at: announced.append((len(people), since)),
    )
    taken_in(history)
    first = min(line.split(",")[2] for line in history.read_text().splitlines()[1:])
    people = Booking.objects.values("person").distinct().count()
    assert [(n, str(day)) for n, day in announced] == [(people, first)]
    taken_in(history)
    assert len(announced) == 1


def test_file_that_can_be_read_only_once_is_taken_in(history: Path, tmp_path: Path) -> None:
    pipe, data = tmp_path / "pipe", history.read_bytes()
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(data))
    writer.start()
    call_command("import_sessions", pipe, verbosity=0)
    writer.join()
    row = AuditRow.objects.get(verb="import.sessions")
    assert row.details["sha256"] == hashlib.sha256(data).hexdigest()
    assert row.details["added"] == rows_of(history)
    assert taken_in(history) == Counts(0, 0, rows_of(history))
    assert AuditRow.objects.filter(verb="import.sessions").count() == 1


def test_file_whose_disk_fails_is_told_and_leaves_nothing(history: Path) -> None:
    class Failing(BytesIO):
        """A file that can be read once, and fails in its middle the next time."""

        ends = 0

        def read(self, size: int | None = -1, /) -> bytes:
            if self.ends and self.tell() > 10_000:
                raise OSError(5, "Input/output error")
            found = super().read(size)
            self.ends += not found
            return found

    taking, before = Taking(by=service_person(), at=timezone.now()), counts()
    with pytest.raises(FileFaults) as told:
        sessions.import_sessions(Failing(history.read_bytes()), taking=taking)
    said = "cannot be read to its end (Input/output error)."
    assert [str(fault) for fault in told.value.faults] == [said]
    assert counts() == before


def test_caches_are_afterwards_as_they_were(history: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's caches")

    def sizes() -> list[int]:
        with connection.cursor() as cursor:
            return [
                cursor.execute(f"PRAGMA {name}.cache_size").fetchone()[0]
                for name in ("main", "temp")
            ]

    before = sizes()
    taken_in(history)
    assert sizes() == before
