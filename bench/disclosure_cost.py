"""How long deciding a release takes, how it grows with the units, and how much is withheld.

    .venv/bin/python bench/disclosure_cost.py [--sizes 14x33x60,14x100x20] [--beside FOLDER]

A size is Areas x units x people a unit; the first is that of the demonstration. Seconds are CPU time
of this process. Each release is decided twice, and must come out the same. `--beside`: the
`disclosure` folder of another version (a clone of the repository has one) decides the same figures
in the same run, and the last column is how many times as long it takes.
"""

import os
import sys

# In the place of this folder, whose files bear names of Python's own modules.
sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from importlib import util
from time import process_time
from typing import Any

from bench.withholding.releases import Size, release
from wellbeing.domain import disclosure
from wellbeing.domain.disclosure import LEAST, Figures

Decides = Callable[[Figures], frozenset[Any]]


def another(folder: str) -> Decides:
    """`suppress` of another version of the package."""
    init = os.path.join(folder, "__init__.py")
    spec = util.spec_from_file_location("another", init, submodule_search_locations=[folder])
    if spec is None or spec.loader is None or not os.path.exists(init):
        raise SystemExit(f"{folder} is no package.")
    sys.modules["another"] = module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return lambda figures: module.suppress(
        module.Figures(figures.counts, figures.relations, figures.subsets, figures.unpublished)
    )


def timed(decides: Decides, figures: Figures) -> tuple[frozenset[Any], float]:
    """What is withheld, and the CPU seconds that it took."""
    begun = process_time()
    withheld = decides(figures)
    return withheld, process_time() - begun


def arguments() -> Namespace:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", default="14x33x60,14x66x30,14x100x20,14x200x20")
    parser.add_argument("--number", type=int, default=1)
    parser.add_argument("--beside", metavar="FOLDER")
    return parser.parse_args()


def row(cells: Iterable[object]) -> str:
    return " ".join(f"{cell!s:>13}" for cell in cells)


def main() -> int:
    asked = arguments()
    beside = another(asked.beside) if asked.beside else None
    disclosure.suppress(release(0, Size(2, 4, 20)))  # the solver's own start is no part of it
    heads = ["size", "figures", "below 5", "withheld", "seconds", "ms a figure"]
    others = ["withheld then", "seconds then", "times as long"]
    print(row(heads + others * bool(beside)))
    is_same = True
    for text in asked.sizes.split(","):
        figures = release(asked.number, Size(*map(int, text.split("x"))))
        withheld, seconds = timed(disclosure.suppress, figures)
        is_same &= timed(disclosure.suppress, figures)[0] == withheld
        public = figures.counts.keys() - figures.unpublished
        number = len(public)
        small = sum(figures.counts[name] < LEAST for name in public)
        cells = [text, number, small, len(withheld)]
        cells += [f"{seconds:.1f}", f"{1000 * seconds / number:.1f}"]
        if beside:
            then, took = timed(beside, figures)
            cells += [len(then), f"{took:.1f}", f"{took / seconds:.1f}"]
        print(row(cells), flush=True)
    print("Each came out the same twice." if is_same else "Not the same twice.")
    return int(not is_same)


if __name__ == "__main__":
    sys.exit(main())
