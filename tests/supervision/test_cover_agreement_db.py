"""The same worlds through the importers and the command, against the slow reader, on this engine."""

import json
import tempfile
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import time_machine
from django.core.management import call_command
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.slow_cover import Slow
from tests.domain.test_cover_agreement import STEADY, days
from tests.domain.worlds import TODAY, World, worlds
from wellbeing.domain.local_time import LONDON

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=LONDON)


def coverage(on: date, **options: Any) -> dict[str, Any]:
    out = StringIO()
    call_command(
        "coverage",
        on=on,
        strand=options.pop("strand", "supervision"),
        format="json",
        stdout=out,
        **options,
    )
    return dict(json.loads(out.getvalue()))


def compare(world: World, on: date) -> None:
    for strand in ("supervision", "check_in", "training"):
        slow = Slow(world, strand)
        people = slow.people(on)
        found = coverage(on, strand=strand, people=True)
        assert found["people"] == people
        assert found["total"] == {"name": "All RASSO staff", **slow.group(people)}
        prosecutors = [p for p in people if _role(slow, p, on) == "prosecutor"]
        assert found["prosecutors"] == {"name": "Prosecutors", **slow.group(prosecutors)}
        assert found["provisional"] == slow.provisional(on)
        for group in found["groups"]:
            members = [p for p in people if _area(slow, p, on) == group["name"]]
            assert group == {"name": group["name"], **slow.group(members)}
        assert len(found["groups"]) == len({_area(slow, p, on) for p in people})


def _role(slow: Slow, person: dict[str, Any], on: date) -> str:
    posting = slow.posting(person["staff_number"], on)
    assert posting is not None
    return str(posting["job_role"])


def _area(slow: Slow, person: dict[str, Any], on: date) -> str:
    posting = slow.posting(person["staff_number"], on)
    assert posting is not None
    return str(posting["area"])


def take_in(world: World) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, file in world.write(Path(folder)).items():
            call_command(f"import_{name}", file, stdout=StringIO())


def test_imported_worlds_agree_with_the_slow_reader(db: None) -> None:
    @settings(STEADY, max_examples=25)
    @given(worlds(), days())
    def agrees(world: World, on: date) -> None:
        with transaction.atomic():
            take_in(world)
            compare(world, on)
            transaction.set_rollback(True)

    with time_machine.travel(NOW, tick=False):
        agrees()


def test_a_period_of_an_imported_world_agrees(db: None) -> None:
    @settings(STEADY, max_examples=5)
    @given(worlds(), days(), st.integers(0, 20))
    def agrees(world: World, first: date, length: int) -> None:
        last = first + timedelta(days=length)
        with transaction.atomic():
            take_in(world)
            found = coverage(last, **{"since": first})
            assert found["total"]["period"] == Slow(world, "supervision").period(first, last)
            transaction.set_rollback(True)

    with time_machine.travel(NOW, tick=False):
        agrees()
