"""Availability ahead as JSON or as a table for a terminal (contracts.md, Reports out)."""

import json
from collections.abc import Sequence
from typing import Any

from supervision.queries.ahead import Ahead
from supervision.queries.ahead_groups import Listed
from wellbeing.domain.roles import Mode

from .ahead_words import why

FIGURES = (
    ("due", "Due"),
    ("placed", "Already placed"),
    ("available", "Can be placed"),
    ("short", "Short"),
    ("joining_or_returning", "Joining or returning"),
)


def as_json(found: Ahead, stuck: Sequence[Listed]) -> str:
    """The contract's JSON object; `make_it_fit` is empty where it was not asked for.

    `stuck`: every bottleneck.
    """
    values: dict[str, Any] = {
        "from": found.asked.first.isoformat(),
        "to": found.asked.last.isoformat(),
        **{name: getattr(found, name) for name, _ in FIGURES},
        "cannot_be_placed": _helpless(stuck),
        "bottlenecks": [_bottleneck(found, one) for one in stuck],
        "make_it_fit": [
            {
                "date": one.on.isoformat(),
                "area": one.area_name,
                "mode": Mode.VIDEO.value,
                "seats": one.seats,
            }
            for one in found.fit
        ],
    }
    return json.dumps(values, indent=2, ensure_ascii=False)


def _bottleneck(found: Ahead, one: Listed) -> dict[str, Any]:
    return {
        "people": list(one.staff_numbers),
        "seats": one.seats,
        "why": why(one.common, one.seats, found.asked.first),
    }


def _helpless(stuck: Sequence[Listed]) -> list[str]:
    """Whom no seat can help: each is a bottleneck alone."""
    return sorted(n for one in stuck if one.common.cannot_be_placed for n in one.staff_numbers)


def as_table(found: Ahead, stuck: Sequence[Listed]) -> str:
    """The figures, a line a bottleneck with its people, and the seats to add."""
    lines = [f"{found.asked.first} to {found.asked.last}"]
    lines += [f"{words:<21}{getattr(found, name):>7,}" for name, words in FIGURES]
    lines.append(f"{'No seat can help':<21}{len(_helpless(stuck)):>7,}")
    for one in stuck:
        people = ", ".join(one.staff_numbers)
        lines += ["", why(one.common, one.seats, found.asked.first), f"  {people}"]
    if found.fit:
        lines += ["", "Seats to add, by video:"]
        lines += [f"  {one.on}  {one.seats:>4}  {one.area_name}" for one in found.fit]
    return "\n".join(lines)
