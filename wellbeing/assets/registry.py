"""The npm registry: where it is, and a package's archive from it. Standard library only."""

import base64
import hashlib
import os
import time
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from .fault import AssetsFault

TRIES = 3
TIMEOUT_SECONDS = 30
LARGEST_BYTES = 40 * 1024 * 1024
# npm's own default. In parts, so that a search for registries finds what was put there by mistake.
DEFAULT = "https://{}.{}.org".format("registry", "npmjs")
PROJECT = Path(__file__).resolve().parent.parent.parent


def registry_of(name: str) -> str:
    """The registry's address for a package, without a slash at its end.

    NPM_CONFIG_REGISTRY goes before the .npmrc of the project, that before the user's, that
    before npm's default; a registry for the package's scope goes before all of them.
    """
    files = [PROJECT / ".npmrc", Path(os.environ.get("NPM_CONFIG_USERCONFIG", "~/.npmrc"))]
    settings = [_settings(file.expanduser()) for file in files]
    scope = f"{name.partition('/')[0]}:registry"
    found = [given[scope] for given in settings if scope in given]
    found += [os.environ.get("NPM_CONFIG_REGISTRY", "")]
    found += [given.get("registry", "") for given in settings]
    return next(filter(None, found), DEFAULT).rstrip("/")


def _settings(npmrc: Path) -> dict[str, str]:
    """The `name=value` lines of an .npmrc; `${NAME}` stands for a variable of the environment."""
    if not npmrc.is_file():
        return {}
    lines = npmrc.read_text(errors="replace").splitlines()
    pairs = (line.partition("=") for line in lines if not line.lstrip().startswith(("#", ";")))
    return {
        name.strip(): os.path.expandvars(value.strip().strip("\"'"))
        for name, equals, value in pairs
        if equals
    }


def download(name: str, version: str, integrity: str) -> bytes:
    """The package's archive; AssetsFault where it cannot be had or has another sha512."""
    file = f"{name.rpartition('/')[2]}-{version}.tgz"
    address = f"{registry_of(name)}/{quote(name, safe='@/')}/-/{file}"
    archive = _tried(address, f"{name} {version}")
    digest = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if digest not in integrity.split():
        raise AssetsFault(
            f"What the npm registry sent for {name} {version} is not what package-lock.json"
            " names: its sha512 differs. Nothing was changed."
        )
    return archive


def _tried(address: str, what: str) -> bytes:
    fault: Exception | None = None
    for attempt in range(TRIES):
        time.sleep(attempt)
        try:
            with urlopen(Request(address), timeout=TIMEOUT_SECONDS) as answer:
                return _whole(answer)
        except (OSError, ValueError, HTTPException) as error:
            fault = error
            if isinstance(error, HTTPError) and error.code < 500:
                break  # it answered: asking again changes nothing
    raise AssetsFault(
        f"Could not fetch {what} from the npm registry ({fault}). Nothing was changed."
        " Check the network, or set NPM_CONFIG_REGISTRY to a registry you can reach."
    )


def _whole(answer: HTTPResponse) -> bytes:
    """The body; OSError where it is cut short, which asking again may mend."""
    body = answer.read(LARGEST_BYTES)
    if answer.length:
        raise OSError(f"it ended {answer.length} bytes too soon")
    return body
