"""The booking bench runs, finds nothing wrong, and its control goes wrong; never how fast it is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR)


@pytest.mark.parametrize("more", [["--rounds", "3", "--processes", "4"]])
def test_nothing_is_oversold_but_by_the_control(more: list[str]) -> None:
    kind = {"sqlite": "sqlite", "postgresql": "postgres"}[connection.vendor]
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / "booking.py", "--database", kind, *more],
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "60 calls" in done.stdout
    assert (
        "oversold 0, double-booked 0, lost 0, errors 0, left empty 0, overtaken 0"
        in done.stdout
    )
    assert "order defeated, guards in place: oversold 0, double-booked 0" in done.stdout
    assert done.stdout.count("goes wrong, as it must") == 5
    assert "audit_invariants: 0 broken" in done.stdout


def test_wrong_usage_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    script = ROOT / "bench" / "booking.py"
    wrong = [sys.executable, script, "--database", "sqlite", "--processes", "1"]
    assert subprocess.run(wrong, check=False).returncode == 2
    assert "At least 2 processes" in capfd.readouterr().err
