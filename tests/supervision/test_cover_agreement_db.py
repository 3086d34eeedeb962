"""The same worlds through the importers and the command, against the slow reader, on this engine."""

import json
import tempfile
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import time_machine
from django.core.management import call_command
from django.db import transaction
from hypothesis import given, settings

from tests.domain.slow_cover import Slow
from tests.domain.test_cover_agreement import STEADY, WORLDS_WITH_DAYS, WORLDS_WITH_PERIODS
from tests.domain.worlds import TODAY, Row, World
from wellbeing.domain.local_time import LONDON

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=LONDON)
GROUPED = {"area": ("area",), "unit": ("area", "unit"), "job_role": ("job_role",)}


def coverage(on: date, strand: str = "supervision", **options: Any) -> dict[str, Any]:
    out = StringIO()
    call_command("coverage", on=on, strand=strand, format="json", stdout=out, **options)
    return dict(json.loads(out.getvalue()))


class Answer:
    """The whole JSON of the contract, by the slow reader."""

    def __init__(self, slow: Slow, on: date, where: Row, since: date | None = None) -> None:
        self.slow, self.on, self.where, self.since = slow, on, where, since
        self.everyone = slow.people(on)

    def of(self, by: str) -> dict[str, Any]:
        return {
            "on": self.on.isoformat(),
            "strand": self.slow.strand,
            "groups": self.groups(GROUPED[by]),
            "total": {"name": "All RASSO staff", **self.group({})},
            "prosecutors": {"name": "Prosecutors", **self.group({"job_role": "prosecutor"})},
            "provisional": self.slow.provisional(self.on, self.where),
            "people": self.people(self.where),
        }

    def people(self, where: Row) -> list[dict[str, Any]]:
        inside = self.slow.inside
        return [p for p in self.everyone if inside(p["staff_number"], self.on, where)]

    def groups(self, columns: tuple[str, ...]) -> list[dict[str, Any]]:
        rows = self.slow.world.people
        values = sorted({tuple(row[column] for column in columns) for row in rows})
        groups = [self.named(dict(zip(columns, value, strict=True))) for value in values]
        return [group for group in groups if group["in_scope"]]

    def named(self, values: Row) -> dict[str, Any]:
        """The last column names the group; before a unit's stands its Area."""
        *before, name = values.values()
        area = {"area": before[0]} if before else {}
        return {"name": name, **area, **self.group(values)}

    def group(self, values: Row) -> dict[str, Any]:
        if any(self.where.get(k, v) != v for k, v in values.items()):
            where = {"area": "nowhere"}
        else:
            where = self.where | values
        counts = self.slow.group(self.people(where))
        if self.since is None:
            return counts
        return counts | {"period": self.slow.period(self.since, self.on, where)}


def narrowings(world: World) -> list[Row]:
    """Nothing, an Area, and a unit of it: each as the command's options."""
    row = world.people[-1]
    return [{}, {"area": row["area"]}, {"area": row["area"], "unit": row["unit"]}]


def compare(world: World, on: date) -> None:
    for strand in ("supervision", "check_in", "training"):
        slow = Slow(world, strand)
        for where in narrowings(world) if strand == "supervision" else [{}]:
            for by in GROUPED:
                found = coverage(on, strand, by=by, people=True, **where)
                assert found == Answer(slow, on, where).of(by)


def take_in(world: World) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, file in world.write(Path(folder)).items():
            call_command(f"import_{name}", file, stdout=StringIO())


def test_imported_worlds_agree_with_the_slow_reader(db: None) -> None:
    @settings(STEADY, max_examples=25)
    @given(WORLDS_WITH_DAYS)
    def agrees(drawn: tuple[World, list[date]]) -> None:
        world, days = drawn
        with transaction.atomic():
            take_in(world)
            for on in days:
                compare(world, on)
            transaction.set_rollback(True)

    with time_machine.travel(NOW, tick=False):
        agrees()


def test_periods_of_imported_worlds_agree(db: None) -> None:
    @settings(STEADY, max_examples=10)
    @given(WORLDS_WITH_PERIODS)
    def agrees(drawn: tuple[World, tuple[date, date]]) -> None:
        world, (first, last) = drawn
        with transaction.atomic():
            take_in(world)
            for where in narrowings(world):
                for by in GROUPED:
                    found = coverage(last, since=first, by=by, people=True, **where)
                    answer = Answer(Slow(world, "supervision"), last, where, first)
                    assert found == answer.of(by)
            transaction.set_rollback(True)

    with time_machine.travel(NOW, tick=False):
        agrees()
