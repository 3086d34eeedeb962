"""What no text of the project may name: a place on somebody's machine, or who delivers packages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FOLDERS = (".ci", "bench", "docs", "script", "supervision", "templates", "tests", "wellbeing")
# Fetched or made, never committed.
NOT_OURS = {"vendor", "__pycache__", "screenshots"}
# In pieces, so that this file does not find itself.
HOSTS = ["npm" + "js.", "yarn" + "pkg", "py" + "pi.org", "python" + "hosted"]
PLACES = ["work", "tmp", "root", "home", "Users", "opt"]
FORBIDDEN = {
    "a package registry": re.compile("|".join(map(re.escape, HOSTS)), re.IGNORECASE),
    # At the start of a path: `docs/work/` is a folder of ours, `"/" + "work"` a machine's.
    "a machine's path": re.compile(rf"(?<![\w.>}}-])/(?:{'|'.join(PLACES)})/(?!/)"),
}


def texts() -> Iterator[tuple[str, str]]:
    """Every text file of ours, as path and content."""
    inner = (p for folder in FOLDERS for p in sorted((ROOT / folder).rglob("*")))
    for path in [*sorted(ROOT.glob("*.*")), ROOT / ".gitignore", *inner]:
        if path.is_file() and not NOT_OURS & set(path.relative_to(ROOT).parts):
            try:
                yield path.relative_to(ROOT).as_posix(), path.read_text()
            except UnicodeDecodeError:
                continue  # a picture, or bytes that a test of importers needs


def named(text: str) -> list[str]:
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]


def test_no_text_names_a_registry_or_a_place_on_a_machine() -> None:
    found = dict(texts())
    assert len(found) > 200
    assert {"README.md", ".ci/run", "requirements.lock", "script/test"} <= found.keys()
    assert {path: named(text) for path, text in found.items() if named(text)} == {}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"registry=https://registry.{HOSTS[0]}org", ["a package registry"]),
        (f"https://files.{HOSTS[3]}.org/x.whl", ["a package registry"]),
        ("cd /" + "tmp/x", ["a machine's path"]),
        ("see `/" + "home/someone/notes`", ["a machine's path"]),
        ("(/" + "work/main)", ["a machine's path"]),
        ("templates/work/x.html", []),
        ("https://service.example/home/", []),
        ("/opt" + "-out", []),
    ],
)
def test_planted_name_is_caught(text: str, what: list[str]) -> None:
    assert named(text) == what
