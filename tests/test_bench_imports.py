"""The import bench runs and finds no invariant broken; never how fast it is."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

BENCH = Path(settings.BASE_DIR) / "bench"
ENGINE = {"sqlite": "sqlite", "postgresql": "postgres"}


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_every_file_is_taken_in_beside_a_raw_load() -> None:
    kind = ENGINE[connection.vendor]
    done = run(BENCH / "imports.py", "--database", kind, "--people", "100", "110")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    *lines, growth = done.stdout.splitlines()
    assert re.fullmatch(
        r"sessions of \S+ and \S+ MB: the file \S+ times"
        r"(; (first|again): peak \d+ to \d+ MB \(\S+ times, \S+ MB for each of the file\)){2}",
        growth,
    )
    assert len(lines) % 2 == 0
    for half in (lines[: len(lines) // 2], lines[len(lines) // 2 :]):
        check_lines(half)


def check_lines(lines: list[str]) -> None:
    first = [line[:16].strip() for line in lines[:-1]]
    kinds = ["people", "supervisors", "absences", "policy", "sessions"]
    assert first == [
        *(name for k in kinds for name in (f"{k}, raw", k)),
        "sessions again",
        "invariants",
    ]
    assert "Nothing to change" in lines[-3]
    assert lines[-2].endswith("All invariants hold.")


@pytest.mark.parametrize(
    "words",
    [
        ["imports.py", "--database", "sqlite", "--people", "9"],
        ["generate.py", "x", "--years", "0"],
    ],
)
def test_wrong_usage_is_said(words: list[str]) -> None:
    done = run(BENCH / words[0], *words[1:])
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("At least 100 people")
