"""Invented worlds through the importers and `manage.py availability`, against the slow reader."""

import csv
import json
import tempfile
from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from hypothesis import given, settings

from supervision.queries.ahead import Asked, short_ahead
from tests.domain.quick_matching import matching
from tests.domain.test_cover_agreement import STEADY
from wellbeing.models import Area

from .ahead_worlds import EVENT_COLUMNS, Question, questions
from .slow_ahead import AheadWorld, SlowAhead
from .test_cover_agreement_db import NOW


def take_in(drawn: AheadWorld) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = drawn.world.write(Path(folder))
        events = Path(folder) / "events.csv"
        with events.open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, EVENT_COLUMNS.split(","))
            writer.writeheader()
            writer.writerows(drawn.events)
        sessions = files.pop("sessions")
        for name, file in {**files, "events": events, "sessions": sessions}.items():
            call_command(f"import_{name}", file, stdout=StringIO())


def availability(first: date, weeks: int, area: str) -> dict[str, Any]:
    out = StringIO()
    asked = {"area": area} if area else {}
    call_command(
        "availability", first=first, weeks=weeks, strand="supervision", make_it_fit=True,
        format="json", stdout=out, **asked,
    )  # fmt: skip
    return dict(json.loads(out.getvalue()))


def short(first: date, weeks: int, area: str) -> int:
    """As *Today* counts them."""
    areas = frozenset(Area.objects.filter(name=area).values_list("pk", flat=True))
    return short_ahead(Asked(first, weeks, areas if area else None))


def check_fit(slow: SlowAhead, fit: list[dict[str, Any]], answer: dict[str, Any]) -> None:
    """As few seats as can do, each of use; with them only whom no seat can help is short."""
    assert sum(one["seats"] for one in fit) == answer["short"] - len(answer["cannot_be_placed"])
    assert {one["mode"] for one in fit} <= {"video"}
    need = {n: d for n, d in slow.due().items() if not slow.is_placed(n, d)}
    free = {n: s for n, s in enumerate(map(slow.free, slow.events)) if s > 0}
    reach: dict[Any, set[Any]] = {n: slow.reach(n, d, free) for n, d in need.items()}
    for one in fit:
        number = 1000 + len(free)
        free[number] = one["seats"]
        for n, until in need.items():
            for day in slow.working(n, until):
                if (day.isoformat(), slow.posting(n, day)["area"]) == (
                    one["date"],
                    one["area"],
                ):
                    reach[n].add(number)
    assert len(matching(reach, free)) == len(need) - len(answer["cannot_be_placed"])


def test_imported_worlds_agree_with_the_slow_reader(
    db: None, request: pytest.FixtureRequest
) -> None:
    seen: Counter[str] = Counter()

    @settings(STEADY, max_examples=120)
    @given(questions())
    def agrees(question: Question) -> None:
        drawn, first, weeks, area = question
        with transaction.atomic():
            take_in(drawn)
            found = availability(first, weeks, area)
            slow = SlowAhead(drawn, first, weeks, area)
            answer = slow.answer()
            assert short(first, weeks, area) == answer["short"]
            fit = found.pop("make_it_fit")
            parts = [(b["people"], b["seats"]) for b in found.pop("bottlenecks")]
            assert {**found, "bottlenecks": sorted(parts)} == answer
            check_fit(slow, fit, answer)
            transaction.set_rollback(True)
        seen.update(name for name in ("placed", "available", "short") if answer[name])
        seen["joins"] += bool(answer["joining_or_returning"])
        seen["helpless"] += bool(answer["cannot_be_placed"])
        seen["shared"] += any(seats for _, seats in answer["bottlenecks"])
        seen["fits"] += bool(fit)

    with time_machine.travel(NOW, tick=False):
        agrees()
    request.node.user_properties.append(("worlds", json.dumps(seen)))
    few = {name for name in ("placed", "available", "short", "joins", "fits") if seen[name] < 4}
    assert few == set(), seen
    assert seen["helpless"]
    assert seen["shared"]
