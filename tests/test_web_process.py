"""What every web process holds: no library of many megabytes that one page in a hundred needs."""

import subprocess
import sys

import pytest
from django.conf import settings

HEAVY = ("openpyxl", "ortools", "numpy")
LOADED = "import sys; print([m for m in {heavy!r} if m in sys.modules])"
SERVES = """
import django; django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
"""


def loaded(code: str) -> str:
    """Which heavy libraries a fresh process holds after it has run the code."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{LOADED.format(heavy=HEAVY)}"],
        cwd=settings.BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "wellbeing.settings", "DEMO": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_no_page_brings_a_heavy_library_before_it_is_asked_for() -> None:
    assert loaded(SERVES) == "[]"


@pytest.mark.parametrize(
    ("module", "found"),
    [("wellbeing.presenters.excel", "openpyxl"), ("ortools.graph.python.max_flow", "ortools")],
)
def test_a_planted_import_is_caught(module: str, found: str) -> None:
    assert found in loaded(f"{SERVES}\nimport {module}")
