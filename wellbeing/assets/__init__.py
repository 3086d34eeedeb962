"""Fetches the front-end files without Node: what `manage.py fetch_assets` does.

Standard library only. An ordinary package-lock.json says which versions with which
digests; named files are taken out of the packages, the style sheets made ours, and the
folder swapped in at the end.
"""

import hashlib
import io
import json
import shutil
import tarfile
from dataclasses import dataclass
from pathlib import Path

from . import registry, restyle
from .fault import AssetsFault

__all__ = ["AssetsFault", "are_current", "are_there", "fetch"]

HERE = Path(__file__).resolve().parent
LOCK = HERE.parent / "front_end" / "package-lock.json"
TARGET = HERE.parent / "static" / "vendor"
STAMP = ".made-from"


@dataclass(frozen=True, slots=True)
class Package:
    """A package: the folder its files go to, and which files of it we serve."""

    name: str
    folder: str
    root: str
    files: tuple[str, ...]


PACKAGES = (
    Package(
        "govuk-frontend",
        "govuk",
        "package/dist/govuk/",
        ("govuk-frontend.min.css", "govuk-frontend.min.js"),
    ),
    Package(
        "@ministryofjustice/frontend",
        "moj",
        "package/moj/",
        (
            "moj-frontend.min.css",
            "moj-frontend.min.js",
            "assets/images/icon-close-cross-black.svg",
            "assets/images/icon-document.svg",
            "assets/images/icon-progress-tick.svg",
            "assets/images/icon-tag-remove-cross-white.svg",
            "assets/images/icon-tag-remove-cross.svg",
            "assets/images/icon-toggle-plus-minus.svg",
            "assets/images/icon-wysiwyg-bold.svg",
            "assets/images/icon-wysiwyg-italic.svg",
            "assets/images/icon-wysiwyg-ordered-list.svg",
            "assets/images/icon-wysiwyg-underline.svg",
            "assets/images/icon-wysiwyg-unordered-list.svg",
        ),
    ),
)


def are_there(target: Path = TARGET) -> bool:
    """True where some version of the files is in place."""
    return (target / STAMP).is_file()


def are_current(target: Path = TARGET, lock: Path = LOCK) -> bool:
    """True where the files are those that the lock and this code would make."""
    return are_there(target) and (target / STAMP).read_text() == _made_from(lock)


def _made_from(lock: Path) -> str:
    digest = hashlib.sha256(lock.read_bytes())
    for module in sorted(HERE.glob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()


def fetch(target: Path = TARGET, lock: Path = LOCK) -> bool:
    """Puts the files in place; False where they were there. AssetsFault: nothing changed."""
    if are_current(target, lock):
        return False
    fresh = target.with_name(f"{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for package in PACKAGES:
            version, integrity = _locked(lock, package.name)
            archive = registry.download(package.name, version, integrity)
            _unpack(package, archive, fresh / package.folder)
        (fresh / STAMP).write_text(_made_from(lock))
        _swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return True


def _locked(lock: Path, name: str) -> tuple[str, str]:
    """A package's version and sha512, as the lock has them."""
    try:
        entry = json.loads(lock.read_text())["packages"][f"node_modules/{name}"]
        return entry["version"], entry["integrity"]
    except (KeyError, ValueError) as error:
        raise AssetsFault(f"{lock.name} does not name {name} with its digest.") from error


def _unpack(package: Package, archive: bytes, folder: Path) -> None:
    """Writes the named files and no others, whatever the archive holds."""
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as members:
        for name in package.files:
            path = folder / name.removeprefix("assets/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_ours(name, _read(members, package, name)))


def _read(members: tarfile.TarFile, package: Package, name: str) -> bytes:
    try:
        member = members.extractfile(package.root + name)
    except KeyError:
        member = None
    if member is None:
        raise AssetsFault(f"{package.name} has no file {name}. Nothing was changed.")
    return member.read()


def _ours(name: str, content: bytes) -> bytes:
    if name.endswith(".css"):
        return restyle.style_sheet(name, content.decode()).encode()
    if name.endswith(".js"):
        return restyle.script(name, content.decode()).encode()
    return content


def _swap(fresh: Path, target: Path) -> None:
    """The old files stay until the new ones are whole."""
    old = target.with_name(f"{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)
