"""Busy times by another library's expansion: `ical`, which shares no code with ours but dateutil."""

from datetime import UTC, date, datetime, time

from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from wellbeing.domain.busy import merged
from wellbeing.domain.busy_events import Span
from wellbeing.domain.local_time import LONDON


def busy_elsewhere(data: bytes, window: Span) -> list[Span]:
    """It adds lengths on the wall clock, so nothing may last into a change of the clock."""
    calendar = IcsCalendarStream.calendar_from_ics(data.decode())
    found = calendar.timeline_tz(LONDON).overlapping(*window)
    spans = [(_instant(e.start), _instant(e.end)) for e in found if _takes_time(e)]
    cut = [(max(a, window[0]), min(b, window[1])) for a, b in spans]
    return merged((a, b) for a, b in cut if a < b)


def _takes_time(event: Event) -> bool:
    extras = {extra.name: extra.value for extra in event.extras}
    return (
        event.transparency != "TRANSPARENT"
        and event.status != "CANCELLED"
        and extras.get("x-microsoft-cdo-busystatus") != "FREE"
    )


def _instant(moment: datetime | date) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), LONDON)
    return moment.astimezone(UTC)
