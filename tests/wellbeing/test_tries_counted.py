"""Tries at signing in are counted by all processes of the service together."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from wellbeing import settings as project_settings
from wellbeing.checks import tries_are_counted

COUNT = """
import django
django.setup()
from django.core.cache import cache
print(cache.get_or_set("tries", 0) + 1)
cache.set("tries", cache.get("tries") + 1)
"""


def in_a_process_of_its_own(folder: Path) -> str:
    env = {**os.environ, "DEMO": "1", "CACHE_FOLDER": str(folder)}
    env["DJANGO_SETTINGS_MODULE"] = "wellbeing.settings"
    done = subprocess.run(
        [sys.executable, "-c", COUNT],
        env=env,
        cwd=project_settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_one_process_goes_on_where_the_other_counted(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    assert [in_a_process_of_its_own(folder) for _ in range(3)] == ["1", "2", "3"]
    assert folder.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_an_error_of_the_check(
    settings: Any, tmp_path: Path
) -> None:
    assert tries_are_counted() == []
    (tmp_path / "file").write_text("")
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": tmp_path / "file" / "cache",
        }
    }
    assert [fault.id for fault in tries_are_counted()] == ["wellbeing.E004"]
