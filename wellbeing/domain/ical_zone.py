"""Europe/London as a VTIMEZONE of our own (RFC 5545 §3.6.5): two yearly rules."""

from datetime import datetime, timedelta
from functools import cache

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard


@cache
def london() -> bytes:
    """Outlook reads one rule of each kind and no RDATEs, which the library would write."""
    zone = Timezone()
    zone.add("tzid", "Europe/London")
    hour = timedelta(hours=1)
    summer = (
        TimezoneDaylight(),
        datetime(1981, 3, 29, 1),  # noqa: DTZ001 -- a rule's local time has no zone
        3,
        timedelta(0),
        hour,
        "BST",
    )
    winter = (
        TimezoneStandard(),
        datetime(1996, 10, 27, 2),  # noqa: DTZ001 -- a rule's local time has no zone
        10,
        hour,
        timedelta(0),
        "GMT",
    )
    for rule, start, month, before, after, label in (summer, winter):
        rule.add("dtstart", start)
        rule.add("rrule", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        rule.add("tzoffsetfrom", before)
        rule.add("tzoffsetto", after)
        rule.add("tzname", label)
        zone.add_component(rule)
    return zone.to_ical()
