"""300 random populations: a reader with a solver learns nothing, and nothing is withheld in vain."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from bench.withholding.adversary import least, worked_out, worked_out_of_release
from bench.withholding.populations import SHAPES, population
from bench.withholding.releases import Size, release
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


@pytest.mark.parametrize("number", range(2))
def test_a_whole_release_gives_nothing_away_and_would_without_the_others(number: int) -> None:
    figures = release(number, Size(3, 6, 15))
    withheld = suppress(figures)
    primary = {n for n in withheld if figures.counts[n] < LEAST}
    assert worked_out_of_release(figures, withheld) == []
    assert worked_out_of_release(figures, primary) != []
    shown = withheld - {next(iter(sorted(primary)))}
    assert worked_out_of_release(figures, shown) != []


DIGEST = """
from hashlib import sha256
from bench.withholding.releases import Size, release
from wellbeing.domain.disclosure import suppress
figures = release(1, Size(3, 6, 15))
withheld = suppress(figures)
print(sha256(repr([name for name in figures.counts if name in withheld]).encode()).hexdigest())
"""


def test_another_process_withholds_the_same() -> None:
    """Whatever order Python gives to sets of words there."""
    found = {
        subprocess.run(
            [sys.executable, "-c", DIGEST], env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=300, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(found) == 1


def test_the_bench_runs_and_its_control_finds_something() -> None:
    bench = Path(settings.BASE_DIR) / "bench" / "disclosure.py"
    done = subprocess.run(
        [sys.executable, bench, "--populations", "20", "--releases", "1", "--size", "2x3x15"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "worked out of 0 of 20 populations" in done.stdout
    assert "releases: worked out of 0 of 1 releases" in done.stdout
    assert "control of releases: worked out of 1 of 1 releases" in done.stdout


def test_the_bench_of_the_cost_compares_with_another_version() -> None:
    root = Path(settings.BASE_DIR)
    done = subprocess.run(
        [sys.executable, root / "bench" / "disclosure_cost.py", "--sizes", "2x3x15",
         "--beside", root / "wellbeing" / "domain" / "disclosure"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    size, figures, _, withheld, _, _, then, *_ = done.stdout.splitlines()[1].split()
    assert (size, figures, withheld) == ("2x3x15", str(5 * 48 + 96), then)
    assert "Each came out the same twice." in done.stdout
