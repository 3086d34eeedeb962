"""The front-end files: fetched without Node, refused when they are not what the lock names."""

import base64
import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from csp.constants import SELF
from django.conf import settings
from django.core.management import call_command

from wellbeing import assets, checks
from wellbeing.assets import PACKAGES, AssetsFault, registry

ROOT = Path(__file__).resolve().parent.parent.parent
CSS = "@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff2)}a{font-family:GDS Transport,arial,sans-serif;color:#1d70b8}/*# sourceMappingURL=a.css.map */"
OURS = "a{font-family:Arial,Helvetica,sans-serif;color:#12436d}"


@dataclass
class Registry:
    """An npm registry on this machine: what it holds, and what it was asked for."""

    archives: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    status: int = 200
    # What is sent in place of an answer, however wrong.
    instead: bytes = b""
    address: str = ""


@pytest.fixture
def npm(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Registry]:
    held = Registry()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            held.asked.append(self.path)
            if held.instead:
                self.wfile.write(held.instead)
                return
            archive = held.archives.get(self.path)
            self.send_response(held.status if archive or held.status != 200 else 404)
            self.end_headers()
            self.wfile.write(archive or b"")

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    held.address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", held.address)
    monkeypatch.setenv("NPM_CONFIG_USERCONFIG", str(tmp_path / "none"))
    monkeypatch.setattr(registry.time, "sleep", lambda seconds: None)
    yield held
    server.shutdown()
    server.server_close()


def packed(files: dict[str, str]) -> bytes:
    """A package's archive, as npm packs it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return out.getvalue()


def publish(npm: Registry, tmp_path: Path, css: str = CSS) -> Path:
    """Puts both packages into the registry, with files nobody asked for; returns their lock."""
    locked = {}
    for package in PACKAGES:
        texts = {package.root + name: f"/* {name} */" for name in package.files}
        texts |= {package.root + n: css for n in package.files if n.endswith(".css")}
        texts |= {
            package.root + "assets/fonts/a.woff2": "",
            "package/../../out": "",
            "package/x": "",
        }
        archive = packed(texts)
        base = package.name.rpartition("/")[2]
        npm.archives[f"/{package.name}/-/{base}-1.2.3.tgz"] = archive
        digest = base64.b64encode(hashlib.sha512(archive).digest()).decode()
        locked[f"node_modules/{package.name}"] = {
            "version": "1.2.3",
            "integrity": f"sha512-{digest}",
        }
    lock = tmp_path / "package-lock.json"
    lock.write_text(json.dumps({"packages": locked}))
    return lock


def test_named_files_alone_are_unpacked_and_made_ours(npm: Registry, tmp_path: Path) -> None:
    target = tmp_path / "static" / "vendor"
    assert assets.fetch(target, publish(npm, tmp_path)) is True
    found = {str(p.relative_to(target)) for p in target.rglob("*") if p.is_file()}
    wanted = {
        f"{package.folder}/{name.removeprefix('assets/')}"
        for package in PACKAGES
        for name in package.files
    }
    assert found == wanted | {assets.STAMP}
    assert (target / "govuk" / "govuk-frontend.min.css").read_text() == OURS
    assert [p.name for p in target.parent.iterdir()] == ["vendor"]


def test_a_second_run_asks_the_registry_nothing(npm: Registry, tmp_path: Path) -> None:
    target, lock = tmp_path / "vendor", publish(npm, tmp_path)
    assets.fetch(target, lock)
    npm.asked.clear()
    assert assets.fetch(target, lock) is False
    assert npm.asked == []


def test_a_changed_lock_is_fetched_again(npm: Registry, tmp_path: Path) -> None:
    target, lock = tmp_path / "vendor", publish(npm, tmp_path)
    assets.fetch(target, lock)
    lock.write_text(lock.read_text() + "\n")
    assert not assets.are_current(target, lock)
    assert assets.fetch(target, lock) is True


def test_another_digest_is_refused_and_the_old_files_stay(
    npm: Registry, tmp_path: Path
) -> None:
    target, lock = tmp_path / "vendor", publish(npm, tmp_path)
    assets.fetch(target, lock)
    before = {p: p.read_bytes() for p in target.rglob("*") if p.is_file()}
    lock.write_text(lock.read_text().replace("sha512-", "sha512-A"))
    with pytest.raises(AssetsFault, match="sha512 differs"):
        assets.fetch(target, lock)
    assert {p: p.read_bytes() for p in target.rglob("*") if p.is_file()} == before


def test_a_registry_at_fault_is_asked_three_times_and_named(
    npm: Registry, tmp_path: Path
) -> None:
    target, lock = tmp_path / "vendor", publish(npm, tmp_path)
    (target / "govuk").mkdir(parents=True)
    npm.status = 503
    with pytest.raises(AssetsFault, match=r"Could not fetch govuk-frontend 1\.2\.3 .* 503"):
        assets.fetch(target, lock)
    assert npm.asked == ["/govuk-frontend/-/govuk-frontend-1.2.3.tgz"] * 3
    assert sorted(p.name for p in tmp_path.iterdir()) == ["package-lock.json", "vendor"]
    assert (target / "govuk").is_dir()


@pytest.mark.parametrize(
    ("instead", "what"),
    [
        (b"HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "it ended 5 bytes too soon"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf", "IncompleteRead"),
        (b"hello\r\n\r\n", "hello"),
    ],
)
def test_a_broken_answer_is_asked_for_again_and_named(
    instead: bytes, what: str, npm: Registry, tmp_path: Path
) -> None:
    lock = publish(npm, tmp_path)
    npm.instead = instead
    with pytest.raises(AssetsFault, match=f"Could not fetch .*{what}"):
        assets.fetch(tmp_path / "vendor", lock)
    assert len(npm.asked) == 3
    assert not (tmp_path / "vendor").exists()


def test_a_refusal_is_not_asked_again(npm: Registry, tmp_path: Path) -> None:
    lock = publish(npm, tmp_path)
    npm.status = 401
    with pytest.raises(AssetsFault, match="401"):
        assets.fetch(tmp_path / "vendor", lock)
    assert len(npm.asked) == 1


def test_a_dead_registry_is_a_clear_error(
    npm: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = publish(npm, tmp_path)
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "http://127.0.0.1:9")
    with pytest.raises(AssetsFault, match=r"Could not fetch .* set NPM_CONFIG_REGISTRY"):
        assets.fetch(tmp_path / "vendor", lock)
    assert not (tmp_path / "vendor").exists()


def test_a_lock_without_the_package_is_a_clear_error(npm: Registry, tmp_path: Path) -> None:
    lock = tmp_path / "package-lock.json"
    lock.write_text('{"packages": {}}')
    with pytest.raises(AssetsFault, match="does not name govuk-frontend"):
        assets.fetch(tmp_path / "vendor", lock)


def test_a_package_without_a_named_file_is_a_clear_error(npm: Registry, tmp_path: Path) -> None:
    lock = publish(npm, tmp_path)
    archive = packed({"package/dist/govuk/govuk-frontend.min.css": "a{}"})
    npm.archives["/govuk-frontend/-/govuk-frontend-1.2.3.tgz"] = archive
    digest = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    locked = json.loads(lock.read_text())
    locked["packages"]["node_modules/govuk-frontend"]["integrity"] = f"sha512-{digest}"
    lock.write_text(json.dumps(locked))
    with pytest.raises(AssetsFault, match=r"has no file govuk-frontend\.min\.js"):
        assets.fetch(tmp_path / "vendor", lock)


def test_the_lock_names_exact_versions_with_digests_and_no_registry() -> None:
    locked = json.loads(assets.LOCK.read_text())["packages"]
    asked = json.loads((assets.LOCK.parent / "package.json").read_text())["dependencies"]
    assert asked == {p.name: locked[f"node_modules/{p.name}"]["version"] for p in PACKAGES}
    assert [name for name, entry in locked.items() if "resolved" in entry] == []
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in asked.values())


def test_missing_files_are_a_warning_and_where_it_is_deployed_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found, deployed = [], []
    for there, current in ((False, False), (True, False), (True, True)):
        monkeypatch.setattr(assets, "are_there", lambda there=there: there)
        monkeypatch.setattr(assets, "are_current", lambda current=current: current)
        found.append([(m.id, m.hint) for m in checks.front_end_files()])
        deployed.append([(m.id, m.hint) for m in checks.front_end_files_deployed()])
    hint = "Run manage.py fetch_assets."
    assert found == [[("wellbeing.W003", hint)], [("wellbeing.W001", hint)], []]
    assert deployed == [[("wellbeing.E003", hint)], [], []]


def test_the_command_says_what_went_wrong_and_exits_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> bool:
        raise AssetsFault("No network. Nothing was changed.")

    monkeypatch.setattr("wellbeing.assets.__main__.fetch", fail)
    with pytest.raises(SystemExit) as exit_:
        call_command("fetch_assets")
    assert exit_.value.code == 1
    assert capsys.readouterr().err == "No network. Nothing was changed.\n"


def test_the_policy_allows_the_one_inline_script_by_its_digest() -> None:
    page = (settings.BASE_DIR / "templates" / "base.html").read_text()
    (script,) = re.findall(r"<script>(.*?)</script>", page)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["script-src"] == [SELF, f"'sha256-{digest}'"]
    assert directives["style-src"] == [SELF]


@pytest.mark.skipif(not assets.are_there(), reason="run manage.py fetch_assets")
def test_the_served_modules_import_each_other_by_hashed_names(
    settings: Any, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    backend = "wellbeing.static_storage.ModuleManifestStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    call_command("collectstatic", interactive=False, verbosity=0)
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    init = (tmp_path / names["wellbeing/init.js"]).read_text()
    imported = re.findall(r'from "\.\./(vendor/[^"]+)"', init)
    assert imported == [
        names["vendor/govuk/govuk-frontend.min.js"],
        names["vendor/moj/moj-frontend.min.js"],
    ]
