"""What a TZID means: a zone of the world, Windows' name of one, or what the file itself says.

The library reads a TZID that it does not know as if there were none; here it is refused.
"""

import re
from datetime import tzinfo
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from .busy_file import Part
from .busy_own_zones import described
from .ical import clean
from .refusals import Refused

# Not a path, and not a zone that says where this machine stands.
NAME = re.compile(r"(?!posix|right|localtime|Factory)[A-Za-z][\w+-]*(/[\w+-]+){0,2}", re.ASCII)
WINDOWS = {name.lower(): zone for name, zone in WINDOWS_TO_OLSON.items()} | {
    # What Exchange writes where nothing else is set.
    "tzone://microsoft/utc": "UTC",
}


class Zones:
    """The zones of one VCALENDAR, looked up by TZID; each is worked out when first asked for."""

    def __init__(self, calendar: Part) -> None:
        self._described = {_tzid(part): part for part in calendar.walk("VTIMEZONE")}
        self._found: dict[str, tzinfo] = {}

    def __call__(self, tzid: str) -> tzinfo:
        """The zone of that name. Refused where nobody knows it."""
        tzid = tzid.replace("\\", "").strip()
        if tzid not in self._found:
            self._found[tzid] = self._find(tzid)
        return self._found[tzid]

    def _find(self, tzid: str) -> tzinfo:
        name = tzid.strip("/")
        zone = _of_the_world(name) or _of_the_world(WINDOWS.get(name.lower(), ""))
        if zone is None and tzid in self._described:
            return described(self._described[tzid])
        if zone is None and tzid.startswith("/"):
            # `/vendor/2007/Europe/London`: the longest end that is a name (RFC 5545 §3.2.19).
            ends = (name.split("/", n)[-1] for n in range(1, name.count("/") + 1))
            zone = next(filter(None, map(_of_the_world, ends)), None)
        if zone is None:
            shown = clean(tzid)[:60]
            raise Refused(f"The calendar uses a time zone that nobody knows: “{shown}”.")
        return zone


def _tzid(part: Part) -> str:
    line = part.first("TZID")
    return line.value.replace("\\", "").strip() if line else ""


def _of_the_world(name: str) -> tzinfo | None:
    if not NAME.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
