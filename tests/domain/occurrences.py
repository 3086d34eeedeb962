"""How often the rules' edges occurred in the invented worlds, and so were really compared."""

from collections import Counter
from datetime import date, timedelta

from .slow_cover import Slow
from .worlds import Row, World

SIZES = (1, 2, 4, 5)


def occurrences(world: World) -> Counter[str]:
    """Of supervision; each is counted as often as it can change an answer."""
    slow = Slow(world, "supervision")
    attended = [s for s in slow.sessions if s["outcome"] == "attended"]
    seen: Counter[str] = Counter()
    seen["breaks of service"] = sum(_breaks(world, number) for number in world.numbers)
    seen["open absences"] = sum(row["end"] is None for row in world.absences)
    seen["lapsed registrations"] = sum(_lapsed(slow, s) for s in attended)
    seen["chains of two and more"] = sum(_levels(slow, s) >= 2 for s in attended)
    sizes = Counter((s["host"], s["date"], s["start"]) for s in attended)
    for size in SIZES:
        seen[f"groups of {size}"] = list(sizes.values()).count(size)
    return seen


def _breaks(world: World, number: str) -> int:
    rows = [r for r in world.people if r["staff_number"] == number]
    return sum(
        later["posting_start"] > earlier["posting_end"] + timedelta(days=1)
        for earlier, later in zip(rows, rows[1:], strict=False)
    )


def _lapsed(slow: Slow, session: Row) -> bool:
    """The host had been registered, or indemnified, and is so no longer that day."""
    on = session["date"]
    return not slow.registered(session["host"], on) and any(
        slow.registered(session["host"], day) for day in _last_days(slow, session["host"], on)
    )


def _last_days(slow: Slow, host: str, on: date) -> list[date]:
    rows = [r for r in slow.world.supervisors if r["email"] == host]
    ends = [r[name] for r in rows for name in ("registered_to", "indemnity_to")]
    return [end for end in ends if end is not None and end < on]


def _levels(slow: Slow, session: Row) -> int:
    """How far above the person the host stood that day; 0 where not in their chain."""
    chain = slow.chain(session["staff_number"], session["date"])
    host = slow.emails.get(session["host"])
    return chain.index(host) + 1 if host in chain else 0
