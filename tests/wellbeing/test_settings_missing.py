"""An installation that lacks a setting is told which, in a line, whatever is asked of it."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.parametrize("command", ["makemigrations", "migrate", "check", "coverage", "work"])
def test_missing_setting_is_a_sentence_and_no_traceback(command: str) -> None:
    """With nothing in the environment but where programs are."""
    done = subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=60,
    )
    words = "The settings are not complete: Set SECRET_KEY (or DEMO=1 for the demonstration)."
    assert (done.returncode, done.stdout, done.stderr.strip()) == (1, "", words)


def test_an_empty_address_of_the_database_is_none() -> None:
    """A cron line whose variable is empty gets the default database, and no traceback."""
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DEMO": "1", "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
