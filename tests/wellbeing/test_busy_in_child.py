"""No calendar hangs or exhausts whoever reads it; and `manage.py read_busy`."""

import json
import subprocess
import sys
import time
from datetime import date
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.domain.busy_files import FLAVOURS, LONDON, OUTLOOK, calendar, event
from wellbeing.busy_fetch import busy_in_child, child, limited
from wellbeing.domain.busy import busy_times, window_of
from wellbeing.domain.refusals import Refused

WINDOW = window_of(date(2026, 1, 1), 53)
START = "DTSTART:20260601T090000Z\nDURATION:PT1S"
NEVER = "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=1;BYMINUTE=0"


def every_second() -> str:
    lists = {"HOUR": 24, "MINUTE": 60, "SECOND": 60}
    return "FREQ=DAILY;" + ";".join(
        f"BY{name}={','.join(map(str, range(most)))}" for name, most in lists.items()
    )


def series(rule: str) -> bytes:
    return calendar(event(START, f"RRULE:{rule}"))


@pytest.mark.parametrize("client", FLAVOURS)
def test_the_child_reads_as_its_parent_would(client: str) -> None:
    data, _ = FLAVOURS[client]
    assert busy_in_child(data, WINDOW) == busy_times(data, WINDOW)


def refusal(data: bytes, **more: Any) -> str:
    with pytest.raises(Refused) as refused:
        busy_in_child(data, WINDOW, **more)
    return refused.value.sentence


def test_the_child_refuses_as_its_parent_would() -> None:
    assert refusal(series("FREQ=SECONDLY")).endswith("every second or minute.")
    assert refusal(b"x" * (5 * 1024 * 1024 + 1)) == "The calendar is larger than 5 MB."


def test_a_calendar_that_takes_too_long_is_given_up() -> None:
    begun = time.monotonic()
    assert refusal(series(NEVER), seconds=1) == limited.TOO_LONG
    assert time.monotonic() - begun < 3


def test_a_calendar_that_takes_too_much_memory_is_given_up() -> None:
    assert refusal(series(every_second())) in {child.TOO_MUCH, limited.TOO_LONG}


# What a child may die of -> what is said.
ENDINGS = [
    (-9, b"", limited.TOO_LONG),
    (-24, b"", limited.TOO_LONG),
    (child.OUT_OF_MEMORY, b"", child.TOO_MUCH),
    (1, b"", child.NOT_UNDERSTOOD),
    (0, b"", child.NOT_UNDERSTOOD),
    (0, b'{"busy"', child.NOT_UNDERSTOOD),
]


@pytest.mark.parametrize(("code", "out", "sentence"), ENDINGS)
def test_a_child_that_dies_is_a_refusal(code: int, out: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        limited._answer(code, out)
    assert refused.value.sentence == sentence


def test_a_fault_of_a_library_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*args: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(child, "busy_times", breaks)
    monkeypatch.setattr(child, "limit", lambda: None)
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO()))
    said = json.loads(child.main(*(at.isoformat() for at in WINDOW)))
    assert said == {"refused": child.NOT_UNDERSTOOD}


def test_the_child_sees_no_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def run(command: list[str], **more: Any) -> Any:
        seen.update(more["env"])
        return subprocess.CompletedProcess(command, 0, b'{"busy": []}')

    monkeypatch.setenv("SECRET_KEY", "canary")
    monkeypatch.setattr(subprocess, "run", run)
    assert busy_in_child(OUTLOOK, WINDOW) == []
    assert "canary" not in repr(seen)


def test_the_child_knows_no_django() -> None:
    code = "import sys, wellbeing.busy_fetch.child as c; print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=settings.BASE_DIR, check=True
    )
    assert done.stdout.strip() == b"False"


def printed(file: Path, *, first: str = "2026-03-23", weeks: str = "2") -> Any:
    out = StringIO()
    call_command("read_busy", str(file), "--from", first, "--weeks", weeks, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.ics"
    path.write_bytes(OUTLOOK)
    return path


def test_read_busy_prints_utc_pairs_within_the_weeks(file: Path) -> None:
    assert printed(file) == [
        ["2026-03-24T09:30:00Z", "2026-03-24T10:30:00Z"],
        ["2026-04-01T13:00:00Z", "2026-04-01T13:30:00Z"],
    ]
    assert printed(file, first="2026-10-24", weeks="1") == [
        ["2026-10-24T00:00:00Z", "2026-10-26T00:00:00Z"]
    ]


def test_read_busy_begins_at_midnight_utc(file: Path) -> None:
    file.write_bytes(calendar(event(f"DTSTART;{LONDON}:20260907T003000\nDURATION:PT90M")))
    assert printed(file, first="2026-09-07", weeks="1") == [
        ["2026-09-07T00:00:00Z", "2026-09-07T01:00:00Z"]
    ]


def test_read_busy_says_why_a_calendar_is_refused(file: Path) -> None:
    file.write_bytes(series("FREQ=MINUTELY"))
    for path, why in ((file, "every second or minute."), (file / "no", "cannot be read")):
        err = StringIO()
        with pytest.raises(SystemExit) as stop:
            call_command(
                "read_busy", str(path), "--from", "2026-09-07", "--weeks", "1", stderr=err
            )
        assert stop.value.code == 1
        assert why in err.getvalue()
        assert len(err.getvalue().splitlines()) == 1


WRONG = [
    [],
    ["--from", "2026-09-07"],
    ["--weeks", "1"],
    ["--from", "7 September", "--weeks", "1"],
    ["--from", "2026-02-30", "--weeks", "1"],
    *(
        ["--from", "2026-09-07", "--weeks", n]
        for n in ("0", "-1", "1.5", "105", "one", "٣", "")
    ),
]


@pytest.mark.parametrize("options", WRONG)
def test_read_busy_used_wrongly(file: Path, options: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("read_busy", str(file), *options)
