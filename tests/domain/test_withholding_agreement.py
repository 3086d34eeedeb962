"""300 random populations: a reader with a solver learns nothing, and nothing is withheld in vain."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from bench.withholding.adversary import least, worked_out
from bench.withholding.populations import SHAPES, population
from wellbeing.domain.disclosure import LEAST, suppress

NUMBERS = range(300)
PARTS = 6


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_worked_out_and_at_most_one_more_than_the_least_withheld(part: int) -> None:
    for number in NUMBERS[part::PARTS]:
        figures = population(number)
        assert len(figures.counts) <= 12
        withheld = suppress(figures)
        assert list(worked_out(figures, withheld)) == [], number
        assert list(worked_out(figures, withheld, rule=True)) == [], number
        assert len(withheld) - least(figures) in (0, 1), number


def test_going_count_by_count_gives_nothing_away_either() -> None:
    for number in NUMBERS:
        figures = population(number)
        withheld = suppress(figures, at_once=0)
        assert list(worked_out(figures, withheld)) == [], number


def test_without_complementary_suppression_the_reader_finds_something() -> None:
    found: Counter[str] = Counter()
    for number in NUMBERS:
        figures = population(number)
        public = figures.counts.keys() - figures.unpublished
        primary = {n for n in public if figures.counts[n] < LEAST}
        if any(worked_out(figures, primary)):
            found[SHAPES[number % len(SHAPES)].__name__] += 1
    # In every shape, and often: populations of which none could be worked out would prove nothing.
    assert {s.__name__ for s in SHAPES} == found.keys()
    assert min(found.values()) >= 10


def test_the_bench_runs_and_its_control_finds_something() -> None:
    bench = Path(settings.BASE_DIR) / "bench" / "disclosure.py"
    done = subprocess.run(
        [sys.executable, bench, "--populations", "20"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "worked out of 0 of 20 populations" in done.stdout
