"""Series against a slow, obvious reader that looks at every day, and against another library."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.busy_elsewhere import busy_elsewhere
from tests.domain.busy_files import calendar, event
from wellbeing.domain.busy import busy_times, merged, window_of

DAY = timedelta(days=1)
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
WINDOW = window_of(date(2026, 3, 2), 40)

worlds = st.fixed_dictionaries(
    {
        "zone": st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "UTC"]),
        "first": st.dates(date(2025, 9, 1), date(2026, 11, 30)),
        # Not in the night: which of two equal hours is meant has tests of its own.
        "hour": st.integers(4, 23),
        "minutes": st.sampled_from([15, 60, 600, 2000]),
        "by": st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
        "interval": st.integers(1, 4),
        "days": st.sets(st.integers(0, 6), min_size=1),
        "last": st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 31)),
        "left_out": st.sets(st.integers(0, 12), max_size=3),
        "moved": st.dictionaries(st.integers(0, 12), st.integers(-40, 40), max_size=3),
        "cancelled": st.sets(st.integers(0, 12), max_size=2),
        "from_here": st.none() | st.tuples(st.integers(1, 12), st.integers(-3, 3)),
    }
)


def days_of(world: Any) -> list[date]:
    """The days of the rule, found by asking every day."""
    first, last = world["first"], world["last"] or date(2027, 2, 1)
    monday = first - timedelta(days=first.weekday())
    months = 12 * first.year + first.month
    asked = {
        "DAILY": lambda d: (d - first).days % world["interval"] == 0,
        "WEEKLY": lambda d: (
            d.weekday() in world["days"] | {first.weekday()}
            and (d - monday).days // 7 % world["interval"] == 0
        ),
        "MONTHLY": lambda d: (
            d.day == first.day and (12 * d.year + d.month - months) % world["interval"] == 0
        ),
    }[world["by"]]
    return [d for n in range((last - first).days + 1) if asked(d := first + n * DAY)]


def on(world: Any, day: date, hours: int = 0) -> datetime:
    return datetime.combine(day, time(world["hour"]), ZoneInfo(world["zone"])) + timedelta(
        hours=hours
    )


def slowly(world: Any) -> list[tuple[datetime, datetime]]:
    """What is busy, occurrence by occurrence."""
    length, spans = timedelta(minutes=world["minutes"]), []
    for n, day in enumerate(days_of(world)):
        at = on(world, day)
        turn = world["from_here"]
        if n in world["left_out"] or n in world["cancelled"]:
            continue
        if n in world["moved"]:
            at += timedelta(hours=world["moved"][n])
        elif turn and n >= turn[0] and turn_is_said(world):
            at += timedelta(hours=turn[1])
        start = at.astimezone(UTC)
        spans.append((start, start + length))
    cut = [(max(a, WINDOW[0]), min(b, WINDOW[1])) for a, b in spans]
    return merged((a, b) for a, b in cut if a < b)


def turn_is_said(world: Any) -> bool:
    """Whether the change of all that follow could be written: its occurrence is there."""
    turn = world["from_here"]
    said = set(world["left_out"]) | set(world["cancelled"]) | set(world["moved"])
    return bool(turn) and turn[0] < len(days_of(world)) and turn[0] not in said


def written(world: Any) -> bytes:
    """The same as a calendar."""
    zone, days = world["zone"], days_of(world)

    def wall(day: date, hours: int = 0) -> str:
        return f";TZID={zone}:{on(world, day, hours):%Y%m%dT%H%M%S}"

    rule = [f"FREQ={world['by']}", f"INTERVAL={world['interval']}"]
    if world["by"] == "WEEKLY":
        rule += ["BYDAY=" + ",".join(DAYS[d] for d in world["days"] | {days_first(world)})]
    rule += [f"UNTIL={world['last']:%Y%m%d}T235959Z"] if world["last"] else []
    lasts = f"DURATION:PT{world['minutes']}M"
    series = event(
        f"DTSTART{wall(world['first'])}",
        lasts,
        f"RRULE:{';'.join(rule)}",
        *(f"EXDATE{wall(days[n])}" for n in world["left_out"] if n < len(days)),
    )
    return calendar(series, *changes(world, wall, lasts))


def days_first(world: Any) -> int:
    return world["first"].weekday()


def changes(world: Any, wall: Any, lasts: str) -> list[str]:
    """The changed occurrences; what is left out cannot be changed."""
    days, found = days_of(world), []
    for n in sorted(set(world["moved"]) | set(world["cancelled"])):
        if n >= len(days) or n in world["left_out"]:
            continue
        hours = 0 if n in world["cancelled"] else world["moved"][n]
        status = "CANCELLED" if n in world["cancelled"] else "CONFIRMED"
        start = f"DTSTART{wall(days[n], hours)}"
        found.append(event(f"RECURRENCE-ID{wall(days[n])}", start, lasts, f"STATUS:{status}"))
    if turn_is_said(world):
        n, hours = world["from_here"]
        this = f"RECURRENCE-ID;RANGE=THISANDFUTURE{wall(days[n])}"
        found.append(event(this, f"DTSTART{wall(days[n], hours)}", lasts))
    return found


def at_the_last_minute(world: Any) -> bool:
    """Its last day ends in another zone than the rule's UNTIL, which is in UTC, says."""
    return bool(world["last"]) and world["zone"] != "UTC"


@settings(max_examples=80, deadline=None)
@given(worlds)
def test_series_agree_with_a_slow_reader(world: Any) -> None:
    if at_the_last_minute(world):
        # 04:00 to 23:00 of a day in these zones may be another day in UTC.
        world["hour"] = min(world["hour"], 17)
        world["hour"] = max(world["hour"], 6)
    if world["first"] > (world["last"] or date.max):
        world["last"] = None
    assert busy_times(written(world), WINDOW) == slowly(world)


plain = worlds.filter(lambda w: not w["from_here"])


@settings(max_examples=40, deadline=None)
@given(plain)
def test_series_agree_with_another_library(world: Any) -> None:
    """Which knows no change of all that follow, and adds lengths on the wall clock."""
    world["minutes"] = min(world["minutes"], 60)
    data = written(world)
    assert busy_times(data, WINDOW) == busy_elsewhere(data, WINDOW)
