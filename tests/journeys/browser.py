"""Where the browser is. Run as a module, it says how to get one and exits 1 where there is none."""

import os
import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
HOW = "JOURNEYS SKIPPED: no browser found. Install chromium (Debian, Ubuntu: apt-get install chromium), or set CHROMIUM to its path."


def browser_path() -> str | None:
    """Where the browser is: CHROMIUM, the usual names, or macOS's applications."""
    given = os.environ.get("CHROMIUM")
    found = [shutil.which(n) for n in ((given,) if given else NAMES)]
    found += [str(MAC)] if MAC.exists() and not given else []
    return next((f for f in found if f), None)


if __name__ == "__main__" and browser_path() is None:
    sys.exit(HOW)
