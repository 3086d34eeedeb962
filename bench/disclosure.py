"""Can a reader with an integer program work out what is withheld, and is too much withheld?

    .venv/bin/python bench/disclosure.py [--populations 10000] [--from 0] [--releases 0]
        [--size 5x12x20]

Each random population of up to 12 counts is suppressed; a reader with a solver, with and without
the knowledge that something withheld is below 5, looks for counts with one answer only, and
the least that could be withheld is found by trying every set. The control withholds the small
counts alone: there the reader must find something. Times are ratios to what the control's
reader takes. `--releases`: so many invented month-ends of `--size` (Areas x units x people a unit),
decided count by count, are attacked whole, every small count of each. Exit 1 if anything came
out otherwise.
"""

import os
import sys

# In the place of this folder, whose files bear names of Python's own modules.
sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable
from time import process_time
from typing import TypeVar

from tqdm import tqdm

from bench.withholding.adversary import least, worked_out, worked_out_of_release
from bench.withholding.populations import population
from bench.withholding.releases import Size, release
from wellbeing.domain.disclosure import LEAST, suppress

T = TypeVar("T")


class Tally:
    """What was found, and how long each way took."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()
        self.over: dict[str, Counter[int]] = {"at once": Counter(), "count by count": Counter()}
        self.seconds: Counter[str] = Counter()

    def timed(self, what: str, does: Callable[[], T]) -> T:
        begun = process_time()
        answer = does()
        self.seconds[what] += process_time() - begun
        return answer

    def look_at(self, number: int) -> None:
        """One population, both ways, against both readers and the least."""
        figures = population(number)
        fewest = self.timed("the least, every set tried", lambda: least(figures))
        for way, at_once in (("at once", 600), ("count by count", 0)):
            withheld = self.timed(
                f"suppressed {way}", lambda n=at_once: suppress(figures, at_once=n)
            )  # type: ignore[misc]
            self.found[way] += any(worked_out(figures, withheld))
            self.found[f"{way}, knowing the rule"] += any(
                worked_out(figures, withheld, rule=True)
            )
            self.over[way][len(withheld) - fewest] += 1
        public = figures.counts.keys() - figures.unpublished
        primary = {n for n in public if figures.counts[n] < LEAST}
        reader = self.timed("the reader", lambda: any(worked_out(figures, primary)))
        self.found["control"] += reader

    def attack(self, number: int, size: Size) -> None:
        """One release: what is kept back, and what the small counts alone would be."""
        figures = release(number, size)
        withheld = suppress(figures)
        primary = {n for n in withheld if figures.counts[n] < LEAST}
        self.found["releases"] += bool(worked_out_of_release(figures, withheld))
        self.found["control of releases"] += bool(worked_out_of_release(figures, primary))

    def wrong(self) -> bool:
        controls = [n for what, n in self.found.items() if what.startswith("control")]
        leaks = self.found.total() - sum(controls)
        return bool(leaks or not all(controls) or set(self.over["at once"]) - {0, 1})


def size(text: str) -> Size:
    """Areas x units x people a unit."""
    return Size(*map(int, text.split("x")))


def arguments() -> Namespace:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--populations", type=int, default=10_000)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--releases", type=int, default=0)
    parser.add_argument("--size", type=size, default=Size(5, 12, 20))
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    if asked.populations < 1:
        print("At least 1 population.", file=sys.stderr)
        return 2
    tally = Tally()
    numbers = range(asked.first, asked.first + asked.populations)
    for number in tqdm(numbers, disable=not sys.stderr.isatty()):
        tally.look_at(number)
    for number in range(asked.releases):
        tally.attack(number, asked.size)
    for what, n in tally.found.items():
        of = asked.releases if what.endswith("releases") else asked.populations
        kind = "releases" if what.endswith("releases") else "populations"
        print(f"{what}: worked out of {n} of {of} {kind}")
    for way, over in tally.over.items():
        counts = ", ".join(f"{n} with {more} more" for more, n in sorted(over.items()))
        print(f"{way}, beside the least that could be withheld: {counts}")
    unit = tally.seconds["the reader"]
    for what, seconds in tally.seconds.items():
        print(f"{what}: {seconds / unit:.2f} of the reader's time")
    return int(tally.wrong())


if __name__ == "__main__":
    sys.exit(main())
