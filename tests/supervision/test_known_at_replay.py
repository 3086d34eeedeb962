"""What was printed at an instant can be printed again: `--known-at` against the print itself."""

from collections import Counter
from datetime import date, datetime, timedelta
from io import StringIO
from itertools import accumulate
from typing import Any

import time_machine
from django.core.management import call_command
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.test_cover_agreement import STEADY
from tests.supervision.replay import ACTS, START, make_scene
from wellbeing.domain.csv_file import FileFaults
from wellbeing.domain.local_time import local_day
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import Strand

# Hours until the next act, which act, and what it is done to.
STEPS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, len(ACTS) - 1), st.integers(0, 5000)),
    min_size=8,
    max_size=16,
)
Print = tuple[datetime, date, Strand, str, str]


def printed(on: date, strand: Strand, **options: Any) -> str:
    out = StringIO()
    call_command(
        "coverage", on=on, strand=strand, by="unit", people=True, format="json",
        since=on - timedelta(days=9), stdout=out, **options,
    )  # fmt: skip
    return "".join(x for x in out.getvalue().splitlines(True) if '"known_at"' not in x)


def prints_at(at: datetime) -> list[tuple[datetime, date, Strand, str]]:
    """Days behind, today, and ahead: what is booked is part of the figures then."""
    days = [local_day(at) + timedelta(days=n) for n in (-4, 0, 5)]
    asked = [(on, Strand.SUPERVISION) for on in days] + [
        (days[1], Strand.CHECK_IN),
        (days[1], Strand.TRAINING),
    ]
    return [(at, on, strand, printed(on, strand)) for on, strand in asked]


def act(scene: Any, step: tuple[int, int, int], at: datetime) -> bool:
    """True where it was not refused."""
    try:
        with transaction.atomic():
            ACTS[step[1]](scene, at, step[2])
    except (Refused, FileFaults):
        return False
    return True


def test_every_print_can_be_had_again(db: None) -> None:
    done: Counter[str] = Counter()
    changed: Counter[str] = Counter()

    @settings(STEADY, max_examples=25)
    @given(STEPS)
    def again(steps: list[tuple[int, int, int]]) -> None:
        instants = accumulate(
            (s[0] for s in steps), lambda at, h: at + timedelta(hours=h), initial=START
        )
        with transaction.atomic(), time_machine.travel(START, tick=False) as clock:
            scene, prints = make_scene(), []
            for step, at in zip(steps, list(instants)[1:], strict=True):
                clock.move_to(at)
                done[ACTS[step[1]].__name__] += act(scene, step, at)
                # Several things may happen at one instant: what is known then is all of them.
                prints = [p for p in prints if p[0] != at] + prints_at(at)
            for at, on, strand, before in prints:
                assert printed(on, strand, known_at=at) == before, (at, on, strand)
                changed["other"] += printed(on, strand) != before
            transaction.set_rollback(True)

    again()
    assert {a.__name__ for a in ACTS} == {name for name, n in done.items() if n}
    assert changed["other"] > 200
