"""Fetches the front-end files without Node: what `manage.py fetch_assets` does.

Standard library only. An ordinary package-lock.json says which versions with which
digests; named files are taken out of the packages, the style sheets are stripped of
what an internal service may not show (GDS Transport, the crest), and the folder is
swapped in at the end.
"""

import base64
import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

HERE = Path(__file__).resolve().parent
LOCK = HERE / "front_end" / "package-lock.json"
TARGET = HERE / "static" / "vendor"
STAMP = ".lock-digest"
TRIES = 3
TIMEOUT = 30
LARGEST = 40 * 1024 * 1024
FONTS = "Arial,Helvetica,sans-serif"
FORBIDDEN = ("GDS Transport", "govuk-crest", "/assets/", "sourceMappingURL")


class AssetsFault(Exception):
    """Why the files could not be had, in one line."""


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


def lock_digest(lock: Path = LOCK) -> str:
    """What tells one set of files from another: the lock, and this very module."""
    return hashlib.sha256(lock.read_bytes() + Path(__file__).read_bytes()).hexdigest()


def are_current(target: Path = TARGET, lock: Path = LOCK) -> bool:
    """True where the files that the lock asks for are in place."""
    stamp = target / STAMP
    return stamp.is_file() and stamp.read_text() == lock_digest(lock)


def fetch(target: Path = TARGET, lock: Path = LOCK) -> bool:
    """Puts the files in place; False where they were there. AssetsFault: nothing changed."""
    if are_current(target, lock):
        return False
    locked = json.loads(lock.read_text())["packages"]
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for package in PACKAGES:
            entry = locked[f"node_modules/{package.name}"]
            tarball = _download(package.name, entry["version"])
            _verify(package.name, tarball, entry["integrity"])
            _unpack(package, tarball, fresh / package.folder)
        (fresh / STAMP).write_text(lock_digest(lock))
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    _swap(fresh, target)
    return True


def _swap(fresh: Path, target: Path) -> None:
    old = target.with_name(target.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def registry() -> str:
    """The registry's address: the environment's, an .npmrc's, or npm's own default."""
    given = os.environ.get("NPM_CONFIG_REGISTRY")
    for folder in (HERE.parent, Path.home()):
        given = given or _from_npmrc(folder / ".npmrc")
    return (given or "https://registry.npmjs." + "org").rstrip("/")


def _from_npmrc(file: Path) -> str | None:
    if not file.is_file():
        return None
    for line in file.read_text(errors="replace").splitlines():
        name, equals, value = line.partition("=")
        if equals and name.strip() == "registry":
            return os.path.expandvars(value.strip().strip('"'))
    return None


def _download(name: str, version: str) -> bytes:
    """The tarball, at the address every npm registry keeps it; three tries."""
    base = name.rpartition("/")[2]
    address = f"{registry()}/{quote(name, safe='@/')}/-/{base}-{version}.tgz"
    fault: Exception | None = None
    for attempt in range(TRIES):
        time.sleep(attempt)
        try:
            with urlopen(Request(address), timeout=TIMEOUT) as answer:
                return bytes(answer.read(LARGEST))
        except (URLError, OSError, ValueError) as error:
            fault = error
    raise AssetsFault(
        f"Could not fetch {name} {version} from the npm registry ({fault})."
        " Check the network, or set NPM_CONFIG_REGISTRY to a registry you can reach."
    )


def _verify(name: str, tarball: bytes, integrity: str) -> None:
    digest = "sha512-" + base64.b64encode(hashlib.sha512(tarball).digest()).decode()
    if digest not in integrity.split():
        raise AssetsFault(
            f"What the registry sent for {name} is not what package-lock.json names"
            f" (its sha512 differs). Nothing was changed."
        )


def _unpack(package: Package, tarball: bytes, folder: Path) -> None:
    """Writes the named files and no others, whatever the archive holds."""
    with tarfile.open(fileobj=io.BytesIO(tarball), mode="r:gz") as archive:
        for name in package.files:
            try:
                member = archive.extractfile(package.root + name)
            except KeyError:
                member = None
            if member is None:
                raise AssetsFault(f"{package.name} holds no file {name}.")
            path = folder / name.removeprefix("assets/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_ours(name, member.read()))


def _ours(name: str, content: bytes) -> bytes:
    """Arial, no fonts or crest, addresses within our folder; a leftover is a fault."""
    if not name.endswith((".css", ".js")):
        return content
    text = re.sub(
        r"(/\*# |//# )sourceMappingURL=\S+?(?=\*/|\s|$)(\s*\*/)?", "", content.decode()
    )
    if name.endswith(".css"):
        text = re.sub(r"@font-face\{[^}]*\}", "", text)
        text = re.sub(r"GDS Transport,arial,sans-serif", FONTS, text)
        text = re.sub(r"[a-z-]+:url\(/assets/images/govuk-crest\.svg\)[^;}]*;?", "", text)
        text = text.replace("url(/assets/images/", "url(images/")
    # The scripts name "/assets/" for nothing that we use; only style sheets load by it.
    for leftover in FORBIDDEN:
        if leftover in text and not (leftover == "/assets/" and name.endswith(".js")):
            raise AssetsFault(f"{name} still has {leftover!r}: a new version changed its form.")
    return text.encode()
